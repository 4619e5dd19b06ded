package io.mppconnect.segment;

/** The answer that a segment waits for. The first call counts, later ones do nothing; any thread may call. */
public interface Acknowledgement {

    /** The segment may go on. */
    void accept();

    /**
     * Fails the segment's statement; the request counts as never come.
     *
     * @param reason what the SQL user sees; cut to one line of ASCII
     */
    void refuse(String reason);
}
