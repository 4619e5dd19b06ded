package io.mppconnect.transfer.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection and its transactions: one, or many for a load that commits many times. All of it is used by the
 * transfer's own thread, but for {@link #cancel} and {@link #sever}.
 */
public final class Session implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** The class of SQLSTATE of all that is wrong with a statement itself. */
    private static final String SYNTAX_OR_ACCESS = "42";

    /** How many rows of a result are in memory. */
    private static final int ROWS_AT_ONCE = 1000;

    private final Connection connection;
    private final boolean autoCommit;
    private final boolean lasting;
    private final Set<String> log = new LinkedHashSet<>();
    private final List<String> atEnd = new ArrayList<>();
    private final int isolation;
    private final PinnedSettings pinned = new PinnedSettings(this);
    private final Cancellation cancellation = new Cancellation();
    private final CopyStatements copies;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Session(Connection connection, boolean lasting) throws SQLException {
        this.connection = connection;
        this.copies = new CopyStatements(connection, cancellation);
        this.lasting = lasting;
        this.autoCommit = connection.getAutoCommit();
        this.isolation = connection.getTransactionIsolation();
        // What a statement sees must be what was committed when it starts: tables are locked between statements.
        isolate(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
    }

    /** For one transaction. */
    public static Session begin(ConnectionSource connections) throws SQLException {
        return begin(connections, false);
    }

    /** For transaction after transaction; what is pinned lasts. */
    public static Session beginLasting(ConnectionSource connections) throws SQLException {
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

    private void isolate(int level) throws SQLException {
        if (level != isolation || level != Connection.TRANSACTION_READ_COMMITTED) {
            connection.setTransactionIsolation(level);
        }
    }

    public Connection connection() {
        return connection;
    }

    /** Settings for this transaction alone, in one round trip. */
    public void set(Map<String, String> settings) throws SQLException {
        set(settings, true);
    }

    /** Settings for as long as the session is used. */
    public void pin(Map<String, String> settings) throws SQLException {
        if (lasting) {
            pinned.pin(settings);
        } else {
            set(settings);
        }
    }

    /**
     * Pins the settings anew: segments start new processes for a session that was idle, and those know no more of it
     * than some of the settings.
     */
    public void pinAgain() throws SQLException {
        pinned.pinAgain();
    }

    /**
     * Has the coordinator notice within a minute that this application, or the way to it, is gone: what the session has
     * locked must not stay so for as long as TCP waits by default.
     */
    public void endWithClient() throws SQLException {
        pinned.hold(Map.of("tcp_keepalives_idle", "30", "tcp_keepalives_interval", "10", "tcp_keepalives_count", "3"));
    }

    /** @param local whether they are for this transaction alone, or for as long as the connection lives */
    void set(Map<String, String> settings, boolean local) throws SQLException {
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
    public void execute(String sql) throws SQLException {
        log.add(sql);
        run(sql, List.of(), 0);
    }

    /** Runs a statement that the database is to cancel when it takes longer. */
    public void execute(String sql, Duration limit) throws SQLException {
        log.add(sql);
        run(sql, List.of(), (int) Math.max(1, limit.toSeconds()));
    }

    /** Runs a statement with bound values and returns how many rows it changed; the report tells of it. */
    public long update(String sql, List<@Nullable Object> values) throws SQLException {
        log.add(sql);
        return run(sql, values, 0);
    }

    /** Runs a {@code COPY ... TO STDOUT} and returns how many rows the database says it has sent. */
    public long copyOut(String sql, CopyStatements.Data data) throws Exception {
        log.add(sql);
        return copies.out(sql, data);
    }

    /** Runs a {@code COPY ... FROM STDIN} and returns how many rows the database says it has taken. */
    public long copyIn(String sql, CopyStatements.Blocks blocks) throws SQLException, InterruptedException {
        log.add(sql);
        return copies.in(sql, blocks);
    }

    /** Looks at one row of a result. */
    @FunctionalInterface
    public interface RowVisitor {
        void visit(ResultSet row) throws SQLException;
    }

    /** Visits all rows of a query, of which the report does not tell, some at a time. */
    public void visit(String sql, List<?> values, RowVisitor visitor) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            cancellation.begins(statement::cancel);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    visitor.visit(rows);
                }
            } finally {
                cancellation.ended();
            }
        }
    }

    /** Reads one row of a result. */
    @FunctionalInterface
    public interface RowReading<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Runs a query and returns its rows; the report tells of it. */
    public <T> List<T> query(String sql, RowReading<T> reading) throws SQLException {
        log.add(sql);
        try (Statement statement = connection.createStatement()) {
            cancellation.begins(statement::cancel);
            List<T> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    rows.add(reading.read(result));
                }
            } finally {
                cancellation.ended();
            }
            return rows;
        }
    }

    /** What the database has to say against a query, which does not run; empty when it would run. */
    public Optional<String> refusal(String query) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            run("PREPARE mpp_connect_check AS " + query, List.of(), 0);
            run("DEALLOCATE mpp_connect_check", List.of(), 0);
            // Locks that were needed to look at the tables go, too.
            connection.rollback(before);
            return Optional.empty();
        } catch (PSQLException e) {
            ServerErrorMessage said = e.getServerErrorMessage();
            boolean syntax = e.getSQLState() != null && e.getSQLState().startsWith(SYNTAX_OR_ACCESS);
            if (!syntax || said == null) {
                throw e;
            }
            connection.rollback(before);
            return Optional.of(String.valueOf(said.getMessage()));
        }
    }

    /** Work with the session. */
    @FunctionalInterface
    public interface Work<E extends Exception> {
        void run() throws E;
    }

    /** Does something of which nothing stays: no setting, no table. */
    public <E extends Exception> void undone(Work<E> work) throws E, SQLException {
        connection.rollback(behindSavepoint(work));
    }

    /** Does something of which nothing stays when it fails, and after which the transaction can go on even so. */
    public <E extends Exception> void attempt(Work<E> work) throws E, SQLException {
        connection.releaseSavepoint(behindSavepoint(work));
    }

    /**
     * Does something with another value of a setting. When the work fails the value stays, but no longer than the
     * transaction, or the savepoint before it: an aborted transaction takes no SET, and its rollback takes the value along.
     */
    public <E extends Exception> void with(String setting, String value, Work<E> work) throws E, SQLException {
        Map<String, String> former = new HashMap<>();
        visit("SELECT pg_catalog.current_setting(?)", List.of(setting), row -> former.put(setting, row.getString(1)));
        set(Map.of(setting, value));
        work.run();
        set(former);
    }

    private <E extends Exception> Savepoint behindSavepoint(Work<E> work) throws E, SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            work.run();
            return before;
        } catch (Throwable e) {
            try {
                connection.rollback(before);
            } catch (SQLException lost) {
                e.addSuppressed(lost);
            }
            throw e;
        }
    }

    private long run(String sql, List<@Nullable Object> values, int limitSeconds) throws SQLException {
        LOG.debug("{}", sql);
        // What a lasting session runs again and again is prepared; but in SQL without values a question mark is an
        // operator of the user's expression.
        if (values.isEmpty() && (!lasting || sql.indexOf('?') >= 0)) {
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
        cancellation.begins(statement::cancel);
        try {
            return execution.execute() ? 0 : statement.getLargeUpdateCount();
        } finally {
            cancellation.ended();
        }
    }

    /**
     * Asks the coordinator to end the statement that runs, and runs no other. To be repeated: a statement about to start
     * hears it only once it has.
     */
    void cancel() {
        cancellation.cancel();
    }

    /** Lets statements run again, after those that were to be cancelled. */
    public void resume() {
        cancellation.lift();
    }

    /** Cuts the connection, for a coordinator that does not answer. */
    void sever() {
        // Given back, the connection may be somebody else's.
        if (!open.get()) {
            return;
        }
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("The connection could not be cut", e);
        }
    }

    /** Runs a statement when the session is given back, outside of what is rolled back then. */
    public void atEnd(String sql) {
        atEnd.add(sql);
    }

    /** The statements that ran, each once. */
    public List<String> log() {
        return List.copyOf(log);
    }

    public void commit() throws SQLException {
        connection.commit();
    }

    /** Rolls back whatever is not committed, and gives the connection back as it came. */
    @Override
    public void close() throws SQLException {
        if (!open.compareAndSet(true, false)) {
            return;
        }
        try (Connection closing = connection) {
            if (!closing.isClosed()) {
                closing.rollback();
                leaveAsItCame();
                closing.setAutoCommit(autoCommit);
                isolate(isolation);
            }
        }
    }

    private void leaveAsItCame() throws SQLException {
        if (!lasting) {
            return;
        }
        cancellation.lift();
        for (String sql : atEnd) {
            run(sql, List.of(), 0);
        }
        pinned.restore();
        connection.commit();
    }
}
