package io.mppconnect.text;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** Writes whole and decimal numbers into bytes. Every method returns the index after what it wrote. */
final class Digits {

    /** Room enough for any long. */
    static final int LONG = 20;

    /** Every number of so many digits is a long. */
    static final int LONG_DIGITS = 18;

    /** Room enough for a decimal of a long and a scale up to {@link #MAX_SCALE}. */
    static final int DECIMAL = 64;

    static final int MAX_SCALE = 38;
    static final int UUID = 36;

    private static final long[] POWERS = powers();
    private static final byte[] PAIRS = pairs();
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Digits() {}

    static int writeLong(long value, byte[] bytes, int at) {
        if (value >= 0) {
            return writeUnsigned(value, bytes, at);
        }
        bytes[at] = '-';
        return writeMagnitude(value, bytes, at + 1);
    }

    /** Writes a value of zero or more. */
    static int writeUnsigned(long value, byte[] bytes, int at) {
        int end = at + count(value);
        long rest = value;
        int next = end;
        while (rest > Integer.MAX_VALUE) {
            long quotient = rest / 100;
            next = writePair((int) (rest - quotient * 100), bytes, next);
            rest = quotient;
        }
        int small = (int) rest;
        while (small >= 100) {
            int quotient = small / 100;
            next = writePair(small - quotient * 100, bytes, next);
            small = quotient;
        }
        if (small >= 10) {
            writePair(small, bytes, next);
        } else {
            bytes[next - 1] = (byte) ('0' + small);
        }
        return end;
    }

    /** Writes at least {@code width} digits, with zeros in front. */
    static int writePadded(long value, int width, byte[] bytes, int at) {
        int next = at;
        for (int missing = width - count(value); missing > 0; missing--) {
            bytes[next++] = '0';
        }
        return writeUnsigned(value, bytes, next);
    }

    /** Writes two digits. */
    static int writeTwo(int value, byte[] bytes, int at) {
        writePair(value, bytes, at + 2);
        return at + 2;
    }

    /** Writes a decimal with a scale from 0 to {@link #MAX_SCALE}. */
    static int writeDecimal(long unscaled, int scale, byte[] bytes, int at) {
        int next = at;
        if (unscaled < 0) {
            bytes[next++] = '-';
        }
        // One zero before the point, and after it as many as there are too few digits.
        int digits = count(unscaled == Long.MIN_VALUE ? Long.MAX_VALUE : Math.abs(unscaled));
        for (int missing = scale + 1 - digits; missing > 0; missing--) {
            bytes[next++] = '0';
        }
        int end = writeMagnitude(unscaled, bytes, next);
        if (scale == 0) {
            return end;
        }
        System.arraycopy(bytes, end - scale, bytes, end - scale + 1, scale);
        bytes[end - scale] = '.';
        return end + 1;
    }

    static int writeUuid(UUID value, byte[] bytes, int at) {
        long high = value.getMostSignificantBits();
        long low = value.getLeastSignificantBits();
        int next = writeHex(high >>> 32, 8, bytes, at);
        bytes[next] = '-';
        next = writeHex(high >>> 16, 4, bytes, next + 1);
        bytes[next] = '-';
        next = writeHex(high, 4, bytes, next + 1);
        bytes[next] = '-';
        next = writeHex(low >>> 48, 4, bytes, next + 1);
        bytes[next] = '-';
        return writeHex(low, 12, bytes, next + 1);
    }

    /** Writes every byte as two digits. */
    static int writeHex(byte[] source, int from, int to, byte[] bytes, int at) {
        int next = at;
        for (int i = from; i < to; i++) {
            bytes[next++] = HEX[source[i] >> 4 & 0xF];
            bytes[next++] = HEX[source[i] & 0xF];
        }
        return next;
    }

    /** How many digits a value of zero or more has. */
    static int count(long value) {
        int guess = ((Long.SIZE - Long.numberOfLeadingZeros(value | 1)) * 1233) >> 12;
        return value < POWERS[guess] ? Math.max(guess, 1) : guess + 1;
    }

    /** Writes the digits without a sign, those of the smallest long included. */
    private static int writeMagnitude(long value, byte[] bytes, int at) {
        if (value != Long.MIN_VALUE) {
            return writeUnsigned(Math.abs(value), bytes, at);
        }
        int next = writeUnsigned(Long.MAX_VALUE / 10, bytes, at);
        bytes[next] = '8';
        return next + 1;
    }

    private static int writeHex(long value, int digits, byte[] bytes, int at) {
        for (int i = 0; i < digits; i++) {
            bytes[at + i] = HEX[(int) (value >>> (4 * (digits - 1 - i))) & 0xF];
        }
        return at + digits;
    }

    private static int writePair(int value, byte[] bytes, int end) {
        bytes[end - 2] = PAIRS[2 * value];
        bytes[end - 1] = PAIRS[2 * value + 1];
        return end - 2;
    }

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    private static byte[] pairs() {
        byte[] pairs = new byte[200];
        for (int i = 0; i < 100; i++) {
            pairs[2 * i] = (byte) ('0' + i / 10);
            pairs[2 * i + 1] = (byte) ('0' + i % 10);
        }
        return pairs;
    }
}
