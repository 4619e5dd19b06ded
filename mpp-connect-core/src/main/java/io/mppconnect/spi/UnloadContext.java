package io.mppconnect.spi;

import io.mppconnect.catalog.Column;
import java.util.List;

/**
 * What a target may know of the unload it is opened for.
 *
 * @param columns the columns of every row, in order
 * @param segments how many segments will write
 * @param maxRowBytes the longest row the transfer takes, in bytes of the wire format
 */
public record UnloadContext(List<Column> columns, int segments, int maxRowBytes) {

    public UnloadContext {
        columns = List.copyOf(columns);
    }
}
