package io.mppconnect.transfer.write;

import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.WriteMode;
import io.mppconnect.catalog.TableReactions.Event;
import io.mppconnect.transfer.plan.TargetPlan;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Rows straight from the external table into the one target: appended, to an emptied table if wished. */
final class DirectWrite implements TableWrite {

    private final TargetPlan plan;

    DirectWrite(TargetPlan plan) {
        this.plan = plan;
    }

    /** With a filter, nobody but the filter may keep rows out, for then they cannot be counted. */
    static boolean suits(TargetPlan plan) {
        return !plan.target().mode().kind().matches()
                && (plan.filter().isEmpty() || !plan.target().reactions().mayDrop(Event.INSERT));
    }

    @Override
    public void prepare(Session session) {
        // Nothing is needed beside the two tables.
    }

    @Override
    public Written write(Session session, String from) throws SQLException {
        if (!repeatable()) {
            session.execute(truncate(plan));
        }
        long rows = session.update(insert(from), List.of());
        return new Written(
                rows,
                plan.filter().isPresent(),
                List.of(new TablePart(plan.target().info().name().toString(), rows, 0, 0)));
    }

    static String truncate(TargetPlan plan) {
        return "TRUNCATE TABLE " + plan.sqlName();
    }

    /** @param from the relation that has the source's fields */
    String insert(String from) {
        return plan.insert(from)
                + plan.filter().map(filter -> " WHERE " + filter).orElse("");
    }

    @Override
    public List<String> created() {
        return List.of();
    }

    @Override
    public Optional<TargetPlan> appended() {
        return repeatable() ? Optional.of(plan) : Optional.empty();
    }

    @Override
    public boolean repeatable() {
        return plan.target().mode().kind() != WriteMode.Kind.TRUNCATE_AND_APPEND;
    }
}
