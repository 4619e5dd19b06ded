package io.mppconnect.text;

/**
 * Turns decimal digits into the nearest double.
 *
 * <p>Small numbers are exact in plain arithmetic (William Clinger, "How to read floating point numbers accurately",
 * 1990). For the others the product with 128 bits of the power of ten is enough nearly always (Daniel Lemire, "Number
 * parsing at a gigabyte per second", 2021), and when it is not, that shows.
 */
final class NearestDouble {

    private static final int FRACTION_BITS = 52;
    private static final int MAX_EXACT_POWER = 22;
    private static final double[] EXACT_POWERS = exactPowers();

    private NearestDouble() {}

    /**
     * The double nearest to {@code digits} x 10<sup>{@code exponent}</sup>; NaN when this is no way to find it.
     *
     * @param digits as unsigned
     */
    static double of(long digits, int exponent) {
        if (digits == 0) {
            return 0;
        }
        if (digits >>> (FRACTION_BITS + 1) == 0 && Math.abs(exponent) <= MAX_EXACT_POWER) {
            return exponent < 0 ? digits / EXACT_POWERS[-exponent] : digits * EXACT_POWERS[exponent];
        }
        if (exponent < PowersOfTen.MIN_EXPONENT || exponent > PowersOfTen.MAX_EXPONENT) {
            return Double.NaN;
        }
        return ofProduct(digits, exponent);
    }

    private static double ofProduct(long digits, int exponent) {
        int shift = Long.numberOfLeadingZeros(digits);
        long factor = digits << shift;
        long high = PowersOfTen.high(exponent);
        long low = PowersOfTen.low(exponent);
        // Three words; the true product is less than one factor above them, and above them at all unless exact.
        long last = factor * low;
        long carried = unsignedMultiplyHigh(factor, low);
        long middle = factor * high + carried;
        long first = unsignedMultiplyHigh(factor, high) + (Long.compareUnsigned(middle, carried) < 0 ? 1 : 0);

        int discarded = first < 0 ? Long.SIZE - FRACTION_BITS - 1 : Long.SIZE - FRACTION_BITS - 2;
        int binaryExponent = PowersOfTen.floorLog2(exponent) - shift + Long.SIZE - (first < 0 ? 0 : 1);
        long significand = first >>> discarded;
        long half = 1L << (discarded - 1);
        long rest = first & (half << 1) - 1;
        if (rest == half - 1 && middle == -1 && Long.compareUnsigned(last + factor, last) < 0) {
            return Double.NaN;
        }
        boolean exact = exponent >= 0 && exponent <= PowersOfTen.MAX_EXACT;
        boolean tie = exact && rest == half && middle == 0 && last == 0;
        if (tie ? (significand & 1) != 0 : rest >= half) {
            significand++;
            if (significand >>> (FRACTION_BITS + 1) != 0) {
                significand >>>= 1;
                binaryExponent++;
            }
        }
        if (binaryExponent < Double.MIN_EXPONENT || binaryExponent > Double.MAX_EXPONENT) {
            return Double.NaN;
        }
        long biased = binaryExponent + (long) Double.MAX_EXPONENT;
        return Double.longBitsToDouble(biased << FRACTION_BITS | (significand & (1L << FRACTION_BITS) - 1));
    }

    private static long unsignedMultiplyHigh(long a, long b) {
        return Math.multiplyHigh(a, b) + (a >> 63 & b) + (b >> 63 & a);
    }

    private static double[] exactPowers() {
        double[] powers = new double[MAX_EXACT_POWER + 1];
        powers[0] = 1;
        for (int i = 1; i < powers.length; i++) {
            powers[i] = powers[i - 1] * 10;
        }
        return powers;
    }
}
