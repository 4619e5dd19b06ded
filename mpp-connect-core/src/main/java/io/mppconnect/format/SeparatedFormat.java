package io.mppconnect.format;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.format.field.ChosenField;
import io.mppconnect.format.separated.SeparatedDecoder;
import io.mppconnect.format.separated.Separators;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One row of fields per record, in UTF-8, with a delimiter of one or more characters between them. Without names, the
 * fields are the target's columns in their order:
 *
 * <pre>{@code
 * csv().fields("id", "name", "note")
 * delimited("||").nullString("").fields("id", "name")
 * }</pre>
 *
 * <p>CSV begins with the comma as delimiter, the double quote as quote and escape, and nothing without quotes as NULL;
 * other fields with neither quote nor escape, and {@code \N} as NULL. Between quotes only a quote and an escape before a
 * quote or an escape mean anything. Without quotes, an escape makes {@code b f n r t v} a control character, and any
 * other character itself.
 *
 * <p>A record is bad when it is no UTF-8, holds a NUL character, more or fewer fields, a quote that is not closed or, where
 * there are quotes, a line end outside them. One line end may follow its last field.
 *
 * <p>Immutable; each method returns a changed copy.
 */
public final class SeparatedFormat implements RecordFormat {

    static final SeparatedFormat CSV = new SeparatedFormat("CSV", Separators.CSV, List.of(), Set.of(), false);

    static final SeparatedFormat DELIMITED =
            new SeparatedFormat("delimited text", Separators.TABS, List.of(), Set.of(), false);

    private final String name;
    private final Separators separators;
    private final List<String> fields;
    private final Set<String> neverNull;
    private final boolean filling;

    private SeparatedFormat(
            String name, Separators separators, List<String> fields, Set<String> neverNull, boolean filling) {
        this.name = name;
        this.separators = separators;
        this.fields = fields;
        this.neverNull = neverNull;
        this.filling = filling;
    }

    /**
     * What stands between fields.
     *
     * @throws MppConnectException when it is empty or holds a NUL character
     */
    public SeparatedFormat delimiter(String value) {
        Separators.checkDelimiter(name, value);
        return with(separators.withDelimiter(value));
    }

    /** What stands around fields that hold a delimiter; empty for nothing. */
    public SeparatedFormat quote(String value) {
        return with(separators.withQuote(value));
    }

    /** What takes the meaning from the character after it; empty for nothing. */
    public SeparatedFormat escape(String value) {
        return with(separators.withEscape(value));
    }

    /** What NULL is, outside quotes. */
    public SeparatedFormat nullString(String value) {
        return with(separators.withNullString(value));
    }

    /** What the fields are called, in their order. */
    public SeparatedFormat fields(String... names) {
        return new SeparatedFormat(name, separators, List.of(names), neverNull, filling);
    }

    /** In these fields, what NULL is elsewhere is text like any other; in CSV, nothing between delimiters is the empty one. */
    public SeparatedFormat forceNotNull(String... names) {
        return new SeparatedFormat(name, separators, fields, Set.of(names), filling);
    }

    /** Fields missing at the end of a record are NULL, and do not make it bad. */
    public SeparatedFormat fillMissingFields() {
        return new SeparatedFormat(name, separators, fields, neverNull, true);
    }

    private SeparatedFormat with(Separators changed) {
        return new SeparatedFormat(name, changed, fields, neverNull, filling);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public RecordDecoder open(List<Column> columns) {
        List<String> names = new ArrayList<>(fields);
        if (names.isEmpty()) {
            columns.forEach(column -> names.add(column.name()));
        }
        ChosenField.check(name, names);
        for (String never : neverNull) {
            if (!names.contains(never)) {
                throw new MppConnectException(
                        ErrorCode.COLUMN_MISMATCH,
                        "Cannot read " + name + ": there is no field " + never + ", which is never to be NULL");
            }
        }
        return new SeparatedDecoder(separators.validated(name), names, neverNull, filling);
    }
}
