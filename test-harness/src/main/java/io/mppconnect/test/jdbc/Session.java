package io.mppconnect.test.jdbc;

import io.mppconnect.test.segment.ScanIdentity;
import io.mppconnect.test.segment.Segment;
import io.mppconnect.test.segment.SegmentTls;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.postgresql.util.PSQLException;
import org.postgresql.util.PSQLState;

/** One session: PostgreSQL's connection, and what the emulation knows about it. */
final class Session {

    private final BaseConnection connection;
    private final ClusterState cluster;
    private final int number;
    private final List<Segment> segments;
    private final String user;
    private int commands;
    private int scans;
    private int scanTables;

    Session(BaseConnection connection, ClusterState cluster) throws SQLException {
        this.connection = connection;
        this.cluster = cluster;
        this.number = cluster.nextSession();
        this.segments = cluster.segmentsOf(connection.getBackendPID());
        this.user = connection.getMetaData().getUserName();
    }

    BaseConnection connection() {
        return connection;
    }

    ClusterState cluster() {
        return cluster;
    }

    SegmentTls tls(StatementSettings settings) {
        return new SegmentTls(cluster.certificates(), settings.verifyCertificates());
    }

    FaultPlan faults() {
        return cluster.faults();
    }

    String user() {
        return user;
    }

    List<Segment> segments() {
        return segments;
    }

    void countCommand() {
        commands++;
    }

    int nextScan() {
        return scans++;
    }

    /** A name for a table that stands in for an external one during a statement. */
    String nextScanTable() {
        return "pg_temp.mpp_scan_" + ++scanTables;
    }

    /**
     * What segments say about the running statement.
     *
     * @param distributed whether the statement belongs to a distributed transaction, or only reads
     */
    ScanIdentity identity(StatementSettings settings, boolean distributed, int scan) throws SQLException {
        String transaction = distributed
                ? String.format(Locale.ROOT, "%d-%010d", cluster.startSeconds(), settings.transaction())
                : String.format(Locale.ROOT, "%d-%010d", number, commands);
        return new ScanIdentity(transaction, commands, scan, number, connection.getCatalog(), user, cluster.port());
    }

    boolean isInTransaction() {
        return connection.getTransactionState() != TransactionState.IDLE;
    }

    /** What a statement does, within a transaction. */
    interface Work {
        @Nullable
        Object run() throws SQLException;
    }

    /** Runs work in the caller's transaction, or in one of its own when the caller has none and wants none. */
    @Nullable
    Object inTransaction(Operation operation, Work work) throws SQLException {
        boolean own = connection.getAutoCommit() && !isInTransaction();
        try {
            if (own) {
                execute("begin");
            }
            Object result = work.run();
            operation.finish();
            if (own) {
                commit(() -> execute("commit"));
            }
            return result;
        } catch (SQLException e) {
            operation.finish();
            throw ended(own, operation.explain(SqlErrors.withoutOwnContext(e)));
        } catch (RuntimeException e) {
            operation.finish();
            ended(own, SqlErrors.error("XX000", e.toString()));
            throw e;
        }
    }

    /** Leaves the transaction as a failed statement does: aborted, or gone when it was only the statement's. */
    private SQLException ended(boolean own, SQLException failure) {
        try {
            if (own) {
                execute("rollback");
            } else if (connection.getTransactionState() == TransactionState.OPEN) {
                abort();
            } else if (failure instanceof Patience.SessionGone) {
                execute("select");
            }
        } catch (SQLException e) {
            return worse(failure, e);
        }
        return failure;
    }

    /** Of a failure and what came of dealing with it, the one to report: of a session's end, PostgreSQL's own words. */
    static SQLException worse(SQLException failure, SQLException later) {
        if (failure instanceof Patience.SessionGone) {
            return later;
        }
        failure.addSuppressed(later);
        return failure;
    }

    private void abort() throws SQLException {
        try {
            execute("do 'begin raise exception ''statement failed in the embedded cluster''; end'");
        } catch (SQLException expected) {
            if (connection.getTransactionState() != TransactionState.FAILED) {
                throw expected;
            }
        }
    }

    /** What sends a COMMIT. */
    interface Commit {
        void run() throws SQLException;
    }

    /** Commits, unless a fault comes before or after it. */
    void commit(Commit commit) throws SQLException {
        killAt(KillPoint.BEFORE_COMMIT);
        boolean losesAnswer = faults().losesCommitAnswer();
        commit.run();
        if (losesAnswer) {
            connection.abort(Runnable::run);
            throw new PSQLException(
                    "An I/O error occurred while sending to the backend.", PSQLState.CONNECTION_FAILURE);
        }
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Ends this session if that is what is to go wrong here; whatever uses it next finds out. */
    void killAt(KillPoint point) throws SQLException {
        if (faults().kills(point)) {
            int process = connection.getBackendPID();
            cluster.administration().terminate(process);
            while (cluster.administration().isAlive(process)) {
                Thread.onSpinWait();
            }
        }
    }

    boolean isAlive() throws SQLException {
        return cluster.administration().isAlive(connection.getBackendPID());
    }
}
