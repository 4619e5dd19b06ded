package io.mppconnect.transfer.session;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The way to the coordinator: opens a connection per transfer. */
@FunctionalInterface
public interface ConnectionSource {

    Connection open() throws SQLException;

    /** The driver manager's own message would show the whole URL, and a password in it. */
    private static void requireDriver(String url) {
        boolean known = DriverManager.drivers().anyMatch(driver -> {
            try {
                return driver.acceptsURL(url);
            } catch (SQLException e) {
                return false;
            }
        });
        if (!known) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid JDBC URL: no driver takes " + url.split("\\?", 2)[0]
                            + "; write jdbc:postgresql://coordinator:5432/database");
        }
    }

    /** Connections of a URL, each closed for good after use. */
    static ConnectionSource of(String url, @Nullable String user, @Nullable String password) {
        requireDriver(url);
        Properties properties = new Properties();
        if (user != null && !user.isEmpty()) {
            properties.setProperty("user", user);
        }
        if (password != null && !password.isEmpty()) {
            properties.setProperty("password", password);
        }
        properties.setProperty("ApplicationName", "mpp-connect");
        // A coordinator that vanishes without a word must not keep a transfer waiting for ever.
        properties.setProperty("tcpKeepAlive", "true");
        return () -> DriverManager.getConnection(url, properties);
    }

    static ConnectionSource of(DataSource dataSource) {
        return dataSource::getConnection;
    }

    /** What the driver says, and the name that it keeps to itself. */
    private static String reason(SQLException failure) {
        String said = String.valueOf(failure.getMessage()).replaceAll("\\.$", "");
        return failure.getCause() instanceof UnknownHostException host
                ? said + ": unknown host " + host.getMessage()
                : said;
    }

    /** Opens a connection, or says plainly why not. */
    default Connection connect() {
        try {
            return open();
        } catch (SQLException e) {
            throw new MppConnectException(
                    ErrorCode.CONNECTION,
                    "Cannot connect to the coordinator: " + reason(e) + "; check the URL, the user and its password",
                    e);
        }
    }
}
