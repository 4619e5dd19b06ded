package io.mppconnect.transfer.split;

import io.mppconnect.RejectedRow;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.Positions;
import java.util.Optional;

/** Where a split's full blocks go. Used by one worker. */
public interface Outlet {

    void send(Block block);

    /** Where rows go that are still in their file; empty when they must be in memory. */
    default Optional<RangeOutlet> ranges() {
        return Optional.empty();
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
