package io.mppconnect.kafka;

import java.nio.ByteBuffer;

/** The bytes of a key or a value where they were fetched; copied only when no array holds them. Used by one thread. */
final class Slice {

    private static final byte[] NONE = new byte[0];

    private byte[] bytes = NONE;
    private byte[] copy = NONE;
    private int from;
    private int to;

    /** Points to these bytes, until the next call. */
    void of(ByteBuffer buffer) {
        int length = buffer.remaining();
        if (buffer.hasArray()) {
            bytes = buffer.array();
            from = buffer.arrayOffset() + buffer.position();
        } else {
            if (copy.length < length) {
                copy = new byte[length];
            }
            buffer.get(buffer.position(), copy, 0, length);
            bytes = copy;
            from = 0;
        }
        to = from + length;
    }

    /** Points to no bytes. */
    void empty() {
        bytes = NONE;
        from = 0;
        to = 0;
    }

    byte[] bytes() {
        return bytes;
    }

    int from() {
        return from;
    }

    int to() {
        return to;
    }

    /** A copy of a buffer's bytes. */
    static byte[] copyOf(ByteBuffer buffer) {
        byte[] all = new byte[buffer.remaining()];
        buffer.get(buffer.position(), all);
        return all;
    }
}
