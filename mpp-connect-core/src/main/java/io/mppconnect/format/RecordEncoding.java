package io.mppconnect.format;

import io.mppconnect.catalog.Column;
import java.util.List;
import java.util.function.Supplier;

/**
 * How a row becomes the bytes of a record, such as a message's value: the way back of {@link RecordFormat}. An immutable
 * description. {@link Formats} has those there are, whose names begin with {@code as}; any other is a class that makes
 * encoders.
 */
public interface RecordEncoding {

    /** What messages call it, such as {@code JSON}; no secrets. */
    String name();

    /**
     * Prepares to encode; everything that can be found wrong before a row is encoded is thrown here.
     *
     * @param columns those of every row, in their order
     * @return makes an encoder for each thread that encodes
     * @throws Exception whatever keeps rows from being encoded, such as a schema that does not go with the columns
     */
    Supplier<RecordEncoder> open(List<Column> columns) throws Exception;
}
