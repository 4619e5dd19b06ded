package io.mppconnect.format;

import io.mppconnect.catalog.Column;
import java.util.List;

/** How the bytes of a record, such as a message's value, become fields of a row. An immutable description. */
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
}
