package io.mppconnect.transfer.failure;

import io.mppconnect.Retries;
import java.time.Duration;
import java.util.Optional;

/** Counts failures in a row, and says how long to wait before the next attempt. */
public final class Attempts {

    private final Retries retries;
    private Duration pause;
    private long since;
    private boolean failing;

    public Attempts(Retries retries) {
        this.retries = retries;
        this.pause = retries.firstPause();
    }

    /** Something was committed: what failed before is forgotten. */
    public void succeeded() {
        failing = false;
        pause = retries.firstPause();
    }

    /** How long to wait before something is done again that has not failed, and has come to nothing. */
    public Duration pause() {
        return retries.firstPause();
    }

    /** How long to wait before trying again; empty to give up. */
    public Optional<Duration> next(Throwable failure) {
        if (retries.limit().isZero() || !Transient.is(failure)) {
            return Optional.empty();
        }
        long now = System.nanoTime();
        if (!failing) {
            failing = true;
            since = now;
        }
        Duration left = retries.limit().minusNanos(now - since);
        if (left.isNegative() || left.isZero()) {
            return Optional.empty();
        }
        Duration next = pause.compareTo(left) < 0 ? pause : left;
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(retries.longestPause()) < 0 ? doubled : retries.longestPause();
        return Optional.of(next);
    }
}
