package io.mppconnect.test.jdbc;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;

/** Makes connections of an embedded cluster out of PostgreSQL's own. */
public final class EmbeddedConnections {

    private EmbeddedConnections() {}

    /**
     * Makes a connection.
     *
     * @param connection PostgreSQL's, taken over
     */
    public static Connection wrap(Connection connection, ClusterState cluster) throws SQLException {
        BaseConnection base = connection.unwrap(BaseConnection.class);
        ConnectionHandler handler = new ConnectionHandler(new Interpreter(new Session(base, cluster)));
        return (Connection) Proxy.newProxyInstance(
                EmbeddedConnections.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
    }
}
