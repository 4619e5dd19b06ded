package io.mppconnect.segment;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Remembers scans that are over, lest a segment that comes late begin them again: a segment may come hours after the
 * others, when its part of a join takes so long to build. Guarded by the lock of its exchange.
 *
 * <p>A scan of which a segment is missing is remembered for a day, for forgotten too soon, its rows would be sent twice
 * and nobody would know. As long it may happen, once the coordinator has been restarted and counts its sessions anew, that
 * another statement is called what that one was: then it fails, with a message that says to run it again. One that all
 * segments have come for is remembered but for a minute.
 */
final class PastScans {

    private static final int MOST = 50_000;
    private static final long LONG = Duration.ofHours(24).toNanos();

    /** Nobody is missing: kept only to refuse whoever comes twice. */
    private static final long SHORT = Duration.ofMinutes(1).toNanos();

    private final Map<SegmentRequest.Scan, PastScan> complete = new LinkedHashMap<>();
    private final Map<SegmentRequest.Scan, PastScan> incomplete = new LinkedHashMap<>();

    /** Until when to remember one that is over now. */
    static long until(boolean allHaveAsked) {
        return System.nanoTime() + (allHaveAsked ? SHORT : LONG);
    }

    @Nullable
    PastScan get(SegmentRequest.Scan scan) {
        forget(complete);
        forget(incomplete);
        PastScan past = complete.get(scan);
        return past == null ? incomplete.get(scan) : past;
    }

    void add(SegmentRequest.Scan scan, PastScan past, boolean allHaveAsked) {
        (allHaveAsked ? complete : incomplete).put(scan, past);
    }

    /** A segment has come late; when it was the last that was missing, the scan can be forgotten soon. */
    void answered(SegmentRequest request, PastScan past) {
        if (past.hasAnswered(request.segments()) && incomplete.remove(request.scan()) != null) {
            complete.put(request.scan(), past.until(until(true)));
        }
    }

    /** They are in the order in which they are to be forgotten. */
    private static void forget(Map<SegmentRequest.Scan, PastScan> scans) {
        long now = System.nanoTime();
        Iterator<PastScan> oldest = scans.values().iterator();
        while (oldest.hasNext() && (oldest.next().isForgotten(now) || scans.size() > MOST)) {
            oldest.remove();
        }
    }
}
