package io.mppconnect;

import java.time.Duration;

/**
 * How long a load tries again after failures that pass by themselves: a lost connection, a coordinator or segment that
 * restarts or fails over, a deadlock, resources run out, a table that was altered meanwhile. Other failures, such as bad
 * data or a missing privilege, are never retried. Immutable; each method returns a changed copy.
 *
 * <p>The time counts from the first failure after the last commit; the pause between attempts doubles from one to the
 * next.
 */
public final class Retries {

    private static final Duration LONGEST = Duration.ofDays(20);
    private static final Retries NONE = new Retries(Duration.ZERO, Duration.ofMillis(100), Duration.ofSeconds(10));

    private final Duration limit;
    private final Duration firstPause;
    private final Duration longestPause;

    private Retries(Duration limit, Duration firstPause, Duration longestPause) {
        this.limit = limit;
        this.firstPause = firstPause;
        this.longestPause = longestPause;
    }

    /** Fails at once. The default of loads that commit once. */
    public static Retries none() {
        return NONE;
    }

    /** Tries again for that long. Streams do for 10 minutes by default. */
    public static Retries within(Duration limit) {
        return new Retries(checked("time to retry", limit), NONE.firstPause, NONE.longestPause);
    }

    /** The first pause and the longest. Default: 100 ms and 10 s. */
    public Retries pausing(Duration first, Duration longest) {
        if (longest.compareTo(first) < 0) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid pauses: " + first + " and " + longest + "; the longest cannot be shorter than the first");
        }
        return new Retries(limit, checked("first pause", first), checked("longest pause", longest));
    }

    private static Duration checked(String what, Duration value) {
        if (value.isNegative() || value.isZero() || value.compareTo(LONGEST) > 0) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid " + what + ": " + value + "; it must be longer than nothing and at most "
                            + LONGEST.toDays() + " days");
        }
        return value;
    }

    /** Zero to fail at once. */
    public Duration limit() {
        return limit;
    }

    /** The pause after the first failure in a row; each further one is twice as long. */
    public Duration firstPause() {
        return firstPause;
    }

    /** How long a pause gets at most. */
    public Duration longestPause() {
        return longestPause;
    }
}
