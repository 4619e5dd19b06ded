package io.mppconnect.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalsTest {

    @ParameterizedTest
    @CsvSource({
        "5, 2, 999.99, 999.99",
        "5, 2, -999.994, -999.994",
        "5, 2, 0.00001, 0.00001",
        "5, 2, 1E+2, 100",
        "2, 2, 0.99, 0.99",
        "2, 2, 0, 0",
        "2, 2, 0E-9, 0.000000000",
        "3, 0, 999.4, 999.4"
    })
    void leavesSurplusFractionDigitsToTheDatabase(int precision, int scale, BigDecimal value, String text)
            throws InterruptedException {
        assertThat(ValueWriterTest.written(Types.numeric(precision, scale), value))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "5, 2, 1000, 3",
        "5, 2, 1E+3, 3",
        "5, 2, 1E+1000000, 3",
        "5, 2, 999.995, 3",
        "5, 2, -999.999, 3",
        "2, 2, 1, 0",
        "2, 2, 0.995, 0",
        "3, 0, 999.5, 3"
    })
    void refusesMoreWholeDigitsThanThereIsRoomForAlsoAfterRounding(
            int precision, int scale, BigDecimal value, int digits) {
        assertThatThrownBy(() -> ValueWriterTest.written(Types.numeric(precision, scale), value))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("Invalid value: the value does not fit numeric(" + precision + "," + scale + ") (at most "
                        + digits + " digits before the point)");
    }

    @Test
    void checksFloatingPointNumbersByTheirShortestDigits() throws InterruptedException {
        assertThat(ValueWriterTest.written(Types.numeric(2, 1), 9.9)).isEqualTo("9.9");
        assertThatThrownBy(() -> ValueWriterTest.written(Types.numeric(2, 1), 9.96f))
                .hasMessage("Invalid value: the value does not fit numeric(2,1) (at most 1 digits before the point)");
    }
}
