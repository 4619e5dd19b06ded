package io.mppconnect.text;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The format of rows on the wire, in the words of {@code CREATE EXTERNAL TABLE ... FORMAT}: what segments read and
 * write byte for byte. Immutable.
 *
 * <p>Delimiter, quote and escape are single ASCII characters, as the database wants them; files with others are decoded
 * and encoded anew before they get here.
 */
public final class RowFormat {

    /** TEXT escapes what it must; CSV quotes it. */
    public enum Kind {
        TEXT,
        CSV
    }

    private final Kind kind;
    private final char delimiter;
    private final String nullString;
    private final char quote;
    private final int escape;
    private final Newline newline;
    private final String encoding;

    private RowFormat(
            Kind kind, char delimiter, String nullString, char quote, int escape, Newline newline, String encoding) {
        this.kind = kind;
        this.delimiter = delimiter;
        this.nullString = nullString;
        this.quote = quote;
        this.escape = escape;
        this.newline = newline;
        this.encoding = encoding;
    }

    /** The database's own TEXT: tab, {@code \N}, escape {@code \}, LF, UTF8. */
    public static RowFormat text() {
        return new RowFormat(Kind.TEXT, '\t', "\\N", '"', '\\', Newline.LF, "UTF8");
    }

    /** The database's own CSV: comma, NULL as nothing without quotes, quote and escape {@code "}, LF, UTF8. */
    public static RowFormat csv() {
        return new RowFormat(Kind.CSV, ',', "", '"', '"', Newline.LF, "UTF8");
    }

    /** TEXT or CSV. */
    public Kind kind() {
        return kind;
    }

    /** Whether it is CSV. */
    public boolean isCsv() {
        return kind == Kind.CSV;
    }

    /** What is between two fields. */
    public char delimiter() {
        return delimiter;
    }

    /** What stands for NULL, without quotes. */
    public String nullString() {
        return nullString;
    }

    /** The character around CSV fields. */
    public char quote() {
        return quote;
    }

    /** The escape character; empty for TEXT with {@code ESCAPE 'OFF'}. */
    public OptionalInt escape() {
        return escape < 0 ? OptionalInt.empty() : OptionalInt.of(escape);
    }

    /** What ends a row. */
    public Newline newline() {
        return newline;
    }

    /** The database's name of the encoding, such as {@code UTF8} or {@code LATIN1}; always a superset of ASCII. */
    public String encoding() {
        return encoding;
    }

    /** The same with another delimiter. */
    public RowFormat withDelimiter(char value) {
        return new RowFormat(kind, value, nullString, quote, escape, newline, encoding);
    }

    /** The same with another text for NULL. */
    public RowFormat withNullString(String value) {
        return new RowFormat(kind, delimiter, value, quote, escape, newline, encoding);
    }

    /** The same with another quote; of CSV. */
    public RowFormat withQuote(char value) {
        return new RowFormat(kind, delimiter, nullString, value, escape, newline, encoding);
    }

    /** The same with another escape. */
    public RowFormat withEscape(char value) {
        return new RowFormat(kind, delimiter, nullString, quote, value, newline, encoding);
    }

    /** TEXT whose backslashes are just backslashes. */
    public RowFormat withoutEscape() {
        return new RowFormat(kind, delimiter, nullString, quote, -1, newline, encoding);
    }

    /** The same with another line end. */
    public RowFormat withNewline(Newline value) {
        return new RowFormat(kind, delimiter, nullString, quote, escape, value, encoding);
    }

    /** The same in another encoding, by the database's name for it. */
    public RowFormat withEncoding(String value) {
        return new RowFormat(kind, delimiter, nullString, quote, escape, newline, value);
    }

    /**
     * Refuses what the database would refuse later or, worse, read differently.
     *
     * @throws MppConnectException with every problem found
     */
    public RowFormat validated() {
        List<String> problems = new ArrayList<>();
        ascii("delimiter", delimiter, problems);
        if (isCsv()) {
            ascii("quote", quote, problems);
            if (delimiter == quote) {
                problems.add("delimiter and quote are both " + printable(quote));
            }
            if (nullString.indexOf(quote) >= 0) {
                problems.add("the NULL string must not contain the quote " + printable(quote));
            }
            if (escape < 0) {
                problems.add("CSV needs an escape character");
            }
        } else if (delimiter == '\\' || delimiter == '.' || Character.isLetterOrDigit(delimiter)) {
            problems.add("delimiter " + printable(delimiter)
                    + " is not possible in TEXT: take none of a-z, 0-9, . and backslash");
        }
        if (escape >= 0) {
            ascii("escape", (char) escape, problems);
            if (escape == delimiter && !(isCsv() && quote == delimiter)) {
                problems.add("delimiter and escape are both " + printable(delimiter));
            }
        }
        if (nullString.indexOf(delimiter) >= 0) {
            problems.add("the NULL string must not contain the delimiter " + printable(delimiter));
        }
        if (nullString.indexOf('\n') >= 0 || nullString.indexOf('\r') >= 0) {
            problems.add("the NULL string must not contain a line end");
        }
        if (!problems.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Invalid " + kind + " format: " + String.join("; ", problems));
        }
        return this;
    }

    private static void ascii(String what, char character, List<String> problems) {
        if (character == '\n' || character == '\r' || character == 0 || character > 127) {
            problems.add(what + " must be one ASCII character other than a line end, not " + printable(character));
        }
    }

    private static String printable(char character) {
        return character > ' ' && character < 127 ? "'" + character + "'" : String.format("U+%04X", (int) character);
    }
}
