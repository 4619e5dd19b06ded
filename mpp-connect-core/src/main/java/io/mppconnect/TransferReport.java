package io.mppconnect;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a committed transfer did.
 *
 * @param rows how many rows the source gave, but for those set aside, or were unloaded
 * @param rejected how many rows were set aside; of an unload, 0
 * @param bytes how many bytes they were on the wire
 * @param blocks how many blocks, or POSTs, they travelled in
 * @param commits how many commits made them visible; 0 when there was nothing to do
 * @param elapsed from start to the last commit
 * @param waitedForSource how long segments waited for rows, summed over segments; of an unload, zero
 * @param waitedForSegments how long workers waited because segments were behind, summed over workers; of an unload, how
 *     long segments waited for the target
 * @param route the way the rows took
 * @param tables what became of the rows in each table that was written, in the order the tables were given
 * @param sql the statements that ran, each once, in order, without bound values
 */
public record TransferReport(
        String name,
        long rows,
        long rejected,
        long bytes,
        long blocks,
        long commits,
        Duration elapsed,
        Duration waitedForSource,
        Duration waitedForSegments,
        List<SegmentPart> segments,
        List<SplitPart> splits,
        RouteTaken route,
        List<TablePart> tables,
        List<String> sql) {

    public TransferReport {
        segments = List.copyOf(segments);
        splits = List.copyOf(splits);
        tables = List.copyOf(tables);
        sql = List.copyOf(sql);
    }

    /**
     * What one segment took or sent.
     *
     * @param segment its content id
     * @param address where its requests came from
     */
    public record SegmentPart(int segment, String address, long rows, long bytes, long blocks) {}

    /**
     * The way the rows took.
     *
     * @param route {@link Route#SEGMENTS}, {@link Route#RETRIEVE} or {@link Route#COORDINATOR}
     * @param reason why it was this one, when {@link Route#AUTO} had the choice; else empty
     */
    public record RouteTaken(Route route, String reason) {}

    /** What one split of the source gave. */
    public record SplitPart(String name, long rows, long bytes) {}

    /**
     * What a load changed in one table. Rows that a filter left out, that matched nothing or for which a condition did
     * not hold are in none of the numbers.
     *
     * @param table with its schema
     */
    public record TablePart(String table, long inserted, long updated, long deleted) {}

    /** How many rows were inserted, over all tables. */
    public long inserted() {
        return tables.stream().mapToLong(TablePart::inserted).sum();
    }

    /** How many rows were updated, over all tables. */
    public long updated() {
        return tables.stream().mapToLong(TablePart::updated).sum();
    }

    /** How many rows were deleted, over all tables; truncated ones do not count. */
    public long deleted() {
        return tables.stream().mapToLong(TablePart::deleted).sum();
    }

    /** One line: rows, bytes, seconds. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: %,d rows%s, %s in %d blocks over %d segments in %.3f s",
                name,
                rows,
                rejected == 0 ? "" : String.format(Locale.ROOT, " and %,d rejected", rejected),
                DataSize.ofBytes(bytes),
                blocks,
                segments.size(),
                elapsed.toNanos() / 1e9);
    }
}
