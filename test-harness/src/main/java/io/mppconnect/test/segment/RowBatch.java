package io.mppconnect.test.segment;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whole rows that one segment read: as received, and as PostgreSQL's COPY reads them (TEXT, tabs between fields,
 * {@code \N} for NULL, one line each).
 */
public final class RowBatch {

    private final Segment segment;
    private final String url;
    private final String fileName;
    private final byte[] received;
    private final int[] receivedEnds;
    private final int[] contentEnds;
    private final byte[] text;
    private final int[] textEnds;
    private final long[] lines;
    private final @Nullable String lastRowProblem;

    RowBatch(
            Segment segment,
            String url,
            String fileName,
            byte[] received,
            int[] receivedEnds,
            int[] contentEnds,
            byte[] text,
            int[] textEnds,
            long[] lines,
            @Nullable String lastRowProblem) {
        this.segment = segment;
        this.url = url;
        this.fileName = fileName;
        this.received = received;
        this.receivedEnds = receivedEnds;
        this.contentEnds = contentEnds;
        this.text = text;
        this.textEnds = textEnds;
        this.lines = lines;
        this.lastRowProblem = lastRowProblem;
    }

    public Segment segment() {
        return segment;
    }

    /** The location as written in the table's definition. */
    public String url() {
        return url;
    }

    /** The location, and the name that the server last gave, as error logs show it. */
    public String source() {
        return fileName.isEmpty() ? url : url + " [" + fileName + "]";
    }

    public int rows() {
        return lines.length;
    }

    /** How many bytes this batch keeps in memory. */
    public int size() {
        return received.length + text.length;
    }

    /** Rows {@code from} to {@code to} as COPY reads them. Rows end in LF. */
    public byte[] text(int from, int to) {
        return Arrays.copyOfRange(text, from == 0 ? 0 : textEnds[from - 1], to == 0 ? 0 : textEnds[to - 1]);
    }

    /** A row as received, without its end. */
    public byte[] received(int row) {
        return Arrays.copyOfRange(received, row == 0 ? 0 : receivedEnds[row - 1], contentEnds[row]);
    }

    /** The line number that the database reports for a row; 0 or less when it knows none. */
    public long line(int row) {
        return lines[row];
    }

    /** What is wrong with the last row for a reader of CSV, or null. */
    public @Nullable String lastRowProblem() {
        return lastRowProblem;
    }
}
