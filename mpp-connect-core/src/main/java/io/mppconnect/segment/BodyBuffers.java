package io.mppconnect.segment;

import java.util.ArrayDeque;

/** Memory for bodies, used again and again while they are of the usual size. Guarded by the lock of its exchange. */
final class BodyBuffers {

    private static final int ROUNDING = 64 * 1024;
    private static final int LARGEST_SPARE = 1024 * 1024;

    private final long limit;
    private final ArrayDeque<byte[]> spares = new ArrayDeque<>();
    private long spareBytes;

    /** @param limit how many bytes may lie about unused */
    BodyBuffers(long limit) {
        this.limit = limit;
    }

    /** How many bytes the memory for a body takes: lengths that differ a little shall fit the same one. */
    static long size(long length) {
        return length > LARGEST_SPARE ? length : (length + ROUNDING - 1) / ROUNDING * ROUNDING;
    }

    byte[] take(int length) {
        byte[] spare = spares.pollLast();
        if (spare != null) {
            spareBytes -= spare.length;
            if (spare.length >= length) {
                return spare;
            }
        }
        return new byte[(int) size(length)];
    }

    void giveBack(byte[] buffer) {
        if (buffer.length > 0 && buffer.length <= LARGEST_SPARE && spareBytes + buffer.length <= limit) {
            spareBytes += buffer.length;
            spares.addLast(buffer);
        }
    }

    long spareBytes() {
        return spareBytes;
    }
}
