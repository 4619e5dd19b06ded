package io.mppconnect;

/** Hears of a transfer's life, on the transfer's own thread; what it throws is logged and ignored. */
public interface TransferListener {

    /** Hears nothing. */
    TransferListener NONE = new TransferListener() {};

    /** The plan stands and rows are about to move. */
    default void started(String name) {}

    /** The rows are committed. */
    default void finished(TransferReport report) {}

    /** Everything is rolled back, or, after {@link ErrorCode#OUTCOME_UNKNOWN}, to be looked up. */
    default void failed(String name, MppConnectException failure) {}
}
