package io.mppconnect;

import java.time.Duration;

/** Hears of a transfer's life, on the transfer's own thread; what it throws is logged and ignored. */
public interface TransferListener {

    /** Hears nothing. */
    TransferListener NONE = new TransferListener() {};

    /** The plan stands and rows are about to move. */
    default void started(String name) {}

    /** One of many commits is made, and its rows are visible. Holds up the next one. */
    default void committed(String name, CommitReport commit) {}

    /** An attempt failed for a reason that may pass; after the pause the next one begins. */
    default void retrying(String name, MppConnectException failure, Duration pause) {}

    /** All rows are committed. */
    default void finished(TransferReport report) {}

    /** Everything that was not committed is rolled back, or, after {@link ErrorCode#OUTCOME_UNKNOWN}, to be looked up. */
    default void failed(String name, MppConnectException failure) {}
}
