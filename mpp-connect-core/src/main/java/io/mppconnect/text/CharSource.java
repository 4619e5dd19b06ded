package io.mppconnect.text;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;

/** The characters of a reader, looked at one by one; those of the current row are kept. */
final class CharSource {

    private static final int FIRST_CAPACITY = 8192;

    private final Reader reader;
    private final String charset;
    private final int maxRow;

    private char[] buffer = new char[FIRST_CAPACITY];
    private int row;
    private int next;
    private int limit;
    private boolean ended;
    private long line;

    /**
     * The characters of a reader.
     *
     * @param charset what messages call the charset
     */
    CharSource(Reader reader, String charset, int maxRow) {
        this.reader = reader;
        this.charset = charset;
        this.maxRow = maxRow;
    }

    void startRow(long rowLine) {
        row = next;
        line = rowLine;
    }

    /** Whether there are so many characters more. */
    boolean has(int count) throws IOException {
        while (limit - next < count) {
            if (ended) {
                return false;
            }
            fill();
        }
        return true;
    }

    /** Whether this is what comes next; nothing never does. */
    boolean at(char[] mark) throws IOException {
        return at(0, mark);
    }

    /** Whether the one and then the other come next. */
    boolean at(char[] first, char[] second) throws IOException {
        return at(0, first) && at(first.length, second);
    }

    /** The next character, which must be there. */
    char peek() {
        return buffer[next];
    }

    /** Takes the next character, which must be there. */
    char take() {
        return buffer[next++];
    }

    void skip(char[] mark) {
        next += mark.length;
    }

    /** How many characters of the row were taken. */
    int offset() {
        return next - row;
    }

    /** Whether the characters taken since {@code offset} are these. */
    boolean equalsSince(int offset, char[] characters) {
        return Arrays.equals(buffer, row + offset, next, characters, 0, characters.length);
    }

    private boolean at(int distance, char[] mark) throws IOException {
        if (mark.length == 0 || (next + distance < limit && buffer[next + distance] != mark[0])) {
            return false;
        }
        if (!has(distance + mark.length)) {
            return false;
        }
        for (int i = 0; i < mark.length; i++) {
            if (buffer[next + distance + i] != mark[i]) {
                return false;
            }
        }
        return true;
    }

    /** Refuses a row that is longer than it may be. */
    void checkLength() {
        if (next - row > maxRow) {
            throw new MppConnectException(
                    ErrorCode.BAD_DATA,
                    "Cannot read line " + line + ": its row is longer than " + maxRow + " characters");
        }
    }

    private void fill() throws IOException {
        checkLength();
        if (row > 0) {
            System.arraycopy(buffer, row, buffer, 0, limit - row);
            next -= row;
            limit -= row;
            row = 0;
        }
        if (limit == buffer.length) {
            buffer = Arrays.copyOf(buffer, 2 * limit);
        }
        try {
            int count = reader.read(buffer, limit, buffer.length - limit);
            ended = count < 0;
            limit += Math.max(count, 0);
        } catch (CharacterCodingException e) {
            throw new MppConnectException(
                    ErrorCode.BAD_DATA,
                    "Cannot read on from line " + line + ": there are bytes that are not of " + charset
                            + "; name the charset that the text is in",
                    e);
        }
    }
}
