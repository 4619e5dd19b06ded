package io.mppconnect.transfer.block;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells the rows of several files, or other origins, apart by their line numbers alone: the database names no origin with
 * an error, only the number that the block's {@code L} frame gave. Each origin has its own million millions of numbers;
 * the first one's are the plain ones. Thread safe.
 */
public final class Origins {

    private static final long RECORDS = 1_000_000_000_000L;

    private final boolean apart;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final Skips skips = new Skips();

    public Origins() {
        this(true);
    }

    private Origins(boolean apart) {
        this.apart = apart;
    }

    /** Where nobody looks the numbers up again: every origin has the plain ones. */
    public static Origins plain() {
        return new Origins(false);
    }

    /** The line number of a record of the origin with this number. */
    public static long line(int number, long record) {
        return number * RECORDS + record;
    }

    /** The number of the origin that a line belongs to. */
    public static int number(long line) {
        return (int) (line / RECORDS);
    }

    /** Which record of its origin a line is. */
    public static long record(long line) {
        return line % RECORDS;
    }

    /** The line number under which the database knows this record. */
    public synchronized long line(String origin, long record) {
        if (!apart) {
            return record;
        }
        int number = numbers.computeIfAbsent(origin, name -> {
            names.add(name);
            return names.size() - 1;
        });
        return line(number, record);
    }

    /**
     * Has lines count on without a gap where records of an origin are missing.
     *
     * @param next the record that the next line would stand for
     * @param record the one that it is to stand for
     * @return whether it does; where nobody looks lines up again, they are the records' own numbers
     */
    public synchronized boolean skip(String origin, long next, long record) {
        if (apart) {
            skips.add(line(origin, next), record);
        }
        return apart;
    }

    /** From this record on, lines are the records' own numbers again. */
    public synchronized void resume(String origin, long record) {
        if (apart && skips.any(number(line(origin, record)))) {
            skips.add(line(origin, record), record);
        }
    }

    /** The record that stands at this one's place, when some before it were skipped. */
    public synchronized long recordAt(String origin, long place) {
        return apart ? skips.record(line(origin, place)) : place;
    }

    /** A record of an origin. */
    public record Place(String origin, long record) {}

    /** The record that the database knows under this number; of one that has none, the number itself. */
    public synchronized Place find(long line) {
        int number = number(line);
        return number < names.size() ? new Place(names.get(number), skips.record(line)) : new Place("", line);
    }

    /** What people call that line. */
    public synchronized String place(long line) {
        int number = number(line);
        return number < names.size() ? "line " + skips.record(line) + " of " + names.get(number) : "line " + line;
    }
}
