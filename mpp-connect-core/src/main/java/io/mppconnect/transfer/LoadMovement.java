package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.SegmentPart;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.segment.LoadExchange;
import io.mppconnect.segment.SegmentTraffic;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Rows from a source into a table: workers fill blocks, segments pull them, one INSERT makes them rows. */
final class LoadMovement implements Movement {

    private static final int BLOCK_BYTES = 64 * 1024;

    private final TransferJob.Load job;
    private final TransferOptions options;
    private final Segments segments;
    private final Consumer<MppConnectException> failed;
    private final BlockPool pool;
    private final Origins origins = new Origins();
    private final BadRows badRows;
    private volatile @Nullable SourceScan scan;
    private volatile @Nullable SplitWorkers workers;
    private volatile @Nullable LoadExchange exchange;
    private volatile List<Split> splits = List.of();
    private @Nullable ExternalTable external;
    private @Nullable UnaryOperator<String> insert;
    private long inserted;

    LoadMovement(TransferJob.Load job, Segments segments, Consumer<MppConnectException> failed) {
        this.job = job;
        this.options = job.options();
        this.segments = segments;
        this.failed = failed;
        this.pool = new BlockPool(options.memory().bytes(), BLOCK_BYTES);
        this.badRows = BadRows.of(job, origins);
    }

    @Override
    public void prepare(Session session) throws Exception {
        Segments.Access access = segments.access(session, options);
        access.requireReadable(job);
        TargetTable table = new TargetTable(session, segments.catalog(), job.table());
        Optional<TableInfo> known = table.find();
        int maxRowBytes = (int) options.maxRow().bytes();
        SourceScan opened = job.source()
                .open(new LoadContext(
                        known.map(info -> LoadPlan.writable(job.table(), info)).orElse(List.of()),
                        options.parallelism(),
                        maxRowBytes));
        scan = opened;
        splits = opened.splits();
        TableInfo target = table.ready(known, opened.fields());
        LoadPlan plan = LoadPlan.of(opened.fields(), job.table(), target);
        LoadExchange open = access.server().openLoad(new QuietLoad());
        exchange = open;
        badRows.prepare(session);
        ExternalTable reading = badRows.reading(ExternalTable.of(
                plan.columns(), access.url(open.path()), opened.format().validated()));
        external = reading;
        insert = from -> plan.insert(target, from);
        session.execute(reading.createReadable());
        List<String> fields = opened.fields().stream().map(Field::name).toList();
        workers = new SplitWorkers(
                splits,
                split ->
                        new SplitPipe(split.name(), opened.format(), fields, pool, maxRowBytes, open, origins, badRows),
                open::finish,
                failed);
    }

    @Override
    public void move(Session session) throws Exception {
        SplitWorkers reading = Planned.of(workers);
        reading.start(options.name(), options.parallelism());
        inserted = badRows.insert(session, Planned.of(external), Planned.of(insert));
        session.execute(Planned.of(external).drop());
        checkCounts(reading);
        badRows.finish(session, reading.rows());
    }

    /** Sent = taken = inserted and refused, or nothing counts. */
    private void checkCounts(SplitWorkers reading) {
        if (!reading.allRead()) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot commit " + job
                            + ": the statement ended before the source was read to its end; a rule of the"
                            + " table may keep rows out");
        }
        long sent = reading.rows();
        long taken = traffic().stream().mapToLong(SegmentTraffic::rows).sum();
        if (sent != taken || taken != inserted + badRows.refused()) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot commit " + job + ": " + sent + " rows were sent, segments took " + taken
                            + ", and the database inserted " + inserted
                            + (badRows.refused() == 0 ? "" : " and rejected " + badRows.refused())
                            + "; a rule or trigger of the table may drop rows,"
                            + " or the format does not fit the data");
        }
    }

    @Override
    public void publish() throws Exception {
        badRows.publish();
    }

    @Override
    public String unpublished() {
        return "the rows are loaded, do not run it again; only its rejected rows did not get where they should";
    }

    @Override
    public void undo(Session session, MppConnectException failure) throws Exception {
        if (failure.code() == ErrorCode.REJECT_LIMIT) {
            badRows.explain();
        }
        badRows.undo(session);
    }

    @Override
    public void stop(String reason) {
        LoadExchange open = exchange;
        if (open != null) {
            open.fail(reason);
        }
        SplitWorkers reading = workers;
        if (reading != null) {
            reading.stop();
        }
    }

    @Override
    public String place(long line) {
        return origins.place(line);
    }

    private List<SegmentTraffic> traffic() {
        LoadExchange open = exchange;
        return open == null ? List.of() : open.traffic();
    }

    @Override
    public TransferProgress progress(TransferProgress.Phase phase, Duration elapsed) {
        SplitWorkers reading = workers;
        List<SegmentTraffic> traffic = traffic();
        return new TransferProgress(
                phase,
                traffic.stream().mapToLong(SegmentTraffic::rows).sum(),
                traffic.stream().mapToLong(SegmentTraffic::bytes).sum(),
                reading == null ? 0 : reading.parts().size(),
                splits.size(),
                sourceBytes(),
                reading == null ? 0 : reading.bytes(),
                elapsed);
    }

    private OptionalLong sourceBytes() {
        if (splits.isEmpty() || splits.stream().anyMatch(split -> split.bytes().isEmpty())) {
            return OptionalLong.empty();
        }
        return OptionalLong.of(
                splits.stream().mapToLong(split -> split.bytes().getAsLong()).sum());
    }

    @Override
    public TransferReport report(String name, Duration elapsed, List<String> sql) {
        List<SegmentTraffic> traffic = traffic();
        return new TransferReport(
                name,
                inserted,
                badRows.rejected(),
                traffic.stream().mapToLong(SegmentTraffic::bytes).sum(),
                traffic.stream().mapToLong(SegmentTraffic::blocks).sum(),
                elapsed,
                Duration.ofNanos(traffic.stream()
                        .mapToLong(part -> part.waited().toNanos())
                        .sum()),
                Duration.ofNanos(pool.waitedNanos()),
                traffic.stream().map(LoadMovement::part).toList(),
                Planned.of(workers).parts(),
                sql);
    }

    private static SegmentPart part(SegmentTraffic traffic) {
        return new SegmentPart(
                traffic.segment(),
                traffic.address().getHostAddress(),
                traffic.rows(),
                traffic.bytes(),
                traffic.blocks());
    }

    @Override
    public void close() throws Exception {
        // Workers first: nobody may offer blocks to a closed exchange, or read a closed scan.
        try (BadRows setAside = badRows;
                SourceScan closing = scan;
                LoadExchange cut = exchange;
                SplitWorkers stopping = workers) {
            stop("the transfer has ended");
        }
    }
}
