package io.mppconnect.transfer.block;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which line numbers were given to rows, as few ranges as possible. Thread safe. */
public final class LineRanges {

    /** How far apart two ranges may be and still be one: the lines of a row that holds line ends, rows set aside. */
    private static final long GAP = 1_000;

    private final TreeMap<Long, Long> ends = new TreeMap<>();

    /** Lines from one to another. */
    public record Range(long first, long last) {}

    synchronized void add(long first, long last) {
        Map.Entry<Long, Long> before = ends.floorEntry(first);
        if (before != null && first - before.getValue() <= GAP) {
            ends.put(before.getKey(), Math.max(last, before.getValue()));
        } else {
            ends.put(first, last);
        }
    }

    /** All ranges, in order. */
    public synchronized List<Range> all() {
        List<Range> all = new ArrayList<>();
        ends.forEach((first, last) -> all.add(new Range(first, last)));
        return all;
    }
}
