package io.mppconnect.text;

/**
 * Eight decimal digits in a long, one a byte, the first one lowest: turned from and into numbers all at once, without a
 * loop and without a branch on how many there are.
 */
final class EightDigits {

    /** Numbers below this have no more than eight digits. */
    static final int LIMIT = 100_000_000;

    /** The characters are the digits with these bits. */
    static final long CHARACTERS = 0x3030303030303030L;

    private static final long HIGH_HALVES = 0xF0F0F0F0F0F0F0F0L;
    private static final long BEYOND_NINE = 0x0606060606060606L;
    private static final long LAST_DIGIT = 1L << 56;

    private EightDigits() {}

    /** The digits of a number below {@link #LIMIT}, with zeros in front. */
    static long of(int value) {
        // Halves, quarters and eighths; the factors are those of divisions by 100 and 10 that fit such small numbers.
        long high = value / 10_000;
        long fours = high | (value - high * 10_000) << 32;
        long hundreds = ((fours * 10_486) >>> 20) & 0x0000007F0000007FL;
        long twos = hundreds | (fours - hundreds * 100) << 16;
        long tens = ((twos * 103) >>> 10) & 0x000F000F000F000FL;
        return tens | (twos - tens * 10) << 8;
    }

    /** How many zeros are in front of the number; not more than seven. */
    static int leadingZeros(long digits) {
        return Long.numberOfTrailingZeros(digits | LAST_DIGIT) >>> 3;
    }

    /** How many zeros the number ends with. */
    static int trailingZeros(long digits) {
        return Long.numberOfLeadingZeros(digits) >>> 3;
    }

    /** The last eight of some characters, or less with zeros in front: digits if they are {@link #valid}. */
    static long last(byte[] bytes, int from, int to) {
        long digits = Words.load(bytes, to - Words.BYTES) ^ CHARACTERS;
        int others = Words.BYTES - (to - from);
        return others > 0 ? digits & -1L << (Byte.SIZE * others) : digits;
    }

    /** How many digits there are before anything else; eight when there is nothing else. */
    static int count(long digits) {
        return Long.numberOfTrailingZeros((digits + BEYOND_NINE | digits) & HIGH_HALVES) >>> 3;
    }

    /** Whether all are digits. */
    static boolean valid(long digits) {
        return ((digits + BEYOND_NINE | digits) & HIGH_HALVES) == 0;
    }

    /** The numbers that two digits each are, every second byte. */
    static long twos(long digits) {
        return digits * 10 + (digits >>> Byte.SIZE);
    }

    /** The number that the digits are. */
    static int value(long digits) {
        long twos = twos(digits);
        long even = (twos & 0x000000FF000000FFL) * (100 + (1_000_000L << 32));
        long odd = (twos >>> 16 & 0x000000FF000000FFL) * (1 + (10_000L << 32));
        return (int) ((even + odd) >>> 32);
    }
}
