package io.mppconnect.test.jdbc;

import io.mppconnect.test.segment.RowBatch;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the emulation does beside the sessions of applications, through a session of its own. Thread safe. */
public final class Administration implements AutoCloseable {

    private final Connection connection;

    /** @param connection taken over, and closed with this */
    public Administration(Connection connection) {
        this.connection = connection;
    }

    /**
     * A row that a segment rejected.
     *
     * @param readable whether the row can be shown as text
     */
    record RejectedRow(RowBatch batch, int row, String message, boolean readable) {}

    /** Where a part of a parallel retrieve cursor's result waits. */
    record Endpoint(int session, String cursor, int segment, String name, int port, String user, String token) {}

    /** Makes an endpoint known to its session. */
    synchronized void addEndpoint(Endpoint endpoint) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into pg_catalog.mpp_endpoint values (?, ?, ?, ?, ?, ?, ?, 'READY')")) {
            insert.setInt(1, endpoint.session());
            insert.setString(2, endpoint.cursor());
            insert.setInt(3, endpoint.segment());
            insert.setString(4, endpoint.name());
            insert.setInt(5, endpoint.port());
            insert.setString(6, endpoint.user());
            insert.setString(7, endpoint.token());
            insert.execute();
        }
    }

    /** Says how the retrieval of an endpoint ended. */
    public synchronized void endEndpoint(String token, boolean complete) throws SQLException {
        try (PreparedStatement update =
                connection.prepareStatement("update pg_catalog.mpp_endpoint set state = ? where auth_token = ?")) {
            update.setString(1, complete ? "FINISHED" : "RELEASED");
            update.setString(2, token);
            update.execute();
        }
    }

    synchronized boolean isAlive(int process) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select from pg_stat_activity where pid = ?")) {
            query.setInt(1, process);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next();
            }
        }
    }

    /** The names of all external tables that are committed, by their identity. */
    public synchronized Map<Long, String> externalTables() throws SQLException {
        Map<Long, String> tables = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select reloid, reloid::regclass::text from pg_catalog.pg_exttable order by 1")) {
            while (rows.next()) {
                tables.put(rows.getLong(1), rows.getString(2));
            }
        }
        return tables;
    }

    /**
     * All sessions of clients, described by user and last statement, by their process.
     *
     * @param except the application whose sessions do not count
     */
    public synchronized Map<Integer, String> sessions(String except) throws SQLException {
        Map<Integer, String> sessions = new LinkedHashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(
                "select pid, pg_catalog.format('%s of %s, last statement: %s', pid, usename, query)"
                        + " from pg_catalog.pg_stat_activity"
                        + " where backend_type = 'client backend' and application_name <> ? order by 1")) {
            statement.setString(1, except);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    sessions.put(rows.getInt(1), rows.getString(2));
                }
            }
        }
        return sessions;
    }

    /** Ends a session, as an operator would. */
    synchronized void terminate(int process) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("select pg_terminate_backend(?)")) {
            query.setInt(1, process);
            query.execute();
        }
    }

    /** Writes down rejected rows, which stay whatever becomes of the transaction. */
    synchronized void log(long table, String name, List<RejectedRow> rejected) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into pg_catalog.mpp_error_log (reloid, relname, filename, linenum, errmsg, rawdata, rawbytes,"
                        + " segment) values (?, ?, ?, ?, ?, ?, ?, ?)")) {
            for (RejectedRow row : rejected) {
                long line = row.batch().line(row.row());
                byte[] received = row.batch().received(row.row());
                insert.setLong(1, table);
                insert.setString(2, name);
                insert.setString(3, row.batch().source());
                if (line > 0) {
                    insert.setInt(4, (int) line);
                } else {
                    insert.setNull(4, Types.INTEGER);
                }
                insert.setString(5, row.message());
                insert.setString(6, row.readable() ? new String(received, StandardCharsets.UTF_8) : null);
                insert.setBytes(7, row.readable() ? null : received);
                insert.setInt(8, row.batch().segment().content());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Empties the error log of a table. */
    synchronized void truncateLog(long table) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from pg_catalog.mpp_error_log where reloid = ?")) {
            delete.setLong(1, table);
            delete.executeUpdate();
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        connection.close();
    }
}
