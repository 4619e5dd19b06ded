package io.mppconnect.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Finds the fields of one row after the other, and resolves their escapes and quotes when they are looked at. */
final class RowFields {

    private static final byte CR = '\r';
    private static final int NONE = -1;

    /** What is known of a field's value: the bytes are the value. */
    private static final byte READY = 0;

    private static final byte NULL = 1;

    /** Escapes or inner quotes are to be resolved. */
    private static final byte ENCODED = 2;

    private final boolean csv;
    private final boolean pair;
    private final byte delimiter;
    private final byte quote;
    private final byte escape;
    private final byte end;
    private final long delimiters;
    private final long quotes;
    private final long escapes;
    private final long ends;
    private final byte[] nullBytes;
    private final int[] starts;
    private final int[] stops;
    private final byte[] states;

    private byte[] bytes = {};
    private byte[] resolved = {};
    private byte[] values = {};
    private int position;
    private int limit;
    private int count;
    private boolean encoded;

    RowFields(RowFormat format, int fields) {
        csv = format.isCsv();
        pair = format.newline() == Newline.CRLF;
        end = (byte) (format.newline() == Newline.CR ? '\r' : '\n');
        delimiter = (byte) format.delimiter();
        quote = (byte) format.quote();
        // Without an escape character: one that was looked at already.
        escape = (byte) format.escape().orElse(delimiter);
        ends = Words.spread(end);
        delimiters = Words.spread(delimiter);
        escapes = Words.spread(escape);
        quotes = csv ? Words.spread(quote) : delimiters;
        nullBytes = format.nullString().getBytes(StandardCharsets.UTF_8);
        starts = new int[fields];
        stops = new int[fields];
        states = new byte[fields];
    }

    void reset(byte[] source, int from, int to) {
        bytes = source;
        position = from;
        limit = to;
        count = 0;
    }

    /** Whether there is another row to find the fields of. */
    boolean hasNext() {
        return position < limit;
    }

    /** How many fields the row has, also when there is room for fewer. */
    int count() {
        return count;
    }

    boolean isNull(int field) {
        return states[field] == NULL;
    }

    /** The array that the row's values are in. */
    byte[] values() {
        return values;
    }

    int start(int field) {
        resolve(field);
        return starts[field];
    }

    int stop(int field) {
        resolve(field);
        return stops[field];
    }

    /**
     * Finds the fields of the next row.
     *
     * @return whether its quotes are closed
     */
    boolean next() {
        count = 0;
        encoded = false;
        values = bytes;
        int row = position;
        boolean closed = csv ? nextCsv() : nextText();
        if (encoded) {
            copyRow(row);
        }
        return closed;
    }

    private boolean nextText() {
        int row = position;
        int start = row;
        int escaped = NONE;
        boolean plain = true;
        for (int next = row; next < limit; next += Words.BYTES) {
            long word = Words.load(bytes, next, limit);
            long match = Words.equal(word, ends) | Words.equal(word, delimiters) | Words.equal(word, escapes);
            for (; match != 0; match = Words.rest(match)) {
                int at = next + Words.index(match);
                byte value = bytes[at];
                if (value == delimiter && at > escaped) {
                    addText(start, at, plain);
                    start = at + 1;
                    plain = true;
                } else if (value == end) {
                    if (!pair || (at > row && bytes[at - 1] == CR)) {
                        position = at + 1;
                        addText(start, pair ? at - 1 : at, plain);
                        return true;
                    }
                } else if (at <= escaped) {
                    // Part of an escape, which may be one of the characters looked for.
                    plain = false;
                } else {
                    escaped = Escapes.last(bytes, at, limit);
                    plain = false;
                }
            }
        }
        position = limit;
        addText(start, limit, plain);
        return true;
    }

    private boolean nextCsv() {
        int row = position;
        int start = row;
        int escaped = NONE;
        boolean inside = false;
        int marks = 0;
        int lastMark = NONE;
        for (int next = row; next < limit; next += Words.BYTES) {
            long word = Words.load(bytes, next, limit);
            long match = Words.equal(word, ends)
                    | Words.equal(word, delimiters)
                    | Words.equal(word, quotes)
                    | Words.equal(word, escapes);
            for (; match != 0; match = Words.rest(match)) {
                int at = next + Words.index(match);
                byte value = bytes[at];
                if (value == quote) {
                    marks++;
                    if (at != escaped) {
                        inside = !inside;
                        lastMark = at;
                    }
                } else if (inside) {
                    if (value == escape && at != escaped) {
                        marks++;
                        escaped = at + 1;
                    }
                } else if (value == delimiter) {
                    addCsv(start, at, marks, lastMark);
                    start = at + 1;
                    marks = 0;
                } else if (value == end && (!pair || (at > row && bytes[at - 1] == CR))) {
                    position = at + 1;
                    addCsv(start, pair ? at - 1 : at, marks, lastMark);
                    return true;
                }
            }
        }
        position = limit;
        addCsv(start, limit, marks, lastMark);
        return !inside;
    }

    private void addText(int start, int stop, boolean plain) {
        if (isNull(start, stop)) {
            add(start, stop, NULL);
        } else {
            add(start, stop, plain ? READY : ENCODED);
        }
    }

    /** Adds a field with so many quotes and, between them, escape characters. */
    private void addCsv(int start, int stop, int marks, int lastMark) {
        if (marks == 0) {
            add(start, stop, isNull(start, stop) ? NULL : READY);
        } else if (marks == 2 && bytes[start] == quote && lastMark == stop - 1 && lastMark > start) {
            add(start + 1, stop - 1, READY);
        } else {
            add(start, stop, ENCODED);
        }
    }

    private boolean isNull(int start, int stop) {
        return stop - start == nullBytes.length
                && (stop == start
                        || (bytes[start] == nullBytes[0]
                                && Arrays.equals(bytes, start, stop, nullBytes, 0, nullBytes.length)));
    }

    private void add(int start, int stop, byte state) {
        if (count < starts.length) {
            starts[count] = start;
            stops[count] = stop;
            states[count] = state;
            encoded |= state == ENCODED;
        }
        count++;
    }

    /** Takes the row into memory of its own, for the bytes that were handed in are not to be changed. */
    private void copyRow(int row) {
        int length = position - row;
        if (resolved.length < length) {
            resolved = new byte[Math.max(length, 2 * resolved.length)];
        }
        System.arraycopy(bytes, row, resolved, 0, length);
        values = resolved;
        for (int i = 0; i < Math.min(count, starts.length); i++) {
            starts[i] -= row;
            stops[i] -= row;
        }
    }

    private void resolve(int field) {
        if (states[field] == ENCODED) {
            states[field] = READY;
            stops[field] = csv
                    ? Escapes.resolveCsv(values, starts[field], stops[field], quote, escape)
                    : Escapes.resolveText(values, starts[field], stops[field], escape);
        }
    }
}
