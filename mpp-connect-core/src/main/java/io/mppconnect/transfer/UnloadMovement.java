package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.SegmentPart;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.QueryInfo;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableInfo.Privilege;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.spi.UnloadContext;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.MissingPrivileges;
import io.mppconnect.transfer.plan.Planned;
import io.mppconnect.transfer.reach.Segments;
import io.mppconnect.transfer.route.Routes;
import io.mppconnect.transfer.route.UnloadParts;
import io.mppconnect.transfer.route.UnloadRoute;
import io.mppconnect.transfer.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows of a query to a target, by one of the routes, each segment's rows into a part of its own. */
final class UnloadMovement implements Movement {

    private final TransferJob.Unload job;
    private final TransferOptions options;
    private final Segments segments;
    private final Consumer<MppConnectException> failed;
    private volatile @Nullable TargetWrite write;
    private volatile @Nullable UnloadParts parts;
    private volatile Routes.@Nullable Unload chosen;
    private volatile int segmentCount;
    private long sent;

    UnloadMovement(TransferJob.Unload job, Segments segments, Consumer<MppConnectException> failed) {
        this.job = job;
        this.options = job.options();
        this.segments = segments;
        this.failed = failed;
    }

    @Override
    public void prepare(Session session) throws Exception {
        segmentCount = Math.max(1, segments.catalog().primaries().size());
        if (job.table().isPresent()) {
            check(session, job.table().get());
        }
        QueryInfo query =
                segments.catalog().describe(session.connection(), job.query().sql());
        TargetWrite opened = job.target().open(new UnloadContext(query.columns(), segmentCount, (int)
                options.maxRow().bytes()));
        write = opened;
        UnloadParts filled = new UnloadParts(opened);
        parts = filled;
        chosen = new Routes(segments)
                .prepare(session, job, query, opened.format().validated(), filled, failed);
    }

    /** The query would only say that there is no such table, not which one is like it, and of one privilege at a time. */
    private void check(Session session, Table table) {
        Catalog catalog = segments.catalog();
        TableInfo info = catalog.table(session.connection(), table.name());
        List<String> read = table.columns().isEmpty()
                ? info.columns().stream().map(Column::name).toList()
                : table.columns();
        MissingPrivileges missing = MissingPrivileges.of(catalog, "transfer " + job);
        new Routes(segments).check(session, job, missing);
        missing.table(info, Set.of(Privilege.SELECT), Privilege.SELECT, read);
        missing.refuse();
    }

    @Override
    public void move(Session session) throws Exception {
        UnloadParts filled = Planned.of(parts);
        sent = Planned.of(chosen).route().move(session, filled);
        if (filled.rows() != sent) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot commit " + job + ": the database sent " + sent + " rows, and " + filled.rows()
                            + " arrived; run it again");
        }
        filled.close();
        Planned.of(write).finish();
    }

    @Override
    public long rows() {
        return sent;
    }

    /** The statement has no end but its own. */
    @Override
    public boolean finish() {
        return false;
    }

    @Override
    public void publish() throws Exception {
        Planned.of(write).commit();
    }

    @Override
    public void stop(String reason) {
        Routes.Unload route = chosen;
        if (route != null) {
            route.route().stop(reason);
        }
    }

    @Override
    public String place(long line) {
        return "line " + line;
    }

    @Override
    public TransferProgress progress(TransferProgress.Phase phase, Duration elapsed) {
        UnloadParts filled = parts;
        return new TransferProgress(
                phase,
                filled == null ? 0 : filled.rows(),
                filled == null ? 0 : filled.bytes(),
                filled == null ? 0 : filled.finished(),
                segmentCount,
                OptionalLong.empty(),
                0,
                0,
                Optional.empty(),
                elapsed);
    }

    @Override
    public TransferReport report(String name, Duration elapsed, List<String> sql) {
        UnloadParts filled = Planned.of(parts);
        Routes.Unload taken = Planned.of(chosen);
        List<SegmentPart> bySegment = taken.route().segments(filled);
        return new TransferReport(
                name,
                sent,
                0,
                filled.bytes(),
                bySegment.stream().mapToLong(SegmentPart::blocks).sum(),
                1,
                elapsed,
                Duration.ZERO,
                taken.route().waited(),
                bySegment,
                List.of(),
                taken.taken(),
                List.of(),
                sql);
    }

    @Override
    public void close() throws Exception {
        Routes.Unload taken = chosen;
        try (TargetWrite closing = write;
                UnloadParts filled = parts;
                UnloadRoute ending = taken == null ? null : taken.route()) {
            // The route's threads first, then what they write into.
        }
    }
}
