package io.mppconnect.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    private static boolean contains(String network, String address) throws Exception {
        return Network.parse(network).orElseThrow().contains(InetAddress.getByName(address));
    }

    @Test
    void holdsTheAddressesThatBeginAsItDoes() throws Exception {
        assertThat(contains("10.1.2.3/16", "10.1.255.255")).isTrue();
        assertThat(contains("10.1.2.3/16", "10.2.0.0")).isFalse();
        assertThat(contains("10.128.0.0/9", "10.255.0.1")).isTrue();
        assertThat(contains("10.128.0.0/9", "10.127.0.1")).isFalse();
        assertThat(contains("0.0.0.0/0", "203.0.113.7")).isTrue();
        assertThat(contains("10.1.2.3/32", "10.1.2.3")).isTrue();
        assertThat(contains("10.1.2.3/32", "10.1.2.2")).isFalse();
        assertThat(contains("0.0.0.0/0", "::1")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "10/8", "::/129", "host/8", "10.0.0.0/", "/8", "300.0.0.0/8"})
    void isNothingElse(String text) {
        assertThat(Network.parse(text)).isEmpty();
    }
}
