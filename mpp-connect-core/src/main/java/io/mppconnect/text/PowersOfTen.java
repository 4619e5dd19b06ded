package io.mppconnect.text;

import java.math.BigInteger;

/** The leading 128 bits of the powers of ten, rounded down: what binary fractions are turned from and into digits with. */
final class PowersOfTen {

    static final int MIN_EXPONENT = -342;
    static final int MAX_EXPONENT = 324;

    /** Up to this exponent the 128 bits are all there is. */
    static final int MAX_EXACT = 55;

    private static final int BITS = 128;
    private static final long[] WORDS = words();

    private PowersOfTen() {}

    /** The upper 64 of the 128 bits; the first one is set. */
    static long high(int exponent) {
        return WORDS[2 * (exponent - MIN_EXPONENT)];
    }

    /** The lower 64 of the 128 bits. */
    static long low(int exponent) {
        return WORDS[2 * (exponent - MIN_EXPONENT) + 1];
    }

    /** The largest {@code n} with 2<sup>n</sup> not above 10<sup>exponent</sup>. */
    static int floorLog2(int exponent) {
        return (int) ((exponent * 913124641741L) >> 38);
    }

    private static long[] words() {
        long[] words = new long[2 * (MAX_EXPONENT - MIN_EXPONENT + 1)];
        // Five is enough: the factor of a power of two does not change leading bits.
        BigInteger five = BigInteger.valueOf(5);
        BigInteger power = BigInteger.ONE;
        for (int n = 0; n <= -MIN_EXPONENT; n++) {
            if (n <= MAX_EXPONENT) {
                int excess = power.bitLength() - BITS;
                put(words, n, excess > 0 ? power.shiftRight(excess) : power.shiftLeft(-excess));
            }
            if (n > 0) {
                put(
                        words,
                        -n,
                        BigInteger.ONE.shiftLeft(power.bitLength() + BITS - 1).divide(power));
            }
            power = power.multiply(five);
        }
        return words;
    }

    private static void put(long[] words, int exponent, BigInteger bits) {
        words[2 * (exponent - MIN_EXPONENT)] = bits.shiftRight(Long.SIZE).longValue();
        words[2 * (exponent - MIN_EXPONENT) + 1] = bits.longValue();
    }
}
