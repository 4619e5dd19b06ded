package io.mppconnect.transfer.block;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Which lines stand for other records than their numbers say, because records before them are missing. The last million
 * changes are kept, which is more than the rows under way have. Guarded by its {@link Origins}.
 */
final class Skips {

    private static final int FIRST = 64;
    private static final int MOST = 1 << 20;

    private final Set<Integer> origins = new HashSet<>();
    private long[] lines = new long[FIRST];
    private long[] records = new long[FIRST];
    private int size;
    private int next;

    /** From this line on, until the next one that is added, lines stand for this record and those that follow it. */
    void add(long line, long record) {
        if (next == lines.length && next < MOST) {
            lines = Arrays.copyOf(lines, 2 * next);
            records = Arrays.copyOf(records, 2 * next);
        }
        next %= lines.length;
        lines[next] = line;
        records[next] = record;
        next++;
        size = Math.max(size, next);
        origins.add(Origins.number(line));
    }

    /** Whether lines of the origin with this number were added. */
    boolean any(int origin) {
        return origins.contains(origin);
    }

    /** The record that a line stands for; a record before it, when that is forgotten. */
    long record(long line) {
        int origin = Origins.number(line);
        int best = -1;
        for (int i = 0; i < size; i++) {
            boolean before = lines[i] <= line && Origins.number(lines[i]) == origin;
            if (before && (best < 0 || lines[i] >= lines[best])) {
                best = i;
            }
        }
        return best < 0 ? Origins.record(line) : records[best] + line - lines[best];
    }
}
