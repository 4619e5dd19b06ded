package io.mppconnect.catalog;

/** Bob Jenkins' lookup3, seeded as PostgreSQL seeds it, for keys laid out in little-endian order. */
final class JenkinsHash {

    private static final int SEED = 0x9e3779b9 + 3923095;
    private static final int BLOCK = 12;

    private JenkinsHash() {}

    /** The hash of a 32-bit value: that of its four bytes. */
    static int ofInt(int value) {
        int start = SEED + Integer.BYTES;
        return last(start + value, start, start);
    }

    /** The hash of an integer of any width, the same for the same number. */
    static int ofLong(long value) {
        int low = (int) value;
        int high = (int) (value >>> 32);
        return ofInt(low ^ (value >= 0 ? high : ~high));
    }

    static int ofBytes(byte[] key) {
        int a = SEED + key.length;
        int b = a;
        int c = a;
        int at = 0;
        for (; key.length - at >= BLOCK; at += BLOCK) {
            a += word(key, at, 4);
            b += word(key, at + 4, 4);
            c += word(key, at + 8, 4);
            // Mixes the three reversibly.
            a = (a - c) ^ Integer.rotateLeft(c, 4);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 6);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 8);
            b += a;
            a = (a - c) ^ Integer.rotateLeft(c, 16);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 19);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 4);
            b += a;
        }
        int left = key.length - at;
        a += word(key, at, Math.min(left, 4));
        b += word(key, at + 4, Math.min(left - 4, 4));
        // The lowest byte of c stands for the length, which is in it from the start.
        c += word(key, at + 8, left - 8) << 8;
        return last(a, b, c);
    }

    private static int word(byte[] key, int from, int length) {
        int word = 0;
        for (int i = 0; i < length; i++) {
            word |= (key[from + i] & 0xff) << (8 * i);
        }
        return word;
    }

    private static int last(int first, int second, int third) {
        int a = first;
        int b = second;
        int c = third;
        c = (c ^ b) - Integer.rotateLeft(b, 14);
        a = (a ^ c) - Integer.rotateLeft(c, 11);
        b = (b ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        return (c ^ b) - Integer.rotateLeft(b, 24);
    }
}
