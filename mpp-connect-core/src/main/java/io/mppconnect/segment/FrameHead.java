package io.mppconnect.segment;

import io.mppconnect.spi.WireRows;
import java.nio.ByteBuffer;

/** Writes the frames around the rows of one stream: where they come from, how long they are, how it ends. */
final class FrameHead {

    private static final int TAG = 5;
    private static final int ORIGIN_BYTES = 256;
    private static final int ERROR_BYTES = 1000;

    private final ByteBuffer buffer = ByteBuffer.allocate(TAG + ERROR_BYTES).limit(0);
    private String origin = "";
    private byte[] originBytes = {};
    private long lastRecord;

    /** What is still to be written. */
    ByteBuffer buffer() {
        return buffer;
    }

    /** Everything that goes before the block's bytes. */
    void block(WireRows block) {
        buffer.clear();
        origin(block.origin());
        long record = block.firstRecord();
        if (record != 0 || lastRecord != 0) {
            tag('L', Long.BYTES).putLong(record);
            lastRecord = record;
        }
        tag('D', block.length());
        buffer.flip();
    }

    /** No more rows. */
    void end() {
        buffer.clear();
        tag('D', 0);
        buffer.flip();
    }

    /** The statement shall fail with this text. */
    void error(String message) {
        byte[] text = OneLine.utf8(message, ERROR_BYTES);
        buffer.clear();
        tag('E', text.length).put(text);
        buffer.flip();
    }

    /** Says nothing until there is something to say; then an empty name takes the former one back. */
    private void origin(String next) {
        if (!next.equals(origin)) {
            origin = next;
            originBytes = OneLine.utf8(next, ORIGIN_BYTES);
        } else if (next.isEmpty()) {
            return;
        }
        tag('F', originBytes.length).put(originBytes);
    }

    private ByteBuffer tag(char type, int length) {
        return buffer.put((byte) type).putInt(length);
    }
}
