package io.mppconnect.catalog;

/** The 32-bit FNV-1 hash, by which Greenplum placed rows up to version 5, and does by the cdbhash operator classes. */
final class LegacyHash {

    /** What the first column of a key is hashed onto; each next one is hashed onto the one before. */
    static final int START = 0x811c9dc5;

    private static final int PRIME = 0x01000193;
    private static final int NULL = 0xF0F0F0F1;
    private static final int NOT_A_NUMBER = 0xE0E0E0E1;

    private LegacyHash() {}

    static int addBytes(int hash, byte[] bytes, int length) {
        int result = hash;
        for (int i = 0; i < length; i++) {
            result = (result * PRIME) ^ (bytes[i] & 0xff);
        }
        return result;
    }

    /** Adds the lowest {@code width} bytes, the lowest first. */
    static int addInteger(int hash, long value, int width) {
        int result = hash;
        for (int i = 0; i < width; i++) {
            result = (result * PRIME) ^ (int) ((value >>> (8 * i)) & 0xff);
        }
        return result;
    }

    static int addNull(int hash) {
        return addInteger(hash, NULL, Integer.BYTES);
    }

    static int addNotANumber(int hash) {
        return addInteger(hash, NOT_A_NUMBER, Integer.BYTES);
    }
}
