package io.mppconnect.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatTextTest {

    private static final int SAMPLES = 1_200_000;

    private final byte[] bytes = new byte[FloatText.MAX_LENGTH];

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, -0",
        "1, 1",
        "-1.5, -1.5",
        "0.1, 0.1",
        "0.30000000000000004, 0.30000000000000004",
        "1e300, 1e+300",
        "-1e-300, -1e-300",
        "1.5e17, 1.5e+17",
        "2e16, 20000000000000000",
        "123456789012345680, 1.2345678901234568e+17",
        "12345678901234567, 12345678901234568",
        "9007199254740993, 9007199254740992",
        "0.00001, 0.00001",
        "0.000001, 1e-6",
        "0.0000123, 0.0000123",
        "2e-44, 2e-44",
        "2.2250738585072014E-308, 2.2250738585072014e-308",
        "2.225073858507201E-308, 2.225073858507201e-308",
        "1.7976931348623157E308, 1.7976931348623157e+308",
        "4.9E-324, 5e-324",
        "1e23, 1e+23",
        "2E23, 2e+23",
        "8.41E21, 8.41e+21",
        "9.007199254740996E15, 9007199254740996",
        "NaN, NaN",
        "Infinity, Infinity",
        "-Infinity, -Infinity"
    })
    void writesDoublesAsTheDatabaseReadsThem(double value, String text) {
        assertThat(text(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0",
        "-0.0, -0",
        "0.1, 0.1",
        "3.4028235e38, 3.4028235e+38",
        "1.4e-45, 1e-45",
        "1.17549435E-38, 1.1754944e-38",
        "16777216, 16777216",
        "33554432, 33554432",
        "1e10, 10000000000",
        "NaN, NaN",
        "-Infinity, -Infinity"
    })
    void writesFloatsAsTheDatabaseReadsThem(float value, String text) {
        assertThat(text(value)).isEqualTo(text);
    }

    @Test
    void everyDoubleReadsBackTheSame() {
        Random random = new Random(1);
        for (int i = 0; i < SAMPLES; i++) {
            checkDouble(Double.longBitsToDouble(random.nextLong()));
        }
    }

    @Test
    void everyFloatReadsBackTheSame() {
        Random random = new Random(2);
        for (int i = 0; i < SAMPLES; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            String text = text(value);
            if (Float.floatToIntBits(Float.parseFloat(text)) != Float.floatToIntBits(value)) {
                throw new AssertionError(value + " became " + text);
            }
        }
    }

    @Test
    void doublesNearPowersOfTwoAndTenReadBackTheSame() {
        for (int exponent = -1074; exponent <= 1023; exponent++) {
            checkAround(Math.scalb(1.0, exponent));
        }
        for (int exponent = -324; exponent <= 308; exponent++) {
            checkAround(Double.parseDouble("1e" + exponent));
        }
    }

    @Test
    void fewDecimalDigitsStayFew() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            BigDecimal decimal = BigDecimal.valueOf(random.nextInt(100_000_000), random.nextInt(30));
            String text = text(decimal.doubleValue());
            if (new BigDecimal(text).compareTo(decimal) != 0) {
                throw new AssertionError(decimal + " became " + text);
            }
        }
    }

    @Test
    void noShorterDigitsWouldDo() {
        Random random = new Random(4);
        for (int i = 0; i < 20_000; i++) {
            double value = Math.abs(Double.longBitsToDouble(random.nextLong()));
            if (Double.isFinite(value)) {
                checkShortest(value);
            }
        }
    }

    @Test
    void neighboursOfFewDigitsAreNotTakenForThem() {
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            int scale = 1 + random.nextInt(9);
            double value = BigDecimal.valueOf(random.nextLong() >>> (14 + random.nextInt(40)), scale)
                    .doubleValue();
            checkAround(value);
            checkShortest(value);
            checkShortest(Math.nextUp(value));
            checkShortest(Math.nextDown(value));
        }
    }

    private void checkShortest(double value) {
        BigDecimal exact = new BigDecimal(value);
        BigDecimal written = new BigDecimal(text(value)).stripTrailingZeros();
        int digits = written.precision();
        BigDecimal sameLength = exact.round(new MathContext(digits));
        BigDecimal distance = exact.subtract(written).abs();
        // Whole numbers have all their digits, as the database itself would write them.
        boolean whole = value < 1L << 53 && value == (long) value;
        if (sameLength.doubleValue() == value
                && distance.compareTo(exact.subtract(sameLength).abs()) > 0) {
            throw new AssertionError(value + " is nearer to " + sameLength + " than to " + written);
        }
        if (!whole && digits > 1 && exact.round(new MathContext(digits - 1)).doubleValue() == value) {
            throw new AssertionError(value + " became " + written);
        }
    }

    private void checkAround(double value) {
        double below = value;
        double above = value;
        for (int i = 0; i < 4; i++) {
            checkDouble(below);
            checkDouble(-above);
            below = Math.nextDown(below);
            above = Math.nextUp(above);
        }
    }

    private void checkDouble(double value) {
        String text = text(value);
        if (Double.doubleToLongBits(Double.parseDouble(text)) != Double.doubleToLongBits(value)) {
            throw new AssertionError(value + " became " + text);
        }
    }

    private String text(double value) {
        return new String(bytes, 0, FloatText.write(value, bytes, 0), StandardCharsets.US_ASCII);
    }

    private String text(float value) {
        return new String(bytes, 0, FloatText.write(value, bytes, 0), StandardCharsets.US_ASCII);
    }
}
