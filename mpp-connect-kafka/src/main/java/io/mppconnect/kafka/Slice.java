package io.mppconnect.kafka;

import io.mppconnect.format.RecordDecoder;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The bytes of a key or a value where they were fetched; copied only when no array holds them. Used by one thread. */
final class Slice {

    private static final byte[] NONE = new byte[0];

    private byte[] bytes = NONE;
    private byte[] copy = NONE;
    private int from;
    private int to;
    private boolean missing = true;

    /** Points to these bytes, until the next call; null for none. */
    void of(@Nullable ByteBuffer buffer) {
        missing = buffer == null;
        if (buffer == null) {
            bytes = NONE;
            from = 0;
            to = 0;
            return;
        }
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

    /** Has a decoder read what this points to. */
    void decode(RecordDecoder decoder) throws Exception {
        if (missing) {
            decoder.decodeNull();
        } else {
            decoder.decode(bytes, from, to);
        }
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
