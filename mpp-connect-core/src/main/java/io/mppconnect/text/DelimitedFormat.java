package io.mppconnect.text;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.ArrayList;
import java.util.List;

/**
 * The format of rows that {@link FieldScanner} reads: like {@link RowFormat}, but with delimiter, quote and escape of
 * any length and of any characters.
 *
 * @param kind TEXT with escapes, or CSV with quotes
 * @param delimiter between two fields
 * @param quote around CSV fields; empty for none
 * @param escape before what is not to be taken for a quote, or with TEXT for anything special; empty for none
 * @param nullString what stands for NULL: as it is in TEXT, without quotes in CSV
 * @param newline what ends a row
 */
public record DelimitedFormat(
        RowFormat.Kind kind, String delimiter, String quote, String escape, String nullString, Newline newline) {

    /**
     * A format that is possible.
     *
     * @throws MppConnectException with every problem found
     */
    public DelimitedFormat {
        List<String> problems = new ArrayList<>();
        if (delimiter.isEmpty()) {
            problems.add("the delimiter is empty");
        }
        boolean csv = kind == RowFormat.Kind.CSV;
        for (String mark : List.of(delimiter, quote, escape, nullString)) {
            if (mark.indexOf('\n') >= 0 || mark.indexOf('\r') >= 0) {
                problems.add("delimiter, quote, escape and NULL string must not contain a line end");
                break;
            }
        }
        if (csv && overlap(delimiter, quote)) {
            problems.add("delimiter and quote must not begin with each other");
        }
        if (overlap(delimiter, escape)) {
            problems.add("delimiter and escape must not begin with each other");
        }
        if (csv && !quote.equals(escape) && overlap(quote, escape)) {
            problems.add("quote and escape must not begin with each other, unless they are the same");
        }
        if (nullString.contains(delimiter) && !delimiter.isEmpty()) {
            problems.add("the NULL string must not contain the delimiter");
        }
        if (!problems.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Invalid delimited " + kind + " format: " + String.join("; ", problems));
        }
    }

    /** TEXT of the given delimiter, with escape {@code \}, NULL as {@code \N}, and LF. */
    public static DelimitedFormat text(String delimiter) {
        return new DelimitedFormat(RowFormat.Kind.TEXT, delimiter, "", "\\", "\\N", Newline.LF);
    }

    /** CSV of the given delimiter, with quote and escape {@code "}, NULL as nothing without quotes, and LF. */
    public static DelimitedFormat csv(String delimiter) {
        return new DelimitedFormat(RowFormat.Kind.CSV, delimiter, "\"", "\"", "", Newline.LF);
    }

    /** The same format with another quote. */
    public DelimitedFormat withQuote(String value) {
        return new DelimitedFormat(kind, delimiter, value, escape, nullString, newline);
    }

    /** The same format with another escape. */
    public DelimitedFormat withEscape(String value) {
        return new DelimitedFormat(kind, delimiter, quote, value, nullString, newline);
    }

    /** The same format with another NULL string. */
    public DelimitedFormat withNullString(String value) {
        return new DelimitedFormat(kind, delimiter, quote, escape, value, newline);
    }

    /** The same format with another line end. */
    public DelimitedFormat withNewline(Newline value) {
        return new DelimitedFormat(kind, delimiter, quote, escape, nullString, value);
    }

    private static boolean overlap(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && (one.startsWith(other) || other.startsWith(one));
    }
}
