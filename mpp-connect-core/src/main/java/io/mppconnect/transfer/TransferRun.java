package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.RunningTransfer;
import io.mppconnect.TransferListener;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferProgress.Phase;
import io.mppconnect.TransferReport;
import io.mppconnect.transfer.failure.FailureReport;
import io.mppconnect.transfer.failure.FirstCause;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.session.StatementCanceller;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run of a transfer, from its first connection to its last commit or roll-back, on a thread of its own. What it does
 * is its {@link Course}'s; whether it goes on is decided here.
 *
 * <p>The phase changes in three methods alone, {@link #advance}, {@link #restart} and {@link #fail}, under one lock: a
 * cancel comes either before a commit begins, and nothing of it is visible, or after it.
 */
final class TransferRun implements RunningTransfer, Course.Run {

    private static final Logger LOG = LoggerFactory.getLogger(TransferRun.class);

    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final TransferJob job;
    private final TransferOptions options;
    private final Course course;
    private final FailureReport report;
    private final FirstCause cause = new FirstCause();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Duration closeLimit;
    private final long startNanos = System.nanoTime();
    private volatile @Nullable TransferReport committed;
    private volatile long endNanos;

    private final Object lock = new Object();
    private Phase phase = Phase.PREPARING;
    private @Nullable Thread worker;
    private @Nullable StatementCanceller canceller;
    /** What came during a commit and stops the run once it goes on. */
    private @Nullable MppConnectException pending;

    /** @param closeLimit how long {@link #close} waits for a source or a target that does not heed interrupts */
    TransferRun(TransferJob job, Course course, Duration closeLimit) {
        this.closeLimit = closeLimit;
        this.job = job;
        this.options = job.options();
        this.course = course;
        this.report = new FailureReport(job, course::place);
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
            LOG.info("{}: starts, {}", options.name(), job);
            course.perform(this);
            committed = course.report(elapsed());
            advance(Phase.COMMITTING, Phase.COMMITTED);
        } catch (Throwable failure) {
            fail(report.of(failure), true);
        }
        endWork();
        free();
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

    @Override
    public MppConnectException explain(Throwable failure) {
        return report.of(failure);
    }

    @Override
    public void advance(Phase from, Phase to) {
        go(EnumSet.of(from), to);
    }

    @Override
    public void restart() {
        go(EnumSet.of(Phase.PREPARING, Phase.MOVING, Phase.COMMITTING), Phase.PREPARING);
    }

    @Override
    public void retry(MppConnectException failure, Duration pause) {
        restart();
        LOG.warn("{}: tries again in {} ms, {}", options.name(), pause.toMillis(), failure.getMessage());
        tell(listener -> listener.retrying(options.name(), failure, pause));
    }

    /** Goes on, unless the transfer was stopped meanwhile. */
    private void go(Set<Phase> from, Phase to) {
        synchronized (lock) {
            if (from.contains(phase)) {
                // A last commit has no more to stop.
                if (pending == null || to == Phase.COMMITTED) {
                    phase = to;
                    return;
                }
                cause.record(pending);
                phase = Phase.STOPPING;
            }
        }
        throw Objects.requireNonNull(cause.get(), "what stopped the transfer");
    }

    /** Ends the transfer without effect because of this, unless it ended or commits already; from any thread. */
    @Override
    public void fail(MppConnectException failure) {
        fail(failure, false);
    }

    /** @param ended whether the course is over with it; a listener may cancel on the same thread, and it is not */
    private void fail(MppConnectException failure, boolean ended) {
        synchronized (lock) {
            boolean stops = phase == Phase.PREPARING || phase == Phase.MOVING;
            if (phase == Phase.COMMITTING && !ended && pending == null) {
                pending = failure;
            }
            if (!stops && !ended && phase != Phase.STOPPING) {
                return;
            }
            cause.record(failure);
            if (!stops) {
                return;
            }
            phase = Phase.STOPPING;
            if (!ended) {
                canceller = new StatementCanceller(options.name(), course::session);
                canceller.start();
                if (worker != null) {
                    worker.interrupt();
                }
            }
        }
        course.stop(failure.getMessage());
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

    /** What cannot be freed does not change how the transfer has ended. */
    private void free() {
        try {
            course.close();
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

    @Override
    public void tell(Consumer<TransferListener> news) {
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
        return course.progress(now, elapsed());
    }

    @Override
    public void stop() {
        if (!course.finish()) {
            cancel();
        }
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

    /** Waits for the end; once it is to stop, no longer than it may take. What then still runs ends by itself. */
    private void awaitEnd() {
        long deadline = System.nanoTime() + closeLimit.toNanos();
        boolean interrupted = false;
        boolean over = false;
        while (!over) {
            try {
                over = done.await(Math.max(POLL_NANOS, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)
                        || (System.nanoTime() - deadline >= 0 && isStuck());
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it was stopped and has not ended yet; a commit takes the time that it takes. */
    private boolean isStuck() {
        synchronized (lock) {
            if (phase != Phase.STOPPING) {
                return false;
            }
        }
        LOG.warn(
                "{}: does not stop within {}: its source or target does not heed interrupts; it ends without effect when"
                        + " that returns",
                options.name(),
                closeLimit);
        return true;
    }
}
