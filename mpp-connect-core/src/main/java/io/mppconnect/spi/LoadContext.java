package io.mppconnect.spi;

import io.mppconnect.catalog.Column;
import java.util.List;

/**
 * What a source may know of the load it is opened for.
 *
 * @param columns the target's columns that the transfer writes, in the table's order
 * @param parallelism how many splits are read at once
 * @param maxRowBytes the longest row the transfer takes, in bytes of the wire format
 */
public record LoadContext(List<Column> columns, int parallelism, int maxRowBytes) {

    public LoadContext {
        columns = List.copyOf(columns);
    }
}
