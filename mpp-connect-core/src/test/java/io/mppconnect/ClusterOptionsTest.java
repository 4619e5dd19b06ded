package io.mppconnect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Properties;
import org.junit.jupiter.api.Test;

class ClusterOptionsTest {

    private static Properties properties(String... pairs) {
        Properties properties = new Properties();
        for (int i = 0; i < pairs.length; i += 2) {
            properties.setProperty(pairs[i], pairs[i + 1]);
        }
        return properties;
    }

    @Test
    void takesAnyFreePortByDefault() {
        ClusterOptions options = ClusterOptions.defaults();

        assertThat(options.advertisedHost()).isEmpty();
        assertThat(options.bindAddress()).isEmpty();
        assertThat(options.firstPort()).isZero();
        assertThat(options.lastPort()).isZero();
        assertThat(options.acceptedFrom()).isEmpty();
        assertThat(options.acceptsFromAnywhere()).isFalse();
    }

    @Test
    void readsEveryProperty() {
        ClusterOptions options = ClusterOptions.from(properties(
                "url", "jdbc:postgresql://h/d",
                "user", "u",
                "password", "p",
                "server.advertised-host", "loader.example.com",
                "server.bind-address", "0.0.0.0",
                "server.port", "8000 - 8100",
                "server.accept-from", "10.1.0.0/16, nat.example.com"));

        assertThat(options.advertisedHost()).contains("loader.example.com");
        assertThat(options.bindAddress()).contains("0.0.0.0");
        assertThat(options.firstPort()).isEqualTo(8000);
        assertThat(options.lastPort()).isEqualTo(8100);
        assertThat(options.acceptedFrom()).containsExactly("10.1.0.0/16", "nat.example.com");
        assertThat(options.acceptsFromAnywhere()).isFalse();
        assertThat(ClusterOptions.from(properties("server.accept-from", "anywhere"))
                        .acceptsFromAnywhere())
                .isTrue();
        assertThat(ClusterOptions.from(properties("server.accept-from", "segments"))
                        .acceptedFrom())
                .isEmpty();
        assertThat(ClusterOptions.from(properties("server.port", "9000")).lastPort())
                .isEqualTo(9000);
    }

    @Test
    void reportsAllWrongPropertiesAtOnce() {
        assertThatThrownBy(() -> ClusterOptions.from(properties("server.port", "many", "sever.port", "1")))
                .hasMessage("Invalid cluster properties: Invalid server.port: many; write a port or a range such as"
                        + " 8000-8100; unknown property sever.port; known are url, user, password,"
                        + " server.advertised-host, server.bind-address, server.port, server.accept-from, jobs.schema,"
                        + " server.tls.certificate, server.tls.key, server.tls.client-authorities,"
                        + " server.tls.client-certificates");
        assertThatThrownBy(() -> MppCluster.connect(properties("user", "u")))
                .hasMessage("Invalid cluster properties: url is missing; name the coordinator's JDBC URL");
    }

    @Test
    void refusesPortsThatAreNone() {
        assertThatThrownBy(() -> ClusterOptions.defaults().ports(9000, 8000))
                .hasMessage("Invalid port range: 9000-8000; ports go from 1 to 65535, the first one first");
        assertThatThrownBy(() -> ClusterOptions.defaults().port(70000)).hasMessageContaining("70000");
    }

    @Test
    void refusesNetworksThatAreNone() {
        assertThatThrownBy(() -> ClusterOptions.defaults().acceptFrom("10.0.0.0/33"))
                .hasMessage("Invalid host to accept from: '10.0.0.0/33'; write a name, an address, or a network such as"
                        + " 10.1.0.0/16");
        assertThatThrownBy(() -> ClusterOptions.defaults().acceptFrom("sdw1", " "))
                .hasMessage("Invalid host to accept from: ''; write a name, an address, or a network such as"
                        + " 10.1.0.0/16");
    }
}
