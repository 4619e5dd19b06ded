package io.mppconnect;

import java.time.Duration;
import java.util.List;
import java.util.StringJoiner;

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
     * @param route {@link Route#SEGMENTS}, {@link Route#RETRIEVE} or {@link Route#COORDINATOR}; {@link Route#AUTO} when none
     *     was taken, for there was nothing to move
     * @param reason why it was this one, when {@link Route#AUTO} had the choice, or why it was none; else empty
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

    /** One line: how many rows by which route in what time, and what became of them. */
    @Override
    public String toString() {
        if (route.route() == Route.AUTO) {
            return name + ": nothing moved, " + route.reason();
        }
        StringJoiner line = new StringJoiner(", ", name + ": ", "");
        line.add(Figures.count(rows, "row") + " by " + route.route() + " in " + Figures.seconds(elapsed));
        line.add(DataSize.ofBytes(bytes) + " in " + Figures.count(blocks, "block")
                + (segments.isEmpty() ? "" : " over " + Figures.count(segments.size(), "segment")));
        if (!tables.isEmpty()) {
            line.add(Figures.count(inserted()) + " inserted");
        }
        addUnlessZero(line, updated(), "updated");
        addUnlessZero(line, deleted(), "deleted");
        addUnlessZero(line, rejected, "rejected");
        if (commits != 1) {
            line.add(Figures.count(commits, "commit"));
        }
        return line.toString();
    }

    private static void addUnlessZero(StringJoiner line, long number, String what) {
        if (number != 0) {
            line.add(Figures.count(number) + " " + what);
        }
    }
}
