package io.mppconnect.format;

import io.mppconnect.spi.RowReader;
import org.jspecify.annotations.Nullable;

/** Encodes rows one after the other. Keeps memory of its own from row to row. Used by one thread. */
public interface RecordEncoder extends AutoCloseable {

    /**
     * The record of a reader's current row, in an array that is the caller's to keep.
     *
     * @return null when there is to be none, such as the key of a row whose key column is NULL
     * @throws BadRecordException when no such record can be made of the row
     * @throws Exception whatever keeps any row from being encoded
     */
    byte @Nullable [] encode(RowReader row) throws Exception;

    /** Gives back what the encoder holds; nothing by default. */
    @Override
    default void close() {}
}
