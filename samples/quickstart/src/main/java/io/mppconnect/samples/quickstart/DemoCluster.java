package io.mppconnect.samples.quickstart;

import io.mppconnect.MppCluster;
import io.mppconnect.test.EmbeddedMppCluster;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** The cluster that the quickstart works on: an embedded one, which ends with this, or a real one. */
final class DemoCluster implements AutoCloseable {

    private final @Nullable EmbeddedMppCluster embedded;
    private final String url;
    private final String user;
    private final String password;
    private final MppCluster cluster;

    private DemoCluster(@Nullable EmbeddedMppCluster embedded, String url, String user, String password) {
        this.embedded = embedded;
        this.url = url;
        this.user = user;
        this.password = password;
        this.cluster = MppCluster.connect(url, user, password);
    }

    /** Starts a cluster in this process. */
    static DemoCluster embedded(int segments) {
        EmbeddedMppCluster started = start(segments);
        try {
            return new DemoCluster(started, started.jdbcUrl(), started.user(), started.password());
        } catch (RuntimeException failure) {
            started.close();
            throw failure;
        }
    }

    private static EmbeddedMppCluster start(int segments) {
        try {
            return EmbeddedMppCluster.builder().segments(segments).start();
        } catch (UncheckedIOException | IllegalStateException e) {
            throw new QuickstartException(e.getMessage() + "; name a real cluster with --url instead", e);
        }
    }

    /**
     * Connects to a cluster.
     *
     * @throws QuickstartException when it is a database without segments
     */
    static DemoCluster at(String url, String user, String password) {
        DemoCluster connected = new DemoCluster(null, url, user, password);
        if (!connected.cluster.version().hasSegments()) {
            connected.close();
            throw new QuickstartException("Cannot run on " + connected.cluster.version()
                    + ": it has no segments; leave out --url to see an embedded cluster that has");
        }
        return connected;
    }

    /** What transfers rows. */
    MppCluster transfers() {
        return cluster;
    }

    /** A connection for the statements that are no transfers. */
    Connection connection() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        // Without one the driver looks for the user's password file.
        if (!password.isEmpty()) {
            properties.setProperty("password", password);
        }
        return DriverManager.getConnection(url, properties);
    }

    boolean isEmbedded() {
        return embedded != null;
    }

    /** How many segments hold data. */
    long segments() {
        return cluster.segments().stream()
                .filter(segment -> segment.primary() && !segment.coordinator())
                .count();
    }

    /** Such as {@code Greenplum 6.24.3, 4 segments}. */
    @Override
    public String toString() {
        return (isEmbedded() ? "embedded, as " : "") + cluster.version() + ", " + segments() + " segments";
    }

    @Override
    public void close() {
        try (EmbeddedMppCluster stopping = embedded) {
            cluster.close();
        }
    }
}
