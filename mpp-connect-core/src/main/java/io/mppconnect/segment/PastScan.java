package io.mppconnect.segment;

import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** What is left of a scan that is over, for the segments that still come. Guarded by the lock of its exchange. */
final class PastScan {

    private final @Nullable String failure;
    private final BitSet asked;
    private final long until;

    private PastScan(@Nullable String failure, BitSet asked, long until) {
        this.failure = failure;
        this.asked = asked;
        this.until = until;
    }

    /** All rows are taken, or no other segment can come. */
    static PastScan read(BitSet asked, long until) {
        return new PastScan(null, asked, until);
    }

    /** Whoever still comes would miss rows. */
    static PastScan failed(String failure, BitSet asked, long until) {
        return new PastScan(failure, asked, until);
    }

    /** The same, remembered for another time. */
    PastScan until(long other) {
        return new PastScan(failure, asked, other);
    }

    /** Whether so many segments have come for it. */
    boolean hasAnswered(int segments) {
        return asked.cardinality() >= segments;
    }

    boolean isForgotten(long now) {
        return now - until >= 0;
    }

    /**
     * What a segment gets that comes now: a clean end, or the failure.
     *
     * @throws Refusal when it has read its part before: a second time it would miss what it had
     */
    void answer(SegmentRequest request, LoadExchange answer) throws Refusal {
        if (failure != null) {
            asked.set(request.segment());
            answer.fail(failure);
            return;
        }
        if (asked.get(request.segment())) {
            throw Refusal.badRequest("segment " + request.segment()
                    + " has read this scan before, and rows are not sent twice; run the statement again");
        }
        asked.set(request.segment());
        answer.finish();
    }
}
