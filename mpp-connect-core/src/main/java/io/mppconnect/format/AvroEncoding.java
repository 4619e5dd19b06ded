package io.mppconnect.format;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.format.avro.AvroPlanned;
import io.mppconnect.format.field.ChosenColumn;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One Avro record per row, in the binary encoding: alone, or behind the number that a schema registry has for its schema.
 *
 * <pre>{@code
 * asAvro().recordName("shop.Order").registeredAs("orders-value", registry)
 * asAvro(Files.readString(Path.of("order.avsc")))
 * }</pre>
 *
 * <p>Without a schema given, there is a field for each column, a union of null, which is its default, and
 *
 * <table>
 * <caption>Avro types by SQL type</caption>
 * <tr><th>SQL</th><th>Avro</th></tr>
 * <tr><td>{@code bool}</td><td>boolean</td></tr>
 * <tr><td>{@code int2}, {@code int4}</td><td>int</td></tr>
 * <tr><td>{@code int8}, {@code oid}</td><td>long</td></tr>
 * <tr><td>{@code float4}, {@code float8}</td><td>float, double</td></tr>
 * <tr><td>{@code numeric(p,s)}</td><td>bytes, decimal(p,s)</td></tr>
 * <tr><td>{@code bytea}</td><td>bytes</td></tr>
 * <tr><td>{@code date}, {@code time}</td><td>int, date; long, time-micros</td></tr>
 * <tr><td>{@code timestamptz}, {@code timestamp}</td><td>long, timestamp-micros; long, local-timestamp-micros</td></tr>
 * <tr><td>{@code uuid}</td><td>string, uuid</td></tr>
 * <tr><td>an array of any of these</td><td>an array of unions of null and that</td></tr>
 * <tr><td>any other, {@code numeric} without a precision too</td><td>string, the text that the database writes</td></tr>
 * </table>
 *
 * <p>With a schema given, each of its fields takes the column of its name; one that may be null and has none is null.
 * Fields are of the types above, or others that take the column's values: a string takes any, float and double take the
 * nearest to any number, int and long any whole number, decimals, also fixed ones, {@code numeric} and any whole number, an
 * enum texts that are its symbols, of {@code char(n)} without the blanks at the end, times and timestamps in milliseconds
 * lose what is finer, fixed takes {@code bytea} of its length and, of 16 bytes as uuid, {@code uuid}. Records, maps and
 * unions of more than null and one type take none.
 *
 * <p>A row that its schema does not take ends the transfer: a NULL that must not be, a number that does not fit, NaN as a
 * decimal, infinite dates and timestamps, 24:00:00 as a time, arrays of more than one dimension. Those before Christ are
 * numbers below zero.
 *
 * <p>Immutable; each method returns a changed copy. Needs the library {@code org.apache.avro:avro}.
 */
public final class AvroEncoding implements RecordEncoding {

    static final AvroEncoding DERIVED = new AvroEncoding(null, null, List.of(), null);

    private static final byte[] UNNUMBERED = {};
    private static final int NUMBER = 5;

    private final @Nullable String schema;
    private final @Nullable String recordName;
    private final List<String> names;
    private final @Nullable Subject subject;

    /** Where a schema is registered. */
    private record Subject(String name, SchemaRegistry registry) {}

    private AvroEncoding(
            @Nullable String schema, @Nullable String recordName, List<String> names, @Nullable Subject subject) {
        this.schema = schema;
        this.recordName = recordName;
        this.names = names;
        this.subject = subject;
    }

    static AvroEncoding of(String schema) {
        return new AvroEncoding(schema, null, List.of(), null);
    }

    /**
     * What the schema that follows from the columns calls its record, {@code row} by default.
     *
     * @param fullName with its namespace before it, if there is one
     */
    public AvroEncoding recordName(String fullName) {
        return new AvroEncoding(schema, fullName, names, subject);
    }

    /** Which columns there are, in this order; all by default. */
    public AvroEncoding columns(String... columns) {
        return new AvroEncoding(schema, recordName, List.of(columns), subject);
    }

    /**
     * Puts a zero byte and the number of the schema, in four bytes, before each record, as schema registries have it. Before
     * the first row, the registry is asked for the schema's number in this subject; a schema that it does not have there
     * is registered, and stays so whatever becomes of the transfer.
     *
     * @param subject {@code TOPIC-value} or {@code TOPIC-key} by custom
     */
    public AvroEncoding registeredAs(String subject, SchemaRegistry registry) {
        return new AvroEncoding(schema, recordName, names, new Subject(subject, registry));
    }

    @Override
    public String name() {
        return "Avro";
    }

    @Override
    public Supplier<RecordEncoder> open(List<Column> columns) throws Exception {
        if (schema != null && recordName != null) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot write Avro: the schema given has a name of its own; leave out recordName");
        }
        List<ChosenColumn> chosen = ChosenColumn.of(name(), names, columns);
        try {
            AvroPlanned planned = schema == null
                    ? AvroPlanned.derived(recordName == null ? "row" : recordName, chosen)
                    : AvroPlanned.given(schema, chosen);
            Subject known = subject;
            byte[] head = known == null
                    ? UNNUMBERED
                    : ByteBuffer.allocate(NUMBER)
                            .putInt(1, known.registry().register(known.name(), planned.json()))
                            .array();
            return () -> planned.encoder(head);
        } catch (NoClassDefFoundError e) {
            throw OptionalLibrary.AVRO.missing("write", e);
        }
    }
}
