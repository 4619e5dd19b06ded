package io.mppconnect.spi;

/** A cursor over one split, used by one thread. */
public interface SplitReader extends AutoCloseable {

    /**
     * Pushes some rows, about as many as come without waiting long and no more than a few blocks, so that a transfer
     * can be stopped between two calls.
     *
     * @return whether there may be more
     * @throws InterruptedException when the transfer was cancelled while this waited
     * @throws Exception whatever keeps the split from being read; the transfer fails with it as its cause
     */
    boolean read(SplitOutput output) throws Exception;

    @Override
    void close() throws Exception;
}
