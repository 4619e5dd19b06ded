package io.mppconnect.format;

import io.mppconnect.catalog.Column;
import io.mppconnect.format.field.ChosenColumn;
import io.mppconnect.format.json.JsonEncoder;
import java.util.List;
import java.util.function.Supplier;

/**
 * One JSON object per row (RFC 8259, UTF-8), with a member for each column, in their order, and no blanks between them:
 *
 * <pre>{@code
 * {"id":7,"name":"Ann","price":12.50,"at":"2024-02-29T12:34:56.7Z","tags":["a",null],"more":{"k":1}}
 * }</pre>
 *
 * <ul>
 *   <li>Numbers have all the digits that the database has of them, up to its 1000 and more of {@code numeric}: read them
 *       as decimals. {@code NaN} and the infinite ones are strings, for JSON has no such numbers.
 *   <li>{@code json} and {@code jsonb} are embedded as they are; a JSON null looks like NULL then.
 *   <li>Arrays are JSON arrays, more dimensions nested ones; where indexes do not begin with 1, that is not told.
 *   <li>{@code bytea} is a string of {@code \x} and hex digits.
 *   <li>Dates and times are strings of ISO 8601; with time zone they end in {@code Z} for UTC, which transfers ask for.
 *       Infinite ones and those before Christ are spelled as the database does: {@code infinity}, {@code 0044-03-15 BC};
 *       years after 9999 have no sign.
 *   <li>All others are strings of the text that the database writes: money, intervals, enums, rows.
 *   <li>NULL is null.
 * </ul>
 *
 * <p>{@link JsonFormat} reads all of it back into columns of the same types, but for a JSON null, which is NULL then, also
 * within an array of {@code json}, and for the indexes of arrays, which begin with 1 then.
 *
 * <p>Immutable; each method returns a changed copy. Needs no library.
 */
public final class JsonEncoding implements RecordEncoding {

    static final JsonEncoding DEFAULT = new JsonEncoding(List.of());

    private final List<String> names;

    private JsonEncoding(List<String> names) {
        this.names = names;
    }

    /** Which columns there are, in this order; all by default. */
    public JsonEncoding columns(String... columns) {
        return new JsonEncoding(List.of(columns));
    }

    @Override
    public String name() {
        return "JSON";
    }

    @Override
    public Supplier<RecordEncoder> open(List<Column> columns) {
        List<ChosenColumn> chosen = ChosenColumn.of(name(), names, columns);
        return () -> new JsonEncoder(chosen);
    }
}
