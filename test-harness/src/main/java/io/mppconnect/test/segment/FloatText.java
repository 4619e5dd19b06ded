package io.mppconnect.test.segment;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Floats as Greenplum 6 says them: with a fixed number of significant digits, where PostgreSQL 12 says the fewest that
 * give the value back.
 */
public final class FloatText {

    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:e[+-]\\d+)?");
    private static final int FLOAT4_DIGITS = 6;
    private static final int FLOAT8_DIGITS = 15;
    private static final int SMALLEST_PLAIN_EXPONENT = -4;

    private final boolean single;
    private final int digits;

    private FloatText(boolean single, int digits) {
        this.single = single;
        this.digits = digits;
    }

    /**
     * The text of {@code float4}.
     *
     * @param extraDigits what {@code extra_float_digits} says
     */
    public static FloatText ofFloat4(int extraDigits) {
        return new FloatText(true, FLOAT4_DIGITS + extraDigits);
    }

    /**
     * The text of {@code float8}.
     *
     * @param extraDigits what {@code extra_float_digits} says
     */
    public static FloatText ofFloat8(int extraDigits) {
        return new FloatText(false, FLOAT8_DIGITS + extraDigits);
    }

    /** A number, or an array, range or geometric value of numbers, as PostgreSQL says it. */
    public String of(String value) {
        // An array may begin with its bounds.
        int bounds = value.indexOf('=') + 1;
        return value.substring(0, bounds)
                + NUMBER.matcher(value.substring(bounds)).replaceAll(this::number);
    }

    private String number(MatchResult shortest) {
        String text = shortest.group();
        BigDecimal exact = new BigDecimal(single ? Float.parseFloat(text) : Double.parseDouble(text));
        if (exact.signum() == 0) {
            return text;
        }
        BigDecimal rounded =
                exact.round(new MathContext(digits, RoundingMode.HALF_EVEN)).stripTrailingZeros();
        int exponent = rounded.precision() - rounded.scale() - 1;
        if (exponent >= SMALLEST_PLAIN_EXPONENT && exponent < digits) {
            return rounded.toPlainString();
        }
        BigDecimal mantissa = rounded.scaleByPowerOfTen(-exponent);
        String magnitude = String.valueOf(Math.abs(exponent));
        return mantissa.toPlainString()
                + (exponent < 0 ? "e-" : "e+")
                + (magnitude.length() < 2 ? "0" : "")
                + magnitude;
    }
}
