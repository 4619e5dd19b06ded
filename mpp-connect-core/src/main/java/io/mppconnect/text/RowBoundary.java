package io.mppconnect.text;

/**
 * Finds where rows end in bytes that arrive piece by piece, as the segments see it. Used by one thread.
 *
 * <p>In TEXT every row terminator ends a row, one after an escape character too. In CSV those between quotes do not;
 * quotes count wherever they stand in a field, and an escape character counts between quotes only.
 */
public final class RowBoundary {

    private static final byte CR = '\r';
    private static final int NONE = -1;

    private final boolean csv;
    private final boolean pair;
    private final boolean toggling;
    private final byte quote;
    private final byte end;
    private final long quotes;
    private final long escapes;
    private final long ends;

    private int rows;
    private int lines;
    private int openLines;
    private boolean open;
    private boolean insideQuotes;
    private boolean escaping;
    private boolean afterCr;

    private RowBoundary(RowFormat format) {
        csv = format.isCsv();
        pair = format.newline() == Newline.CRLF;
        quote = (byte) format.quote();
        int escape = format.escape().orElse(quote);
        toggling = escape == quote;
        end = (byte) (format.newline() == Newline.CR ? '\r' : '\n');
        ends = Words.spread(end);
        quotes = csv ? Words.spread(quote) : ends;
        escapes = csv ? Words.spread(escape) : ends;
    }

    /** Starts before the first row. */
    public static RowBoundary of(RowFormat format) {
        return new RowBoundary(format);
    }

    /**
     * Takes the next bytes.
     *
     * @return the index just after the last row end among them, or -1
     */
    public int scan(byte[] bytes, int from, int to) {
        return csv || pair ? scanStates(bytes, from, to, Integer.MAX_VALUE) : scanSingle(bytes, from, to);
    }

    /**
     * Takes the next bytes up to the end of a row: of the {@code maxRows}th one, or all bytes when there are fewer.
     * Bytes after that row are not taken and are to be given again.
     *
     * @return the index just after the last row end among the bytes taken, or -1
     */
    public int scanRows(byte[] bytes, int from, int to, int maxRows) {
        if (maxRows > 0) {
            return scanStates(bytes, from, to, maxRows);
        }
        rows = 0;
        lines = 0;
        return NONE;
    }

    /** How many rows ended among the bytes taken last. */
    public int rows() {
        return rows;
    }

    /** How many lines the rows that ended among the bytes taken last are long: more than rows where line ends are quoted. */
    public int lines() {
        return lines;
    }

    /** Whether a row has begun that has not ended yet. */
    public boolean open() {
        return open;
    }

    /** Whether the bytes taken so far end between quotes. */
    public boolean insideQuotes() {
        return insideQuotes;
    }

    /** Starts again before a first row. */
    public void reset() {
        rows = 0;
        lines = 0;
        openLines = 0;
        open = false;
        insideQuotes = false;
        escaping = false;
        afterCr = false;
    }

    /** Rows end wherever one certain byte is. */
    private int scanSingle(byte[] bytes, int from, int to) {
        int count = 0;
        int next = from;
        for (int words = to - 4 * Words.BYTES; next <= words; next += 4 * Words.BYTES) {
            long first = Words.equal(Words.load(bytes, next), ends);
            long second = Words.equal(Words.load(bytes, next + Words.BYTES), ends);
            long third = Words.equal(Words.load(bytes, next + 2 * Words.BYTES), ends);
            long fourth = Words.equal(Words.load(bytes, next + 3 * Words.BYTES), ends);
            count += Long.bitCount(first | second >>> 1 | third >>> 2 | fourth >>> 3);
        }
        for (; next < to; next++) {
            count += bytes[next] == end ? 1 : 0;
        }
        rows = count;
        lines = count;
        int last = to;
        if (count > 0) {
            while (bytes[last - 1] != end) {
                last--;
            }
        }
        open = count > 0 ? last < to : open || from < to;
        return count > 0 ? last : NONE;
    }

    private int scanStates(byte[] bytes, int from, int to, int maxRows) {
        boolean inside = insideQuotes;
        int escaped = escaping ? from : NONE;
        int last = NONE;
        int openedLines = openLines;
        rows = 0;
        lines = 0;
        for (int next = from; next < to; next += Words.BYTES) {
            long word = Words.load(bytes, next, to);
            long match = Words.equal(word, ends) | Words.equal(word, quotes) | Words.equal(word, escapes);
            for (; match != 0; match = Words.rest(match)) {
                int at = next + Words.index(match);
                byte value = bytes[at];
                if (value == end) {
                    if (pair && (at > from ? bytes[at - 1] != CR : !afterCr)) {
                        continue;
                    }
                    openedLines++;
                    if (!inside) {
                        last = at + 1;
                        lines += openedLines;
                        openedLines = 0;
                        if (++rows == maxRows) {
                            to = last;
                            break;
                        }
                    }
                } else if (value == quote && at != escaped) {
                    inside = !inside;
                } else if (inside && at != escaped) {
                    escaped = at + 1;
                }
            }
        }
        if (from < to) {
            open = last < to;
            afterCr = bytes[to - 1] == CR;
            escaping = !toggling && escaped == to;
            insideQuotes = inside;
            openLines = openedLines;
        }
        return last;
    }
}
