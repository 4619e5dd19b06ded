package io.mppconnect.spi;

import java.nio.channels.FileChannel;

/** Hands whole blocks of rows, already in the scan's format, to whichever segment asks next. */
public interface BlockWriter {

    /**
     * An empty block of at least {@code capacity} bytes. Waits while the transfer's memory is spent on blocks that
     * segments have not taken yet. Hold one block at a time: {@link #send} or {@link #discard} it before the next.
     *
     * @param capacity 0 for the usual size
     */
    Block acquire(int capacity) throws InterruptedException;

    /**
     * The same bytes in a block of at least {@code capacity}: for a row longer than the block. The old block is gone, also
     * when this throws.
     *
     * @throws io.mppconnect.MppConnectException when the row is longer than the transfer allows
     */
    Block grow(Block block, int capacity) throws InterruptedException;

    /** Sends the block's bytes: whole rows, the last one with its terminator. The block is the segments' from here. */
    void send(Block block) throws InterruptedException;

    /** Gives back a block unsent. */
    void discard(Block block);

    /** Whether rows may stay in their file: {@link #sendRange} can be used. */
    default boolean takesRanges() {
        return false;
    }

    /**
     * Sends rows that lie in a file, from there. Waits while more is under way than the transfer's memory could hold.
     *
     * @param file stays open, and unchanged in this range, until {@code released} is called
     * @param length whole rows, the last one with its terminator
     * @param released called once, from any thread, also when this throws
     * @throws UnsupportedOperationException unless {@link #takesRanges}
     */
    default void sendRange(FileChannel file, long position, int length, int rows, Runnable released)
            throws InterruptedException {
        released.run();
        throw new UnsupportedOperationException("Cannot send rows from their file: this transfer needs their bytes");
    }
}
