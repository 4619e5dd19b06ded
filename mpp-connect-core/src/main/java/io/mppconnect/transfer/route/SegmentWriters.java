package io.mppconnect.transfer.route;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.TransferOptions;
import io.mppconnect.segment.Acknowledgement;
import io.mppconnect.segment.UnloadListener;
import io.mppconnect.transfer.failure.ForeignFailure;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what segments push on a bounded pool of workers, and acknowledges a POST only when the target has it: a slow
 * target slows the segments. A segment sends its next POST when the last is acknowledged, so each has one piece of work
 * here at a time and its writer needs no lock.
 */
final class SegmentWriters implements UnloadListener, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentWriters.class);
    private static final long GRACE_SECONDS = 5;

    private final UnloadParts parts;
    private final Consumer<MppConnectException> failed;
    private final ExecutorService workers;

    SegmentWriters(UnloadParts parts, TransferOptions options, Consumer<MppConnectException> failed) {
        this.parts = parts;
        this.failed = failed;
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                options.parallelism(),
                options.parallelism(),
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> new Thread(work, "mpp-connect-" + options.name() + "-target-" + number.getAndIncrement()));
        this.workers = pool;
    }

    /** What a worker does for one request. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    @Override
    public void opened(int segment, Acknowledgement acknowledgement) {
        submit(acknowledgement, () -> parts.open(segment));
    }

    @Override
    public void received(int segment, byte[] bytes, int length, Acknowledgement acknowledgement) {
        submit(acknowledgement, () -> parts.part(segment).take(bytes, length));
    }

    @Override
    public void done(int segment, Acknowledgement acknowledgement) {
        submit(acknowledgement, () -> parts.part(segment).finish());
    }

    @Override
    public void broken(int segment, String reason) {
        LOG.debug("Segment {} broke off and may send again: {}", segment, reason);
    }

    private void submit(Acknowledgement acknowledgement, Work work) {
        try {
            workers.execute(() -> run(acknowledgement, work));
        } catch (RejectedExecutionException e) {
            acknowledgement.refuse("the transfer has ended");
        }
    }

    private void run(Acknowledgement acknowledgement, Work work) {
        try {
            work.run();
        } catch (Exception | Error e) {
            MppConnectException failure = failure(e);
            failed.accept(failure);
            acknowledgement.refuse(failure.getMessage());
            return;
        }
        acknowledgement.accept();
    }

    private static MppConnectException failure(Throwable cause) {
        return cause instanceof MppConnectException known
                ? known
                : new MppConnectException(
                        ErrorCode.TARGET_FAILED,
                        "Cannot write the rows of a segment: " + ForeignFailure.text(cause),
                        cause);
    }

    /** Lets go of whatever a worker waits for. */
    void stop() {
        workers.shutdownNow();
    }

    /** Ends the workers; the parts are the target's again. */
    @Override
    public void close() throws InterruptedException {
        stop();
        if (!workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("A target does not heed interrupts; its thread ends when the target returns");
        }
    }
}
