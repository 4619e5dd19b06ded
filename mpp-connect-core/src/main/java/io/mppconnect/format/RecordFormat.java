package io.mppconnect.format;

import io.mppconnect.catalog.Column;
import io.mppconnect.spi.Field;
import java.util.List;

/**
 * How the bytes of a record, such as a message's value, become fields of a row. An immutable description. {@link Formats}
 * has those there are; any other is a class that makes decoders:
 *
 * <pre>{@code
 * record Measurements() implements RecordFormat {
 *     public String name() {
 *         return "measurements";
 *     }
 *
 *     public RecordDecoder open(List<Column> columns) {
 *         return new RecordDecoder() {
 *             private final ByteBuffer record = ByteBuffer.allocate(16);
 *             private boolean there;
 *
 *             public List<Field> fields() {
 *                 return List.of(Field.of("sensor"), Field.of("celsius"));
 *             }
 *
 *             public void decode(byte[] bytes, int from, int to) throws BadRecordException {
 *                 if (to - from != 16) {
 *                     throw new BadRecordException("it has " + (to - from) + " bytes instead of 16");
 *                 }
 *                 record.put(0, bytes, from, 16);
 *                 there = true;
 *             }
 *
 *             public void decodeNull() {
 *                 there = false;
 *             }
 *
 *             public void write(RowWriter rows) throws InterruptedException {
 *                 if (there) {
 *                     rows.writeLong(record.getLong(0));
 *                     rows.writeDouble(record.getDouble(8));
 *                 } else {
 *                     rows.writeNull();
 *                     rows.writeNull();
 *                 }
 *             }
 *
 *             public void close() {}
 *         };
 *     }
 * }
 * }</pre>
 */
public interface RecordFormat {

    /** What messages call it, such as {@code JSON}; no secrets. */
    String name();

    /**
     * Makes a decoder. Everything that can be found wrong before a record is read is thrown here.
     *
     * @param columns the target's columns that the load writes: the fields, where the description names none
     * @throws Exception whatever keeps records from being decoded, such as a schema that cannot be read
     */
    RecordDecoder open(List<Column> columns) throws Exception;

    /**
     * Makes a decoder for a load that goes on after its {@linkplain io.mppconnect.spi.FieldsChangedException fields changed}.
     * A format whose records announce fields must have at least those announced from here on, in whatever order.
     *
     * @param announced the fields that a decoder of the same load has announced last; empty when none has
     * @throws Exception whatever keeps records from being decoded
     */
    default RecordDecoder open(List<Column> columns, List<Field> announced) throws Exception {
        return open(columns);
    }
}
