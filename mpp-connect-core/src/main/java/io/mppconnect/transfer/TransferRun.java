package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.RunningTransfer;
import io.mppconnect.TransferListener;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferProgress.Phase;
import io.mppconnect.TransferReport;
import io.mppconnect.catalog.LostConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a transfer, from its first connection to its commit or roll-back, on a thread of its own. What moves is the
 * {@link Movement}'s; when and whether it counts is decided here.
 *
 * <p>The phase changes in two methods alone, {@link #advance} and {@link #fail}, under one lock: a cancel comes either
 * before the commit begins, and nothing is visible, or has no effect.
 */
final class TransferRun implements RunningTransfer {

    private static final Logger LOG = LoggerFactory.getLogger(TransferRun.class);

    private final TransferJob job;
    private final TransferOptions options;
    private final ConnectionSource connections;
    private final Movement movement;
    private final FailureReport report;
    private final FirstCause cause = new FirstCause();
    private final CountDownLatch done = new CountDownLatch(1);
    private final long startNanos = System.nanoTime();
    private volatile @Nullable Session session;
    private volatile @Nullable TransferReport committed;
    private volatile long endNanos;

    private final Object lock = new Object();
    private Phase phase = Phase.PREPARING;
    private @Nullable Thread worker;
    private @Nullable StatementCanceller canceller;

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
        Movement create(Consumer<MppConnectException> failed);
    }

    /** @param ended called on the run's thread when nothing of it is left */
    void start(Runnable ended) {
        new Thread(() -> run(ended), "mpp-connect-" + options.name()).start();
    }

    private void run(Runnable ended) {
        synchronized (lock) {
            worker = Thread.currentThread();
        }
        try {
            transfer();
        } catch (Throwable failure) {
            fail(report.of(failure));
        }
        endWork();
        undo();
        free(session);
        free(movement);
        endNanos = System.nanoTime();
        synchronized (lock) {
            phase = phase == Phase.COMMITTED ? Phase.COMMITTED : Phase.FAILED;
        }
        // Listeners and the engine hear of the end before those who await it.
        try {
            tellEnd();
        } finally {
            ended.run();
            done.countDown();
        }
    }

    private void transfer() throws Exception {
        LOG.info("{}: starts, {}", options.name(), job);
        Session opened = Session.begin(connections);
        session = opened;
        movement.prepare(opened);
        advance(Phase.PREPARING, Phase.MOVING);
        tell(listener -> listener.started(options.name()));
        movement.move(opened);
        advance(Phase.MOVING, Phase.COMMITTING);
        commit(opened);
        publish();
        committed = movement.report(options.name(), elapsed(), opened.log());
        advance(Phase.COMMITTING, Phase.COMMITTED);
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

    private void publish() {
        try {
            movement.publish();
        } catch (Exception e) {
            throw new MppConnectException(
                    ErrorCode.TARGET_FAILED,
                    "Cannot publish " + job + ", though the database has committed: " + e.getMessage() + "; "
                            + movement.unpublished(),
                    e);
        }
    }

    /** Goes on, unless the transfer was stopped meanwhile. */
    private void advance(Phase from, Phase to) {
        synchronized (lock) {
            if (phase == from) {
                phase = to;
                return;
            }
        }
        throw Objects.requireNonNull(cause.get(), "what stopped the transfer");
    }

    /** Ends the transfer without effect because of this, unless it ended or commits already; from any thread. */
    private void fail(MppConnectException failure) {
        boolean ownThread;
        synchronized (lock) {
            ownThread = Thread.currentThread() == worker;
            boolean stops = phase == Phase.PREPARING || phase == Phase.MOVING;
            if (!stops && !ownThread && phase != Phase.STOPPING) {
                return;
            }
            cause.record(failure);
            if (!stops) {
                return;
            }
            phase = Phase.STOPPING;
            if (!ownThread) {
                canceller = new StatementCanceller(options.name(), () -> session);
                canceller.start();
                if (worker != null) {
                    worker.interrupt();
                }
            }
        }
        movement.stop(failure.getMessage());
    }

    /** From here nobody interrupts this thread or cancels its statements. */
    private void endWork() {
        StatementCanceller cancelling;
        synchronized (lock) {
            worker = null;
            cancelling = canceller;
        }
        if (cancelling != null) {
            cancelling.close();
        }
        // An interrupt was meant for the work that is over, not for freeing what it held.
        if (Thread.interrupted()) {
            LOG.debug("{}: was interrupted", options.name());
        }
    }

    /** What cannot be taken back does not change how the transfer has ended. */
    private void undo() {
        MppConnectException failure = cause.get();
        Session failed = session;
        if (failure == null || failed == null) {
            return;
        }
        try {
            movement.undo(failed, failure);
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    /** What cannot be freed does not change how the transfer has ended. */
    private void free(@Nullable AutoCloseable held) {
        if (held == null) {
            return;
        }
        try {
            held.close();
        } catch (Exception e) {
            MppConnectException first = cause.get();
            if (first != null) {
                first.addSuppressed(e);
            } else {
                LOG.warn("{}: has committed, but not all that it held could be freed", options.name(), e);
            }
        }
    }

    private void tellEnd() {
        TransferReport result = committed;
        MppConnectException failure = cause.get();
        if (result != null && failure == null) {
            LOG.info("{}", result);
            tell(listener -> listener.finished(result));
        } else if (failure != null) {
            LOG.info("{}: failed after {} ms, {}", options.name(), elapsed().toMillis(), failure.code());
            tell(listener -> listener.failed(options.name(), failure));
        }
    }

    private void tell(Consumer<TransferListener> news) {
        try {
            news.accept(options.listener());
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
        Phase now;
        synchronized (lock) {
            now = phase;
        }
        return movement.progress(now, elapsed());
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
            return interrupted(e);
        }
        return result();
    }

    @Override
    public TransferReport await(Duration timeout) {
        try {
            if (!done.await(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new MppConnectException(
                        ErrorCode.TIMEOUT, "Cannot tell yet how " + job + " ends: it still runs after " + timeout);
            }
        } catch (InterruptedException e) {
            return interrupted(e);
        }
        return result();
    }

    /** Cancels; a transfer that was committing already has its result all the same. */
    private TransferReport interrupted(InterruptedException e) {
        fail(new MppConnectException(
                ErrorCode.CANCELLED, "Cannot finish " + job + ": the thread that awaits it was interrupted", e));
        awaitEnd();
        Thread.currentThread().interrupt();
        return result();
    }

    private TransferReport result() {
        MppConnectException failure = cause.get();
        if (failure != null) {
            throw failure;
        }
        return Objects.requireNonNull(committed, "a transfer without a failure has committed");
    }

    @Override
    public void close() {
        cancel();
        awaitEnd();
    }

    private void awaitEnd() {
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
