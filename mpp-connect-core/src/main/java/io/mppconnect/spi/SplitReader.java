package io.mppconnect.spi;

/** A cursor over one split, used by one thread. */
public interface SplitReader extends AutoCloseable {

    /**
     * Pushes some rows, about as many as come without waiting long and no more than a few blocks, so that a transfer
     * can be stopped between two calls. It may wait for the first row as long as it takes. What one call pushes is
     * committed together.
     *
     * @return whether there may be more
     * @throws InterruptedException when the transfer was cancelled while this waited
     * @throws SourceChangedException when the next row has other fields than the scan said, or is not the scan's to read
     * @throws Exception whatever keeps the split from being read; the transfer fails with it as its cause
     */
    boolean read(SplitOutput output) throws Exception;

    /**
     * How far the split is read: where a later run goes on without losing or doubling a row, when what {@link #read} has
     * pushed until now is committed. Asked between calls of {@link #read}, and first when the reader is open: also what
     * has not given a row yet must begin at the same place again. Read only of a {@linkplain Source#resumable resumable}
     * source.
     */
    default Positions positions() {
        return Positions.none();
    }

    @Override
    void close() throws Exception;
}
