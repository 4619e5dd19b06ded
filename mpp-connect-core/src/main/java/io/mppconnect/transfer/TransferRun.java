package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.RunningTransfer;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferProgress.Phase;
import io.mppconnect.TransferReport;
import io.mppconnect.catalog.LostConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a transfer, from its first connection to its commit or roll-back, on a thread of its own. What moves is the
 * {@link Movement}'s; when and whether it counts is decided here.
 *
 * <p>The phase changes by compare-and-set alone, so that a cancel either comes before the commit, and nothing is
 * visible, or after, and has no effect.
 */
final class TransferRun implements RunningTransfer {

    private static final Logger LOG = LoggerFactory.getLogger(TransferRun.class);
    private static final Set<Phase> CANCELLABLE = Set.of(Phase.PREPARING, Phase.MOVING);
    private static final long CANCEL_REPEAT_MILLIS = 100;
    private static final long SEVER_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final TransferJob job;
    private final TransferOptions options;
    private final ConnectionSource connections;
    private final Movement movement;
    private final FailureReport report;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.PREPARING);
    private final FirstCause cause = new FirstCause();
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch done = new CountDownLatch(1);
    private final long startNanos = System.nanoTime();
    private volatile @Nullable Session session;
    private volatile @Nullable TransferReport committed;
    private volatile long endNanos;

    /** @param movementOf makes the movement, given how it says that it failed */
    TransferRun(TransferJob job, ConnectionSource connections, MovementFactory movementOf) {
        this.job = job;
        this.options = job.options();
        this.connections = connections;
        this.movement = movementOf.create(this::fail);
        this.report = new FailureReport(job, movement::place);
    }

    /** Makes the movement of a run. */
    @FunctionalInterface
    interface MovementFactory {
        Movement create(java.util.function.Consumer<MppConnectException> failed);
    }

    /** @param ended called on the run's thread when nothing of it is left */
    void start(Runnable ended) {
        new Thread(() -> run(ended), "mpp-connect-" + options.name()).start();
    }

    private void run(Runnable ended) {
        try {
            transfer();
            phase.set(Phase.COMMITTED);
        } catch (Throwable failure) {
            cause.record(report.of(failure));
            phase.set(Phase.FAILED);
        } finally {
            endNanos = System.nanoTime();
            // Listeners and the engine hear of the end before those who await it.
            try {
                tellEnd();
                ended.run();
            } finally {
                done.countDown();
            }
        }
    }

    private void transfer() throws Exception {
        LOG.info("{}: starts, {}", options.name(), job);
        try (Movement moving = movement;
                Session opened = Session.begin(connections)) {
            session = opened;
            checkRunning();
            moving.prepare(opened);
            advance(Phase.PREPARING, Phase.MOVING);
            options.listener().started(options.name());
            try {
                moving.move(opened);
            } catch (Exception e) {
                MppConnectException failure = report.of(e);
                fail(failure);
                throw failure;
            }
            checkRunning();
            advance(Phase.MOVING, Phase.COMMITTING);
            commit(opened);
            moving.publish();
            committed = moving.report(options.name(), elapsed(), opened.log());
        }
    }

    private void commit(Session session) {
        try {
            session.commit();
        } catch (SQLException e) {
            if (LostConnection.in(e)) {
                throw new MppConnectException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "Cannot tell whether " + job + " was committed: the connection was lost during the commit ("
                                + e.getMessage() + "); look at the table before you run it again",
                        e);
            }
            throw report.of(e);
        }
    }

    private void advance(Phase from, Phase to) {
        if (!phase.compareAndSet(from, to)) {
            throw cancelled();
        }
    }

    private void checkRunning() {
        if (stopping.get()) {
            throw cancelled();
        }
    }

    private MppConnectException cancelled() {
        MppConnectException first = cause.get();
        return first != null
                ? first
                : new MppConnectException(ErrorCode.CANCELLED, "Cannot finish " + job + ": it was cancelled");
    }

    /** Ends the transfer without effect because of this, unless it ended or commits already; from any thread. */
    void fail(MppConnectException failure) {
        Phase now = phase.get();
        if (!CANCELLABLE.contains(now)) {
            return;
        }
        cause.record(failure);
        if (stopping.compareAndSet(false, true)) {
            movement.stop(failure.getMessage());
            Thread canceller = new Thread(this::cancelStatement, "mpp-connect-" + options.name() + "-cancel");
            canceller.start();
        }
    }

    /** Repeats the cancel until the run ends: a statement that is just about to start does not hear it. */
    private void cancelStatement() {
        long start = System.nanoTime();
        boolean ended = false;
        while (!ended) {
            Session current = session;
            if (current != null) {
                if (System.nanoTime() - start < SEVER_AFTER_NANOS) {
                    current.cancel();
                } else {
                    current.sever();
                }
            }
            try {
                ended = done.await(CANCEL_REPEAT_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                // Nobody interrupts this thread on purpose; the run still has to end.
                LOG.debug("Interrupted while cancelling", e);
            }
        }
    }

    private void tellEnd() {
        MppConnectException failure = cause.get();
        TransferReport result = committed;
        try {
            if (phase.get() == Phase.COMMITTED && result != null) {
                LOG.info("{}", result);
                options.listener().finished(result);
            } else if (failure != null) {
                LOG.info("{}: failed after {} ms, {}", options.name(), elapsed().toMillis(), failure.code());
                options.listener().failed(options.name(), failure);
            }
        } catch (RuntimeException e) {
            LOG.warn("{}: its listener failed", options.name(), e);
        }
    }

    private Duration elapsed() {
        long end = endNanos;
        return Duration.ofNanos((end == 0 ? System.nanoTime() : end) - startNanos);
    }

    @Override
    public TransferProgress progress() {
        return movement.progress(Objects.requireNonNull(phase.get()), elapsed());
    }

    @Override
    public void cancel() {
        fail(new MppConnectException(ErrorCode.CANCELLED, "Cannot finish " + job + ": it was cancelled"));
    }

    /** Cancels because the time is up. */
    void timeOut(Duration limit) {
        fail(new MppConnectException(
                ErrorCode.TIMEOUT, "Cannot finish " + job + " within " + limit + "; raise TransferOptions.timeout"));
    }

    @Override
    public TransferReport await() {
        try {
            done.await();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return result();
    }

    @Override
    public TransferReport await(Duration timeout) {
        try {
            if (!done.await(timeout.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new MppConnectException(
                        ErrorCode.TIMEOUT, "Cannot tell yet how " + job + " ends: it still runs after " + timeout);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        return result();
    }

    private MppConnectException interrupted(InterruptedException e) {
        MppConnectException failure = new MppConnectException(
                ErrorCode.CANCELLED, "Cannot finish " + job + ": the thread that awaits it was interrupted", e);
        fail(failure);
        Thread.currentThread().interrupt();
        return failure;
    }

    private TransferReport result() {
        TransferReport result = committed;
        if (phase.get() == Phase.COMMITTED && result != null) {
            return result;
        }
        MppConnectException failure = cause.get();
        throw failure != null ? failure : new IllegalStateException("A failed transfer has a cause");
    }

    @Override
    public void close() {
        cancel();
        boolean interrupted = false;
        while (done.getCount() > 0) {
            try {
                done.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
