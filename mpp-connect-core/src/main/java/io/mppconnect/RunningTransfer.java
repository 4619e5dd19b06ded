package io.mppconnect;

import java.time.Duration;

/**
 * A transfer under way, on threads of its own whose names start with {@code mpp-connect}. Any thread may call any
 * method.
 */
public interface RunningTransfer extends AutoCloseable {

    /** How far it is now; after its end, how far it came. */
    TransferProgress progress();

    /**
     * Asks the transfer to end early with what it has taken: nothing more is read, what was read is committed, and
     * {@link #await} returns the report. Returns at once. An unload, and a load that may commit all rows of its source or
     * none ({@link ParallelTransfer#exactlyOnce} with a source that cannot resume), is cancelled.
     */
    void stop();

    /**
     * Asks the transfer to end without effect: both the statement and the source or target stop within a second, and
     * everything that is not committed rolls back. Returns at once; {@link #await} tells how it ended. Without effect once
     * it commits for the last time.
     */
    void cancel();

    /**
     * Waits for the commit. A thread interrupted while it waits cancels the transfer, keeps its interrupt flag, and gets
     * {@link ErrorCode#CANCELLED}.
     *
     * @throws MppConnectException with the first cause when the transfer failed; everything is rolled back then
     */
    TransferReport await();

    /**
     * Waits for the commit no longer than that; the transfer goes on.
     *
     * @throws MppConnectException as {@link #await()}; {@link ErrorCode#TIMEOUT} when it still runs
     */
    TransferReport await(Duration timeout);

    /**
     * Cancels the transfer if it still runs, and waits until nothing of it is left; for a source or a target that does
     * not heed interrupts 30 s at most, then what is left ends by itself, without effect, when that returns. Never throws
     * for its failure.
     */
    @Override
    void close();
}
