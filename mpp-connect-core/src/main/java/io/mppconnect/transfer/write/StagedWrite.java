package io.mppconnect.transfer.write;

import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.WriteMode;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.LoadPlan;
import io.mppconnect.transfer.plan.TargetTable;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Rows into a temporary table first, in one pull, and from there into each target. */
final class StagedWrite implements TableWrite {

    private final StagingTable staging;
    private final List<StagedPart> parts;
    private final TargetLocks locks;

    private StagedWrite(StagingTable staging, List<StagedPart> parts) {
        this.staging = staging;
        this.parts = parts;
        this.locks = new TargetLocks(parts);
    }

    static StagedWrite of(LoadPlan plan, TransferJob.Load job, Catalog catalog) {
        StagingLayout layout = new StagingLayout(plan);
        List<StagedTarget> targets = layout.targets();
        List<StagedPart> parts =
                targets.stream().map(target -> part(target, job, catalog)).toList();
        return new StagedWrite(layout.table(targets, catalog), parts);
    }

    private static StagedPart part(StagedTarget target, TransferJob job, Catalog catalog) {
        TargetTable table = target.plan().target();
        return table.mode().kind().matches()
                ? new Merge(
                        target,
                        job,
                        catalog.temporary(catalog.distributedAs(table.info().distribution())))
                : new Append(target, job);
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
        long rows = session.update(staging.fill(from), List.of());
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

    @Override
    public List<String> created() {
        List<String> tables = new ArrayList<>(List.of(staging.sqlName()));
        parts.forEach(part -> tables.addAll(part.created()));
        return tables;
    }

    /** Only a commit empties the staging table, and the last row of a key must be found among all. */
    @Override
    public boolean divisible() {
        return false;
    }

    @Override
    public boolean repeatable() {
        return parts.stream()
                .noneMatch(part -> part.target().plan().target().mode().kind() == WriteMode.Kind.TRUNCATE_AND_APPEND);
    }
}
