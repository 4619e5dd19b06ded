package io.mppconnect.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EightDigitsTest {

    /** A prime, so that all places take all values. */
    private static final int STEP = 97;

    @Test
    void digitsOfNumbersAreTheNumbers() {
        for (int value = 0; value < EightDigits.LIMIT; value += STEP) {
            check(value);
        }
        for (int power = 1; power < EightDigits.LIMIT; power *= 10) {
            check(power - 1);
            check(power);
            check(power * 10 - 1);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 7, 8", "1, 7, 0", "10, 6, 1", "12345678, 0, 0", "10000000, 0, 7", "120300, 2, 2"})
    void countsZerosAtBothEnds(int value, int leading, int trailing) {
        assertThat(EightDigits.leadingZeros(EightDigits.of(value))).isEqualTo(leading);
        assertThat(EightDigits.trailingZeros(EightDigits.of(value))).isEqualTo(trailing);
    }

    @Test
    void everyOtherByteIsNoDigit() {
        for (int value = 0; value < 256; value++) {
            for (int place = 0; place < 8; place++) {
                byte[] text = "12345678".getBytes(StandardCharsets.US_ASCII);
                text[place] = (byte) value;
                long digits = Words.load(text, 0) ^ EightDigits.CHARACTERS;
                assertThat(EightDigits.valid(digits)).isEqualTo(value >= '0' && value <= '9');
            }
        }
    }

    private static void check(int value) {
        long digits = EightDigits.of(value);
        byte[] text = new byte[8];
        Words.store(text, 0, digits | EightDigits.CHARACTERS);
        int parsed = 0;
        for (byte character : text) {
            parsed = parsed * 10 + character - '0';
        }
        if (parsed != value || EightDigits.value(digits) != value || !EightDigits.valid(digits)) {
            throw new AssertionError(value);
        }
    }
}
