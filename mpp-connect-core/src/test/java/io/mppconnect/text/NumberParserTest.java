package io.mppconnect.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NumberParserTest {

    private final NumberParser parser = new NumberParser();

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 9, 10, 1234567890123456789L, Long.MAX_VALUE, Long.MIN_VALUE, Integer.MIN_VALUE})
    void readsWholeNumbers(long value) {
        assertThat(parseWhole(Long.toString(value))).isTrue();
        assertThat(parser.whole()).isEqualTo(value);
    }

    @Test
    void readsASignAndZerosInFront() {
        assertThat(parseWhole("+00000000000000000000000012")).isTrue();
        assertThat(parser.whole()).isEqualTo(12);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "+",
                "1.0",
                " 1",
                "1 ",
                "0x1",
                "1-",
                "9223372036854775808",
                "-9223372036854775809",
                "99999999999999999999"
            })
    void refusesWhatIsNoWholeNumber(String text) {
        assertThat(parseWhole(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "-.",
                "e5",
                "1e",
                "1e+",
                "1e5.",
                "1.2.3",
                "1d",
                "0x1p3",
                " 1",
                "inf",
                "nan",
                "1e1000000"
            })
    void refusesWhatIsNoNumber(String text) {
        assertThat(parseDouble(text)).isFalse();
        assertThat(parseDecimal(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-0",
                "0.0",
                ".5",
                "5.",
                "1e+300",
                "1.00000000000000005e+300",
                "0.100000000000000006",
                "0.300000000000000044",
                "4.94065645841246544e-324",
                "2.4703282292062327208e-324",
                "2.2250738585072011e-308",
                "2.2250738585072014e-308",
                "1.7976931348623157e308",
                "1.7976931348623159e308",
                "1e400",
                "1e-400",
                "9007199254740993",
                "90071992547409930e-1",
                "9007199254740993.0000000000000000000000001",
                "18446744073709551615",
                "9999999999999999999",
                "123456789012345678901234567890",
                "1e22",
                "1e23",
                "8.5e22",
                "6.8e-320",
                "NaN",
                "Infinity",
                "-Infinity"
            })
    void readsDoublesAsJavaDoes(String text) {
        assertThat(parseDouble(text)).isTrue();
        assertThat(Double.doubleToLongBits(parser.real())).isEqualTo(Double.doubleToLongBits(Double.parseDouble(text)));
    }

    @Test
    void readsRandomDoublesAsJavaDoes() {
        Random random = new Random(5);
        for (int i = 0; i < 60_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                checkDouble(Double.toString(value));
                checkDouble(new BigDecimal(value).round(new MathContext(18)).toString());
            }
        }
    }

    @Test
    void readsRandomDigitsAsJavaDoes() {
        Random random = new Random(6);
        for (int i = 0; i < 300_000; i++) {
            String digits = new BigInteger(1 + random.nextInt(70), random).toString();
            checkDouble(digits + "e" + (random.nextInt(700) - 360));
            checkDouble("-" + random.nextInt(1000) + "." + digits);
        }
    }

    @Test
    void readsTheMiddleOfTwoDoublesAsJavaDoes() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            double value = Math.abs(random.nextLong() * Math.scalb(1.0, random.nextInt(20) - 10));
            BigDecimal middle = new BigDecimal(value)
                    .add(new BigDecimal(Math.nextUp(value)))
                    .divide(BigDecimal.valueOf(2));
            checkDouble(middle.toPlainString());
            checkDouble(middle.round(new MathContext(19)).toString());
        }
    }

    @Test
    void readsFloatsAsJavaDoes() {
        Random random = new Random(8);
        for (int i = 0; i < 100_000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                checkFloat(Float.toString(value));
                checkFloat(new BigDecimal(value).round(new MathContext(9)).toString());
                checkFloat(new BigDecimal(value)
                        .add(new BigDecimal(Math.nextUp(value)))
                        .divide(BigDecimal.valueOf(2))
                        .round(new MathContext(17 + random.nextInt(4)))
                        .toString());
            }
        }
    }

    @Test
    void readsDecimalsWithTheirScale() {
        for (String text : new String[] {
            "0",
            "-0.00",
            "12.50",
            "-123456789012345678",
            "0.000000000000000000001",
            "1e50",
            "12.5e-3",
            "123456789012345678901234567890.1234567890"
        }) {
            assertThat(parseDecimal(text)).isTrue();
            assertThat(parser.decimal()).isEqualTo(new BigDecimal(text));
        }
    }

    @Test
    void everyCharacterThatIsNoDigitIsSeenWhereverItIs() {
        for (int length = 1; length <= 18; length++) {
            for (int place = 0; place < length; place++) {
                for (char character : "/: .,x-+\u0000\u007F\u00B0\u00FF".toCharArray()) {
                    StringBuilder text = new StringBuilder("123456789012345678").delete(length, 18);
                    text.setCharAt(place, character);
                    boolean sign = place == 0 && length > 1 && (character == '-' || character == '+');
                    boolean point = character == '.' && length > 1;
                    assertThat(parseWhole(text.toString())).as(text.toString()).isEqualTo(sign);
                    assertThat(parseDouble(text.toString())).as(text.toString()).isEqualTo(sign || point);
                    if (sign) {
                        assertThat(parser.whole()).isEqualTo(Long.parseLong(text.toString()));
                    }
                    if (point) {
                        checkDouble(text.toString());
                    }
                }
            }
        }
    }

    private void checkDouble(String text) {
        if (!parseDouble(text)
                || Double.doubleToLongBits(parser.real()) != Double.doubleToLongBits(Double.parseDouble(text))) {
            throw new AssertionError(text + " became " + parser.real());
        }
    }

    private void checkFloat(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        if (!parser.parseFloat(bytes, 0, bytes.length)
                || Float.floatToIntBits(parser.single()) != Float.floatToIntBits(Float.parseFloat(text))) {
            throw new AssertionError(text + " became " + parser.single());
        }
    }

    private boolean parseWhole(String text) {
        return parse(text, parser::parseWhole, parser::whole);
    }

    private boolean parseDouble(String text) {
        return parse(text, parser::parseDouble, parser::real);
    }

    private boolean parseDecimal(String text) {
        return parse(text, parser::parseDecimal, parser::decimal);
    }

    /** What is around a number must make no difference. */
    private static boolean parse(String text, Parse parse, Supplier<Object> result) {
        boolean found = parse.parse(text.getBytes(StandardCharsets.ISO_8859_1), 0, text.length());
        Object value = result.get();
        for (String around : new String[] {"9999999999999999", "................", "\t\n--+eE\u00FF\u00FF\t\n--+eE"}) {
            byte[] bytes = (around + text + around).getBytes(StandardCharsets.ISO_8859_1);
            boolean again = parse.parse(bytes, around.length(), around.length() + text.length());
            if (again != found || !result.get().equals(value)) {
                throw new AssertionError(text + " became " + result.get() + " between " + around);
            }
        }
        return found;
    }

    private interface Parse {
        boolean parse(byte[] bytes, int from, int to);
    }
}
