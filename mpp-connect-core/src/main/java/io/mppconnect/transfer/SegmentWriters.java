package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.TransferOptions;
import io.mppconnect.segment.Acknowledgement;
import io.mppconnect.segment.UnloadListener;
import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.text.RowBoundary;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
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

    private final TargetWrite write;
    private final Consumer<MppConnectException> failed;
    private final ExecutorService workers;
    private final Map<Integer, Part> parts = new ConcurrentHashMap<>();
    private final AtomicInteger finished = new AtomicInteger();

    SegmentWriters(TargetWrite write, TransferOptions options, Consumer<MppConnectException> failed) {
        this.write = write;
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

    /** One segment's rows. */
    private final class Part {
        private final SegmentWriter writer;
        private final RowBoundary boundary = RowBoundary.of(write.format());
        private final AtomicLong rows = new AtomicLong();

        Part(SegmentWriter writer) {
            this.writer = writer;
        }

        void take(byte[] bytes, int length) throws Exception {
            boundary.scan(bytes, 0, length);
            writer.write(bytes, 0, length);
            rows.addAndGet(boundary.rows());
        }
    }

    /** What a worker does for one request. */
    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    @Override
    public void opened(int segment, Acknowledgement acknowledgement) {
        submit(acknowledgement, () -> parts.put(segment, new Part(write.open(segment))));
    }

    @Override
    public void received(int segment, byte[] bytes, int length, Acknowledgement acknowledgement) {
        submit(acknowledgement, () -> part(segment).take(bytes, length));
    }

    @Override
    public void done(int segment, Acknowledgement acknowledgement) {
        submit(acknowledgement, () -> {
            part(segment).writer.finish();
            synchronized (finished) {
                finished.incrementAndGet();
                finished.notifyAll();
            }
        });
    }

    @Override
    public void broken(int segment, String reason) {
        LOG.debug("Segment {} broke off and may send again: {}", segment, reason);
    }

    /** Waits until every segment that opened has sent everything; false when that takes too long. */
    boolean awaitFinished(Duration limit) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        synchronized (finished) {
            while (finished.get() < parts.size()) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                finished.wait(left);
            }
        }
        return true;
    }

    private Part part(int segment) {
        return Planned.of(parts.get(segment));
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
                        ErrorCode.TARGET_FAILED, "Cannot write the rows of a segment: " + ForeignFailure.text(cause), cause);
    }

    /** How many rows the target has. */
    long rows() {
        return parts.values().stream().mapToLong(part -> part.rows.get()).sum();
    }

    long rows(int segment) {
        @Nullable Part part = parts.get(segment);
        return part == null ? 0 : part.rows.get();
    }

    /** How many segments have sent everything. */
    int finished() {
        return finished.get();
    }

    /** Lets go of whatever a worker waits for. */
    void stop() {
        workers.shutdownNow();
    }

    /** Ends the workers, then the writers. */
    @Override
    public void close() throws Exception {
        stop();
        if (!workers.awaitTermination(GRACE_SECONDS, TimeUnit.SECONDS)) {
            LOG.warn("A target does not heed interrupts; its thread ends when the target returns");
        }
        Exception first = null;
        for (Part part : parts.values()) {
            try {
                part.writer.close();
            } catch (Exception e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
