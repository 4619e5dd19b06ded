package io.mppconnect.transfer.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of a backend, in whatever pieces they arrive. */
class BackendMessagesTest {

    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();

    private void send(char type, byte[] body) {
        sent.writeBytes(ByteBuffer.allocate(5 + body.length)
                .put((byte) type)
                .putInt(4 + body.length)
                .put(body)
                .array());
    }

    private BackendMessages arriving(int piece) {
        InputStream all = new ByteArrayInputStream(sent.toByteArray());
        return new BackendMessages(new InputStream() {
            @Override
            public int read() throws IOException {
                return all.read();
            }

            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                return all.read(bytes, from, Math.min(length, piece));
            }
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 65_536, 1_000_000})
    void bodiesAreWholeHoweverTheyArrive(int piece) throws Exception {
        List<byte[]> bodies = List.of(
                new byte[0],
                "row".getBytes(StandardCharsets.UTF_8),
                new byte[65_536 - 5],
                new byte[300_000],
                new byte[2]);
        for (byte[] body : bodies) {
            Arrays.fill(body, (byte) (body.length + 1));
            send('D', body);
        }
        send('Z', new byte[] {'I'});
        BackendMessages messages = arriving(piece);

        for (byte[] body : bodies) {
            assertThat(messages.next()).isEqualTo(BackendMessages.DATA_ROW);
            assertThat(Arrays.copyOfRange(messages.bytes(), messages.from(), messages.from() + messages.length()))
                    .isEqualTo(body);
        }
        assertThat(messages.next()).isEqualTo(BackendMessages.READY_FOR_QUERY);
        assertThatThrownBy(messages::next).isInstanceOf(IOException.class).hasMessage("it closed the connection");
    }

    @Test
    void anErrorIsThrownWithItsState() {
        send('E', "SERROR\0C57014\0Mcanceled by écran\0\0".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(arriving(3)::next)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("57014"))
                .hasMessage("canceled by écran");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 3, Integer.MAX_VALUE})
    void aLengthThatCannotBeIsRefused(int length) {
        sent.writeBytes(ByteBuffer.allocate(5).put((byte) 'D').putInt(length).array());

        assertThatThrownBy(arriving(5)::next)
                .isInstanceOf(IOException.class)
                .hasMessage("it sent a message of " + length + " bytes, which no database does");
    }

    @Test
    void aConnectionThatBreaksOffInAMessageHasNotSentIt() {
        sent.writeBytes(new byte[] {'D', 0, 0, 0, 9, 1, 2});

        assertThatThrownBy(arriving(100)::next).isInstanceOf(IOException.class).hasMessage("it closed the connection");
    }
}
