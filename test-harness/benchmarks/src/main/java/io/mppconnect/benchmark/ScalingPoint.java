package io.mppconnect.benchmark;

import java.util.List;

/**
 * What a load did at one step of a {@link Scaling}.
 *
 * @param samples its runs
 * @param heapBytes the most heap that was in use, garbage included
 */
record ScalingPoint(long step, List<Sample> samples, long heapBytes) {

    private static final double MEGABYTE = 1e6;

    ScalingPoint {
        samples = List.copyOf(samples);
    }

    double rowsPerSecond() {
        return Spread.of(samples, Sample::rowsPerSecond).median();
    }

    double megabytesPerSecond() {
        return Spread.of(samples, Sample::megabytesPerSecond).median();
    }

    Spread seconds() {
        return Spread.of(samples, Sample::seconds);
    }

    double heapMegabytes() {
        return heapBytes / MEGABYTE;
    }
}
