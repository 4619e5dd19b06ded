package io.mppconnect.benchmark;

import java.util.List;
import java.util.Locale;

/** Along what a load is stretched, and to which steps. */
enum Scaling {
    SEGMENTS("segments", 1L, 2L, 4L, 8L, 16L, 32L, 64L),
    WORKERS("workers", 1L, 2L, 4L, 8L),
    WIDTH("bytes in a row", 10L, 100L, 1_000L, 10_000L, 100_000L, 1_000_000L),
    COLUMNS("columns", 1L, 10L, 100L, 400L, 1_600L),
    TRANSFERS("transfers at once", 1L, 2L, 4L, 8L, 16L),
    /** To raw clients, so that what it takes is memory of ours alone. */
    SIZE("MB of rows", 1L, 10L, 100L, 1_000L, 10_000L, 50_000L);

    private final String unit;
    /** Never changed. */
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Long> steps;

    Scaling(String unit, Long... steps) {
        this.unit = unit;
        this.steps = List.of(steps);
    }

    String unit() {
        return unit;
    }

    /** The steps up to a limit. */
    List<Long> steps(long largest) {
        return steps.stream().filter(step -> step <= largest).toList();
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
