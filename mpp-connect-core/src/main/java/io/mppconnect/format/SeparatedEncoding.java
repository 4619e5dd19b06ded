package io.mppconnect.format;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.format.field.ChosenColumn;
import io.mppconnect.format.separated.SeparatedEncoder;
import io.mppconnect.format.separated.Separators;
import java.util.List;
import java.util.function.Supplier;

/**
 * The fields of a row in UTF-8, with a delimiter of one or more characters between them, and no line end:
 *
 * <pre>{@code
 * asCsv().columns("id", "name", "note")
 * asDelimited("||").nullString("").escape("\\")
 * }</pre>
 *
 * <p>CSV begins with the comma as delimiter, the double quote as quote and escape, and nothing without quotes as NULL;
 * other fields with neither quote nor escape, and {@code \N} as NULL. Values are in the text form of the database:
 * {@code t} and {@code f}, {@code 2024-02-29 12:34:56+00}, {@code \x} and hex digits, {@code {1,NULL}}.
 *
 * <p>Where there is a quote, it stands around fields that hold a delimiter, a quote or a line end, and around those that
 * would read as NULL. Where there is only an escape, it stands before delimiters and escapes, and line ends are
 * {@code n} and {@code r} after it. Where there is neither, a row with a value that holds the delimiter, that would read as
 * NULL or that ends the record with a line end cannot be written, and ends the transfer.
 *
 * <p>{@link SeparatedFormat} with the same options reads it back. Immutable; each method returns a changed copy.
 */
public final class SeparatedEncoding implements RecordEncoding {

    static final SeparatedEncoding CSV = new SeparatedEncoding("CSV", Separators.CSV, List.of());

    static final SeparatedEncoding DELIMITED = new SeparatedEncoding("delimited text", Separators.TABS, List.of());

    private final String name;
    private final Separators separators;
    private final List<String> names;

    private SeparatedEncoding(String name, Separators separators, List<String> names) {
        this.name = name;
        this.separators = separators;
        this.names = names;
    }

    /**
     * What stands between fields.
     *
     * @throws MppConnectException when it is empty or holds a NUL character
     */
    public SeparatedEncoding delimiter(String value) {
        Separators.checkDelimiter(name, value);
        return with(separators.withDelimiter(value));
    }

    /** What stands around fields that need it, one character; empty for nothing. */
    public SeparatedEncoding quote(String value) {
        return with(separators.withQuote(value));
    }

    /** What takes the meaning from the character after it, one character; empty for nothing. */
    public SeparatedEncoding escape(String value) {
        return with(separators.withEscape(value));
    }

    /** What NULL is, outside quotes. */
    public SeparatedEncoding nullString(String value) {
        return with(separators.withNullString(value));
    }

    /** Which columns there are, in this order; all by default. */
    public SeparatedEncoding columns(String... columns) {
        return new SeparatedEncoding(name, separators, List.of(columns));
    }

    private SeparatedEncoding with(Separators changed) {
        return new SeparatedEncoding(name, changed, names);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Supplier<RecordEncoder> open(List<Column> columns) {
        Separators valid = separators.validated(name);
        requireOne("quote", valid.quote());
        requireOne("escape", valid.escape());
        boolean escaping = valid.quote().isEmpty() && !valid.escape().isEmpty();
        if (escaping && (SeparatedEncoder.isLetter(valid.delimiter()) || SeparatedEncoder.isLetter(valid.escape()))) {
            throw invalid("delimiter and escape must not begin with b, f, n, r, t or v, which mean something after an"
                    + " escape");
        }
        List<ChosenColumn> chosen = ChosenColumn.of(name, names, columns);
        return () -> new SeparatedEncoder(valid, chosen);
    }

    private void requireOne(String what, String value) {
        if (value.codePointCount(0, value.length()) > 1) {
            throw invalid("the " + what + " must be one character to write it");
        }
    }

    private MppConnectException invalid(String reason) {
        return new MppConnectException(ErrorCode.INVALID_OPTION, "Invalid " + name + " format: " + reason);
    }
}
