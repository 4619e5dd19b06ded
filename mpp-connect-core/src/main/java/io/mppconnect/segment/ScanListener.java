package io.mppconnect.segment;

/**
 * Fills the scans of a {@link LoadScans}. Calls come from the server's I/O threads, which all segments share, or from
 * whoever finishes or fails a scan: they must be quick and must not block.
 */
public interface ScanListener {

    /** A statement has begun to read: offer its blocks, and finish or fail it. */
    void begun(LoadExchange scan);

    /** Nobody takes anything of this scan any more; told once of each. */
    void over(LoadExchange scan, ScanEnd end);
}
