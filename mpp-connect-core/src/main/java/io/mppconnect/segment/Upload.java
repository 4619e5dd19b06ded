package io.mppconnect.segment;

import org.jspecify.annotations.Nullable;

/** How far one segment has come with sending. Guarded by the lock of its exchange. */
final class Upload {

    /** What is to be done with a request. */
    enum Verdict {
        /** Read its body, then hand it on. */
        READ,
        /** Hand it on: it opens or closes, and has no body. */
        HAND_ON,
        /** Let it wait for the answer to the same request, which has come before. */
        JOIN,
        /** Answer at once: the same request has been accepted before. */
        REPEAT
    }

    private final SegmentMeter meter;
    private long accepted;
    private boolean done;
    private @Nullable UploadStep working;
    private @Nullable Post reading;
    private String refusal = "the request was refused before";

    Upload(SegmentMeter meter) {
        this.meter = meter;
    }

    boolean isDone() {
        return done;
    }

    /** The request that is being worked on. */
    @Nullable
    UploadStep working() {
        return working;
    }

    /** The POST whose body is on its way. */
    @Nullable
    Post reading() {
        return reading;
    }

    void reading(@Nullable Post post) {
        reading = post;
    }

    /** What a request is told whose forerunner was refused. */
    String refusal() {
        return refusal;
    }

    /** Puts the request in its place, or refuses one that skips or goes back. */
    Verdict verdict(SegmentRequest request) throws Refusal {
        if (working != null && working.is(request)) {
            return Verdict.JOIN;
        }
        boolean again = request.sequence() == accepted && accepted > 0;
        if (request.done()) {
            if (again && done) {
                return Verdict.REPEAT;
            }
            if (again && working == null) {
                return Verdict.HAND_ON;
            }
            throw outOfOrder();
        }
        if (again) {
            return Verdict.REPEAT;
        }
        if (!done && working == null && request.sequence() == accepted + 1) {
            return request.sequence() == 1 ? Verdict.HAND_ON : Verdict.READ;
        }
        throw outOfOrder();
    }

    private static Refusal outOfOrder() {
        return Refusal.badRequest("invalid request due to wrong sequence number");
    }

    void begin(UploadStep step) {
        working = step;
        reading = null;
        meter.waits();
    }

    /** The request that was worked on is settled. */
    void settled(UploadStep step, @Nullable String refused) {
        working = null;
        meter.goesOn();
        SegmentRequest request = step.request();
        if (refused != null) {
            refusal = refused;
        } else if (request.done()) {
            done = true;
            meter.ended();
        } else {
            accepted = request.sequence();
            if (!step.opens()) {
                meter.moved(0, request.length());
            }
        }
    }
}
