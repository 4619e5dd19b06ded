package io.mppconnect.spi;

import io.mppconnect.MppConnectException;
import java.io.IOException;
import java.nio.channels.FileChannel;

/** Sends rows, already in the scan's format, from the file in which they lie. */
public interface RangeWriter {

    /** Whose file it is. Called from any thread. */
    interface Lender {

        /**
         * The range is sent, or dropped; called once, also when {@link RangeWriter#send} throws.
         *
         * @throws MppConnectException when the file is not what it was, which fails the transfer
         */
        void returned();

        /** What to say when the range cannot be read. */
        MppConnectException explain(IOException cause);
    }

    /**
     * Sends whole rows, the last one with its terminator. Waits while more is under way than the transfer's memory could
     * hold.
     *
     * @param file stays open, and unchanged in this range, until it is returned; no thread that reads it may be
     *     interrupted, which would close it for all
     * @param length at most {@link FileRange#MOST}
     */
    void send(FileChannel file, long position, int length, int rows, Lender lender) throws InterruptedException;
}
