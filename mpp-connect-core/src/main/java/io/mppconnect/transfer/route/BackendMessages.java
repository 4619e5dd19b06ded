package io.mppconnect.transfer.route;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;

/**
 * The messages that a PostgreSQL backend sends, in its protocol of version 3, read where they arrive: a type, a length of
 * four bytes that counts itself, a body.
 */
final class BackendMessages {

    static final byte AUTHENTICATION = 'R';
    static final byte DATA_ROW = 'D';
    static final byte READY_FOR_QUERY = 'Z';
    private static final String PROTOCOL_VIOLATION = "08P01";

    private static final byte ERROR_RESPONSE = 'E';
    private static final int BUFFER = 64 * 1024;

    /** As much as a backend allocates at once, MaxAllocSize of its memutils.h. */
    private static final int LONGEST = 0x3fffffff + Integer.BYTES;

    private static final int HEAD = 1 + Integer.BYTES;

    private final InputStream in;
    private byte[] bytes = new byte[BUFFER];
    /** Where the message begins, where it ends, and where the bytes end that have come. */
    private int start;

    private int end;
    private int limit;

    BackendMessages(InputStream in) {
        this.in = in;
    }

    /** Goes on to the next message and returns its type; one that tells of an error is thrown. */
    byte next() throws IOException, SQLException {
        start = end;
        require(HEAD);
        int length = intAt(bytes, start + 1);
        if (length < Integer.BYTES || length > LONGEST) {
            throw new IOException("it sent a message of " + length + " bytes, which no database does");
        }
        require(1 + length);
        end = start + 1 + length;
        if (bytes[start] == ERROR_RESPONSE) {
            throw error();
        }
        return bytes[start];
    }

    /** What holds the message's body, from {@link #from} on, until the next message. */
    byte[] bytes() {
        return bytes;
    }

    int from() {
        return start + HEAD;
    }

    /** How long the body is. */
    int length() {
        return end - from();
    }

    /** A number of four bytes, most significant first. */
    static int intAt(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }

    /** A number of two bytes, without a sign. */
    static int shortAt(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }

    /** Waits until so many bytes of the message have come. */
    private void require(int count) throws IOException {
        if (limit - start >= count) {
            return;
        }
        byte[] target = count > bytes.length ? new byte[Math.max(count, 2 * bytes.length)] : bytes;
        System.arraycopy(bytes, start, target, 0, limit - start);
        bytes = target;
        limit -= start;
        start = 0;
        end = 0;
        while (limit < count) {
            int read = in.read(bytes, limit, bytes.length - limit);
            if (read < 0) {
                throw new IOException("it closed the connection");
            }
            limit += read;
        }
    }

    private SQLException error() {
        String state = PROTOCOL_VIOLATION;
        String text = "";
        for (int at = from(); at < end && bytes[at] != 0; ) {
            char field = (char) bytes[at];
            int close = at + 1;
            while (close < end && bytes[close] != 0) {
                close++;
            }
            String value = new String(bytes, at + 1, close - at - 1, StandardCharsets.UTF_8);
            if (field == 'C') {
                state = value;
            } else if (field == 'M') {
                text = value;
            }
            at = close + 1;
        }
        return new SQLException(text, state);
    }
}
