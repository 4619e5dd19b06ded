package io.mppconnect.transfer.ledger;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.TableInfo.Privilege;
import io.mppconnect.spi.Positions;
import io.mppconnect.transfer.session.ConnectionSource;
import io.mppconnect.transfer.session.Session;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The runner's side of the tables of jobs: claims a job, and writes down with each batch, in its transaction, how far it
 * has come.
 *
 * <p>A claim raises the job's epoch, and a batch counts only if the epoch is still its runner's. Both change the job's one
 * row, so that a claim waits for the commit under way, and its answer to whether that came is final.
 */
public final class Ledger {

    private static final Set<Privilege> RUNNING = Set.of(Privilege.SELECT, Privilege.INSERT, Privilege.UPDATE);
    private static final String UNIQUE_VIOLATION = "23505";
    private static final String LOCK_TIMEOUT = "55P03";
    private static final int LOCK_MILLIS = 1000;

    /** The coordinator notices within a minute that the session of a runner is gone. */
    private static final Duration CLAIM_LIMIT = Duration.ofMinutes(2);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final ConnectionSource connections;
    private final LedgerTables tables;

    public Ledger(ConnectionSource connections, LedgerTables tables) {
        this.connections = connections;
        this.tables = tables;
    }

    /** Takes the job over from whoever has it; the first claim of a job makes it. */
    public Claim claim(String job, String source) throws SQLException, InterruptedException {
        byte[] random = new byte[6];
        RANDOM.nextBytes(random);
        return claim(
                job,
                source,
                "process " + ProcessHandle.current().pid() + " ("
                        + HexFormat.of().formatHex(random) + ")");
    }

    /**
     * Joins those who run the job, each with parts of its source; takes it over from a runner that has it alone. The first
     * one makes the job.
     */
    public Claim join(String job, String source) throws SQLException, InterruptedException {
        return claim(job, source, Claim.SHARED);
    }

    private Claim claim(String job, String source, String runner) throws SQLException, InterruptedException {
        long deadline = System.nanoTime() + CLAIM_LIMIT.toNanos();
        while (true) {
            try {
                return transaction(connection -> {
                    tables.require(connection);
                    tables.need(connection, "transfer " + source + " as job " + job, RUNNING, RUNNING);
                    limitWaiting(connection);
                    take(connection, job, source, runner);
                    return read(connection, job, runner);
                });
            } catch (SQLException e) {
                if (!LOCK_TIMEOUT.equals(e.getSQLState())) {
                    throw e;
                }
                if (System.nanoTime() > deadline) {
                    throw new MppConnectException(
                            ErrorCode.TIMEOUT,
                            "Cannot claim job " + job + " within " + CLAIM_LIMIT.toSeconds()
                                    + " s: an open transaction holds " + tables.ledger()
                                    + "; look for it in pg_stat_activity and end its session",
                            e);
                }
                // A cancel is heard between two tries; the database has waited long enough before this one.
                if (Thread.interrupted()) {
                    throw new InterruptedException("Cancelled while another transaction holds the ledger");
                }
            }
        }
    }

    /** Work with a connection. */
    @FunctionalInterface
    private interface Work {
        Claim run(Connection connection) throws SQLException;
    }

    private Claim transaction(Work work) throws SQLException {
        try (Session session = Session.begin(connections)) {
            Claim claim = work.run(session.connection());
            session.commit();
            return claim;
        }
    }

    /** Whoever waits for the ledger's row must still hear that it is to stop. */
    private void limitWaiting(Connection connection) throws SQLException {
        if (tables.locksTimeOut()) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL lock_timeout = " + LOCK_MILLIS);
            }
        }
    }

    /** Whether a job is several runners' already, and this one is to be among them: then nobody is fenced. */
    private boolean isJoined(Connection connection, String job, String runner) throws SQLException {
        return runner.equals(Claim.SHARED) && isRunBy(connection, job, runner, "true");
    }

    private boolean isRunBy(Connection connection, String job, String runner, String condition) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT 1 FROM " + tables.ledger() + " WHERE job = ? AND runner = ? AND " + condition)) {
            query.setString(1, job);
            query.setString(2, runner);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    private void take(Connection connection, String job, String source, String runner) throws SQLException {
        String update = "UPDATE " + tables.ledger() + " SET epoch = epoch + 1, runner = ?,"
                + " source = CASE WHEN finished THEN source ELSE ? END,"
                + " address = coalesce(pg_catalog.host(pg_catalog.inet_client_addr()), 'local'),"
                + " claimed_at = pg_catalog.clock_timestamp() WHERE job = ?"
                + (runner.equals(Claim.SHARED) ? " AND runner <> '" + Claim.SHARED + "'" : "");
        String insert = "INSERT INTO " + tables.ledger()
                + " (job, source, epoch, runner, address, batch, row_count, finished, claimed_at) VALUES (?, ?, 1, ?,"
                + " coalesce(pg_catalog.host(pg_catalog.inet_client_addr()), 'local'), 0, 0, false,"
                + " pg_catalog.clock_timestamp())";
        while (!isJoined(connection, job, runner) && execute(connection, update, runner, source, job) == 0) {
            try {
                execute(connection, insert, job, source, runner);
                return;
            } catch (SQLException e) {
                if (!UNIQUE_VIOLATION.equals(e.getSQLState())) {
                    throw e;
                }
                // Another runner makes the same job at this moment: then it is there to be taken over.
                connection.rollback();
                limitWaiting(connection);
            }
        }
    }

    /**
     * Claims the job once more after a failure, unless another runner has taken it over, and reads what has come of the
     * last commit: what a lost connection has left behind is over by then, or can never commit.
     *
     * @throws SQLException also when it is not over within a second: try again
     * @throws MppConnectException {@link ErrorCode#FENCED}
     */
    public Claim renew(Claim claim) throws SQLException {
        return transaction(connection -> {
            limitWaiting(connection);
            long taken = execute(
                    connection,
                    "UPDATE " + tables.ledger() + " SET epoch = epoch + ? WHERE job = ? AND epoch = ? AND runner = ?",
                    claim.shared() ? 0 : 1,
                    claim.job(),
                    claim.epoch(),
                    claim.runner());
            if (taken == 0) {
                throw fenced(connection, claim);
            }
            return read(connection, claim.job(), claim.runner());
        });
    }

    /**
     * Reads where others have brought a shared job, unless it is not this runner's any more; waits for nobody.
     *
     * @throws MppConnectException {@link ErrorCode#FENCED}
     */
    public Claim look(Claim claim) throws SQLException {
        return transaction(connection -> {
            if (!isRunBy(connection, claim.job(), claim.runner(), "epoch = " + claim.epoch())) {
                throw fenced(connection, claim);
            }
            return read(connection, claim.job(), claim.runner());
        });
    }

    private Claim read(Connection connection, String job, String runner) throws SQLException {
        Map<String, String> places = new LinkedHashMap<>();
        try (PreparedStatement query =
                connection.prepareStatement("SELECT part, place FROM " + tables.positions() + " WHERE job = ?")) {
            query.setString(1, job);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    places.put(row.getString(1), row.getString(2));
                }
            }
        }
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT source, epoch, batch, finished FROM " + tables.ledger() + " WHERE job = ?")) {
            query.setString(1, job);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return new Claim(
                        job,
                        row.getString(1),
                        row.getLong(2),
                        runner,
                        row.getLong(3),
                        row.getBoolean(4),
                        Positions.of(places));
            }
        }
    }

    /**
     * Writes a batch down in the session's transaction. From here until the transaction ends nobody else can claim the
     * job.
     *
     * @param changed the places that are new with this batch
     * @throws MppConnectException {@link ErrorCode#FENCED}
     */
    public void record(Session session, Claim claim, long batch, long rows, boolean finished, Positions changed)
            throws SQLException {
        long mine = session.update(
                "UPDATE " + tables.ledger() + " SET batch = " + (claim.shared() ? "batch + ?" : "?")
                        + ", row_count = row_count + ?, finished = ?,"
                        + " committed_at = pg_catalog.clock_timestamp() WHERE job = ? AND epoch = ? AND runner = ?",
                List.of(claim.shared() ? 1L : batch, rows, finished, claim.job(), claim.epoch(), claim.runner()));
        if (mine == 0) {
            throw fenced(session.connection(), claim);
        }
        if (claim.shared()) {
            new SharedPositions(tables).move(session, claim, changed);
            return;
        }
        List<String> moved = new ArrayList<>();
        Map<String, String> fresh = new LinkedHashMap<>();
        changed.asMap().forEach((part, place) -> {
            if (claim.positions().place(part).isPresent()) {
                moved.add(part);
            } else {
                fresh.put(part, place);
            }
        });
        if (!fresh.isEmpty()) {
            session.update(NewPlaces.sql(tables), NewPlaces.values(session.connection(), claim.job(), fresh));
        }
        move(session, claim.job(), moved, changed);
    }

    /** One statement, however many parts there are. */
    private void move(Session session, String job, List<String> parts, Positions changed) throws SQLException {
        if (parts.size() == 1) {
            String part = parts.get(0);
            session.update(
                    "UPDATE " + tables.positions() + " SET place = ? WHERE job = ? AND part = ?",
                    List.of(changed.asMap().get(part), job, part));
        } else if (!parts.isEmpty()) {
            List<String> places = parts.stream().map(changed.asMap()::get).toList();
            Connection connection = session.connection();
            session.update(
                    "UPDATE " + tables.positions()
                            + " AS p SET place = n.place FROM (SELECT pg_catalog.unnest(?::text[])"
                            + " AS part, pg_catalog.unnest(?::text[]) AS place) AS n WHERE p.job = ? AND p.part = n.part",
                    List.of(
                            connection.createArrayOf("text", parts.toArray()),
                            connection.createArrayOf("text", places.toArray()),
                            job));
        }
    }

    private MppConnectException fenced(Connection connection, Claim claim) throws SQLException {
        String by = "it is no more in the ledger";
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT runner, address, claimed_at FROM " + tables.ledger() + " WHERE job = ?")) {
            query.setString(1, claim.job());
            try (ResultSet row = query.executeQuery()) {
                if (row.next()) {
                    by = row.getString(1).equals(claim.runner())
                            ? "its positions were changed"
                            : row.getString(1) + " of " + row.getString(2) + " has taken it over at "
                                    + row.getTimestamp(3).toInstant();
                }
            }
        }
        return new MppConnectException(
                ErrorCode.FENCED,
                "Cannot commit for job " + claim.job() + ": " + by
                        + "; run a job in one place at a time, give each runner a job of its own, or have all of them"
                        + " share its source, as by KafkaTopic.sharedBy");
    }

    private static long execute(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
