package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Route;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferProgress.Phase;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.RouteTaken;
import io.mppconnect.catalog.LostConnection;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.FieldsChangedException;
import io.mppconnect.spi.JoinedSource;
import io.mppconnect.spi.SourceChangedException;
import io.mppconnect.transfer.failure.Attempts;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.ledger.Claim;
import io.mppconnect.transfer.ledger.Ledger;
import io.mppconnect.transfer.plan.Planned;
import io.mppconnect.transfer.reach.Segments;
import io.mppconnect.transfer.reject.LastingDestinations;
import io.mppconnect.transfer.session.ConnectionSource;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.write.Written;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A load that commits many times, in as many attempts as it takes: each goes on from the last committed positions, with a
 * connection and an external table of its own, so that nothing of a failed one can reach into it.
 */
final class StreamLoad implements Course {

    private static final Logger LOG = LoggerFactory.getLogger(StreamLoad.class);
    private static final Duration TAKING = Duration.ofMillis(200);

    private final TransferJob.Load job;
    private final String name;
    private final ConnectionSource connections;
    private final Segments segments;
    private final Ledger ledger;
    private final Attempts attempts;
    private final LoadTotals totals = new LoadTotals();
    private final LastingDestinations rejected = new LastingDestinations();
    private final CountDownLatch finishing = new CountDownLatch(1);
    private volatile @Nullable StreamAttempt attempt;
    private volatile @Nullable Session session;
    private volatile List<String> sql = List.of();
    private volatile Duration waited = Duration.ZERO;
    private volatile RouteTaken route = new RouteTaken(Route.AUTO, "it ended before it began");
    private List<Field> announced = List.of();
    /** What was announced since the last row. */
    private final Set<List<Field>> fruitless = new HashSet<>();

    private boolean begun;
    private @Nullable JoinedSource joined;

    StreamLoad(TransferJob.Load job, ConnectionSource connections, Segments segments, Ledger ledger) {
        this.job = job;
        this.name = job.options().name();
        this.connections = connections;
        this.segments = segments;
        this.ledger = ledger;
        this.attempts = new Attempts(job.delivery().streamRetries(job.source()));
    }

    @Override
    public void perform(Run run) throws Exception {
        try (LastingDestinations closing = rejected) {
            try {
                moveAll(run);
            } catch (Exception failure) {
                publishAfter(failure);
                throw failure;
            }
            publish();
        }
    }

    private void publish() {
        try {
            rejected.publish();
        } catch (Exception e) {
            throw Unpublished.failure(
                    job, e, "the rows are loaded, only the rejected ones did not get where they should");
        }
    }

    /** What was rejected of committed rows is to be seen even so. */
    private void publishAfter(Exception failure) {
        if (totals.commits() == 0) {
            return;
        }
        // An interrupt was meant for the work that is over.
        if (Thread.interrupted()) {
            LOG.debug("{}: was interrupted", name);
        }
        try {
            rejected.publish();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    private void moveAll(Run run) throws Exception {
        Optional<String> jobName = job.delivery().jobName();
        JoinedSource shared = job.source().join(jobName.orElse(null)).orElse(null);
        joined = shared;
        StreamState state = StreamState.start(jobName.isEmpty() ? null : claim(jobName.get(), shared != null));
        boolean known = shared == null;
        Written written = null;
        while (true) {
            try {
                if (shared != null) {
                    takeParts(shared);
                }
                if (!known) {
                    state = settled(state, written);
                    known = true;
                }
                StreamState start = state;
                SourceChangedException change = attempt(run, start);
                if (change == null) {
                    run.advance(Phase.MOVING, Phase.COMMITTING);
                    return;
                }
                state = Planned.of(attempt).state();
                take(run, change, state.positions().equals(start.positions()));
                // What others have made of the parts that this run has next is to be looked up.
                known = shared == null;
            } catch (Exception e) {
                StreamAttempt failed = attempt;
                if (failed != null) {
                    state = failed.state();
                    written = failed.written();
                    known = false;
                }
                retry(run, state, e);
            }
        }
    }

    /** Others may take their time to let go of theirs. */
    private void takeParts(JoinedSource shared) throws Exception {
        boolean known = false;
        while (!known && finishing.getCount() > 0) {
            known = shared.takeParts(TAKING);
        }
    }

    private Claim claim(String jobName, boolean shared) throws SQLException, InterruptedException {
        return shared ? ledger.join(jobName, job.toString()) : ledger.claim(jobName, job.toString());
    }

    /** Moves until the source ends, is to end, or changes; then it returns how. */
    private @Nullable SourceChangedException attempt(Run run, StreamState state) throws Exception {
        if (finishing.getCount() == 0) {
            run.advance(Phase.PREPARING, Phase.MOVING);
            return null;
        }
        Session opened = Session.beginLasting(connections);
        session = opened;
        Ledger kept = state.claim() == null ? null : ledger;
        JoinedSource shared = joined;
        PreparedLoad.Opening source = shared == null ? job.source()::open : shared::open;
        StreamAttempt moving = new StreamAttempt(
                job, source, segments, opened, kept, totals, attempts, rejected, state, announced, run);
        attempt = moving;
        route = moving.route();
        if (finishing.getCount() == 0) {
            moving.finish();
        }
        run.advance(Phase.PREPARING, Phase.MOVING);
        if (!begun) {
            begun = true;
            run.tell(listener -> listener.started(name));
        }
        try {
            moving.move();
        } finally {
            sql = opened.log();
            waited = waited.plus(moving.waited());
        }
        return finishing.getCount() == 0 ? null : moving.change();
    }

    /** Lets go of the attempt whose source has changed, all before that being committed. */
    private void take(Run run, SourceChangedException change, boolean nothingRead) throws Exception {
        if (!job.source().resumable()) {
            String why = change instanceof FieldsChangedException ? "its fields change" : change.getMessage();
            throw new MppConnectException(
                    ErrorCode.SOURCE_FAILED,
                    "Cannot go on with " + job + ": " + why
                            + ", and it cannot resume where it was; what it gave before is" + " committed",
                    change);
        }
        if (change instanceof FieldsChangedException fields) {
            take(fields, nothingRead);
        }
        LOG.info("{}: {}", name, change.getMessage());
        run.restart();
        endAttempt();
        // New fields come once, but a source that finds itself changed whenever it is opened must not be opened at
        // once.
        if (nothingRead
                && !(change instanceof FieldsChangedException)
                && finishing.await(attempts.pause().toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("{}: is to end and does not wait", name);
        }
    }

    /** The next attempt has these fields. */
    private void take(FieldsChangedException change, boolean nothingRead) {
        if (!nothingRead) {
            fruitless.clear();
        }
        if (!fruitless.add(change.fields())) {
            throw new MppConnectException(
                    ErrorCode.SOURCE_FAILED,
                    "Cannot go on with " + job + ": it announces the same fields again and gives no row of them",
                    change);
        }
        announced = change.fields();
    }

    /** Fails for good, or waits until the next attempt is due. */
    private void retry(Run run, StreamState state, Exception e) throws Exception {
        MppConnectException failure = run.explain(e);
        Gathered inDoubt = state.inDoubt();
        if (inDoubt != null
                && state.claim() == null
                && joined == null
                && e instanceof SQLException sqlFailure
                && LostConnection.in(sqlFailure)) {
            throw unknown(inDoubt, sqlFailure);
        }
        Optional<Duration> pause = begun ? attempts.next(failure) : Optional.empty();
        if (pause.isEmpty()) {
            throw failure;
        }
        run.retry(failure, pause.get());
        free(failure);
        if (finishing.await(pause.get().toNanos(), TimeUnit.NANOSECONDS)) {
            LOG.debug("{}: is to end and does not wait", name);
        }
    }

    private MppConnectException unknown(Gathered inDoubt, SQLException lost) {
        return new MppConnectException(
                ErrorCode.OUTCOME_UNKNOWN,
                "Cannot tell whether the last " + inDoubt.rows() + " rows of " + job
                        + " were committed: the connection was lost during the commit (" + lost.getMessage()
                        + "); look at the table before you run it again, or load as a job with exactlyOnce",
                lost);
    }

    /** After a failure: what the ledger says, or what is known without one. */
    private StreamState settled(StreamState state, @Nullable Written written) throws SQLException {
        Claim mine = state.claim();
        if (mine == null) {
            return joined == null ? state.undone() : state.withoutPositions();
        }
        Gathered inDoubt = state.inDoubt();
        // Positions that are not where they were keep a shared job's next commit from being made, whatever is left
        // behind.
        Claim now = mine.shared() && inDoubt == null ? ledger.look(mine) : ledger.renew(mine);
        if (inDoubt != null && isMade(inDoubt, state, now)) {
            LOG.info("{}: the connection was lost during commit {}, which was made all the same", name, now.batch());
            totals.committed(inDoubt, written, List.of(), Duration.ZERO);
            attempts.succeeded();
        }
        return state.settled(now);
    }

    /**
     * The runners of a shared job count its batches together. When another one has moved the same parts on since, a commit
     * that was made counts as not made: the rows are right all the same, only this runner's totals leave them out.
     */
    private static boolean isMade(Gathered inDoubt, StreamState state, Claim now) {
        return now.shared()
                ? now.positions().and(inDoubt.positions()).equals(now.positions())
                : now.batch() > state.number();
    }

    private void free(MppConnectException failure) {
        try {
            endAttempt();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    @Override
    public boolean finish() {
        finishing.countDown();
        StreamAttempt moving = attempt;
        if (moving != null) {
            moving.finish();
        }
        return true;
    }

    @Override
    public void stop(String reason) {
        StreamAttempt moving = attempt;
        if (moving != null) {
            moving.stop(reason);
        }
    }

    @Override
    public @Nullable Session session() {
        return session;
    }

    @Override
    public String place(long line) {
        StreamAttempt moving = attempt;
        return moving == null ? "line " + line : moving.place(line);
    }

    @Override
    public TransferProgress progress(Phase phase, Duration elapsed) {
        StreamAttempt moving = attempt;
        return totals.progress(
                phase,
                moving == null ? 0 : moving.splitsDone(),
                moving == null ? 0 : moving.splits(),
                moving == null ? Map.of() : moving.behind(),
                elapsed);
    }

    @Override
    public TransferReport report(Duration elapsed) {
        return totals.report(name, elapsed, waited, route, sql);
    }

    @Override
    public void close() throws Exception {
        JoinedSource shared = joined;
        joined = null;
        try (JoinedSource left = shared) {
            endAttempt();
        }
    }

    private void endAttempt() throws Exception {
        StreamAttempt moving = attempt;
        Session opened = session;
        attempt = null;
        session = null;
        if (moving != null) {
            moving.close();
        } else if (opened != null) {
            opened.close();
        }
    }
}
