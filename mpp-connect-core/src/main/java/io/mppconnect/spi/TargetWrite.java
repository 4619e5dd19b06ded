package io.mppconnect.spi;

import io.mppconnect.text.RowFormat;

/**
 * One run's writing into a target. Nothing may be visible before {@link #commit}; {@link #close} without it leaves
 * nothing behind.
 */
public interface TargetWrite extends AutoCloseable {

    /** The format in which the segments shall write rows; {@link RowFormat#text()} to read them with a RowReader. */
    RowFormat format();

    /** Starts the part of one segment; called once per segment that has opened, also when it will send no row. */
    SegmentWriter open(int segment) throws Exception;

    /**
     * Every segment's writer has finished, and the database is about to commit: the last moment for the target to refuse.
     * Default: nothing to do.
     */
    default void finish() throws Exception {}

    /**
     * Publishes what all segments wrote; called once, after every segment's writer finished and the database agreed.
     *
     * @throws io.mppconnect.MppConnectException with {@link io.mppconnect.ErrorCode#OUTCOME_UNKNOWN} when it may be
     *     published or not; the transfer ends with it. With any other exception nothing must be visible.
     */
    void commit() throws Exception;

    /** Ends the writing; without {@link #commit} before, discards all of it. Idempotent. */
    @Override
    void close() throws Exception;
}
