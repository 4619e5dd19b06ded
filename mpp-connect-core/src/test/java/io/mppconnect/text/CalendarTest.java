package io.mppconnect.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.YearMonth;
import org.junit.jupiter.api.Test;

class CalendarTest {

    @Test
    void agreesWithJavaOnEveryDayOfThreeThousandYears() {
        for (long day = LocalDate.of(-500, 1, 1).toEpochDay();
                day < LocalDate.of(2500, 1, 1).toEpochDay();
                day++) {
            check(day);
        }
    }

    @Test
    void agreesWithJavaFarAway() {
        for (long day = -Calendar.MAX_EPOCH_DAY; day <= Calendar.MAX_EPOCH_DAY; day += 7_654_321) {
            check(day);
        }
    }

    @Test
    void knowsHowLongMonthsAre() {
        for (int year = -401; year <= 2001; year++) {
            for (int month = 1; month <= 12; month++) {
                assertThat(Calendar.length(year, month))
                        .isEqualTo(YearMonth.of(year, month).lengthOfMonth());
            }
        }
        assertThat(Calendar.length(2024, 0)).isZero();
        assertThat(Calendar.length(2024, 13)).isZero();
    }

    private static void check(long epochDay) {
        LocalDate expected = LocalDate.ofEpochDay(epochDay);
        long date = Calendar.date(epochDay);
        if (Calendar.year(date) != expected.getYear()
                || Calendar.month(date) != expected.getMonthValue()
                || Calendar.day(date) != expected.getDayOfMonth()
                || Calendar.epochDay(expected.getYear(), expected.getMonthValue(), expected.getDayOfMonth())
                        != epochDay) {
            throw new AssertionError(expected);
        }
    }
}
