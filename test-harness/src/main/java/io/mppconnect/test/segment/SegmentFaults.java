package io.mppconnect.test.segment;

import java.time.Duration;
import java.util.Set;

/**
 * What goes wrong with the segments of one statement; segments are named by their number.
 *
 * @param readDelay how long each segment waits between its request and reading the answer
 * @param bytesPerSecond how fast each segment reads an answer or sends a body; 0 for as fast as it can
 * @param cut the segments that close their connection after so many bytes of data, once
 * @param cutAfter how many bytes
 * @param duplicatePosts whether each POST of data is sent twice
 * @param lostReplies how many replies to POSTs of data each segment loses, having sent them whole
 * @param late the segments that start when the others are done
 * @param refused the segments whose connections are refused
 * @param unreachable the segments whose connections are never answered
 */
public record SegmentFaults(
        Duration readDelay,
        long bytesPerSecond,
        Set<Integer> cut,
        long cutAfter,
        boolean duplicatePosts,
        int lostReplies,
        Set<Integer> late,
        Set<Integer> refused,
        Set<Integer> unreachable) {

    public SegmentFaults {
        cut = Set.copyOf(cut);
        late = Set.copyOf(late);
        refused = Set.copyOf(refused);
        unreachable = Set.copyOf(unreachable);
    }
}
