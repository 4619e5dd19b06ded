package io.mppconnect.test.segment;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** The threads of the segments of one statement, one each, and their connections. */
final class SegmentThreads implements AutoCloseable {

    private final List<Thread> threads = new ArrayList<>();
    private final List<Dialer> dialers = new ArrayList<>();

    /** What one segment does. */
    interface Work {
        void run() throws SegmentFailure, InterruptedException;
    }

    /** What becomes of it. */
    interface Outcome {
        void done(Segment segment) throws InterruptedException;

        void failed(Segment segment, SegmentFailure failure) throws InterruptedException;
    }

    /**
     * Adds a segment that starts with the others.
     *
     * @param others counts the segments that are not late, which late ones wait for
     */
    void add(Segment segment, Set<Integer> late, CountDownLatch others, Dialer dialer, Work work, Outcome outcome) {
        boolean isLate = late.contains(segment.content());
        dialers.add(dialer);
        Thread thread = new Thread(
                () -> run(segment, isLate, others, work, outcome),
                "mpp-embedded-segment-" + segment.content() + "-" + segment.port());
        thread.setDaemon(true);
        threads.add(thread);
    }

    private static void run(Segment segment, boolean isLate, CountDownLatch others, Work work, Outcome outcome) {
        try {
            if (isLate) {
                others.await();
            }
            try {
                work.run();
                outcome.done(segment);
            } catch (SegmentFailure failure) {
                outcome.failed(segment, failure);
            } catch (RuntimeException e) {
                outcome.failed(segment, new SegmentFailure(SegmentFailure.INTERNAL_ERROR, e.toString()));
            }
        } catch (InterruptedException e) {
            // The statement is over: nobody waits for this segment any more.
            Thread.currentThread().interrupt();
        } finally {
            if (!isLate) {
                others.countDown();
            }
        }
    }

    void start() {
        threads.forEach(Thread::start);
    }

    /** Ends all segments, wherever they are, and waits until they have ended. */
    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
        dialers.forEach(Dialer::close);
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
