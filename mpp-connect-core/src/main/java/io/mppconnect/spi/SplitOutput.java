package io.mppconnect.spi;

import java.util.Optional;

/**
 * Where a split's rows go: encoded by {@link #rows()}, or, when the bytes are in the scan's format already, as whole
 * blocks of {@link #blocks()} or {@link #ranges()} of a file. A reader uses one of them at a time.
 */
public interface SplitOutput {

    /**
     * Names where the next rows come from. The database shows it with a bad row: {@code gpfdist://host/path [NAME]},
     * line {@code record}. Costs nothing where rows count on, and little where records of the same name are missing.
     *
     * @param name at most 256 bytes of it are shown
     * @param record the number of the next row within {@code name}, from 1; counted on from there
     */
    void origin(String name, long record) throws InterruptedException;

    /** For rows, value by value. */
    RowWriter rows();

    /** For whole rows that are in wire format already. */
    BlockWriter blocks();

    /** For rows that may stay in their file until a segment takes them; empty when this transfer needs their bytes. */
    default Optional<RangeWriter> ranges() {
        return Optional.empty();
    }

    /**
     * For readers of {@link #blocks()}: sets aside the row that follows the last one sent. It keeps its number, and no
     * segment sees it.
     *
     * @param cause what is wrong with it; thrown when the transfer sets no rows aside
     * @param raw holds the row, of which the first 64 kB are kept
     */
    void failRow(RuntimeException cause, byte[] raw, int from, int to);
}
