package io.mppconnect.test.segment;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * One scan of a readable external table: all segments get their shares at once. Rows are taken by one thread; segments
 * wait while it does not take them.
 */
public final class Scan implements AutoCloseable {

    private static final int WAITING_BATCHES = 32;

    private final BlockingQueue<Object> events = new ArrayBlockingQueue<>(WAITING_BATCHES);
    private final SegmentThreads threads = new SegmentThreads();
    private int running;

    private record Done(Segment segment) {}

    /** What a segment came to say. */
    public sealed interface Event {

        /** Rows. */
        record Rows(RowBatch batch) implements Event {}

        /** Its failure. */
        record Failed(Segment segment, SegmentFailure failure) implements Event {}

        /** That all segments are done. */
        record AllDone() implements Event {}
    }

    /** @param segments those that take part */
    public Scan(TransferPlan plan, List<Segment> segments) {
        Set<Integer> late = plan.faults().late();
        CountDownLatch others = new CountDownLatch(
                (int) segments.stream().filter(s -> !late.contains(s.content())).count());
        for (int i = 0; i < segments.size(); i++) {
            Segment segment = segments.get(i);
            String url = plan.locations().get(i % plan.locations().size());
            Dialer dialer = new Dialer(segment, plan);
            ReadingSegment work = new ReadingSegment(segment, url, plan, dialer, events);
            threads.add(segment, late, others, dialer, work::run, outcome());
        }
        running = segments.size();
        threads.start();
    }

    private SegmentThreads.Outcome outcome() {
        return new SegmentThreads.Outcome() {
            @Override
            public void done(Segment segment) throws InterruptedException {
                events.put(new Done(segment));
            }

            @Override
            public void failed(Segment segment, SegmentFailure failure) throws InterruptedException {
                events.put(new Event.Failed(segment, failure));
            }
        };
    }

    /** What comes next, or nothing when nothing came in time. */
    public Optional<Event> next(Duration wait) throws InterruptedException {
        long deadline = System.nanoTime() + wait.toNanos();
        while (running > 0) {
            Object event = events.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (event == null) {
                return Optional.empty();
            }
            if (event instanceof RowBatch batch) {
                return Optional.of(new Event.Rows(batch));
            }
            if (event instanceof Event.Failed failed) {
                return Optional.of(failed);
            }
            running--;
        }
        return Optional.of(new Event.AllDone());
    }

    /** Ends all segments, wherever they are. */
    @Override
    public void close() {
        threads.close();
    }
}
