package io.mppconnect.test;

import io.mppconnect.test.endpoint.EndpointServer;
import io.mppconnect.test.jdbc.Administration;
import io.mppconnect.test.jdbc.ClusterState;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import javax.sql.DataSource;

/**
 * A Greenplum 6.24.3 cluster inside the JVM: PostgreSQL 12 is the coordinator's SQL engine, and emulated segments speak
 * the segment side of the gpfdist protocol over real HTTP. Several may run side by side. Thread safe; close it to stop it.
 *
 * <pre>{@code
 * try (EmbeddedMppCluster cluster = EmbeddedMppCluster.builder().segments(4).start();
 *         Connection connection = cluster.connect()) {
 *     connection.createStatement().execute("create table orders(id int8, note text) distributed by (id)");
 * }
 * }</pre>
 *
 * <p>What it adds to PostgreSQL: gpfdist external tables in TEXT and CSV with their errors, reject limits and privileges;
 * DISTRIBUTED BY, storage options, and range and list partitions of one level; the catalog tables about all these; and
 * the settings. It is there for connections of {@link EmbeddedMppDriver} only.
 *
 * <p>Known differences from the real thing: rows of a readable external table are read before the statement that names
 * it, so a LIMIT does not end the segments early, and rows of a writable one are sent after it; a cancel ends the
 * segments of an unload at once, where real ones wait for the server's reply; external tables are
 * reached by the statements that name them, not through views, functions or COPY, which fail; a parallel retrieve
 * cursor computes its rows when it is declared, and deals them to all segments in turn; with
 * {@code extra_float_digits} above 0 floats have their shortest digits, where Greenplum 6 writes 9 and 17 or 18, unless
 * segments write them, and then still within composite values; there is
 * no {@code gp_segment_id}, and no {@code pg_class.relstorage}; custom formats, web tables and subpartitions
 * are refused.
 *
 * <p>It runs one PostgreSQL server, on a free port of 127.0.0.1, with its data in the directory for temporary files. For
 * root, whom PostgreSQL refuses, it runs in a user namespace, or else as the user nobody. Each
 * segment is a thread named {@code mpp-embedded-segment-...} while its statement runs.
 */
public final class EmbeddedMppCluster implements AutoCloseable {

    static final String APPLICATION = "mpp-embedded";

    private static final String SUPERUSER = "postgres";
    private static final String DATABASE = "postgres";
    static final String USER = "gpadmin";

    private static final Set<EmbeddedMppCluster> RUNNING = ConcurrentHashMap.newKeySet();

    private final EmbeddedPostgres postgres;
    private final Administration administration;
    private final EndpointServer endpoints;
    private final Faults faults = new Faults();
    private final int segments;

    private EmbeddedMppCluster(EmbeddedPostgres postgres, int segments, Optional<SSLContext> certificates)
            throws SQLException {
        this.postgres = postgres;
        this.segments = segments;
        Set<String> settings = CatalogSetup.settings();
        for (String database : new String[] {"template1", DATABASE}) {
            try (Connection connection = superuser(database)) {
                CatalogSetup.run(connection, postgres.getPort(), segments);
            }
        }
        this.administration = new Administration(superuser(DATABASE));
        this.endpoints = startEndpoints(administration);
        EmbeddedMppDriver.add(
                postgres.getPort(),
                new ClusterState(
                        postgres.getPort(),
                        segments,
                        settings,
                        administration,
                        faults.plan(),
                        endpoints,
                        certificates));
        RUNNING.add(this);
    }

    private static EndpointServer startEndpoints(Administration administration) {
        try {
            return EndpointServer.start((token, complete) -> {
                try {
                    administration.endEndpoint(token, complete);
                } catch (SQLException e) {
                    throw new IllegalStateException("Cannot note the end of an endpoint", e);
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot listen for retrieve connections", e);
        }
    }

    /** The clusters of this JVM that are not closed. */
    static Set<EmbeddedMppCluster> running() {
        return Set.copyOf(RUNNING);
    }

    Administration administration() {
        return administration;
    }

    private Connection superuser(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/" + database + "?ApplicationName="
                        + APPLICATION,
                SUPERUSER,
                "");
    }

    public static Builder builder() {
        return new Builder();
    }

    /** Starts a cluster of 4 segments. */
    public static EmbeddedMppCluster start() {
        return builder().start();
    }

    /** The URL for connections as {@link #user}, to be used with {@link EmbeddedMppDriver}. */
    public String jdbcUrl() {
        return EmbeddedMppDriver.PREFIX + "//127.0.0.1:" + port() + "/" + DATABASE;
    }

    /** The name of a superuser. */
    public String user() {
        return USER;
    }

    /** The password of every role: any will do, this one is empty. */
    public String password() {
        return "";
    }

    /** The port of the coordinator on 127.0.0.1. */
    public int port() {
        return postgres.getPort();
    }

    /** How many primary segments there are. */
    public int segments() {
        return segments;
    }

    /** Gives a new connection each time; there is no pool. */
    public DataSource dataSource() {
        return new EmbeddedDataSource(this);
    }

    /** Opens a connection as {@link #user}; the caller closes it. */
    public Connection connect() throws SQLException {
        return connect(USER);
    }

    /** Opens a connection as another role, which exists and may log in; the caller closes it. */
    public Connection connect(String user) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(), user, password());
    }

    /** What goes wrong; at first nothing. */
    public Faults faults() {
        return faults;
    }

    /** Stops the server and removes its data. Connections to it are broken. */
    @Override
    public void close() {
        EmbeddedMppDriver.remove(port());
        RUNNING.remove(this);
        try (EmbeddedPostgres stopping = postgres;
                EndpointServer ending = endpoints) {
            administration.close();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot close " + this, e);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot stop " + this, e);
        }
    }

    @Override
    public String toString() {
        return "embedded MPP cluster on port " + port();
    }

    /** Describes a cluster. Used by one thread. */
    public static final class Builder {

        private int segments = 4;
        private Optional<SSLContext> certificates = Optional.empty();

        private Builder() {}

        /**
         * How many primary segments there are; 4 unless said otherwise.
         *
         * @param count 1 to 1000
         */
        public Builder segments(int count) {
            if (count < 1 || count > 1000) {
                throw new IllegalArgumentException("Invalid number of segments: " + count);
            }
            segments = count;
            return this;
        }

        /**
         * What segments present and whom they trust when they dial gpfdists, as the files in {@code gpfdists} of their
         * data directories say on a real cluster. Without it a gpfdists table fails when it is used.
         */
        public Builder segmentCertificates(SSLContext context) {
            certificates = Optional.of(context);
            return this;
        }

        /**
         * Starts the cluster, in a second or two.
         *
         * @throws UncheckedIOException when the PostgreSQL server does not start
         */
        public EmbeddedMppCluster start() {
            EmbeddedPostgres postgres = startPostgres();
            try {
                return new EmbeddedMppCluster(postgres, segments, certificates);
            } catch (SQLException e) {
                IllegalStateException failure =
                        new IllegalStateException("Cannot set up an embedded MPP cluster: " + e.getMessage(), e);
                try {
                    postgres.close();
                } catch (IOException suppressed) {
                    failure.addSuppressed(suppressed);
                }
                throw failure;
            }
        }

        private static EmbeddedPostgres startPostgres() {
            try {
                return PostgresLauncher.start();
            } catch (IOException e) {
                throw new UncheckedIOException("Cannot start an embedded PostgreSQL server: " + e.getMessage(), e);
            }
        }
    }
}
