package io.mppconnect.text;

/**
 * Writes the shortest digits that read back as the same float or double; of those the ones nearest to it.
 *
 * <p>After Raffaello Giulietti, "The Schubfach way to render doubles" (2020): of all decimals within the interval that
 * rounds to a value, only four can be the shortest and nearest, and 126 bits of a power of ten are enough to find them.
 */
final class FloatText {

    /** Room enough for any double. */
    static final int MAX_LENGTH = 32;

    private static final int DOUBLE_FRACTION_BITS = 52;
    private static final int DOUBLE_MIN_EXPONENT = -1074;
    private static final int FLOAT_FRACTION_BITS = 23;
    private static final int FLOAT_MIN_EXPONENT = -149;
    private static final double LAST_WHOLE = 1L << 53;

    /** Doubles from the one to the other are tried for few digits after the point. */
    private static final double FIRST_FEW = 1e-5;

    private static final long LIMIT_FEW = 10_000_000;
    private static final int NONE = -1;

    /** Decimal exponents from here are written with an {@code e}. */
    private static final int FIRST_LARGE = 17;

    private static final int LAST_SMALL = -6;

    private static final long SIXTY_THREE_BITS = Long.MAX_VALUE;

    private FloatText() {}

    /** Returns the index after what it wrote. */
    static int write(double value, byte[] bytes, int at) {
        if (Double.isNaN(value)) {
            return ascii("NaN", bytes, at);
        }
        long bits = Double.doubleToRawLongBits(value);
        int next = sign(bits < 0, bytes, at);
        double absolute = Math.abs(value);
        if (Double.isInfinite(value)) {
            return ascii("Infinity", bytes, next);
        }
        long whole = (long) absolute;
        if (absolute <= LAST_WHOLE) {
            if (absolute == whole) {
                return Digits.writeUnsigned(whole, bytes, next);
            }
            int end = absolute >= FIRST_FEW && whole < LIMIT_FEW ? writeFew(absolute, whole, bytes, next) : NONE;
            if (end != NONE) {
                return end;
            }
        }
        int exponent = Math.getExponent(value);
        long fraction = bits & (1L << DOUBLE_FRACTION_BITS) - 1;
        return exponent < Double.MIN_EXPONENT
                ? writeShortest(fraction, DOUBLE_MIN_EXPONENT, false, whole, bytes, next)
                : writeShortest(
                        fraction | 1L << DOUBLE_FRACTION_BITS,
                        exponent - DOUBLE_FRACTION_BITS,
                        fraction == 0 && exponent > Double.MIN_EXPONENT,
                        whole,
                        bytes,
                        next);
    }

    /** Returns the index after what it wrote. */
    static int write(float value, byte[] bytes, int at) {
        if (Float.isNaN(value)) {
            return ascii("NaN", bytes, at);
        }
        int bits = Float.floatToRawIntBits(value);
        int next = sign(bits < 0, bytes, at);
        float absolute = Math.abs(value);
        if (Float.isInfinite(value)) {
            return ascii("Infinity", bytes, next);
        }
        int whole = (int) absolute;
        if (absolute <= 1 << (FLOAT_FRACTION_BITS + 1) && absolute == whole) {
            return Digits.writeUnsigned(whole, bytes, next);
        }
        int exponent = Math.getExponent(value);
        int fraction = bits & (1 << FLOAT_FRACTION_BITS) - 1;
        return exponent < Float.MIN_EXPONENT
                ? writeShortest(fraction, FLOAT_MIN_EXPONENT, false, whole, bytes, next)
                : writeShortest(
                        fraction | 1 << FLOAT_FRACTION_BITS,
                        exponent - FLOAT_FRACTION_BITS,
                        fraction == 0 && exponent > Float.MIN_EXPONENT,
                        whole,
                        bytes,
                        next);
    }

    /**
     * Writes what is a decimal of up to eight digits after the point, and 15 in all; -1 when this is none. No two such
     * decimals are the same double, so it is the shortest one; and a quotient of numbers as small as these is exact.
     */
    private static int writeFew(double absolute, long whole, byte[] bytes, int at) {
        int rounded = (int) ((absolute - whole) * EightDigits.LIMIT + 0.5);
        if ((whole * EightDigits.LIMIT + rounded) / (double) EightDigits.LIMIT != absolute) {
            return NONE;
        }
        int next = Digits.writeUnsigned(whole, bytes, at);
        bytes[next] = '.';
        long digits = EightDigits.of(rounded);
        Words.store(bytes, next + 1, digits | EightDigits.CHARACTERS);
        return next + 1 + Words.BYTES - EightDigits.trailingZeros(digits);
    }

    /**
     * Writes {@code c} x 2<sup>{@code q}</sup>. Names are the paper's: the value v and the bounds vl and vr of its
     * interval, in quarters of 10<sup>k</sup>; s and t are the decimals around v.
     *
     * @param narrow whether the neighbour below is only half as far away as the one above
     * @param whole the value without its fraction, unless it is beyond any long
     */
    private static int writeShortest(long c, int q, boolean narrow, long whole, byte[] bytes, int at) {
        // The bounds themselves round to an even c only.
        long odd = c & 1;
        int k = narrow ? floorLog10ThreeQuarters(q) : floorLog10(q);
        int h = q + PowersOfTen.floorLog2(-k) + 2;
        // g = floor(10^-k x 2^-r) + 1 in 126 bits, as 63 and 63.
        long high = PowersOfTen.high(-k);
        long low = (high << 62 | PowersOfTen.low(-k) >>> 2) + 1;
        long g1 = ((high >>> 2) + (low == 0 ? 1 : 0)) << 1 | low >>> 63;
        long g0 = low & SIXTY_THREE_BITS;

        long v = roundedToOdd(g1, g0, c << 2 << h);
        long vl = roundedToOdd(g1, g0, ((c << 2) - (narrow ? 1 : 2)) << h);
        long vr = roundedToOdd(g1, g0, ((c << 2) + 2) << h);
        long s = v >> 2;
        long tens = s / 10;
        // Masks, for how many digits are needed is what no branch predictor knows.
        long below = ~((tens * 40 - vl - odd) >> 63);
        long above = ~((vr - (tens + 1) * 40 - odd) >> 63);
        long shorter = (below ^ above) & (9 - s) >> 63;
        long full = fitting(s, v, vl + odd, vr - odd);
        return writeStripped(full ^ ((full ^ tens - above) & shorter), k - (int) shorter, whole, bytes, at);
    }

    /** Of s and s + 1 the one within the bounds; the one nearest to v when both are, or none. */
    private static long fitting(long s, long v, long from, long to) {
        long nearest = (v + 1 + (s & 1)) >> 2;
        if (nearest << 2 >= from && nearest << 2 <= to) {
            return nearest;
        }
        long other = s + s + 1 - nearest;
        return other << 2 >= from && other << 2 <= to ? other : nearest;
    }

    /** The product without its lowest 127 bits; odd when some of them were set. */
    private static long roundedToOdd(long g1, long g0, long factor) {
        long carried = ((g1 * factor) >>> 1) + Math.multiplyHigh(g0, factor);
        long upper = Math.multiplyHigh(g1, factor) + (carried >>> 63);
        return upper | ((carried & SIXTY_THREE_BITS) + SIXTY_THREE_BITS) >>> 63;
    }

    private static int floorLog10(int q) {
        return (int) ((q * 661971961083L) >> 41);
    }

    private static int floorLog10ThreeQuarters(int q) {
        return (int) ((q * 661971961083L - 274743187321L) >> 41);
    }

    private static int writeStripped(long digits, int exponent, long whole, byte[] bytes, int at) {
        long shortest = digits;
        int power = exponent;
        while (shortest % 10_000 == 0) {
            shortest /= 10_000;
            power += 4;
        }
        while (shortest % 10 == 0) {
            shortest /= 10;
            power++;
        }
        return writeDecimal(shortest, power, whole, bytes, at);
    }

    /** Writes digits that do not end with a zero. */
    private static int writeDecimal(long digits, int power, long whole, byte[] bytes, int at) {
        if (whole > 0 && power < 0 && power >= -Digits.LONG_DIGITS) {
            // Digits that gave another whole number would read back as another value: that number is one itself.
            return Digits.writeDecimal(whole, digits, -power, bytes, at);
        }
        int count = Digits.count(digits);
        int scientific = power + count - 1;
        if (scientific >= FIRST_LARGE || scientific <= LAST_SMALL) {
            return writeScientific(digits, count, scientific, bytes, at);
        }
        if (power <= 0) {
            return Digits.writeDecimal(digits, -power, bytes, at);
        }
        int next = Digits.writeUnsigned(digits, bytes, at);
        for (int zeros = power; zeros > 0; zeros--) {
            bytes[next++] = '0';
        }
        return next;
    }

    private static int writeScientific(long digits, int count, int exponent, byte[] bytes, int at) {
        int next = Digits.writeDecimal(digits, count - 1, bytes, at);
        bytes[next++] = 'e';
        bytes[next++] = (byte) (exponent < 0 ? '-' : '+');
        return Digits.writeUnsigned(Math.abs(exponent), bytes, next);
    }

    private static int sign(boolean negative, byte[] bytes, int at) {
        if (!negative) {
            return at;
        }
        bytes[at] = '-';
        return at + 1;
    }

    private static int ascii(String text, byte[] bytes, int at) {
        for (int i = 0; i < text.length(); i++) {
            bytes[at + i] = (byte) text.charAt(i);
        }
        return at + text.length();
    }
}
