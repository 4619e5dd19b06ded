package io.mppconnect.benchmark;

import io.mppconnect.ClusterOptions;
import io.mppconnect.MppCluster;
import io.mppconnect.test.EmbeddedMppCluster;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The cluster that rows go into and come out of: a real one, or an embedded one that ends with this. */
final class TestDatabase implements AutoCloseable {

    private final @Nullable EmbeddedMppCluster embedded;
    private final String url;
    private final String user;
    private final String password;

    private TestDatabase(@Nullable EmbeddedMppCluster embedded, String url, String user, String password) {
        this.embedded = embedded;
        this.url = url;
        this.user = user;
        this.password = password;
    }

    static TestDatabase embedded(int segments) {
        EmbeddedMppCluster started =
                EmbeddedMppCluster.builder().segments(segments).start();
        return new TestDatabase(started, started.jdbcUrl(), started.user(), started.password());
    }

    static TestDatabase at(String url, String user, String password) {
        return new TestDatabase(null, url, user, password);
    }

    /** Whether segments run in this process, so that its processor time is not the moving side's alone. */
    boolean isEmbedded() {
        return embedded != null;
    }

    String url() {
        return url;
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    MppCluster open() {
        return MppCluster.connect(url, user, password);
    }

    MppCluster open(ClusterOptions options) {
        return MppCluster.connect(url, user, password, options);
    }

    Connection connect() throws SQLException {
        return connect(new Properties());
    }

    Connection connect(Properties more) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(more);
        properties.setProperty("user", user);
        // Without one the driver looks for the user's password file.
        if (!password.isEmpty()) {
            properties.setProperty("password", password);
        }
        return DriverManager.getConnection(url, properties);
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The only value of a query, as text; empty for NULL. */
    String value(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            result.next();
            String value = result.getString(1);
            return value == null ? "" : value;
        }
    }

    /** The address of this machine that the database sees. */
    String ownAddress() throws SQLException {
        String address = isEmbedded() ? "" : value("SELECT host(inet_client_addr())");
        return address.isEmpty() ? "127.0.0.1" : address;
    }

    /** Such as {@code Greenplum 6.24.3, 4 segments}. */
    String describe() {
        try (MppCluster cluster = open()) {
            long segments = cluster.segments().stream()
                    .filter(segment -> segment.primary() && !segment.coordinator())
                    .count();
            return (isEmbedded() ? "embedded, as " : "") + cluster.version() + ", " + segments + " segments";
        }
    }

    @Override
    public void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
