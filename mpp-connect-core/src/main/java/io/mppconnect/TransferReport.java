package io.mppconnect;

import java.time.Duration;
import java.util.List;

/**
 * What a committed transfer did.
 *
 * @param rows how many rows were inserted, or unloaded
 * @param rejected how many rows were set aside instead; of an unload, 0
 * @param bytes how many bytes they were on the wire
 * @param blocks how many blocks, or POSTs, they travelled in
 * @param elapsed from start to commit
 * @param waitedForSource how long segments waited for rows, summed over segments; of an unload, zero
 * @param waitedForSegments how long workers waited because segments were behind, summed over workers; of an unload, how
 *     long segments waited for the target
 * @param sql the statements that ran, in order, without bound values
 */
public record TransferReport(
        String name,
        long rows,
        long rejected,
        long bytes,
        long blocks,
        Duration elapsed,
        Duration waitedForSource,
        Duration waitedForSegments,
        List<SegmentPart> segments,
        List<SplitPart> splits,
        List<String> sql) {

    public TransferReport {
        segments = List.copyOf(segments);
        splits = List.copyOf(splits);
        sql = List.copyOf(sql);
    }

    /**
     * What one segment took or sent.
     *
     * @param segment its content id
     * @param address where its requests came from
     */
    public record SegmentPart(int segment, String address, long rows, long bytes, long blocks) {}

    /** What one split of the source gave. */
    public record SplitPart(String name, long rows, long bytes) {}

    /** One line: rows, bytes, seconds. */
    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%s: %,d rows%s, %s in %d blocks over %d segments in %.3f s",
                name,
                rows,
                rejected == 0 ? "" : String.format(java.util.Locale.ROOT, " and %,d rejected", rejected),
                DataSize.ofBytes(bytes),
                blocks,
                segments.size(),
                elapsed.toNanos() / 1e9);
    }
}
