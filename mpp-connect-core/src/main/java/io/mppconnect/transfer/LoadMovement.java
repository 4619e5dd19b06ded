package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferReport;
import io.mppconnect.segment.SegmentTraffic;
import io.mppconnect.spi.FieldsChangedException;
import io.mppconnect.spi.Positions;
import io.mppconnect.spi.SourceChangedException;
import io.mppconnect.spi.Split;
import io.mppconnect.transfer.block.BlockPool;
import io.mppconnect.transfer.block.Origins;
import io.mppconnect.transfer.block.RowLimit;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.Planned;
import io.mppconnect.transfer.reach.Segments;
import io.mppconnect.transfer.reject.BadRows;
import io.mppconnect.transfer.route.LoadBatch;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.split.SplitPipe;
import io.mppconnect.transfer.split.SplitWorkers;
import io.mppconnect.transfer.write.Written;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows from a source into tables: workers fill blocks, segments pull them, a {@code TableWrite} makes them rows. */
final class LoadMovement implements Movement {

    private static final int BLOCK_BYTES = 64 * 1024;

    private final TransferJob.Load job;
    private final TransferOptions options;
    private final Segments segments;
    private final Consumer<MppConnectException> failed;
    private final BlockPool pool;
    private final Origins origins = new Origins();
    private final BadRows badRows;
    private volatile @Nullable PreparedLoad prepared;
    private volatile @Nullable SplitWorkers workers;
    private volatile @Nullable LoadBatch batch;
    private volatile List<Split> splits = List.of();
    private boolean started;
    private boolean ending;
    private volatile Written written = new Written(0, false, List.of());

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
        PreparedLoad load =
                PreparedLoad.of(job, job.source()::open, segments, session, Positions.none(), List.of(), badRows);
        prepared = load;
        splits = load.splits();
        load.create(session);
        LoadBatch only = load.nextBatch();
        batch = only;
        RowLimit limit = RowLimit.transfer(options.maxRow());
        workers = new SplitWorkers(
                splits,
                split -> new SplitPipe(
                        split.name(),
                        load.scan().format(),
                        load.fields(),
                        pool,
                        limit,
                        new BatchOutlet(only, failed),
                        origins,
                        badRows),
                only::finish,
                failed,
                change -> failed.accept(cannotGoOn(change)));
    }

    private MppConnectException cannotGoOn(SourceChangedException change) {
        String why = change instanceof FieldsChangedException ? "its fields change half-way" : change.getMessage();
        return new MppConnectException(
                ErrorCode.SOURCE_FAILED,
                "Cannot load " + job + " by one commit: " + why + "; load it with committingEvery",
                change);
    }

    @Override
    public void move(Session session) throws Exception {
        SplitWorkers reading = Planned.of(workers);
        synchronized (this) {
            started = true;
            if (ending) {
                Planned.of(batch).finish();
            } else {
                reading.start(options.name(), options.parallelism());
            }
        }
        written = Planned.of(prepared).write(session, Planned.of(batch), () -> sent(reading));
        PreparedLoad.await(Planned.of(prepared).scan().committing(Positions.none()));
        Planned.of(prepared).drop(session);
    }

    private long sent(SplitWorkers reading) {
        if (!reading.allRead() && !isEnding()) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot commit " + job
                            + ": the statement ended before the source was read to its end; a rule of the"
                            + " table may keep rows out");
        }
        return reading.rows();
    }

    private synchronized boolean isEnding() {
        return ending;
    }

    @Override
    public synchronized boolean finish() {
        ending = true;
        if (started) {
            Planned.of(workers).end();
        }
        return true;
    }

    @Override
    public long rows() {
        return written.rows();
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
    public void undo(Session session) throws Exception {
        badRows.undo(session);
    }

    @Override
    public void stop(String reason) {
        LoadBatch open = batch;
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
        LoadBatch open = batch;
        return origins.place(open == null ? line : open.line(line));
    }

    private List<SegmentTraffic> traffic() {
        LoadBatch open = batch;
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
                badRows.rejected(),
                Optional.empty(),
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
                Planned.of(batch).taken() - badRows.refused(),
                badRows.rejected(),
                Planned.of(batch).bytes(),
                traffic.stream().mapToLong(SegmentTraffic::blocks).sum(),
                1,
                elapsed,
                Duration.ofNanos(traffic.stream()
                        .mapToLong(part -> part.waited().toNanos())
                        .sum()),
                Duration.ofNanos(pool.waitedNanos()),
                traffic.stream().map(LoadTotals::part).toList(),
                Planned.of(workers).parts(),
                Planned.of(prepared).taken(),
                written.tables(),
                sql);
    }

    @Override
    public void close() throws Exception {
        // Workers first: nobody may offer blocks to a closed exchange, or read a closed scan.
        try (BadRows setAside = badRows;
                PreparedLoad closing = prepared;
                SplitWorkers stopping = workers) {
            stop("the transfer has ended");
        }
    }
}
