package io.mppconnect.segment;

/**
 * Receives what segments push through an {@link UnloadExchange}. Calls come from the server's I/O threads, which all
 * segments share: they must be quick and must not block. They hand on, and acknowledge from any thread later; until
 * then the segment waits, and sends nothing else.
 *
 * <p>What one segment sends comes in order and one at a time. An exception thrown here refuses the request.
 */
public interface UnloadListener {

    /** A segment is about to send; comes once, before anything else of that segment. */
    void opened(int segment, Acknowledgement acknowledgement);

    /**
     * Whole rows of a segment. The bytes are the receiver's until it acknowledges, and not a moment longer.
     *
     * @param length how many of the bytes, from the first, are rows
     */
    void received(int segment, byte[] bytes, int length, Acknowledgement acknowledgement);

    /** A segment has sent everything. Nothing is final before the database has committed. */
    void done(int segment, Acknowledgement acknowledgement);

    /** A segment's connection broke within a body; nothing of it counts, and the segment may send it again. */
    void broken(int segment, String reason);
}
