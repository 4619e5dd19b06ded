package io.mppconnect.benchmark;

/**
 * One measured run.
 *
 * @param seconds from the first statement to the commit, or from the first request to the last byte
 * @param rows how many rows moved; 0 where nobody counts them
 * @param bytes how many bytes of TEXT these rows are
 * @param cpuSeconds what the moving side burned, the database not included; NaN when it cannot be told apart
 */
record Sample(double seconds, long rows, long bytes, double cpuSeconds) {

    private static final double NANOS = 1e9;
    private static final double MEGABYTE = 1e6;

    static Sample of(long nanos, long rows, long bytes, double cpuSeconds) {
        return new Sample(nanos / NANOS, rows, bytes, cpuSeconds);
    }

    double megabytesPerSecond() {
        return bytes / MEGABYTE / seconds;
    }

    double rowsPerSecond() {
        return rows / seconds;
    }

    /** What so many rows would take at this pace. */
    Sample scaledTo(long allRows) {
        double factor = (double) allRows / rows;
        return new Sample(seconds * factor, allRows, Math.round(bytes * factor), cpuSeconds * factor);
    }
}
