package io.mppconnect.segment;

/** How a scan of a {@link LoadScans} has ended. */
public enum ScanEnd {
    /** All rows were taken. */
    READ,
    /** Every segment has come and left before all rows were taken, as with a LIMIT or a cancelled statement. */
    LEFT,
    /** Those segments that came have left, and none came for a long time, or the place was needed. */
    ABANDONED,
    /** The statement was failed. */
    FAILED,
    /** The path was closed. */
    CLOSED
}
