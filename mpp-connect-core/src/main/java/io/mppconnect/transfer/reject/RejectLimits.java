package io.mppconnect.transfer.reject;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.RejectedRow;
import io.mppconnect.Rejects;
import io.mppconnect.transfer.failure.FailureReport;
import io.mppconnect.transfer.job.TransferJob;
import java.math.BigDecimal;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How many bad rows are too many: of the whole transfer, or of one of its many commits, and of one segment. */
final class RejectLimits {

    /** Of fewer rows a share says little: of a load that commits many times, so many commits are looked at together. */
    private static final int ROWS_FOR_PERCENT = 300;

    private final Rejects rejects;
    private final TransferJob job;
    private final boolean many;
    private long windowRejected;
    private long windowRows;
    private volatile boolean reached;

    RejectLimits(Rejects rejects, TransferJob.Load job) {
        this.many = job.delivery().isStream(job.source());
        this.rejects = rejects;
        this.job = job;
    }

    /**
     * With how many bad rows a segment stops. The database wants two at least, and stops at the limit, not beyond it. What
     * is too much for the whole transfer is too much for one segment.
     */
    int segmentLimit() {
        long most = Math.min(
                rejects.rows().orElse(Integer.MAX_VALUE), rejects.perSegment().orElse(Integer.MAX_VALUE));
        return (int) Math.min(Integer.MAX_VALUE, most + 1);
    }

    /** Whether the load has failed because of them. */
    boolean wereReached() {
        return reached;
    }

    /** Refuses more than a fixed number, which can be told at any time. */
    void checkCount(long rejected, @Nullable RejectedRow first) {
        OptionalLong most = rejects.rows();
        if (most.isPresent() && rejected > most.getAsLong()) {
            throw tooMany(rejected + " rows are bad, and rows(" + most.getAsLong() + ") is the limit", first, null);
        }
    }

    /** Refuses too many of all rows. */
    void check(long rejected, long all, @Nullable RejectedRow first) {
        checkCount(rejected, first);
        windowRejected += rejected;
        windowRows += all;
        if (many && windowRows < ROWS_FOR_PERCENT) {
            return;
        }
        checkPercent(windowRejected, windowRows, first);
        windowRejected = 0;
        windowRows = 0;
    }

    private void checkPercent(long rejected, long all, @Nullable RejectedRow first) {
        OptionalDouble most = rejects.percent();
        if (most.isPresent() && rejected * 100.0 > most.getAsDouble() * all) {
            String percent = new BigDecimal(String.valueOf(most.getAsDouble()))
                    .stripTrailingZeros()
                    .toPlainString();
            throw tooMany(
                    rejected + " of " + all + " rows are bad, and percent(" + percent + ") is the limit", first, null);
        }
    }

    /** Says which limit it was that made the database stop. */
    MppConnectException reached(
            long rejected, Map<Integer, Long> segments, @Nullable RejectedRow first, String said, Throwable cause) {
        OptionalLong transfer = rejects.rows();
        if (transfer.isPresent() && rejected > transfer.getAsLong()) {
            return tooMany(
                    rejected + " rows are bad, and rows(" + transfer.getAsLong() + ") is the limit", first, cause);
        }
        for (Map.Entry<Integer, Long> segment : segments.entrySet()) {
            if (segment.getValue() > rejects.perSegment().orElse(Integer.MAX_VALUE)) {
                return tooMany(
                        segment.getValue() + " of the rows that segment " + segment.getKey()
                                + " has read are bad, and perSegment("
                                + rejects.perSegment().getAsInt() + ") is the limit",
                        first,
                        cause);
            }
        }
        return tooMany(rejected + " rows are bad, and the database stopped: " + said, first, cause);
    }

    private MppConnectException tooMany(String what, @Nullable RejectedRow first, @Nullable Throwable cause) {
        reached = true;
        return new MppConnectException(
                ErrorCode.REJECT_LIMIT,
                "Cannot transfer " + job + ": " + what + (first == null ? "" : example(first)),
                cause);
    }

    /** Where the row is; and why it is bad, if the database says so: words of others may hold its values. */
    private static String example(RejectedRow row) {
        boolean database = row.segment().isPresent() || row.sqlState().isPresent();
        return "; one is line " + row.record() + " of " + row.origin()
                + (database ? ", " + FailureReport.withoutValues(row.message()) : "");
    }
}
