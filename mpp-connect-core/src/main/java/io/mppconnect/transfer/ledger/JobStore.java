package io.mppconnect.transfer.ledger;

import io.mppconnect.ErrorCode;
import io.mppconnect.JobInfo;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.TableInfo.Privilege;
import io.mppconnect.spi.Positions;
import io.mppconnect.transfer.session.ConnectionSource;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The operator's side of the tables of jobs: looks into them, resets and prunes. */
public final class JobStore {

    private static final Set<Privilege> READING = Set.of(Privilege.SELECT);
    private static final Set<Privilege> DELETING = Set.of(Privilege.SELECT, Privilege.DELETE);

    private final ConnectionSource connections;
    private final LedgerTables tables;

    public JobStore(ConnectionSource connections, LedgerTables tables) {
        this.connections = connections;
        this.tables = tables;
    }

    public List<JobInfo> list() {
        return run("list the jobs", List.of(), READING, READING, connection -> read(connection, "true", List.of()));
    }

    public Optional<JobInfo> find(String job) {
        return run(
                "look for job " + job,
                Optional.empty(),
                READING,
                READING,
                connection -> read(connection, "job = ?", List.of(job)).stream().findFirst());
    }

    /** Sets a job's positions; whether there was such a job. */
    public boolean reset(String job, Positions positions) {
        Set<Privilege> ofPositions = EnumSet.of(Privilege.SELECT, Privilege.DELETE);
        if (!positions.isEmpty()) {
            ofPositions.add(Privilege.INSERT);
        }
        return run("reset job " + job, false, Set.of(Privilege.SELECT, Privilege.UPDATE), ofPositions, connection -> {
            // The ledger's row first, as runners do: whoever is committing has finished when this goes on.
            long found = execute(
                    connection,
                    "UPDATE " + tables.ledger() + " SET epoch = epoch + 1, finished = false, row_count = 0"
                            + " WHERE job = ?",
                    job);
            if (found == 0) {
                return false;
            }
            execute(connection, "DELETE FROM " + tables.positions() + " WHERE job = ?", job);
            if (!positions.isEmpty()) {
                execute(
                        connection,
                        NewPlaces.sql(tables),
                        NewPlaces.values(connection, job, positions.asMap()).toArray());
            }
            return true;
        });
    }

    /** Forgets jobs that nobody has used for so long; how many these were. */
    public int prune(Duration unused) {
        return run("prune the jobs", 0, DELETING, DELETING, connection -> {
            Timestamp last = Timestamp.from(Instant.now().minus(unused));
            List<JobInfo> old =
                    read(connection, "claimed_at < ? AND coalesce(committed_at, claimed_at) < ?", List.of(last, last));
            int pruned = 0;
            for (JobInfo job : old) {
                // Only as it was seen: it may have gone on meanwhile.
                long deleted = execute(
                        connection,
                        "DELETE FROM " + tables.ledger() + " WHERE job = ? AND epoch = ? AND batch = ?",
                        job.name(),
                        job.epoch(),
                        job.batch());
                if (deleted > 0) {
                    execute(connection, "DELETE FROM " + tables.positions() + " WHERE job = ?", job.name());
                    pruned++;
                }
            }
            return pruned;
        });
    }

    private List<JobInfo> read(Connection connection, String condition, List<Object> values) throws SQLException {
        Map<String, Map<String, String>> places = places(connection);
        List<JobInfo> jobs = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT job, source, epoch, runner, address, batch, row_count, finished, claimed_at, committed_at FROM "
                        + tables.ledger() + " WHERE " + condition + " ORDER BY job")) {
            bind(query, values.toArray());
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    jobs.add(info(row, places));
                }
            }
        }
        return jobs;
    }

    private static JobInfo info(ResultSet row, Map<String, Map<String, String>> places) throws SQLException {
        String name = row.getString(1);
        return new JobInfo(
                name,
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getLong(7),
                row.getBoolean(8),
                row.getTimestamp(9).toInstant(),
                Optional.ofNullable(row.getTimestamp(10)).map(Timestamp::toInstant),
                Positions.of(places.getOrDefault(name, Map.of())));
    }

    private Map<String, Map<String, String>> places(Connection connection) throws SQLException {
        Map<String, Map<String, String>> places = new HashMap<>();
        try (PreparedStatement query =
                        connection.prepareStatement("SELECT job, part, place FROM " + tables.positions());
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                places.computeIfAbsent(row.getString(1), job -> new TreeMap<>())
                        .put(row.getString(2), row.getString(3));
            }
        }
        return places;
    }

    /** Work with a connection, in a transaction. */
    @FunctionalInterface
    private interface Work<T> {
        T run(Connection connection) throws SQLException;
    }

    /** @param none the answer when no job has ever run */
    private <T> T run(String what, T none, Set<Privilege> ofLedger, Set<Privilege> ofPositions, Work<T> work) {
        try (Connection connection = connections.connect()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                if (!tables.exist(connection)) {
                    return none;
                }
                tables.need(connection, what, ofLedger, ofPositions);
                T result = work.run(connection);
                connection.commit();
                return result;
            } finally {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw new MppConnectException(ErrorCode.STATEMENT_FAILED, "Cannot " + what + ": " + e.getMessage(), e);
        }
    }

    private static long execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            bind(statement, values);
            return statement.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, Object... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
    }
}
