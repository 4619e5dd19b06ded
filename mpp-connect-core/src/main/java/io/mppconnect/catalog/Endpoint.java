package io.mppconnect.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Where one part of a parallel retrieve cursor's result waits to be fetched.
 *
 * @param segment the content id of the segment that holds it; -1 for the coordinator
 * @param token what opens it: the password of a retrieve connection
 * @param user the only role that may fetch it
 */
public record Endpoint(int segment, String name, String host, int port, String user, String token) {

    private static final String AVAILABLE = """
            select exists(select 1 from pg_catalog.pg_proc
                          where proname = 'gp_get_session_endpoints'
                            and pronamespace = (select oid from pg_catalog.pg_namespace where nspname = 'pg_catalog'))""";

    private static final String OF_CURSOR = """
            select gp_segment_id, endpointname, hostname, port, username, auth_token
            from pg_catalog.gp_get_session_endpoints() where cursorname = ? order by gp_segment_id""";

    /** Whether the database has parallel retrieve cursors. */
    public static boolean available(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(AVAILABLE);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getBoolean(1);
        }
    }

    /** The endpoints of a cursor of this session. */
    public static List<Endpoint> of(Connection connection, String cursor) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OF_CURSOR)) {
            statement.setString(1, cursor);
            List<Endpoint> endpoints = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    endpoints.add(new Endpoint(
                            rows.getInt(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getInt(4),
                            rows.getString(5),
                            rows.getString(6)));
                }
            }
            return endpoints;
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "segment " + segment + " at " + host + ":" + port;
    }
}
