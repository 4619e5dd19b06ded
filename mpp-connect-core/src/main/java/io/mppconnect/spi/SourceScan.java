package io.mppconnect.spi;

import io.mppconnect.text.RowFormat;
import java.util.List;

/** One pass over a source, planned: what its rows look like and the splits they come in. Closed when the run is over. */
public interface SourceScan extends AutoCloseable {

    /**
     * The fields of every row, in the order in which rows hold them; a reader that comes upon others throws
     * {@link FieldsChangedException}.
     */
    List<Field> fields();

    /** The format in which blocks are handed over; {@link RowFormat#text()} where a {@link RowWriter} encodes them. */
    RowFormat format();

    /** The units of work, read by several workers at once and each by one; may be empty. */
    List<Split> splits();

    /**
     * All rows up to these positions are committed; a source that tells others how far it is can do so now. Called after
     * each commit, on the transfer's own thread: it holds up the next one.
     */
    default void committed(Positions positions) {}

    @Override
    void close() throws Exception;
}
