package io.mppconnect.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.catalog.Segment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessageTest {

    static Stream<Message> messages() {
        return Stream.of(
                new Message.Hello("token", "JVM 1"),
                new Message.Welcome(
                        List.of("id", "größe"),
                        1L << 40,
                        17,
                        List.of(new Segment(2, 0, true, false, "host", "10.0.0.1", 6000)),
                        Optional.of("10.0.0.2")),
                new Message.Welcome(List.of(), 0, 0, List.of(), Optional.empty()),
                new Message.Serving("gpfdist://10.0.0.3:8080/path"),
                new Message.Open(1, 2, Long.MAX_VALUE),
                new Message.Opened(1, 3),
                new Message.Wish(),
                new Message.Prepare(4),
                new Message.Ready(4, 1L << 33),
                new Message.Durable(4),
                new Message.Again(5),
                new Message.Over(ErrorCode.BAD_DATA, "why"),
                new Message.Ping(),
                new Message.Pong());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void isReadAsItWasWritten(Message message) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        message.write(new DataOutputStream(bytes));

        assertThat(Message.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isEqualTo(message);
    }

    @Test
    void anUnknownKindIsRefused() {
        assertThatThrownBy(() -> Message.read(new DataInputStream(new ByteArrayInputStream(new byte[] {99}))))
                .isInstanceOf(IOException.class)
                .hasMessage("a message of unknown kind 99");
    }

    @Test
    void aTokenIsNotShown() {
        assertThat(new Message.Hello("token", "JVM 1")).hasToString("Hello from JVM 1");
    }
}
