package io.mppconnect.test.segment;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Waits 1, 2, 4 ... seconds between tries, until the time for trying is over. */
final class Backoff {

    private static final long LONGEST_SECONDS = 64;

    private final long deadline;
    private long wait = 1;
    private int tries = 1;

    Backoff(Duration patience) {
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    Duration left() {
        return Duration.ofNanos(Math.max(0, deadline - System.nanoTime()));
    }

    /** Waits for the next try; fails when there is to be none. */
    void pause(Location location) throws SegmentFailure, InterruptedException {
        Duration left = left();
        if (left.isZero()) {
            throw new SegmentFailure(
                    SegmentFailure.CONNECTION_FAILURE,
                    "error when connecting to gpfdist " + location.effectiveUrl() + ", quit after " + tries + " tries");
        }
        long nanos = Math.min(TimeUnit.SECONDS.toNanos(wait), left.toNanos());
        TimeUnit.NANOSECONDS.sleep(nanos);
        wait = Math.min(wait * 2, LONGEST_SECONDS);
        tries++;
    }
}
