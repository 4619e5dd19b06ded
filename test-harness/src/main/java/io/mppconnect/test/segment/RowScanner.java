package io.mppconnect.test.segment;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the bytes that one segment receives into rows, where and how a Greenplum segment does: the first row settles how
 * rows end, a line of {@code \.} ends the data, line numbers count from what the server last said.
 */
final class RowScanner {

    private static final long NO_LINE = Long.MIN_VALUE;

    private final Segment segment;
    private final String url;
    private final boolean csv;
    private final int quote;
    private final int escape;
    private final Bytes text = new Bytes(64 * 1024);
    private final RowTranscoder transcoder;
    private final List<Row> rows = new ArrayList<>();
    private String fileName = "";
    private byte[] raw = new byte[0];
    private int length;
    private int scanned;
    private int rowStart;
    private RowEnd rowEnd;
    private boolean inQuotes;
    private boolean escaped;
    private boolean firstInRow = true;
    private boolean inputEnded;
    private boolean ended;
    private long line = 1;
    private long extraLines;
    private long blockLine = 1;

    private record Row(int contentEnd, int end, int textEnd, long line) {}

    RowScanner(Segment segment, String url, RowFormat format, List<String> columns) {
        this.segment = segment;
        this.url = url;
        this.csv = format.csv();
        this.quote = RowTranscoder.character(format.quote());
        this.escape = format.escape().equals(format.quote())
                ? RowTranscoder.NO_CHARACTER
                : RowTranscoder.character(format.escape());
        this.rowEnd = format.newline();
        this.transcoder = new RowTranscoder(format, columns, text);
    }

    void fileName(String name) {
        fileName = name;
    }

    /** The number of the line to come; 0 when the server knows none. */
    void line(long number) {
        line = number == 0 ? NO_LINE : number;
        blockLine = line;
        extraLines = 0;
    }

    /** The number of the first line since the server last gave one. */
    long blockLine() {
        return blockLine;
    }

    /** Whether the data said that it is over. */
    boolean ended() {
        return ended;
    }

    /** Takes bytes; the rows that they complete. */
    RowBatch take(byte[] bytes, int count) {
        if (length + count > raw.length) {
            raw = Arrays.copyOf(raw, Math.max(length + count, raw.length * 2));
        }
        System.arraycopy(bytes, 0, raw, length, count);
        length += count;
        scan();
        return batch(null);
    }

    /** Takes note that no more bytes come; the rows that this completes. */
    RowBatch finish() {
        inputEnded = true;
        scan();
        String problem = null;
        if (!ended && rowStart < length) {
            boolean unterminated = csv && inQuotes;
            endRow(unterminated ? withoutRowEnd() : length, length);
            problem = unterminated || transcoder.unterminated() ? "unterminated CSV quoted field" : null;
        }
        return batch(problem);
    }

    private int withoutRowEnd() {
        int end = length;
        if (end > rowStart && rowEnd != RowEnd.CR && raw[end - 1] == '\n') {
            end--;
        }
        return end > rowStart && rowEnd != RowEnd.LF && raw[end - 1] == '\r' ? end - 1 : end;
    }

    private void scan() {
        while (scanned < length && !ended) {
            int character = raw[scanned];
            if (scanned + lookahead(character) >= length && !inputEnded) {
                return;
            }
            if (csv) {
                quotes(character);
            }
            if (!(isOpen() && endsRow(character)) && !backslash(character)) {
                firstInRow = false;
                scanned++;
            }
        }
    }

    private static int lookahead(int character) {
        return switch (character) {
            case '\r' -> 1;
            case '\\' -> 3;
            default -> 0;
        };
    }

    private int peek(int ahead) {
        return scanned + ahead < length ? raw[scanned + ahead] : 0;
    }

    private boolean isOpen() {
        return !csv || !inQuotes;
    }

    private void quotes(int character) {
        if (inQuotes && character == escape) {
            escaped = !escaped;
        }
        if (character == quote && !escaped) {
            inQuotes = !inQuotes;
        }
        if (character != escape) {
            escaped = false;
        }
        if (inQuotes && character == (rowEnd == RowEnd.LF ? '\n' : '\r')) {
            extraLines++;
        }
    }

    /** Ends the row when this is where rows end. */
    private boolean endsRow(int character) {
        if (character == '\r') {
            if (rowEnd == RowEnd.UNKNOWN) {
                rowEnd = peek(1) == '\n' ? RowEnd.CRLF : RowEnd.CR;
            }
            if (rowEnd == RowEnd.CRLF && peek(1) == '\n') {
                return endRow(scanned, scanned + 2);
            }
            return rowEnd == RowEnd.CR && endRow(scanned, scanned + 1);
        }
        if (character != '\n') {
            return false;
        }
        if (rowEnd == RowEnd.UNKNOWN) {
            rowEnd = RowEnd.LF;
        }
        return rowEnd == RowEnd.LF && endRow(scanned, scanned + 1);
    }

    /** Looks at what follows a backslash: a row's end, which it does not hide, the end of the data, or any character. */
    private boolean backslash(int character) {
        if (character != '\\' || (csv && !firstInRow)) {
            return false;
        }
        int next = peek(1);
        if (next == '.') {
            return endMarker();
        }
        boolean end = (next == '\n' && rowEnd == RowEnd.LF)
                || (next == '\r' && rowEnd == RowEnd.CR)
                || (next == '\r' && rowEnd == RowEnd.CRLF && peek(2) == '\n');
        boolean unknownEnd = (next == '\n' || next == '\r') && rowEnd == RowEnd.UNKNOWN;
        if (!csv && !end && !unknownEnd && scanned + 1 < length) {
            scanned += 2;
            firstInRow = false;
            return true;
        }
        return false;
    }

    private boolean endMarker() {
        int behind = peek(2);
        boolean marks = behind == '\n' || behind == '\r' || scanned + 2 >= length;
        if (!marks) {
            if (!csv) {
                scanned += 2;
                firstInRow = false;
            }
            return !csv;
        }
        if (scanned > rowStart) {
            endRow(scanned, scanned);
        }
        ended = true;
        return true;
    }

    private boolean endRow(int contentEnd, int end) {
        transcoder.row(raw, rowStart, contentEnd);
        line += extraLines;
        rows.add(new Row(contentEnd, end, text.length(), line));
        line++;
        extraLines = 0;
        rowStart = end;
        scanned = end;
        inQuotes = false;
        escaped = false;
        firstInRow = true;
        return true;
    }

    private RowBatch batch(@Nullable String lastRowProblem) {
        RowBatch batch = new RowBatch(
                segment,
                url,
                fileName,
                Arrays.copyOf(raw, rowStart),
                rows.stream().mapToInt(Row::end).toArray(),
                rows.stream().mapToInt(Row::contentEnd).toArray(),
                text.toArray(),
                rows.stream().mapToInt(Row::textEnd).toArray(),
                rows.stream().mapToLong(Row::line).toArray(),
                lastRowProblem);
        System.arraycopy(raw, rowStart, raw, 0, length - rowStart);
        length -= rowStart;
        scanned -= rowStart;
        rowStart = 0;
        rows.clear();
        text.truncate(0);
        return batch;
    }
}
