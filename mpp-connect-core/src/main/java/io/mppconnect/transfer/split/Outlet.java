package io.mppconnect.transfer.split;

import io.mppconnect.RejectedRow;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.FileRange;
import io.mppconnect.spi.Positions;

/** Where a split's full blocks go. Used by one worker. */
public interface Outlet {

    void send(Block block);

    /** Whether rows may be sent that are still in their file. */
    default boolean takesRanges() {
        return false;
    }

    /** Where {@link #takesRanges} says so. */
    default void send(FileRange range) {
        range.release();
        throw new IllegalStateException("a range of a file where blocks are expected");
    }

    /** Whether blocks and positions go on together after each read, so that a batch never ends within one. */
    default boolean gathers() {
        return false;
    }

    /** Whether blocks of the read under way are held here: then its worker must not wait for memory. */
    default boolean holds() {
        return false;
    }

    /**
     * A row of the read under way that is not sent; told of those that {@link #gathers} alone.
     */
    default void setAside(RejectedRow row) {}

    /** What was sent until now brings the split to these positions. */
    default void reached(Positions positions) throws InterruptedException {}

    /** Gives back what did not reach a position. */
    default void abandon() {}
}
