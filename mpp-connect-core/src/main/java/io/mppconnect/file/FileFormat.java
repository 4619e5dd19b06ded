package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.text.DelimitedFormat;
import io.mppconnect.text.Newline;
import io.mppconnect.text.RowFormat;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * How rows are written in files, which may be in ways that the database does not know.
 *
 * @param quote the character around CSV fields; nothing to TEXT
 * @param escapeOption the escape character, or one of {@link #DEFAULT_ESCAPE} and {@link #NO_ESCAPE}
 * @param newline absent to find it out
 */
record FileFormat(
        RowFormat.Kind kind,
        String delimiter,
        String nullString,
        char quote,
        int escapeOption,
        @Nullable Newline newline,
        Encoding encoding) {

    /** The quote in CSV, the backslash in TEXT. */
    static final int DEFAULT_ESCAPE = -2;

    static final int NO_ESCAPE = -1;

    static FileFormat of(RowFormat defaults) {
        return new FileFormat(
                defaults.kind(),
                String.valueOf(defaults.delimiter()),
                defaults.nullString(),
                defaults.quote(),
                DEFAULT_ESCAPE,
                null,
                Encoding.UTF8);
    }

    boolean isCsv() {
        return kind == RowFormat.Kind.CSV;
    }

    OptionalInt escape() {
        if (escapeOption == DEFAULT_ESCAPE) {
            return OptionalInt.of(isCsv() ? quote : '\\');
        }
        return escapeOption == NO_ESCAPE ? OptionalInt.empty() : OptionalInt.of(escapeOption);
    }

    FileFormat withDelimiter(String value) {
        if (value.isEmpty() || value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0 || value.indexOf(0) >= 0) {
            throw invalid("the delimiter must be one or more characters, none of them a line end");
        }
        return new FileFormat(kind, value, nullString, quote, escapeOption, newline, encoding);
    }

    FileFormat withNullString(String value) {
        return new FileFormat(kind, delimiter, value, quote, escapeOption, newline, encoding);
    }

    FileFormat withQuote(char value) {
        if (!isCsv()) {
            throw invalid("only CSV has a quote");
        }
        return new FileFormat(kind, delimiter, nullString, value, escapeOption, newline, encoding);
    }

    FileFormat withEscape(int value) {
        if (isCsv() && value == NO_ESCAPE) {
            throw invalid("CSV needs an escape character");
        }
        return new FileFormat(kind, delimiter, nullString, quote, value, newline, encoding);
    }

    FileFormat withNewline(Newline value) {
        return new FileFormat(kind, delimiter, nullString, quote, escapeOption, value, encoding);
    }

    FileFormat withEncoding(Encoding value) {
        return new FileFormat(kind, delimiter, nullString, quote, escapeOption, newline, value);
    }

    /** Whether the database reads and writes the very bytes of such files. */
    boolean onTheWire() {
        return encoding.database().isPresent()
                && StandardCharsets.US_ASCII.newEncoder().canEncode(delimiter + quote + escapeText())
                && delimiter.length() == 1;
    }

    private String escapeText() {
        OptionalInt escape = escape();
        return escape.isPresent() ? Character.toString(escape.getAsInt()) : "";
    }

    /**
     * The same in the database's words; LF where the newline is still to be found out.
     *
     * @throws MppConnectException when the database would refuse it
     */
    RowFormat wire() {
        RowFormat format = (isCsv() ? RowFormat.csv() : RowFormat.text())
                .withDelimiter(delimiter.charAt(0))
                .withNullString(nullString)
                .withQuote(quote)
                .withNewline(newline == null ? Newline.LF : newline)
                .withEncoding(encoding.database().orElseThrow());
        OptionalInt escape = escape();
        return (escape.isPresent() ? format.withEscape((char) escape.getAsInt()) : format.withoutEscape()).validated();
    }

    /** Whether rows end in LF, the only way in which segments end those they write. */
    boolean endsRowsAsSegmentsDo() {
        return newline == null || newline == Newline.LF;
    }

    /**
     * The same for decoding and encoding here; LF where no newline is known.
     *
     * @throws MppConnectException when rows in this format could not be told apart
     */
    DelimitedFormat delimited() {
        return new DelimitedFormat(
                kind,
                delimiter,
                isCsv() ? String.valueOf(quote) : "",
                escapeText(),
                nullString,
                newline == null ? Newline.LF : newline);
    }

    private MppConnectException invalid(String reason) {
        return new MppConnectException(ErrorCode.INVALID_OPTION, "Invalid " + kind + " format: " + reason);
    }
}
