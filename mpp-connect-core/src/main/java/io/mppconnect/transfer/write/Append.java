package io.mppconnect.transfer.write;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.WriteMode;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.util.List;

/** Appends staged rows to a table, emptied before if wished. */
final class Append implements StagedPart {

    private final StagedTarget target;
    private final TransferJob job;

    Append(StagedTarget target, TransferJob job) {
        this.target = target;
        this.job = job;
    }

    @Override
    public StagedTarget target() {
        return target;
    }

    private boolean truncates() {
        return target.plan().target().mode().kind() == WriteMode.Kind.TRUNCATE_AND_APPEND;
    }

    @Override
    public String lock() {
        return truncates() ? "ACCESS EXCLUSIVE" : "ROW EXCLUSIVE";
    }

    @Override
    public void prepare(Session session) {
        // The staged rows are all it takes.
    }

    @Override
    public List<String> created() {
        return List.of();
    }

    @Override
    public void examine(Session session) {
        // All rows are inserted, whatever they are.
    }

    @Override
    public TablePart write(Session session) throws SQLException {
        if (truncates()) {
            session.execute(DirectWrite.truncate(target.plan()));
        }
        long expected = session.query(
                        "SELECT count(*) FROM " + target.staging() + target.where(), row -> row.getLong(1))
                .get(0);
        long inserted = session.update(target.plan().insert(target.staging() + target.where()), List.of());
        String table = target.plan().target().info().name().toString();
        if (inserted != expected) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot commit " + job + ": of " + expected + " rows for " + table + " the database inserted "
                            + inserted + "; a rule or trigger of the table may drop rows");
        }
        return new TablePart(table, inserted, 0, 0);
    }
}
