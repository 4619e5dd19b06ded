package io.mppconnect.transfer;

/** How many rows a second there were of late. Not thread safe. */
final class Rate {

    private static final long WINDOW_NANOS = 5_000_000_000L;
    private static final double NANOS = 1e9;

    private long fromNanos;
    private long fromRows;
    private long nextNanos;
    private long nextRows;

    Rate(long now) {
        fromNanos = now;
        nextNanos = now;
    }

    /** So many rows there are by now. */
    void at(long now, long rows) {
        if (now - nextNanos >= 2 * WINDOW_NANOS) {
            // Nothing was told for long: a pause is not to count longer than the window.
            fromNanos = now - WINDOW_NANOS;
            fromRows = rows;
            nextNanos = now;
            nextRows = rows;
        } else if (now - nextNanos >= WINDOW_NANOS) {
            fromNanos = nextNanos;
            fromRows = nextRows;
            nextNanos = now;
            nextRows = rows;
        }
    }

    /** Over the window that is full and the one that is not. */
    double perSecond(long now, long rows) {
        at(now, rows);
        long nanos = now - fromNanos;
        return nanos <= 0 ? 0 : (rows - fromRows) / (nanos / NANOS);
    }
}
