package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.text.DelimitedFormat;
import io.mppconnect.text.RowFormat;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes rows of text so that any reader of their format gives them back unchanged. */
final class RowText {

    private final DelimitedFormat format;
    private final boolean csv;
    private final char delimiterStart;

    /**
     * Writes in a format.
     *
     * @throws MppConnectException when its delimiter could not be told from an escaped letter
     */
    RowText(DelimitedFormat format) {
        this.format = format;
        this.csv = format.kind() == RowFormat.Kind.CSV;
        this.delimiterStart = format.delimiter().charAt(0);
        if (!csv && delimiterStart < 128 && Character.isLetterOrDigit(delimiterStart)) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid TEXT format: the delimiter must not start with a letter or digit");
        }
    }

    /** A row of values that are all there, with its terminator. */
    String row(List<String> values) {
        StringBuilder row = new StringBuilder();
        for (Iterator<String> rest = values.iterator(); rest.hasNext(); ) {
            value(row, rest.next());
            if (rest.hasNext()) {
                delimiter(row);
            }
        }
        end(row);
        return row.toString();
    }

    void delimiter(StringBuilder row) {
        row.append(format.delimiter());
    }

    void end(StringBuilder row) {
        row.append(format.newline().characters());
    }

    /** Whether a value can be written at all: without escapes TEXT has no way to write delimiters and line ends. */
    boolean holds(String value) {
        return csv || !format.escape().isEmpty() || value.chars().noneMatch(this::special);
    }

    /** Appends one value, or NULL. */
    void value(StringBuilder row, @Nullable String value) {
        if (value == null) {
            row.append(format.nullString());
        } else if (csv) {
            csv(row, value);
        } else {
            text(row, value);
        }
    }

    private void csv(StringBuilder row, String value) {
        String quote = format.quote();
        String escape = format.escape();
        // The first character of a longer delimiter could make one up with the delimiter that follows the value.
        boolean plain = !value.equals(format.nullString())
                && value.indexOf(delimiterStart) < 0
                && value.indexOf('\n') < 0
                && value.indexOf('\r') < 0
                && !value.contains(quote);
        if (plain) {
            row.append(value);
            return;
        }
        String escaped = escape.equals(quote) ? value : value.replace(escape, escape + escape);
        row.append(quote).append(escaped.replace(quote, escape + quote)).append(quote);
    }

    private void text(StringBuilder row, String value) {
        String escape = format.escape();
        for (int index = 0; index < value.length(); index++) {
            char character = value.charAt(index);
            boolean lineEnd = character == '\n' || character == '\r';
            if (special(character)) {
                row.append(escape);
            }
            row.append(!lineEnd ? character : character == '\n' ? 'n' : 'r');
        }
    }

    private boolean special(int character) {
        return character == '\n'
                || character == '\r'
                || character == delimiterStart
                || format.escape().indexOf(character) >= 0;
    }
}
