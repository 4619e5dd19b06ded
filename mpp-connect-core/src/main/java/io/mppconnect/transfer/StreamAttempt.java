package io.mppconnect.transfer;

import io.mppconnect.CommitReport;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferProgress.Phase;
import io.mppconnect.TransferReport.RouteTaken;
import io.mppconnect.segment.SegmentTraffic;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.Positions;
import io.mppconnect.spi.SourceChangedException;
import io.mppconnect.transfer.block.BlockPool;
import io.mppconnect.transfer.block.Origins;
import io.mppconnect.transfer.block.RowLimit;
import io.mppconnect.transfer.failure.Attempts;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.ledger.Claim;
import io.mppconnect.transfer.ledger.Ledger;
import io.mppconnect.transfer.reach.Segments;
import io.mppconnect.transfer.reject.BadRows;
import io.mppconnect.transfer.reject.LastingDestinations;
import io.mppconnect.transfer.route.LoadBatch;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.split.SplitPipe;
import io.mppconnect.transfer.split.SplitWorkers;
import io.mppconnect.transfer.write.Written;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A load that commits many times, for as long as nothing fails: one connection, one external table, one pass over the
 * source, and batch after batch.
 */
final class StreamAttempt implements AutoCloseable {

    private static final int BLOCK_BYTES = 64 * 1024;

    /** Segments end the processes of an idle session, after 18 s by default, and new ones know some settings only. */
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();

    private final TransferJob.Load job;
    private final TransferOptions options;
    private final Course.Run run;
    private final Session session;
    private final @Nullable Ledger ledger;
    private final LoadTotals totals;
    private final Attempts attempts;
    private final BlockPool pool;
    private final Gathering gathering;
    private final Origins origins = new Origins();
    private final BadRows badRows;
    private final PreparedLoad load;
    private final SplitWorkers workers;
    private volatile @Nullable LoadBatch batch;
    private @Nullable Written written;
    private volatile @Nullable SourceChangedException change;
    private volatile boolean over;
    private StreamState state;
    private long lastUse = System.nanoTime();

    /**
     * Looks at both sides and plans.
     *
     * @param source opens the job's source
     * @param session this attempt's own
     * @param ledger where batches are written down, if anywhere
     * @param destinations where rejected rows go that do not go into the database
     * @param state from where to go on
     * @param announced the fields that an earlier attempt has come upon, if one has
     */
    StreamAttempt(
            TransferJob.Load job,
            PreparedLoad.Opening source,
            Segments segments,
            Session session,
            @Nullable Ledger ledger,
            LoadTotals totals,
            Attempts attempts,
            LastingDestinations destinations,
            StreamState state,
            List<Field> announced,
            Course.Run run)
            throws Exception {
        this.job = job;
        this.options = job.options();
        this.run = run;
        this.session = session;
        this.ledger = ledger;
        this.totals = totals;
        this.attempts = attempts;
        this.badRows = BadRows.of(job, origins, destinations);
        this.state = state;
        long memory = options.memory().bytes();
        this.pool = new BlockPool(memory, BLOCK_BYTES);
        this.gathering = new Gathering(job.delivery().streamCommits(), memory);
        this.load = PreparedLoad.of(job, source, segments, session, state.positions(), announced, badRows);
        this.workers = new SplitWorkers(
                load.splits(),
                split -> new SplitPipe(
                        split.name(),
                        load.scan().format(),
                        load.fields(),
                        pool,
                        RowLimit.transfer(options.maxRow()),
                        new GatheringOutlet(split.name(), gathering),
                        origins,
                        badRows),
                gathering::end,
                failure -> {
                    if (!over) {
                        run.fail(failure);
                    }
                },
                this::changed);
    }

    private void changed(SourceChangedException news) {
        change = news;
        finish();
    }

    /** Moves batch after batch until the source ends, or is to end. */
    void move() throws Exception {
        session.endWithClient();
        load.createLasting(session);
        // An unbounded split never gives its worker back.
        workers.start(
                options.name(),
                job.source().bounded()
                        ? options.parallelism()
                        : Math.max(1, load.splits().size()));
        for (Gathered next = gathering.take(); next != null; next = gathering.take()) {
            commit(next);
        }
    }

    private void commit(Gathered gathered) throws Exception {
        Positions changed = gathered.positions().since(state.positions());
        if (gathered.rows() + gathered.setAside() == 0 && (changed.isEmpty() || ledger == null)) {
            // Nothing to make visible, and nowhere to write it down.
            if (!changed.isEmpty()) {
                PreparedLoad.await(load.scan().committing(changed));
            }
            state = state.reached(changed);
            load.scan().committed(state.positions());
            return;
        }
        long start = System.nanoTime();
        if (start - lastUse > IDLE_NANOS) {
            session.pinAgain();
        }
        // While rows are written, the source looks whether they are what they should be.
        CompletionStage<Void> sound = load.scan().committing(changed);
        write(gathered);
        PreparedLoad.await(sound);
        Claim claim = state.claim();
        if (ledger != null && claim != null) {
            ledger.record(session, claim, state.number() + 1, gathered.loaded(), false, changed);
        }
        run.advance(Phase.MOVING, Phase.COMMITTING);
        state = state.committing(gathered);
        session.commit();
        committed(gathered, Duration.ofNanos(System.nanoTime() - start));
        run.advance(Phase.COMMITTING, Phase.MOVING);
        lastUse = System.nanoTime();
    }

    private void write(Gathered gathered) throws Exception {
        badRows.next(gathered.rejected(), gathered.setAside());
        if (gathered.rows() > 0) {
            written = send(gathered);
        } else {
            written = null;
            badRows.finish(session, 0);
        }
        gathered.refused(badRows.refused());
    }

    private Written send(Gathered gathered) throws Exception {
        LoadBatch writing = load.nextBatch();
        batch = writing;
        gathered.blocks().forEach(writing::offer);
        writing.finish();
        return load.write(session, writing, gathered::rows);
    }

    private void committed(Gathered gathered, Duration elapsed) {
        state = state.committed();
        LoadBatch last = batch;
        List<SegmentTraffic> traffic = gathered.rows() == 0 || last == null ? List.of() : last.traffic();
        totals.committed(gathered, written, traffic, elapsed);
        attempts.succeeded();
        load.scan().committed(state.positions());
        CommitReport report = new CommitReport(
                state.number(),
                gathered.loaded(),
                gathered.bad(),
                gathered.bytes(),
                elapsed,
                state.positions(),
                totals.stream(behind()).totalBehind());
        gathered.close();
        run.tell(listener -> listener.committed(options.name(), report));
    }

    /** How far each part of the source is behind its end. */
    Map<String, Long> behind() {
        return load.scan().behind();
    }

    /** Why it has ended before the source has; null when it has not, or was stopped. */
    @Nullable
    SourceChangedException change() {
        return change;
    }

    /** What the statements of the last batch did; null when it had none. */
    @Nullable
    Written written() {
        return written;
    }

    /** Where the load is, also after a failure. */
    StreamState state() {
        return state;
    }

    /** Reads no further; what is gathered is committed. */
    void finish() {
        workers.end();
        gathering.end();
    }

    void stop(String reason) {
        LoadBatch writing = batch;
        if (writing != null) {
            writing.fail(reason);
        }
        workers.stop();
    }

    String place(long line) {
        LoadBatch writing = batch;
        return origins.place(writing == null ? line : writing.line(line));
    }

    RouteTaken route() {
        return load.taken();
    }

    int splits() {
        return load.splits().size();
    }

    int splitsDone() {
        return workers.parts().size();
    }

    /** How long workers waited for memory. */
    Duration waited() {
        return Duration.ofNanos(pool.waitedNanos());
    }

    /** Rolls back, stops the workers, and lets go of all else. */
    @Override
    public void close() throws Exception {
        over = true;
        // In this order: nobody may go on with a statement, offer blocks, or read a closed scan.
        try (BadRows setAside = badRows;
                PreparedLoad closing = load;
                AutoCloseable dropped = gathering::discard;
                SplitWorkers stopping = workers;
                Session ended = session;
                AutoCloseable undone = () -> badRows.undo(session)) {
            stop("the transfer has ended");
        }
    }
}
