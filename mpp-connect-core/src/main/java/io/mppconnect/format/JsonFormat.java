package io.mppconnect.format;

import io.mppconnect.catalog.Column;
import io.mppconnect.format.field.ChosenField;
import io.mppconnect.format.field.FieldPath;
import io.mppconnect.format.json.JsonDecoder;
import java.util.List;

/**
 * One JSON document (RFC 8259, UTF-8) per record. Without fields, every column of the target takes the member of its name;
 * with fields, each takes the value at its path:
 *
 * <pre>{@code
 * json()
 *         .field("id")
 *         .field("city", "$.address.city")
 *         .field("first_line", "lines[0]")
 *         .document("raw")
 * }</pre>
 *
 * <p>A path begins with {@code $}, which may be left out, then names members after a dot or, where a name has dots or
 * brackets, in <code>['...']</code>, and elements of arrays in brackets from 0.
 *
 * <p>What a value becomes follows from the column that the field is named after:
 *
 * <ul>
 *   <li>{@code json} and {@code jsonb} columns take any value as the document spells it, texts with their quotes.
 *   <li>Array columns take JSON arrays, nested ones as dimensions.
 *   <li>All others take the characters of a text, a number's digits as the document spells them, {@code true} and
 *       {@code false}, and of arrays and objects their JSON. The database reads these as it reads any text of the column's
 *       type: of a {@code bytea} that is {@code \x} and hex digits, of a {@code timestamp} no number.
 *   <li>null and what is not there are NULL.
 * </ul>
 *
 * <p>Of members with one name the last counts, but all must be storable. A record is bad when it is no JSON or no object,
 * nests deeper than 1000 levels, is no UTF-8, or lacks a {@linkplain #required required} field, and when a text, also one
 * that another of its name follows, holds {@code \u0000} or half a surrogate pair, which only {@code json} columns take.
 * Bytes in messages count from 0.
 *
 * <p>Immutable; each method returns a changed copy. Needs no library.
 */
public final class JsonFormat implements RecordFormat {

    static final JsonFormat DEFAULT = new JsonFormat(List.of());

    private final List<ChosenField> fields;

    private JsonFormat(List<ChosenField> fields) {
        this.fields = fields;
    }

    /** A field of the member that is called the same, whatever characters its name has. */
    public JsonFormat field(String name) {
        return with(name, FieldPath.ofName(name), false);
    }

    /**
     * A field of the value at a path.
     *
     * @throws io.mppconnect.MppConnectException when it is no path
     */
    public JsonFormat field(String name, String path) {
        return with(name, FieldPath.parse(path), false);
    }

    /** Like {@link #field(String)}; a record where it is null or not there is bad. */
    public JsonFormat required(String name) {
        return with(name, FieldPath.ofName(name), true);
    }

    /**
     * Like {@link #field(String, String)}; a record where it is null or not there is bad.
     *
     * @throws io.mppconnect.MppConnectException when it is no path
     */
    public JsonFormat required(String name, String path) {
        return with(name, FieldPath.parse(path), true);
    }

    /** A field of the whole document. */
    public JsonFormat document(String name) {
        return with(name, new FieldPath(List.of()), false);
    }

    private JsonFormat with(String name, FieldPath path, boolean required) {
        return new JsonFormat(ChosenField.with(fields, new ChosenField(name, path, required)));
    }

    List<ChosenField> fields() {
        return fields;
    }

    @Override
    public String name() {
        return "JSON";
    }

    @Override
    public RecordDecoder open(List<Column> columns) {
        return new JsonDecoder(ChosenField.orColumns(name(), fields, columns), columns);
    }
}
