package io.mppconnect.format;

import io.mppconnect.catalog.Column;
import io.mppconnect.format.avro.AvroOpening;
import io.mppconnect.format.field.ChosenField;
import io.mppconnect.format.field.FieldPath;
import io.mppconnect.format.value.ValueDecoder;
import io.mppconnect.spi.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One Avro record per record, in the binary encoding. Its schema is given, or named by a number in front of it, as schema
 * registries have it: a zero byte, then the number in four bytes, the highest first.
 *
 * <pre>{@code
 * avro(Files.readString(Path.of("order.avsc")))
 * avro(registry).field("id").field("city", "address.city")
 * }</pre>
 *
 * <p>Without fields named, all fields of the schema are taken: of the one given, of the one to {@linkplain #readAs read}
 * records as, or of the schema source's latest; a record whose schema has more fields announces them
 * ({@link io.mppconnect.spi.FieldsChangedException}), and one whose schema lacks a field has NULL there. Where none of these
 * schemas is known, the columns of the target are the fields. Paths are those of {@link JsonFormat}; names in them lead into
 * records and maps, places into arrays.
 *
 * <p>A field that has a column of its name is read by the database as that column's type. One without has a type of its own:
 *
 * <table>
 * <caption>SQL types by Avro type</caption>
 * <tr><th>Avro</th><th>SQL</th></tr>
 * <tr><td>boolean</td><td>{@code bool}</td></tr>
 * <tr><td>int, long</td><td>{@code int4}, {@code int8}</td></tr>
 * <tr><td>float, double</td><td>{@code float4}, {@code float8}</td></tr>
 * <tr><td>string, enum</td><td>{@code text}</td></tr>
 * <tr><td>bytes, fixed</td><td>{@code bytea}</td></tr>
 * <tr><td>decimal, big-decimal</td><td>{@code numeric}</td></tr>
 * <tr><td>date, time-*</td><td>{@code date}, {@code time}</td></tr>
 * <tr><td>timestamp-*, local-timestamp-*</td><td>{@code timestamptz}, {@code timestamp}; nanoseconds are cut off</td></tr>
 * <tr><td>uuid, duration</td><td>{@code uuid}, {@code interval}</td></tr>
 * <tr><td>a union of null and one type</td><td>as that type</td></tr>
 * <tr><td>an array of any of these</td><td>an array</td></tr>
 * <tr><td>record, map, any other union or array</td><td>{@code json}</td></tr>
 * </table>
 *
 * <p>{@code json} and {@code jsonb} columns take any value as JSON, a string as the JSON text it is. A record is bad when
 * its bytes do not follow its schema, when the schema does not go with the one to read it as, when a text is no UTF-8 or
 * holds a NUL character, when a string for such a column is no JSON, an empty one too, or when a required field is null.
 *
 * <p>Immutable; each method returns a changed copy. Needs the library {@code org.apache.avro:avro}.
 */
public final class AvroFormat implements RecordFormat {

    private final @Nullable String writer;
    private final @Nullable SchemaSource schemas;
    private final @Nullable String reader;
    private final List<ChosenField> fields;

    private AvroFormat(
            @Nullable String writer,
            @Nullable SchemaSource schemas,
            @Nullable String reader,
            List<ChosenField> fields) {
        this.writer = writer;
        this.schemas = schemas;
        this.reader = reader;
        this.fields = fields;
    }

    static AvroFormat of(String schema) {
        return new AvroFormat(schema, null, null, List.of());
    }

    static AvroFormat of(SchemaSource schemas) {
        return new AvroFormat(null, schemas, null, List.of());
    }

    /**
     * Reads all records as ones of this schema, by Avro's rules for its evolution: fields are found by name or alias, those
     * that a record lacks take the default, numbers become wider ones.
     *
     * @param schema as JSON
     */
    public AvroFormat readAs(String schema) {
        return new AvroFormat(writer, schemas, schema, fields);
    }

    /** A field of the record's field that is called the same. */
    public AvroFormat field(String name) {
        return with(name, FieldPath.ofName(name), false);
    }

    /**
     * A field of the value at a path.
     *
     * @throws io.mppconnect.MppConnectException when it is no path
     */
    public AvroFormat field(String name, String path) {
        return with(name, FieldPath.parse(path), false);
    }

    /** Like {@link #field(String)}; a record where it is null or not there is bad. */
    public AvroFormat required(String name) {
        return with(name, FieldPath.ofName(name), true);
    }

    /**
     * Like {@link #field(String, String)}; a record where it is null or not there is bad.
     *
     * @throws io.mppconnect.MppConnectException when it is no path
     */
    public AvroFormat required(String name, String path) {
        return with(name, FieldPath.parse(path), true);
    }

    /** A field of the whole record, as JSON. */
    public AvroFormat document(String name) {
        return with(name, new FieldPath(List.of()), false);
    }

    private AvroFormat with(String name, FieldPath path, boolean required) {
        return new AvroFormat(writer, schemas, reader, ChosenField.with(fields, new ChosenField(name, path, required)));
    }

    List<ChosenField> fields() {
        return fields;
    }

    AvroFormat withFields(List<ChosenField> others) {
        return new AvroFormat(writer, schemas, reader, others);
    }

    @Override
    public String name() {
        return "Avro";
    }

    @Override
    public RecordDecoder open(List<Column> columns) throws Exception {
        return open(columns, List.of());
    }

    @Override
    public RecordDecoder open(List<Column> columns, List<Field> announced) throws Exception {
        return decoder(null, columns, announced);
    }

    /** @param growing the record whose fields are news when none of those named holds them */
    ValueDecoder decoder(@Nullable FieldPath growing, List<Column> columns, List<Field> announced) throws Exception {
        try {
            return AvroOpening.open(writer, schemas, reader, fields, growing, columns, announced);
        } catch (NoClassDefFoundError e) {
            throw OptionalLibrary.AVRO.missing("read", e);
        }
    }
}
