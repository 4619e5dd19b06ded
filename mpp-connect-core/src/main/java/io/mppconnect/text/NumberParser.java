package io.mppconnect.text;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Reads numbers out of bytes. A method that returns false has found none; one that returns true leaves it here. */
public final class NumberParser {

    private static final int NONE = -1;
    private static final long POINTS = Words.spread('.');
    private static final int MAX_DIGITS = 19;
    private static final int MAX_LONG_DIGITS = 18;

    /** Beyond any double, any numeric of the database and anything it would write. */
    private static final int EXPONENT_LIMIT = 100_000;

    /** The low bits of a double that a float has no room for. */
    private static final long BEYOND_FLOAT = (1L << 29) - 1;

    private static final long FLOAT_TIE = 1L << 28;

    private long whole;
    private double real;
    private float single;
    private BigDecimal decimal = BigDecimal.ZERO;
    private char[] characters = new char[64];

    private boolean negative;
    private long digits;

    /** How many digits there are from the first that is not zero on, or 1 when they are few enough for a long. */
    private int significant;

    private int fraction;
    private int exponent;

    /** A whole number that was found. */
    public long whole() {
        return whole;
    }

    /** The nearest double of a number that was found. */
    public double real() {
        return real;
    }

    /** The nearest float of a number that was found. */
    public float single() {
        return single;
    }

    /** A number that was found, with all its digits. */
    public BigDecimal decimal() {
        return decimal;
    }

    /** Finds a whole number within the range of a long. */
    public boolean parseWhole(byte[] bytes, int from, int to) {
        boolean minus = from < to && bytes[from] == '-';
        long number = number(bytes, minus ? from + 1 : from, to);
        if (number == NONE) {
            return parseAnyWhole(bytes, from, to);
        }
        whole = minus ? -number : number;
        return true;
    }

    /** The number that 1 to 16 digits are; -1 when there is anything else. */
    private static long number(byte[] bytes, int from, int to) {
        int length = to - from;
        if (length <= 0 || length > 2 * Words.BYTES || to < 2 * Words.BYTES) {
            return NONE;
        }
        long low = EightDigits.last(bytes, from, to);
        if (length <= Words.BYTES) {
            return EightDigits.valid(low) ? EightDigits.value(low) : NONE;
        }
        long high = EightDigits.last(bytes, from, to - Words.BYTES);
        return EightDigits.valid(low) && EightDigits.valid(high)
                ? (long) EightDigits.value(high) * EightDigits.LIMIT + EightDigits.value(low)
                : NONE;
    }

    private boolean parseAnyWhole(byte[] bytes, int from, int to) {
        int next = from;
        boolean minus = next < to && bytes[next] == '-';
        if (minus || (next < to && bytes[next] == '+')) {
            next++;
        }
        if (next == to) {
            return false;
        }
        // Negative, for there is one more of those.
        long value = 0;
        for (; next < to; next++) {
            int digit = bytes[next] - '0';
            if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10) {
                return false;
            }
            value = value * 10 - digit;
            if (value > 0) {
                return false;
            }
        }
        if (!minus && value == Long.MIN_VALUE) {
            return false;
        }
        whole = minus ? value : -value;
        return true;
    }

    /** Finds a number, an infinite one or NaN. */
    public boolean parseDouble(byte[] bytes, int from, int to) {
        if (!scan(bytes, from, to)) {
            return parseSpecial(bytes, from, to);
        }
        double nearest = significant <= MAX_DIGITS ? NearestDouble.of(digits, exponent - fraction) : Double.NaN;
        if (Double.isNaN(nearest)) {
            real = Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1));
        } else {
            real = negative ? -nearest : nearest;
        }
        return true;
    }

    /** Finds a number, an infinite one or NaN. */
    public boolean parseFloat(byte[] bytes, int from, int to) {
        if (!parseDouble(bytes, from, to)) {
            return false;
        }
        // Rounding twice is wrong only where the double lies in the middle of two floats and the number does not.
        double absolute = Math.abs(real);
        boolean middle = (Double.doubleToRawLongBits(real) & BEYOND_FLOAT) == FLOAT_TIE;
        boolean subnormal = absolute > 0 && absolute < Float.MIN_NORMAL;
        single = middle || subnormal
                ? Float.parseFloat(new String(bytes, from, to - from, StandardCharsets.ISO_8859_1))
                : (float) real;
        return true;
    }

    /** Finds a finite number. */
    public boolean parseDecimal(byte[] bytes, int from, int to) {
        if (!scan(bytes, from, to)) {
            return false;
        }
        if (significant <= MAX_LONG_DIGITS) {
            decimal = BigDecimal.valueOf(negative ? -digits : digits, fraction - exponent);
            return true;
        }
        int length = to - from;
        if (characters.length < length) {
            characters = new char[length];
        }
        for (int i = 0; i < length; i++) {
            characters[i] = (char) bytes[from + i];
        }
        decimal = new BigDecimal(characters, 0, length);
        return true;
    }

    /** Finds digits with or without a point and an exponent. */
    private boolean scan(byte[] bytes, int from, int to) {
        return scanCommon(bytes, from, to) || scanAny(bytes, from, to);
    }

    /** Finds up to 18 digits around a point. */
    private boolean scanCommon(byte[] bytes, int from, int to) {
        negative = from < to && bytes[from] == '-';
        int start = negative ? from + 1 : from;
        int point = point(bytes, start, to);
        long ahead = number(bytes, start, point);
        if (ahead == NONE) {
            return false;
        }
        digits = ahead;
        fraction = 0;
        if (point < to) {
            fraction = to - point - 1;
            long behind = number(bytes, point + 1, to);
            if (behind == NONE || fraction + point - start > MAX_LONG_DIGITS) {
                return false;
            }
            digits = ahead * Digits.powerOfTen(fraction) + behind;
        }
        significant = 1;
        exponent = 0;
        return true;
    }

    /** Where the point is, or the end. */
    private static int point(byte[] bytes, int from, int to) {
        for (int next = from; next < to; next += Words.BYTES) {
            long match = Words.equal(Words.load(bytes, next, bytes.length), POINTS);
            if (match != 0) {
                return Math.min(to, next + Words.index(match));
            }
        }
        return to;
    }

    private boolean scanAny(byte[] bytes, int from, int to) {
        int next = from;
        negative = next < to && bytes[next] == '-';
        if (negative || (next < to && bytes[next] == '+')) {
            next++;
        }
        digits = 0;
        significant = 0;
        fraction = 0;
        exponent = 0;
        int start = next;
        int point = -1;
        for (; next < to; next++) {
            int digit = bytes[next] - '0';
            if (digit >= 0 && digit <= 9) {
                digits = digits * 10 + digit;
                significant += significant > 0 || digit > 0 ? 1 : 0;
            } else if (bytes[next] == '.' && point < 0) {
                point = next;
            } else {
                break;
            }
        }
        if (next - start - (point < 0 ? 0 : 1) == 0) {
            return false;
        }
        fraction = point < 0 ? 0 : next - point - 1;
        return next == to || scanExponent(bytes, next, to);
    }

    private boolean scanExponent(byte[] bytes, int from, int to) {
        int next = from + 1;
        if ((bytes[from] != 'e' && bytes[from] != 'E') || next == to) {
            return false;
        }
        boolean minus = bytes[next] == '-';
        if (minus || bytes[next] == '+') {
            next++;
        }
        if (next == to) {
            return false;
        }
        int value = 0;
        for (; next < to; next++) {
            int digit = bytes[next] - '0';
            value = value * 10 + digit;
            if (digit < 0 || digit > 9 || value > EXPONENT_LIMIT) {
                return false;
            }
        }
        exponent = minus ? -value : value;
        return true;
    }

    private boolean parseSpecial(byte[] bytes, int from, int to) {
        if (matches("NaN", bytes, from, to)) {
            real = Double.NaN;
        } else if (matches("Infinity", bytes, from, to)) {
            real = Double.POSITIVE_INFINITY;
        } else if (matches("-Infinity", bytes, from, to)) {
            real = Double.NEGATIVE_INFINITY;
        } else {
            return false;
        }
        return true;
    }

    /** Whether the bytes are exactly these characters. */
    public static boolean matches(String text, byte[] bytes, int from, int to) {
        if (to - from != text.length()) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }
}
