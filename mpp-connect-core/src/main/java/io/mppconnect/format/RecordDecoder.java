package io.mppconnect.format;

import io.mppconnect.spi.Field;
import io.mppconnect.spi.FieldsChangedException;
import io.mppconnect.spi.RowWriter;
import java.util.List;

/**
 * Decodes records one after the other, in two steps, so that a record that turns out bad has written nothing: {@link
 * #decode} reads it to its end, {@link #write} writes its fields. Keeps memory of its own from record to record. Used by one
 * thread.
 */
public interface RecordDecoder extends AutoCloseable {

    /** What {@link #write} writes, in this order. */
    List<Field> fields();

    /**
     * Reads a record and keeps what its fields hold, until the next call.
     *
     * @param bytes holds the record, which stays as it is until its fields are written
     * @throws BadRecordException when the bytes are no such record
     * @throws FieldsChangedException when the record has fields that {@link #fields} do not know
     * @throws Exception whatever keeps any record from being decoded, such as a schema registry that does not answer
     */
    void decode(byte[] bytes, int from, int to) throws Exception;

    /** Takes a record that is not there, such as the value of a tombstone: all its fields are NULL. */
    void decodeNull();

    /** Writes the fields of the record that was decoded last; does not end the row. */
    void write(RowWriter rows) throws InterruptedException;

    @Override
    void close();
}
