package io.mppconnect.text;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/**
 * Reads rows out of delimited text that the database cannot read itself. {@link #nextRow} moves to the next row, the
 * other methods tell of that row; nothing is allocated per row or field. Used by one thread.
 *
 * <p>Escapes and quotes mean what they mean to the database: in TEXT an escape before {@code b f n r t v} is a control
 * character, before an octal number or {@code x} and a hexadecimal one that character, before anything else that itself;
 * in CSV an escape counts between quotes only, before a quote or an escape. A row ends at every line end in TEXT, and at
 * every one outside quotes in CSV; the last row needs none.
 */
public final class FieldScanner {

    private static final int FIRST_CAPACITY = 8192;
    private static final int ASCII = 128;
    private static final char[] NOTHING = {};
    private static final char[] HEX = {'x'};

    private final boolean csv;
    private final char[] delimiter;
    private final char[] quote;
    private final char[] escape;
    private final char[] nullString;
    private final char[] newline;
    private final CharSource in;
    private final CharView view = new CharView();

    private char[] values = new char[FIRST_CAPACITY];
    private int length;
    private int[] stops = new int[16];
    private boolean[] nulls = new boolean[16];
    private int fields;
    private long line = 1;
    private long nextLine = 1;

    private FieldScanner(DelimitedFormat format, CharSource in) {
        csv = format.kind() == RowFormat.Kind.CSV;
        delimiter = format.delimiter().toCharArray();
        quote = csv ? format.quote().toCharArray() : NOTHING;
        escape = format.escape().toCharArray();
        nullString = format.nullString().toCharArray();
        newline = format.newline().characters().toCharArray();
        this.in = in;
    }

    /**
     * Reads characters; the reader stays the caller's to close.
     *
     * @param maxRowChars the longest row that is read, in characters
     */
    public static FieldScanner of(DelimitedFormat format, Reader reader, int maxRowChars) {
        return new FieldScanner(format, new CharSource(reader, "its charset", maxRowChars));
    }

    /**
     * Reads bytes of a charset; the stream stays the caller's to close. Bytes that are not of the charset are an error.
     *
     * @param maxRowChars the longest row that is read, in characters
     */
    public static FieldScanner of(DelimitedFormat format, InputStream stream, Charset charset, int maxRowChars) {
        Reader reader = new InputStreamReader(
                stream,
                charset.newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .onUnmappableCharacter(CodingErrorAction.REPORT));
        return new FieldScanner(format, new CharSource(reader, charset.name(), maxRowChars));
    }

    /**
     * Moves to the next row.
     *
     * @return whether there is one
     * @throws MppConnectException when a quote is never closed, the row is too long, or bytes are not of the charset
     */
    public boolean nextRow() throws IOException {
        line = nextLine;
        length = 0;
        fields = 0;
        in.startRow(line);
        if (!in.has(1)) {
            return false;
        }
        boolean more;
        do {
            more = csv ? scanCsv() : scanText();
        } while (more);
        in.checkLength();
        nextLine++;
        return true;
    }

    /** How many fields the row has. */
    public int fields() {
        return fields;
    }

    /** The number of the line that the row starts in, from 1. */
    public long line() {
        return line;
    }

    /** Whether a field is NULL; {@link #field} has its characters even then. */
    public boolean isNull(int field) {
        return nulls[field];
    }

    /** A field's characters, without quotes and escapes; a view that is valid until the next call on this scanner. */
    public CharSequence field(int field) {
        return view.of(values, field == 0 ? 0 : stops[field - 1], stops[field]);
    }

    /** Takes one field, and returns whether another one follows in the row. */
    private boolean scanText() throws IOException {
        int start = in.offset();
        while (in.has(1)) {
            if (in.at(newline)) {
                return endText(start, newline, false);
            }
            if (in.at(delimiter)) {
                return endText(start, delimiter, true);
            }
            if (in.at(escape)) {
                in.skip(escape);
                takeEscaped();
            } else {
                append(in.take());
            }
        }
        return endText(start, NOTHING, false);
    }

    private boolean endText(int start, char[] mark, boolean more) {
        boolean isNull = in.equalsSince(start, nullString);
        in.skip(mark);
        add(isNull);
        return more;
    }

    private void takeEscaped() throws IOException {
        // At the end of a row there is nothing to escape: the database drops the escape, too.
        if (!in.has(1) || in.at(newline)) {
            return;
        }
        if (in.at(delimiter)) {
            in.skip(delimiter);
            append(delimiter);
        } else if (digit(8) >= 0) {
            append(number(8, 3));
        } else if (in.peek() < ASCII && Escapes.letter((byte) in.peek()) != in.peek()) {
            append((char) Escapes.letter((byte) in.take()));
        } else if (in.at(HEX)) {
            takeHex();
        } else if (in.at(escape)) {
            in.skip(escape);
            append(escape);
        } else {
            append(in.take());
        }
    }

    private void takeHex() throws IOException {
        in.skip(HEX);
        append(in.has(1) && digit(16) >= 0 ? number(16, 2) : HEX[0]);
    }

    private char number(int radix, int maxDigits) throws IOException {
        int number = 0;
        for (int i = 0; i < maxDigits && in.has(1) && digit(radix) >= 0; i++) {
            number = number * radix + Character.digit(in.take(), radix);
        }
        if (number >= ASCII) {
            throw refused("it has an escape for a byte beyond ASCII, which is no character by itself");
        }
        return (char) number;
    }

    private int digit(int radix) {
        return in.peek() < ASCII ? Character.digit(in.peek(), radix) : -1;
    }

    /** Takes one field, and returns whether another one follows in the row. */
    private boolean scanCsv() throws IOException {
        int start = length;
        boolean quoted = false;
        while (in.has(1)) {
            if (in.at(newline)) {
                in.skip(newline);
                return endCsv(start, quoted, false);
            }
            if (in.at(delimiter)) {
                in.skip(delimiter);
                return endCsv(start, quoted, true);
            }
            if (in.at(quote)) {
                in.skip(quote);
                quoted = true;
                takeQuoted();
            } else {
                append(in.take());
            }
        }
        return endCsv(start, quoted, false);
    }

    private boolean endCsv(int start, boolean quoted, boolean more) {
        add(!quoted && Arrays.equals(values, start, length, nullString, 0, nullString.length));
        return more;
    }

    private void takeQuoted() throws IOException {
        while (in.has(1)) {
            if (in.at(escape, quote)) {
                in.skip(escape);
                in.skip(quote);
                append(quote);
            } else if (in.at(escape, escape)) {
                in.skip(escape);
                in.skip(escape);
                append(escape);
            } else if (in.at(quote)) {
                in.skip(quote);
                return;
            } else {
                nextLine += in.at(newline) ? 1 : 0;
                append(in.take());
            }
        }
        throw refused("its quote is never closed");
    }

    private void add(boolean isNull) {
        if (fields == stops.length) {
            stops = Arrays.copyOf(stops, 2 * fields);
            nulls = Arrays.copyOf(nulls, 2 * fields);
        }
        stops[fields] = length;
        nulls[fields] = isNull;
        fields++;
    }

    private void append(char character) {
        if (length == values.length) {
            values = Arrays.copyOf(values, 2 * length);
        }
        values[length++] = character;
    }

    private void append(char[] characters) {
        for (char character : characters) {
            append(character);
        }
    }

    private MppConnectException refused(String reason) {
        return new MppConnectException(ErrorCode.BAD_DATA, "Cannot read line " + line + ": " + reason);
    }
}
