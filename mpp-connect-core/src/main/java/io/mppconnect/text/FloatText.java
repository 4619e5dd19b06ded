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
        if (absolute <= LAST_WHOLE && absolute == (long) absolute) {
            return Digits.writeUnsigned((long) absolute, bytes, next);
        }
        int exponent = Math.getExponent(value);
        long fraction = bits & (1L << DOUBLE_FRACTION_BITS) - 1;
        return exponent < Double.MIN_EXPONENT
                ? writeShortest(fraction, DOUBLE_MIN_EXPONENT, false, bytes, next)
                : writeShortest(
                        fraction | 1L << DOUBLE_FRACTION_BITS,
                        exponent - DOUBLE_FRACTION_BITS,
                        fraction == 0 && exponent > Double.MIN_EXPONENT,
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
        if (absolute <= 1 << (FLOAT_FRACTION_BITS + 1) && absolute == (int) absolute) {
            return Digits.writeUnsigned((int) absolute, bytes, next);
        }
        int exponent = Math.getExponent(value);
        int fraction = bits & (1 << FLOAT_FRACTION_BITS) - 1;
        return exponent < Float.MIN_EXPONENT
                ? writeShortest(fraction, FLOAT_MIN_EXPONENT, false, bytes, next)
                : writeShortest(
                        fraction | 1 << FLOAT_FRACTION_BITS,
                        exponent - FLOAT_FRACTION_BITS,
                        fraction == 0 && exponent > Float.MIN_EXPONENT,
                        bytes,
                        next);
    }

    /**
     * Writes {@code c} x 2<sup>{@code q}</sup>. Names are the paper's: the value v and the bounds vl and vr of its
     * interval, in quarters of 10<sup>k</sup>; s and t are the decimals around v.
     *
     * @param narrow whether the neighbour below is only half as far away as the one above
     */
    private static int writeShortest(long c, int q, boolean narrow, byte[] bytes, int at) {
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
        if (s >= 10) {
            long tens = s / 10;
            boolean below = vl + odd <= tens * 40;
            boolean above = (tens + 1) * 40 + odd <= vr;
            if (below != above) {
                return writeDecimal(below ? tens : tens + 1, k + 1, bytes, at);
            }
        }
        long t = s + 1;
        boolean below = vl + odd <= s << 2;
        boolean above = (t << 2) + odd <= vr;
        if (below != above) {
            return writeDecimal(below ? s : t, k, bytes, at);
        }
        long middle = (s + t) << 1;
        return writeDecimal(v < middle || (v == middle && (s & 1) == 0) ? s : t, k, bytes, at);
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

    private static int writeDecimal(long digits, int exponent, byte[] bytes, int at) {
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
        int count = Digits.count(shortest);
        int scientific = power + count - 1;
        if (scientific >= FIRST_LARGE || scientific <= LAST_SMALL) {
            return writeScientific(shortest, count, scientific, bytes, at);
        }
        if (power <= 0) {
            return Digits.writeDecimal(shortest, -power, bytes, at);
        }
        int next = Digits.writeUnsigned(shortest, bytes, at);
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
