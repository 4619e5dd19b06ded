package io.mppconnect.test.jdbc;

import io.mppconnect.test.segment.RowBatch;
import io.mppconnect.test.segment.RowContext;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.postgresql.copy.CopyIn;
import org.postgresql.copy.CopyManager;

/** Copies rows into a table; the first bad row fails the statement. */
final class StrictSink implements RowSink {

    /** More than fits between this side and the server: what COPY complains about is among it. */
    private static final int REMEMBERED_BYTES = 16 * 1024 * 1024;

    private final String table;
    private final CopyIn copy;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private int rememberedBytes;
    private long rows;

    private record Sent(long firstLine, RowBatch batch) {}

    StrictSink(CopyManager manager, String sql, String table) throws SQLException {
        this.table = table;
        this.copy = manager.copyIn(sql);
    }

    @Override
    public void accept(RowBatch batch) throws SQLException {
        sent.addLast(new Sent(rows + 1, batch));
        rememberedBytes += batch.size();
        while (rememberedBytes > REMEMBERED_BYTES && sent.size() > 1) {
            rememberedBytes -= sent.removeFirst().batch().size();
        }
        int good = batch.lastRowProblem() == null ? batch.rows() : batch.rows() - 1;
        byte[] text = batch.text(0, good);
        rows += good;
        try {
            copy.writeToCopy(text, 0, text.length);
            if (good < batch.rows()) {
                copy.endCopy();
                throw SqlErrors.error(
                        "22P04",
                        batch.lastRowProblem() + batch.segment().readingSuffix(),
                        null,
                        null,
                        RowContext.row(table, batch, good));
            }
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    @Override
    public int rejected() {
        return 0;
    }

    @Override
    public void finish() throws SQLException {
        try {
            copy.endCopy();
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    @Override
    public void abort() throws SQLException {
        if (copy.isActive()) {
            copy.cancelCopy();
        }
    }

    private SQLException explained(SQLException problem) {
        return CopyProblem.of(problem).map(this::explained).orElse(problem);
    }

    private SQLException explained(CopyProblem problem) {
        for (Sent one : sent) {
            long row = problem.line() - one.firstLine();
            if (row >= 0 && row < one.batch().rows()) {
                return error(table, one.batch(), (int) row, problem);
            }
        }
        return SqlErrors.error(problem.sqlState(), problem.message(), null, null, "External table " + table);
    }

    private static SQLException error(String table, RowBatch batch, int row, CopyProblem problem) {
        return SqlErrors.error(
                problem.sqlState(),
                problem.message() + batch.segment().readingSuffix(),
                null,
                null,
                context(table, batch, row, problem));
    }

    static String context(String table, RowBatch batch, int row, CopyProblem problem) {
        String column = problem.column();
        if (column != null) {
            return RowContext.column(table, batch, row, column);
        }
        return problem.showsRow() ? RowContext.row(table, batch, row) : RowContext.unreadableRow(table, batch, row);
    }
}
