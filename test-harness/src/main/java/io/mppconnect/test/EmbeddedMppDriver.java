package io.mppconnect.test;

import io.mppconnect.test.jdbc.ClusterState;
import io.mppconnect.test.jdbc.EmbeddedConnections;
import java.net.URI;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The JDBC driver of the {@link EmbeddedMppCluster}s that run in this JVM, for URLs that start with
 * {@code jdbc:mppembedded:}. It takes the parameters of PostgreSQL's driver. {@link DriverManager} finds it by itself.
 */
public final class EmbeddedMppDriver implements Driver {

    static final String PREFIX = "jdbc:mppembedded:";

    private static final String POSTGRES_PREFIX = "jdbc:postgresql:";
    private static final Map<Integer, ClusterState> CLUSTERS = new ConcurrentHashMap<>();

    static {
        try {
            DriverManager.registerDriver(new EmbeddedMppDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Driver postgres = new org.postgresql.Driver();

    /** A driver; all of them are alike. */
    public EmbeddedMppDriver() {}

    static void add(int port, ClusterState cluster) {
        CLUSTERS.put(port, cluster);
    }

    static void remove(int port) {
        CLUSTERS.remove(port);
    }

    @Override
    public @Nullable Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        int port = URI.create(url.substring("jdbc:".length())).getPort();
        ClusterState cluster = CLUSTERS.get(port);
        if (cluster == null) {
            throw new SQLException(
                    "Cannot connect to " + url.split("\\?", 2)[0]
                            + ": no embedded cluster runs there in this JVM; start one",
                    "08001");
        }
        Connection connection = postgres.connect(postgresUrl(url), withUser(info));
        if (connection == null) {
            throw new SQLException("Invalid URL: " + url.split("\\?", 2)[0], "08001");
        }
        return EmbeddedConnections.wrap(connection, cluster);
    }

    /** The properties, with the cluster's own user where they name none. */
    private static Properties withUser(Properties info) {
        Properties complete = new Properties();
        complete.setProperty("user", EmbeddedMppCluster.USER);
        info.stringPropertyNames().forEach(name -> complete.setProperty(name, info.getProperty(name)));
        return complete;
    }

    private static String postgresUrl(String url) {
        return POSTGRES_PREFIX + url.substring(PREFIX.length());
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        return postgres.getPropertyInfo(postgresUrl(url), info);
    }

    @Override
    public int getMajorVersion() {
        return postgres.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return postgres.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return postgres.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(EmbeddedMppDriver.class.getPackageName());
    }
}
