package io.mppconnect.type;

import java.time.LocalDate;
import java.time.LocalDateTime;

/** Dates and times as the database prints them: ISO, years before 1 counted as BC. */
final class IsoText {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3_600;
    private static final int YEAR_DIGITS = 4;
    private static final int FRACTION_DIGITS = 6;
    private static final int NANOS_PER_MICRO = 1_000;

    private IsoText() {}

    static StringBuilder date(StringBuilder text, LocalDate date) {
        day(text, date);
        return era(text, date);
    }

    /** @param micros since midnight, up to {@code 24:00:00} */
    static StringBuilder time(StringBuilder text, long micros) {
        long seconds = micros / MICROS_PER_SECOND;
        padded(text, seconds / SECONDS_PER_HOUR, 2).append(':');
        padded(text, seconds / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE, 2).append(':');
        padded(text, seconds % SECONDS_PER_MINUTE, 2);
        return fraction(text, micros % MICROS_PER_SECOND);
    }

    /** @param offset printed after the time; empty without time zone */
    static StringBuilder timestamp(StringBuilder text, LocalDateTime value, String offset) {
        day(text, value.toLocalDate()).append(' ');
        time(text, value.toLocalTime().toNanoOfDay() / NANOS_PER_MICRO).append(offset);
        return era(text, value.toLocalDate());
    }

    static StringBuilder offset(StringBuilder text, int totalSeconds) {
        text.append(totalSeconds < 0 ? '-' : '+');
        int seconds = Math.abs(totalSeconds);
        padded(text, seconds / SECONDS_PER_HOUR, 2).append(':');
        padded(text, seconds / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE, 2);
        if (seconds % SECONDS_PER_MINUTE != 0) {
            padded(text.append(':'), seconds % SECONDS_PER_MINUTE, 2);
        }
        return text;
    }

    /** The digits after a point that are not trailing zeros. */
    static StringBuilder fraction(StringBuilder text, long micros) {
        if (micros == 0) {
            return text;
        }
        padded(text.append('.'), micros, FRACTION_DIGITS);
        while (text.charAt(text.length() - 1) == '0') {
            text.setLength(text.length() - 1);
        }
        return text;
    }

    static StringBuilder padded(StringBuilder text, long number, int digits) {
        String printed = Long.toString(number);
        text.append("0".repeat(Math.max(0, digits - printed.length())));
        return text.append(printed);
    }

    private static StringBuilder day(StringBuilder text, LocalDate date) {
        int year = date.getYear();
        padded(text, year > 0 ? year : 1L - year, YEAR_DIGITS).append('-');
        padded(text, date.getMonthValue(), 2).append('-');
        return padded(text, date.getDayOfMonth(), 2);
    }

    private static StringBuilder era(StringBuilder text, LocalDate date) {
        return date.getYear() > 0 ? text : text.append(" BC");
    }
}
