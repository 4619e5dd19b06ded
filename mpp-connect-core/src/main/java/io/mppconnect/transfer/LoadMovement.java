package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.SegmentPart;
import io.mppconnect.WriteMode;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableReactions;
import io.mppconnect.segment.LoadExchange;
import io.mppconnect.segment.SegmentTraffic;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows from a source into tables: workers fill blocks, segments pull them, a {@link TableWrite} makes them rows. */
final class LoadMovement implements Movement {

    private static final int BLOCK_BYTES = 64 * 1024;

    private final TransferJob.Load job;
    private final TransferOptions options;
    private final Segments segments;
    private final Consumer<MppConnectException> failed;
    private final BlockPool pool;
    private final Origins origins = new Origins();
    private volatile @Nullable SourceScan scan;
    private volatile @Nullable SplitWorkers workers;
    private volatile @Nullable LoadExchange exchange;
    private volatile List<Split> splits = List.of();
    private @Nullable ExternalTable external;
    private @Nullable TableWrite write;
    private volatile Written written = new Written(0, false, List.of());

    LoadMovement(TransferJob.Load job, Segments segments, Consumer<MppConnectException> failed) {
        this.job = job;
        this.options = job.options();
        this.segments = segments;
        this.failed = failed;
        this.pool = new BlockPool(options.memory().bytes(), BLOCK_BYTES);
    }

    @Override
    public void prepare(Session session) throws Exception {
        Segments.Access access = segments.access(session, options);
        access.requireReadable(job);
        List<TargetTable> targets = new ArrayList<>();
        for (Table table : job.tables()) {
            targets.add(target(session, table));
        }
        int maxRowBytes = (int) options.maxRow().bytes();
        SourceScan opened =
                job.source().open(new LoadContext(LoadPlan.writable(targets), options.parallelism(), maxRowBytes));
        scan = opened;
        splits = opened.splits();
        LoadPlan plan = LoadPlan.of(opened.fields(), targets);
        LoadExchange open = access.server().openLoad(new QuietLoad());
        exchange = open;
        ExternalTable table = ExternalTable.of(
                plan.columns(), access.url(open.path()), opened.format().validated());
        external = table;
        session.execute(table.createReadable());
        ExpressionCheck.run(session, plan, table);
        TableWrite writing = TableWrite.of(plan, job, segments.catalog());
        write = writing;
        writing.prepare(session);
        List<String> fields = opened.fields().stream().map(Field::name).toList();
        workers = new SplitWorkers(
                splits,
                split -> new SplitPipe(split.name(), opened.format(), fields, pool, maxRowBytes, open, origins),
                open::finish,
                failed);
    }

    private TargetTable target(Session session, Table table) {
        TableInfo info = segments.catalog().table(session.connection(), table.name());
        boolean plain = table.mode().kind() == WriteMode.Kind.APPEND
                && table.filter().isEmpty()
                && job.tables().size() == 1;
        return new TargetTable(
                table, info, plain ? TableReactions.NONE : segments.catalog().reactions(session.connection(), info));
    }

    @Override
    public void move(Session session) throws Exception {
        SplitWorkers reading = Planned.of(workers);
        reading.start(options.name(), options.parallelism());
        ExternalTable from = Planned.of(external);
        TableWrite writing = Planned.of(write);
        written = writing.write(session, from);
        session.execute(from.drop());
        writing.finish(session);
        checkCounts(reading);
    }

    /** Sent = taken = inserted or staged, or nothing counts. */
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
        if (sent != taken || !written.accountsFor(taken)) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot commit " + job + ": " + sent + " rows were sent, segments took " + taken
                            + ", and the database inserted " + written.rows()
                            + "; a rule or trigger of the table may drop rows,"
                            + " or the format does not fit the data");
        }
    }

    @Override
    public void publish() {
        // The commit is all there is.
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
                traffic.stream().mapToLong(SegmentTraffic::rows).sum(),
                traffic.stream().mapToLong(SegmentTraffic::bytes).sum(),
                traffic.stream().mapToLong(SegmentTraffic::blocks).sum(),
                elapsed,
                Duration.ofNanos(traffic.stream()
                        .mapToLong(part -> part.waited().toNanos())
                        .sum()),
                Duration.ofNanos(pool.waitedNanos()),
                traffic.stream().map(LoadMovement::part).toList(),
                Planned.of(workers).parts(),
                written.tables(),
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
        try (SourceScan closing = scan;
                LoadExchange cut = exchange;
                SplitWorkers stopping = workers) {
            stop("the transfer has ended");
        }
    }
}
