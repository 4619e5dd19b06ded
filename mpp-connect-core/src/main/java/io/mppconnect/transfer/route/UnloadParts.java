package io.mppconnect.transfer.route;

import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.text.RowBoundary;
import io.mppconnect.transfer.plan.Planned;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The parts in which a target gets its rows, one per segment that sends: counts what each has taken. A part is opened,
 * filled and finished by one thread at a time.
 */
public final class UnloadParts implements AutoCloseable {

    private final TargetWrite write;
    private final Map<Integer, Part> parts = new ConcurrentHashMap<>();
    private final AtomicInteger finished = new AtomicInteger();

    public UnloadParts(TargetWrite write) {
        this.write = write;
    }

    /** One segment's rows. */
    final class Part {
        private final SegmentWriter writer;
        private final RowBoundary boundary = RowBoundary.of(write.format());
        private final AtomicLong rows = new AtomicLong();
        private final AtomicLong bytes = new AtomicLong();

        private Part(SegmentWriter writer) {
            this.writer = writer;
        }

        /** Takes whole rows. */
        void take(byte[] data, int length) throws Exception {
            boundary.scan(data, 0, length);
            writer.write(data, 0, length);
            rows.addAndGet(boundary.rows());
            bytes.addAndGet(length);
        }

        void finish() throws Exception {
            writer.finish();
            synchronized (finished) {
                finished.incrementAndGet();
                finished.notifyAll();
            }
        }

        long rows() {
            return rows.get();
        }

        long bytes() {
            return bytes.get();
        }
    }

    Part open(int segment) throws Exception {
        Part part = new Part(write.open(segment));
        parts.put(segment, part);
        return part;
    }

    Part part(int segment) {
        return Planned.of(parts.get(segment));
    }

    /** How many rows the target has. */
    public long rows() {
        return parts.values().stream().mapToLong(Part::rows).sum();
    }

    public long bytes() {
        return parts.values().stream().mapToLong(Part::bytes).sum();
    }

    long rows(int segment) {
        @Nullable Part part = parts.get(segment);
        return part == null ? 0 : part.rows();
    }

    /** How many parts are complete. */
    public int finished() {
        return finished.get();
    }

    /** Waits until every part that was opened is complete; false when that takes too long. */
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

    /** Closes the writers, finished or not; nobody may write any more. */
    @Override
    public void close() throws Exception {
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
