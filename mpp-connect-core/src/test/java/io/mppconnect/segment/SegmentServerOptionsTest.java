package io.mppconnect.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.MppConnectException;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentServerOptionsTest {

    private final SegmentServerOptions options = SegmentServerOptions.on(InetAddress.getLoopbackAddress());

    @Test
    void hasDefaults() {
        assertThat(options.bind()).isEqualTo(InetAddress.getLoopbackAddress());
        assertThat(options.ports()).isEqualTo(PortRange.any());
        assertThat(options.headTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.ioThreads()).isGreaterThanOrEqualTo(2);
    }

    @Test
    void refusesWhatCannotWork() {
        assertThatThrownBy(() -> options.withHeadTimeout(Duration.ZERO))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Invalid head timeout: PT0S; it must be from one millisecond to one hour");
        assertThatThrownBy(() -> options.withHeadTimeout(Duration.ofDays(1)))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Invalid head timeout: PT24H; it must be from one millisecond to one hour");
        assertThatThrownBy(() -> options.withIoThreads(0))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Invalid I/O threads: 0; it must be from 1 to 256");
    }

    @ParameterizedTest
    @CsvSource({"0,1", "-1,-1", "9,8", "1,65536"})
    void refusesPortsThatAreNone(int first, int last) {
        assertThatThrownBy(() -> new PortRange(first, last))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Invalid port range: " + first + "-" + last
                        + "; ports go from 1 to 65535, the first one first");
    }

    @Test
    void printsPortsAsPeopleWriteThem() {
        assertThat(PortRange.of(8080)).hasToString("8080");
        assertThat(new PortRange(8000, 8100)).hasToString("8000-8100");
        assertThat(PortRange.any()).hasToString("any port");
        assertThat(PortRange.of(0)).isEqualTo(PortRange.any());
    }
}
