package io.mppconnect.transfer.block;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Which lines stand for other records than their numbers say, because records before them are missing. Of each origin the
 * last change is kept, for all lines behind it; of those before it the last million of all origins, which is more than the
 * rows under way have. Guarded by its {@link Origins}.
 */
final class Skips {

    private static final int FIRST = 64;

    /** Most origins have none or one, and there may be very many of them. */
    private static final int FIRST_OF_ORIGIN = 2;

    private static final int MOST = 1 << 20;

    private final Map<Integer, Changes> origins = new HashMap<>();

    /** The origins of the changes that were followed by others, in the order in which these came; a ring when full. */
    private int[] order = new int[FIRST];

    private int size;
    private int next;

    /** From this line on, until the next one that was added, lines stand for this record and those that follow it. */
    void add(long line, long record) {
        int origin = Origins.number(line);
        Changes changes = origins.computeIfAbsent(origin, any -> new Changes());
        if (!changes.put(line, record) || changes.count() == 1) {
            return;
        }
        if (size == MOST) {
            forget(order[next]);
        } else if (++size > order.length) {
            order = Arrays.copyOf(order, 2 * order.length);
        }
        order[next] = origin;
        next = (next + 1) % MOST;
    }

    private void forget(int origin) {
        Changes changes = origins.get(origin);
        if (changes != null) {
            changes.forgetFirst();
        }
    }

    /** Whether lines of the origin with this number are known. */
    boolean any(int origin) {
        return origins.containsKey(origin);
    }

    /** The record that a line stands for; a record before it, when that is forgotten. */
    long record(long line) {
        Changes changes = origins.get(Origins.number(line));
        return changes == null ? Origins.record(line) : changes.record(line);
    }

    /** Those of one origin, sorted by their lines, for most come in this order. */
    private static final class Changes {

        private long[] lines = new long[FIRST_OF_ORIGIN];
        private long[] records = new long[FIRST_OF_ORIGIN];
        private int from;
        private int to;

        /** Whether there is one more, and none of the same line. */
        boolean put(long line, long record) {
            int found = from == to || lines[to - 1] < line ? ~to : Arrays.binarySearch(lines, from, to, line);
            if (found >= 0) {
                records[found] = record;
                return false;
            }
            int place = ~found;
            if (to == lines.length) {
                place -= from;
                makeRoom();
            }
            System.arraycopy(lines, place, lines, place + 1, to - place);
            System.arraycopy(records, place, records, place + 1, to - place);
            lines[place] = line;
            records[place] = record;
            to++;
            return true;
        }

        /** Moves all to the beginning, of longer arrays if little was forgotten. */
        private void makeRoom() {
            int length = from >= lines.length / 2 ? lines.length : 2 * lines.length;
            lines = Arrays.copyOf(Arrays.copyOfRange(lines, from, to), length);
            records = Arrays.copyOf(Arrays.copyOfRange(records, from, to), length);
            to -= from;
            from = 0;
        }

        int count() {
            return to - from;
        }

        void forgetFirst() {
            from++;
        }

        long record(long line) {
            int found = Arrays.binarySearch(lines, from, to, line);
            int place = found >= 0 ? found : ~found - 1;
            return place < from ? Origins.record(line) : records[place] + line - lines[place];
        }
    }
}
