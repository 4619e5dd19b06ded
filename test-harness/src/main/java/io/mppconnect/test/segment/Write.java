package io.mppconnect.test.segment;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One write through a writable external table: all segments post the blocks they are given. */
public final class Write implements AutoCloseable {

    private static final int WAITING_BLOCKS = 2;

    private final SegmentThreads threads = new SegmentThreads();
    private final List<BlockingQueue<byte[]>> queues = new ArrayList<>();
    private final BlockingQueue<Failed> failures = new LinkedBlockingQueue<>();
    private final CountDownLatch running;

    /** A segment's failure. */
    public record Failed(Segment segment, SegmentFailure failure) {}

    public Write(TransferPlan plan, List<Segment> segments) {
        running = new CountDownLatch(segments.size());
        Set<Integer> late = plan.faults().late();
        CountDownLatch others = new CountDownLatch(
                (int) segments.stream().filter(s -> !late.contains(s.content())).count());
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            // A late segment's blocks wait for it as long as the others work.
            boolean waits = late.contains(segment.content());
            BlockingQueue<byte[]> queue =
                    waits ? new LinkedBlockingQueue<>() : new ArrayBlockingQueue<>(WAITING_BLOCKS);
            queues.add(queue);
            String url = plan.locations().get(i % plan.locations().size());
            Dialer dialer = new Dialer(segment, plan);
            WritingSegment work = new WritingSegment(segment, url, plan, dialer, queue);
            threads.add(segment, late, others, dialer, work::run, outcome());
        }
        threads.start();
    }

    private SegmentThreads.Outcome outcome() {
        return new SegmentThreads.Outcome() {
            @Override
            public void done(Segment segment) {
                running.countDown();
            }

            @Override
            public void failed(Segment segment, SegmentFailure failure) {
                failures.add(new Failed(segment, failure));
            }
        };
    }

    /** The first failure of a segment so far. */
    public @Nullable Failed failure() {
        return failures.peek();
    }

    /** Gives a segment a block of whole rows; false when it did not take it in time. */
    public boolean offer(int index, byte[] block, Duration wait) throws InterruptedException {
        return queues.get(index).offer(block, wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Tells a segment that it has got all its rows; false when it did not listen in time. */
    public boolean offerEnd(int index, Duration wait) throws InterruptedException {
        return offer(index, WritingSegment.END, wait);
    }

    /** Waits until all segments are done; false when the time is over first. */
    public boolean awaitDone(Duration wait) throws InterruptedException {
        return running.await(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends all segments, wherever they are. */
    @Override
    public void close() {
        threads.close();
    }
}
