package io.mppconnect.rows;

import io.mppconnect.catalog.Column;
import io.mppconnect.spi.RowReader;
import io.mppconnect.text.RowDecoder;
import io.mppconnect.text.RowFormat;
import java.util.List;

/** How received bytes become rows: one reader for each thread. */
record RowCursor(List<Column> columns) {

    /** What the segments are asked to write. */
    static final RowFormat FORMAT = RowFormat.text();

    RowReader reader() {
        return RowDecoder.of(FORMAT, columns);
    }
}
