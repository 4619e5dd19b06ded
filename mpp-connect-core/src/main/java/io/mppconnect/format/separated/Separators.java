package io.mppconnect.format.separated;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;

/** What tells fields apart; empty for what there is not. */
public record Separators(String delimiter, String quote, String escape, String nullString) {

    public static final Separators CSV = new Separators(",", "\"", "\"", "");
    public static final Separators TABS = new Separators("\t", "", "", "\\N");

    public Separators withDelimiter(String value) {
        return new Separators(value, quote, escape, nullString);
    }

    public Separators withQuote(String value) {
        return new Separators(delimiter, value, escape, nullString);
    }

    public Separators withEscape(String value) {
        return new Separators(delimiter, quote, value, nullString);
    }

    public Separators withNullString(String value) {
        return new Separators(delimiter, quote, escape, value);
    }

    /**
     * Makes sure that a text can be a delimiter.
     *
     * @throws MppConnectException when it cannot
     */
    public static void checkDelimiter(String format, String value) {
        if (value.isEmpty() || value.indexOf(0) >= 0) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid " + format + " format: the delimiter must be one or more characters other than NUL");
        }
    }

    public Separators validated(String format) {
        clash(format, "delimiter", delimiter, "quote", quote);
        clash(format, "delimiter", delimiter, "escape", escape);
        if (!quote.equals(escape)) {
            clash(format, "quote", quote, "escape", escape);
        }
        clashOf(format, "NULL string", nullString.contains(delimiter), "the delimiter");
        clashOf(format, "NULL string", !quote.isEmpty() && nullString.contains(quote), "the quote");
        clashOf(format, "delimiter", hasLineEnd(delimiter), "a line end");
        clashOf(format, "NULL string", hasLineEnd(nullString), "a line end");
        return this;
    }

    private static boolean hasLineEnd(String text) {
        return text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0;
    }

    private static void clash(String format, String what, String one, String other, String another) {
        if (!one.isEmpty() && !another.isEmpty() && (one.startsWith(another) || another.startsWith(one))) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid " + format + " format: " + what + " and " + other + " must not begin with each other");
        }
    }

    private static void clashOf(String format, String what, boolean contained, String other) {
        if (contained) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid " + format + " format: the " + what + " must not contain " + other);
        }
    }
}
