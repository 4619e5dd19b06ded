package io.mppconnect.transfer.write;

import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.WriteMode;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.LoadPlan;
import io.mppconnect.transfer.plan.TargetPlan;
import io.mppconnect.transfer.plan.TargetTable;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** Rows into a temporary table first, in one pull, and from there into each target. */
final class StagedWrite implements TableWrite {

    /** Sets how many rows are looked at: 300 times as many. */
    private static final String SAMPLE = "default_statistics_target";

    private final StagingTable staging;
    private final List<StagedPart> parts;
    private final TargetLocks locks;
    private boolean known;

    private StagedWrite(StagingTable staging, List<StagedPart> parts) {
        this.staging = staging;
        this.parts = parts;
        this.locks = new TargetLocks(parts);
    }

    static StagedWrite of(LoadPlan plan, TransferJob.Load job, Catalog catalog, UnaryOperator<String> temporary) {
        StagingLayout layout = new StagingLayout(plan);
        List<StagedTarget> targets = layout.targets();
        List<StagedPart> parts =
                targets.stream().map(target -> part(target, job, catalog)).toList();
        return new StagedWrite(layout.table(targets, catalog, temporary), parts);
    }

    private static StagedPart part(StagedTarget target, TransferJob job, Catalog catalog) {
        TargetTable table = target.plan().target();
        return table.mode().kind().matches() ? new Merge(target, job, catalog) : new Append(target, job);
    }

    @Override
    public void prepare(Session session) throws SQLException {
        session.execute(staging.create());
        for (StagedPart part : parts) {
            part.prepare(session);
        }
    }

    @Override
    public Written write(Session session, String from) throws SQLException {
        long rows = stage(session, from);
        for (StagedPart part : parts) {
            part.examine(session);
        }
        locks.acquire(session);
        List<TablePart> written = new ArrayList<>();
        for (StagedPart part : parts) {
            written.add(part.write(session));
        }
        return new Written(rows, staging.filter().isPresent(), written);
    }

    /**
     * Greenplum looks at a table that is filled for the first time, and knows then whether to hash its rows or the
     * target's. A small sample tells as much in a tenth of the time.
     */
    private long stage(Session session, String from) throws SQLException {
        AtomicLong rows = new AtomicLong();
        Session.Work<SQLException> fill = () -> rows.set(session.update(staging.fill(from), List.of()));
        if (known) {
            fill.run();
        } else {
            session.with(SAMPLE, "10", fill);
            known = true;
        }
        return rows.get();
    }

    @Override
    public List<String> created() {
        List<String> tables = new ArrayList<>(List.of(staging.sqlName()));
        parts.forEach(part -> tables.addAll(part.created()));
        return tables;
    }

    /** Only a commit empties the staging table, and the last row of a key must be found among all. */
    @Override
    public Optional<TargetPlan> appended() {
        return Optional.empty();
    }

    @Override
    public boolean repeatable() {
        return parts.stream()
                .noneMatch(part -> part.target().plan().target().mode().kind() == WriteMode.Kind.TRUNCATE_AND_APPEND);
    }
}
