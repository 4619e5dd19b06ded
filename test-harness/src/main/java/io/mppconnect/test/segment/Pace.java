package io.mppconnect.test.segment;

import java.util.concurrent.TimeUnit;

/** Holds a segment to so many bytes per second. */
final class Pace {

    private static final long NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private final long bytesPerSecond;
    private final long start = System.nanoTime();
    private long bytes;

    Pace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** How many bytes to move at a time. */
    int step(int most) {
        return bytesPerSecond == 0 ? most : (int) Math.max(1, Math.min(most, bytesPerSecond / 10));
    }

    void moved(int count) throws InterruptedException {
        if (bytesPerSecond == 0) {
            return;
        }
        bytes += count;
        long due = (long) ((double) bytes / bytesPerSecond * NANOS_PER_SECOND);
        TimeUnit.NANOSECONDS.sleep(Math.max(0, due - (System.nanoTime() - start)));
    }
}
