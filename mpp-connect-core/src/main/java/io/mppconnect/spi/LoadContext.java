package io.mppconnect.spi;

import io.mppconnect.catalog.Column;
import java.util.List;

/**
 * What a source may know of the load it is opened for.
 *
 * @param columns the target's columns that the transfer writes, in the table's order
 * @param parallelism how many splits are read at once; of an unbounded source all are, each by a thread of its own, so
 *     that it does well to plan no more than these
 * @param maxRowBytes the longest row the transfer takes, in bytes of the wire format
 * @param positions where a resumable source is to go on; a part that is not among them was never read
 * @param announced the fields that a reader of the same load has {@linkplain FieldsChangedException announced} last; empty
 *     when none has, also in a load that goes on where another one ended
 */
public record LoadContext(
        List<Column> columns, int parallelism, int maxRowBytes, Positions positions, List<Field> announced) {

    public LoadContext {
        columns = List.copyOf(columns);
        announced = List.copyOf(announced);
    }

    /** Of a source that is read from its start. */
    public LoadContext(List<Column> columns, int parallelism, int maxRowBytes) {
        this(columns, parallelism, maxRowBytes, Positions.none(), List.of());
    }
}
