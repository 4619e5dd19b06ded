package io.mppconnect.test.jdbc;

import io.mppconnect.test.jdbc.Administration.RejectedRow;
import io.mppconnect.test.segment.RowBatch;
import io.mppconnect.test.segment.RowContext;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** Copies rows into a table, leaves out bad ones, and fails when a segment had too many of them. */
final class RejectingSink implements RowSink {

    private final Session session;
    private final CopyManager manager;
    private final String sql;
    private final ExternalRelation relation;
    private final StatementSettings settings;
    private final Map<Integer, Counts> countsBySegment = new HashMap<>();
    private final List<RejectedRow> rejectedRows = new ArrayList<>();

    /** How many rows of a segment were seen, and how many of them were bad. */
    private static final class Counts {
        private long processed;
        private long rejected;
    }

    RejectingSink(
            Session session, CopyManager manager, String sql, ExternalRelation relation, StatementSettings settings) {
        this.session = session;
        this.manager = manager;
        this.sql = sql;
        this.relation = relation;
        this.settings = settings;
    }

    @Override
    public void accept(RowBatch batch) throws SQLException {
        Counts counts = countsBySegment.computeIfAbsent(batch.segment().content(), content -> new Counts());
        int good = batch.lastRowProblem() == null ? batch.rows() : batch.rows() - 1;
        int from = 0;
        while (from < good) {
            from = copyUntilBad(batch, from, good, counts) + 1;
        }
        if (good < batch.rows()) {
            CopyProblem problem = new CopyProblem(1, null, "22P04", String.valueOf(batch.lastRowProblem()), true);
            reject(batch, good, problem, counts);
        }
    }

    /** Copies rows up to a bad one, which it rejects; the index of the bad one, or {@code to}. */
    private int copyUntilBad(RowBatch batch, int from, int to, Counts counts) throws SQLException {
        try {
            copy(batch, from, to);
            counts.processed += to - from;
            return to;
        } catch (SQLException e) {
            CopyProblem problem =
                    CopyProblem.of(e).filter(CopyProblem::isDataError).orElse(null);
            if (problem == null) {
                throw e;
            }
            session.execute("rollback to savepoint mpp_rows");
            int bad = from + (int) problem.line() - 1;
            if (bad > from) {
                copy(batch, from, bad);
            }
            counts.processed += bad - from;
            reject(batch, bad, problem, counts);
            return bad;
        }
    }

    private void copy(RowBatch batch, int from, int to) throws SQLException {
        session.execute("savepoint mpp_rows");
        byte[] text = batch.text(from, to);
        CopyIn copy = manager.copyIn(sql);
        copy.writeToCopy(text, 0, text.length);
        copy.endCopy();
        session.execute("release savepoint mpp_rows");
    }

    private void reject(RowBatch batch, int row, CopyProblem problem, Counts counts) throws SQLException {
        counts.rejected++;
        counts.processed++;
        rejectedRows.add(new RejectedRow(batch, row, problem.messageWithColumn(), problem.showsRow()));
        boolean firstRows = settings.badRowLimit() > 0
                && counts.processed == settings.badRowLimit()
                && counts.rejected >= settings.badRowLimit();
        if (firstRows) {
            throw limit(
                    batch,
                    row,
                    problem,
                    "all " + settings.badRowLimit() + " first rows in this segment were rejected",
                    "Aborting operation regardless of REJECT LIMIT value, last error was: ");
        }
        if (isOverLimit(counts)) {
            throw limit(batch, row, problem, "segment reject limit reached, aborting operation", "Last error was: ");
        }
    }

    private boolean isOverLimit(Counts counts) {
        if (!relation.rejectPercent()) {
            return counts.rejected >= relation.rejectLimit();
        }
        return counts.processed > settings.percentThreshold()
                && counts.rejected * 100 / counts.processed >= relation.rejectLimit();
    }

    private SQLException limit(RowBatch batch, int row, CopyProblem problem, String message, String detail)
            throws SQLException {
        writeLog();
        String column = problem.column();
        return SqlErrors.error(
                SqlErrors.REJECT_LIMIT,
                message + batch.segment().readingSuffix(),
                detail + problem.messageWithColumn(),
                null,
                column == null
                        ? RowContext.row(relation.name(), batch, row)
                        : RowContext.column(relation.name(), batch, row, column));
    }

    private void writeLog() throws SQLException {
        if (relation.logErrors() && !rejectedRows.isEmpty()) {
            session.cluster().administration().log(relation.id(), relation.name(), rejectedRows);
        }
    }

    @Override
    public void finish() throws SQLException {
        writeLog();
    }

    @Override
    public void abort() {
        // Each COPY has ended by itself.
    }

    @Override
    public int rejected() {
        return rejectedRows.size();
    }
}
