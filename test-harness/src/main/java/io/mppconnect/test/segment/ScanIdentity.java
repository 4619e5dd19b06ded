package io.mppconnect.test.segment;

/**
 * What the segments of one scan, or of one write, tell the server about their statement.
 *
 * @param transaction {@code X-GP-XID}
 * @param command the command's number within its session
 * @param scan the scan's number
 * @param session the session's number
 */
public record ScanIdentity(
        String transaction, int command, int scan, int session, String database, String user, int coordinatorPort) {}
