package io.mppconnect.test;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Opens a new connection each time. */
final class EmbeddedDataSource implements DataSource {

    private final EmbeddedMppCluster cluster;

    EmbeddedDataSource(EmbeddedMppCluster cluster) {
        this.cluster = cluster;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return cluster.connect();
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return cluster.connect(user);
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return DriverManager.getLogWriter();
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
        throw new SQLException("Cannot set the log writer of " + cluster + ": set that of the DriverManager");
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        throw new SQLException("Cannot set the login timeout of " + cluster + ": set that of the DriverManager");
    }

    @Override
    public int getLoginTimeout() {
        return DriverManager.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(EmbeddedDataSource.class.getPackageName());
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        if (!type.isInstance(this)) {
            throw new SQLException("Cannot unwrap " + cluster + " to " + type.getName());
        }
        return type.cast(this);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return type.isInstance(this);
    }
}
