package io.mppconnect.segment;

import java.net.InetAddress;

/**
 * Told what happens to the connections of a {@link LoadExchange}. Calls come from the server's I/O threads, which all
 * segments share: they must be quick and must not block.
 */
public interface LoadListener {

    /** A segment has asked for rows for the first time. */
    void connected(int segment, InetAddress from);

    /**
     * A segment's connection broke before its end; what it had not taken completely is lost. So ends a cancelled
     * statement, or one with a LIMIT, too.
     */
    void broken(int segment, String reason);
}
