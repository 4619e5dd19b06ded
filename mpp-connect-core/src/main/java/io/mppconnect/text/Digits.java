package io.mppconnect.text;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Writes whole and decimal numbers into bytes. Every method returns the index after what it wrote; it may have touched
 * bytes behind that, within the room that the constants name.
 */
final class Digits {

    /** Room enough for any long. */
    static final int LONG = 20;

    /** Every number of so many digits is a long. */
    static final int LONG_DIGITS = 18;

    /** Room enough for a decimal of a long and a scale up to {@link #MAX_SCALE}. */
    static final int DECIMAL = 64;

    static final int MAX_SCALE = 38;
    static final int UUID = 36;

    /** No more than sixteen digits. */
    private static final long TWO_WORDS = (long) EightDigits.LIMIT * EightDigits.LIMIT;

    private static final long[] POWERS = powers();
    private static final short[] PAIRS = pairs();
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
        if (value < EightDigits.LIMIT) {
            return writeLeading((int) value, bytes, at);
        }
        long high = value / EightDigits.LIMIT;
        int next = high < EightDigits.LIMIT
                ? writeLeading((int) high, bytes, at)
                : writeEight(
                        (int) (high % EightDigits.LIMIT),
                        bytes,
                        writeLeading((int) (high / EightDigits.LIMIT), bytes, at));
        return writeEight((int) (value - high * EightDigits.LIMIT), bytes, next);
    }

    /** Writes at least {@code width} digits, with zeros in front. */
    static int writePadded(long value, int width, byte[] bytes, int at) {
        int next = at;
        for (int missing = width - count(value); missing > 0; missing--) {
            bytes[next++] = '0';
        }
        return writeUnsigned(value, bytes, next);
    }

    /** The characters of a number below 100, the first one lowest. */
    static long two(int value) {
        return PAIRS[value];
    }

    /** Writes a decimal with a scale from 0 to {@link #MAX_SCALE}. */
    static int writeDecimal(long unscaled, int scale, byte[] bytes, int at) {
        if (scale == 0) {
            return writeLong(unscaled, bytes, at);
        }
        if (unscaled == Long.MIN_VALUE) {
            return writeByDigits(unscaled, scale, bytes, at);
        }
        long magnitude = Math.abs(unscaled);
        bytes[at] = '-';
        int next = at + (int) (unscaled >>> 63);
        if (scale < Words.BYTES && magnitude < TWO_WORDS) {
            return writeShort(magnitude, scale, bytes, next);
        }
        return scale <= LONG_DIGITS
                ? writeDecimal(magnitude / POWERS[scale], magnitude, scale, bytes, next)
                : writeByDigits(unscaled, scale, bytes, at);
    }

    /**
     * Writes a decimal of zero or more of which the whole number is known.
     *
     * @param scale from 1 to {@link #LONG_DIGITS}
     */
    static int writeDecimal(long whole, long unscaled, int scale, byte[] bytes, int at) {
        int next = writeUnsigned(whole, bytes, at);
        bytes[next] = '.';
        return writeFraction(unscaled - whole * POWERS[scale], scale, bytes, next + 1);
    }

    /** Writes exactly {@code width} digits, up to {@link #LONG_DIGITS}. */
    private static int writeFraction(long value, int width, byte[] bytes, int at) {
        if (width <= Words.BYTES) {
            return writeLast((int) value, width, bytes, at);
        }
        long high = value / EightDigits.LIMIT;
        int next = width <= 2 * Words.BYTES
                ? writeLast((int) high, width - Words.BYTES, bytes, at)
                : writeEight(
                        (int) (high % EightDigits.LIMIT),
                        bytes,
                        writeLast((int) (high / EightDigits.LIMIT), width - 2 * Words.BYTES, bytes, at));
        return writeEight((int) (value - high * EightDigits.LIMIT), bytes, next);
    }

    /** Writes a decimal of up to 16 digits with a scale from 1 to 7: the point falls into the last eight digits. */
    private static int writeShort(long magnitude, int scale, byte[] bytes, int at) {
        int next = at;
        int high = (int) (magnitude / EightDigits.LIMIT);
        long digits = EightDigits.of((int) (magnitude - (long) high * EightDigits.LIMIT));
        long characters = digits | EightDigits.CHARACTERS;
        int whole = Words.BYTES - scale;
        if (high > 0) {
            next = writeLeading(high, bytes, next);
            Words.store(bytes, next, characters);
            next += whole;
        } else {
            int zeros = Math.min(EightDigits.leadingZeros(digits), whole - 1);
            Words.store(bytes, next, characters >>> (8 * zeros));
            next += whole - zeros;
        }
        Words.store(bytes, next, characters >>> (8 * whole) << 8 | '.');
        return next + 1 + scale;
    }

    /** Writes any decimal: all digits, then the point between them. */
    private static int writeByDigits(long unscaled, int scale, byte[] bytes, int at) {
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

    /** 10<sup>exponent</sup>, up to 18. */
    static long powerOfTen(int exponent) {
        return POWERS[exponent];
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

    /** Writes a number below 10<sup>8</sup>; touches eight bytes. */
    private static int writeLeading(int value, byte[] bytes, int at) {
        long digits = EightDigits.of(value);
        int zeros = EightDigits.leadingZeros(digits);
        Words.store(bytes, at, (digits | EightDigits.CHARACTERS) >>> (8 * zeros));
        return at + Words.BYTES - zeros;
    }

    /** Writes the last {@code width} of eight digits, at least one; touches eight bytes. */
    private static int writeLast(int value, int width, byte[] bytes, int at) {
        long characters = EightDigits.of(value) | EightDigits.CHARACTERS;
        Words.store(bytes, at, characters >>> (8 * (Words.BYTES - width)));
        return at + width;
    }

    private static int writeEight(int value, byte[] bytes, int at) {
        Words.store(bytes, at, EightDigits.of(value) | EightDigits.CHARACTERS);
        return at + Words.BYTES;
    }

    private static long[] powers() {
        long[] powers = new long[19];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }

    private static short[] pairs() {
        short[] pairs = new short[100];
        for (int i = 0; i < 100; i++) {
            pairs[i] = (short) ('0' + i / 10 | ('0' + i % 10) << 8);
        }
        return pairs;
    }
}
