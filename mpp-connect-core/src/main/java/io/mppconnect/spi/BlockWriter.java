package io.mppconnect.spi;

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
}
