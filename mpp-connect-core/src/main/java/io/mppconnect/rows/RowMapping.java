package io.mppconnect.rows;

import io.mppconnect.catalog.Column;
import io.mppconnect.spi.RowReader;
import java.util.List;

/** What an unload's rows are handed over as. */
interface RowMapping<T> {

    /** Rows as they are. */
    RowMapping<Row> ROWS = columns -> {
        RowHeader header = new RowHeader(columns);
        return reader -> Row.read(header, reader);
    };

    static <R extends Record> RowMapping<R> records(Class<R> type) {
        return columns -> RecordReading.of(type, columns);
    }

    /**
     * Prepares the reading of rows of these columns.
     *
     * @throws io.mppconnect.MppConnectException when they cannot be read so
     */
    Reading<T> over(List<Column> columns);

    /** Makes something of the row under a cursor. Any thread may call it, each with its own cursor. */
    interface Reading<T> {
        T read(RowReader row);
    }
}
