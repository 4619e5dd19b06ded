package io.mppconnect.type;

import io.mppconnect.spi.RowWriter;
import java.time.Duration;
import java.time.Period;

/**
 * Durations and periods on their way into interval columns, in the words that every version reads whatever its
 * IntervalStyle: a sign on every part.
 */
final class Intervals {

    private static final int NANOS_PER_MICRO = 1_000;
    private static final int SECONDS_PER_MINUTE = 60;
    private static final int SECONDS_PER_HOUR = 3_600;
    private static final long MOST_HOURS = Integer.MAX_VALUE;

    private Intervals() {}

    static void write(RowWriter row, Duration value) throws InterruptedException {
        if (Math.abs(value.toSeconds() / SECONDS_PER_HOUR) >= MOST_HOURS) {
            throw new InvalidValueException("the value does not fit interval (less than 2147483647 hours)");
        }
        Duration rounded = value.abs().plusNanos(NANOS_PER_MICRO / 2);
        long seconds = rounded.toSeconds();
        long micros = rounded.toNanosPart() / NANOS_PER_MICRO;
        StringBuilder text = new StringBuilder(value.isNegative() ? "-" : "");
        IsoText.padded(text, seconds / SECONDS_PER_HOUR, 2).append(':');
        IsoText.padded(text, seconds / SECONDS_PER_MINUTE % SECONDS_PER_MINUTE, 2)
                .append(':');
        IsoText.padded(text, seconds % SECONDS_PER_MINUTE, 2);
        row.writeText(IsoText.fraction(text, micros));
    }

    static void write(RowWriter row, Period value) throws InterruptedException {
        long months = value.toTotalMonths();
        if (months != (int) months) {
            throw new InvalidValueException("the value does not fit interval (at most 178956970 years)");
        }
        StringBuilder text = new StringBuilder();
        part(text, value.getYears(), " years ");
        part(text, value.getMonths(), " mons ");
        row.writeText(part(text, value.getDays(), " days"));
    }

    private static StringBuilder part(StringBuilder text, int number, String unit) {
        return text.append(number < 0 ? "" : "+").append(number).append(unit);
    }
}
