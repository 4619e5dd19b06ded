package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection and its transactions: one, or many for a load that commits many times. All of it is used by the
 * transfer's own thread, but for {@link #cancel} and {@link #sever}.
 */
final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Connection connection;
    private final boolean autoCommit;
    private final boolean lasting;
    private final Set<String> log = new LinkedHashSet<>();
    private final List<String> atEnd = new ArrayList<>();
    private final Map<String, String> former = new LinkedHashMap<>();
    private Map<String, String> pinned = Map.of();
    private final Object statementLock = new Object();
    private @Nullable Statement running;
    private boolean cancelled;
    private boolean open = true;

    private Session(Connection connection, boolean lasting) throws SQLException {
        this.connection = connection;
        this.lasting = lasting;
        this.autoCommit = connection.getAutoCommit();
        connection.setAutoCommit(false);
    }

    /** For one transaction. */
    static Session begin(ConnectionSource connections) throws SQLException {
        return begin(connections, false);
    }

    /** For transaction after transaction; what is pinned lasts. */
    static Session beginLasting(ConnectionSource connections) throws SQLException {
        return begin(connections, true);
    }

    private static Session begin(ConnectionSource connections, boolean lasting) throws SQLException {
        Connection connection = connections.connect();
        try {
            return new Session(connection, lasting);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    Connection connection() {
        return connection;
    }

    /** Settings for this transaction alone, in one round trip. */
    void set(Map<String, String> settings) throws SQLException {
        set(settings, true);
    }

    /** Settings for as long as the session is used. */
    void pin(Map<String, String> settings) throws SQLException {
        if (lasting) {
            remember(settings.keySet());
            pinned = Map.copyOf(settings);
        }
        set(settings, !lasting);
    }

    /**
     * Pins the settings anew: segments start new processes for a session that was idle, and those know no more of it
     * than some of the settings.
     */
    void pinAgain() throws SQLException {
        set(pinned, false);
    }

    /**
     * Has the coordinator notice within a minute that this application, or the way to it, is gone: what the session has
     * locked must not stay so for as long as TCP waits by default.
     */
    void endWithClient() throws SQLException {
        Map<String, String> keepAlive =
                Map.of("tcp_keepalives_idle", "30", "tcp_keepalives_interval", "10", "tcp_keepalives_count", "3");
        remember(keepAlive.keySet());
        set(keepAlive, false);
    }

    /**
     * Has statements planned by the plain planner, where the database knows another and lets it be chosen: that one takes
     * longer to plan a small batch than the batch takes to run.
     */
    void planQuickly() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                        "SELECT o.setting FROM pg_catalog.pg_settings o JOIN pg_catalog.pg_settings c"
                                + " ON o.name = 'optimizer' AND c.name = 'optimizer_control' AND c.setting = 'on'");
                ResultSet row = statement.executeQuery()) {
            if (row.next()) {
                former.putIfAbsent("optimizer", row.getString(1));
                set(Map.of("optimizer", "off"), false);
            }
        }
    }

    private void remember(Set<String> names) throws SQLException {
        List<String> asked = List.copyOf(names);
        String values = String.join(
                ", ",
                asked.stream().map(name -> "pg_catalog.current_setting(?)").toList());
        try (PreparedStatement statement = connection.prepareStatement("SELECT " + values)) {
            for (int i = 0; i < asked.size(); i++) {
                statement.setString(i + 1, asked.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                for (int i = 0; i < asked.size(); i++) {
                    former.putIfAbsent(asked.get(i), row.getString(i + 1));
                }
            }
        }
    }

    private void set(Map<String, String> settings, boolean local) throws SQLException {
        if (settings.isEmpty()) {
            return;
        }
        String calls = String.join(
                ", ",
                settings.keySet().stream()
                        .map(name -> "pg_catalog.set_config(?, ?, " + local + ")")
                        .toList());
        List<@Nullable Object> values = new ArrayList<>();
        settings.forEach((name, value) -> {
            values.add(name);
            values.add(value);
        });
        run("SELECT " + calls, values, 0);
    }

    /** Runs a statement that returns no rows of interest; the report tells of it. */
    void execute(String sql) throws SQLException {
        log.add(sql);
        run(sql, List.of(), 0);
    }

    /** Runs a statement that the database is to cancel when it takes longer. */
    void execute(String sql, Duration limit) throws SQLException {
        log.add(sql);
        run(sql, List.of(), (int) Math.max(1, limit.toSeconds()));
    }

    /** Runs a statement with bound values and returns how many rows it changed; the report tells of it. */
    long update(String sql, List<@Nullable Object> values) throws SQLException {
        log.add(sql);
        return run(sql, values, 0);
    }

    /** Work with the session. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    /** Does something of which nothing stays: no setting, no table. */
    void undone(Work work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        work.run();
        connection.rollback(before);
    }

    private long run(String sql, List<@Nullable Object> values, int limitSeconds) throws SQLException {
        if (values.isEmpty() && (!lasting || sql.indexOf('?') >= 0)) {
            // Without values a question mark is an operator of the user's expression.
            try (Statement statement = connection.createStatement()) {
                return run(statement, limitSeconds, () -> statement.execute(sql));
            }
        }
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            return run(statement, limitSeconds, statement::execute);
        }
    }

    /** Executes a statement; true when it gives rows. */
    @FunctionalInterface
    private interface Execution {
        boolean execute() throws SQLException;
    }

    private long run(Statement statement, int limitSeconds, Execution execution) throws SQLException {
        statement.setQueryTimeout(limitSeconds);
        runs(statement);
        try {
            return execution.execute() ? 0 : statement.getLargeUpdateCount();
        } finally {
            runs(null);
        }
    }

    private void runs(@Nullable Statement statement) {
        synchronized (statementLock) {
            running = statement;
            if (cancelled && statement != null) {
                throw new MppConnectException(ErrorCode.CANCELLED, "Cannot run another statement: it is cancelled");
            }
        }
    }

    /**
     * Asks the coordinator to end the statement that runs, and runs no other. To be repeated: a statement about to start
     * hears it only once it has.
     */
    void cancel() {
        Statement statement;
        synchronized (statementLock) {
            cancelled = true;
            statement = running;
        }
        if (statement != null) {
            try {
                statement.cancel();
            } catch (SQLException e) {
                LOG.debug("The coordinator did not take the cancel request", e);
            }
        }
    }

    /** Cuts the connection, for a coordinator that does not answer. */
    void sever() {
        synchronized (statementLock) {
            // Given back, the connection may be somebody else's.
            if (!open) {
                return;
            }
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("The connection could not be cut", e);
        }
    }

    /** Runs a statement when the session is given back, outside of what is rolled back then. */
    void atEnd(String sql) {
        atEnd.add(sql);
    }

    /** The statements that ran, each once. */
    List<String> log() {
        return List.copyOf(log);
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** Rolls back whatever is not committed, and gives the connection back as it came. */
    @Override
    public void close() throws SQLException {
        synchronized (statementLock) {
            if (!open) {
                return;
            }
            open = false;
        }
        try (Connection closing = connection) {
            if (!closing.isClosed()) {
                closing.rollback();
                leaveAsItCame();
                closing.setAutoCommit(autoCommit);
            }
        }
    }

    private void leaveAsItCame() throws SQLException {
        if (!lasting) {
            return;
        }
        synchronized (statementLock) {
            cancelled = false;
        }
        for (String sql : atEnd) {
            run(sql, List.of(), 0);
        }
        set(former, false);
        connection.commit();
    }
}
