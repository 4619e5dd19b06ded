package io.mppconnect.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes in a long, compared all at once; the first byte is the lowest. */
public final class Words {

    public static final int BYTES = Long.BYTES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long LOW_BITS = 0x7F7F7F7F7F7F7F7FL;

    private Words() {}

    public static long load(byte[] bytes, int at) {
        return (long) LONGS.get(bytes, at);
    }

    /** Loads what there is before {@code limit}; the bytes after it are zero. */
    public static long load(byte[] bytes, int at, int limit) {
        if (limit - at >= BYTES) {
            return load(bytes, at);
        }
        long word = 0;
        for (int i = limit - 1; i >= at; i--) {
            word = word << Byte.SIZE | (bytes[i] & 0xFFL);
        }
        return word;
    }

    public static void store(byte[] bytes, int at, long word) {
        LONGS.set(bytes, at, word);
    }

    /** The byte eight times. */
    public static long spread(int value) {
        return (value & 0xFF) * ONES;
    }

    /** The sign bit of every byte that is the spread one, and no other bit. */
    public static long equal(long word, long spread) {
        long difference = word ^ spread;
        return ~((difference & LOW_BITS) + LOW_BITS | difference | LOW_BITS);
    }

    /** Some sign bits; the lowest one, if there is any, is that of the first byte below {@code limit}, of 1 to 128. */
    public static long below(long word, int limit) {
        return word - limit * ONES & ~word & ~LOW_BITS;
    }

    /** The sign bit of the byte after the first {@code length}, of 0 to 7. */
    static long end(int length) {
        return 0x80L << (Byte.SIZE * length);
    }

    /** Which byte the lowest bit of a match is in. */
    public static int index(long match) {
        return Long.numberOfTrailingZeros(match) >>> 3;
    }

    /** The match without its lowest bit. */
    public static long rest(long match) {
        return match & match - 1;
    }
}
