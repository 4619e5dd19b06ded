package io.mppconnect.text;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** Reads numbers out of bytes. A method that returns false has found none; one that returns true leaves it here. */
final class NumberParser {

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
    private int significant;
    private int fraction;
    private int exponent;

    long whole() {
        return whole;
    }

    double real() {
        return real;
    }

    float single() {
        return single;
    }

    BigDecimal decimal() {
        return decimal;
    }

    /** Finds a whole number within the range of a long. */
    boolean parseWhole(byte[] bytes, int from, int to) {
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

    boolean parseDouble(byte[] bytes, int from, int to) {
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

    boolean parseFloat(byte[] bytes, int from, int to) {
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

    boolean parseDecimal(byte[] bytes, int from, int to) {
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
    static boolean matches(String text, byte[] bytes, int from, int to) {
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
