package io.mppconnect;

import java.time.Duration;

/**
 * When a load commits what it has gathered: after a time, a number of rows or of bytes, whichever comes first. Immutable;
 * each method returns a changed copy.
 *
 * <pre>{@code
 * Commits.every(Duration.ofMillis(200)).rows(100_000)
 * }</pre>
 */
public final class Commits {

    private static final Duration LONGEST = Duration.ofDays(1);

    private final Duration interval;
    private final long rows;
    private final long bytes;

    private Commits(Duration interval, long rows, long bytes) {
        this.interval = interval;
        this.rows = rows;
        this.bytes = bytes;
    }

    /**
     * Commits that long after the first row that is not committed yet, by default at no number of rows. Without rows
     * nothing runs.
     *
     * @param interval from a millisecond to a day
     */
    public static Commits every(Duration interval) {
        if (interval.compareTo(Duration.ofMillis(1)) < 0 || interval.compareTo(LONGEST) > 0) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid commit interval: " + interval + "; it must be from 1 millisecond to 1 day");
        }
        return new Commits(interval, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    /** Commits as soon as there are so many rows; a few more may come with them, as the source hands them over. */
    public Commits rows(long count) {
        if (count < 1) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Invalid rows per commit: " + count + "; it must be 1 or more");
        }
        return new Commits(interval, count, bytes);
    }

    /**
     * Commits as soon as the rows are so long, in bytes of the wire format. Half of the transfer's memory is the most,
     * and the default.
     */
    public Commits bytes(DataSize size) {
        if (size.bytes() < 1) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Invalid bytes per commit: " + size + "; it must be 1 B or more");
        }
        return new Commits(interval, rows, size.bytes());
    }

    /** How long after its first row a commit is due at the latest. */
    public Duration interval() {
        return interval;
    }

    /** {@link Long#MAX_VALUE} when no number is enough. */
    public long rows() {
        return rows;
    }

    /** {@link Long#MAX_VALUE} when memory alone is the limit. */
    public long bytes() {
        return bytes;
    }

    @Override
    public String toString() {
        return "every " + interval.toMillis() + " ms" + (rows == Long.MAX_VALUE ? "" : " or " + rows + " rows")
                + (bytes == Long.MAX_VALUE ? "" : " or " + DataSize.ofBytes(bytes));
    }
}
