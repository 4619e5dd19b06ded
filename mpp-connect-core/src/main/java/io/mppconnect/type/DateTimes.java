package io.mppconnect.type;

import io.mppconnect.spi.RowWriter;
import java.sql.Time;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.util.concurrent.TimeUnit;

/**
 * Dates and times on their way into columns. Nanoseconds are rounded to the nearest microsecond, as the database rounds
 * text with more digits.
 */
final class DateTimes {

    /** The first day that the database knows: 4714-11-24 BC. */
    private static final LocalDate FIRST_DAY = LocalDate.of(-4713, 11, 24);

    private static final LocalDate LAST_DAY = LocalDate.of(5_874_897, 12, 31);
    private static final LocalDateTime FIRST_TIMESTAMP = FIRST_DAY.atStartOfDay();
    private static final LocalDateTime AFTER_LAST_TIMESTAMP =
            LocalDate.of(294_277, 1, 1).atStartOfDay();
    /** From here on, microseconds since 1970 do not fit a long, though the database still knows the timestamps. */
    private static final LocalDateTime BEYOND_MICROS =
            LocalDate.of(294_247, 1, 1).atStartOfDay();

    private static final int SECONDS_OF_WIDEST_OFFSET = 16 * 3600;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MILLI = 1_000_000;
    private static final int MILLIS_PER_SECOND = 1_000;

    private DateTimes() {}

    static void writeDate(RowWriter row, LocalDate value) throws InterruptedException {
        if (value.isBefore(FIRST_DAY) || value.isAfter(LAST_DAY)) {
            throw new InvalidValueException("the value does not fit date (4714-11-24 BC to 5874897-12-31)");
        }
        row.writeDate(value.toEpochDay());
    }

    static void writeTime(RowWriter row, LocalTime value) throws InterruptedException {
        row.writeTime(micros(value));
    }

    /** The time of day in the JVM's zone, as {@code java.sql.Time} prints it, with its milliseconds. */
    static void writeTime(RowWriter row, Time value) throws InterruptedException {
        long millis = Math.floorMod(value.getTime(), MILLIS_PER_SECOND);
        writeTime(row, value.toLocalTime().with(ChronoField.NANO_OF_SECOND, millis * NANOS_PER_MILLI));
    }

    static void writeTimeWithZone(RowWriter row, OffsetTime value) throws InterruptedException {
        int offset = value.getOffset().getTotalSeconds();
        if (Math.abs(offset) >= SECONDS_OF_WIDEST_OFFSET) {
            throw new InvalidValueException("the value's offset does not fit timetz (-15:59:59 to +15:59:59)");
        }
        StringBuilder text = new StringBuilder();
        IsoText.time(text, micros(value.toLocalTime()));
        row.writeText(IsoText.offset(text, offset));
    }

    static void writeTimestamp(RowWriter row, LocalDateTime value) throws InterruptedException {
        LocalDateTime rounded = inRange(value, "timestamp");
        if (rounded.isBefore(BEYOND_MICROS)) {
            row.writeTimestamp(micros(rounded));
        } else {
            row.writeText(IsoText.timestamp(new StringBuilder(), rounded, ""));
        }
    }

    static void writeInstant(RowWriter row, Instant value) throws InterruptedException {
        if (value.isBefore(FIRST_TIMESTAMP.toInstant(ZoneOffset.UTC))
                || !value.isBefore(AFTER_LAST_TIMESTAMP.toInstant(ZoneOffset.UTC))) {
            throw doesNotFit("timestamptz");
        }
        LocalDateTime rounded = inRange(LocalDateTime.ofInstant(value, ZoneOffset.UTC), "timestamptz");
        if (rounded.isBefore(BEYOND_MICROS)) {
            row.writeInstant(micros(rounded));
        } else {
            row.writeText(IsoText.timestamp(new StringBuilder(), rounded, "+00"));
        }
    }

    private static LocalDateTime inRange(LocalDateTime value, String type) {
        if (value.isBefore(FIRST_TIMESTAMP) || !value.isBefore(AFTER_LAST_TIMESTAMP)) {
            throw doesNotFit(type);
        }
        LocalDateTime rounded = rounded(value);
        if (!rounded.isBefore(AFTER_LAST_TIMESTAMP)) {
            throw doesNotFit(type);
        }
        return rounded;
    }

    private static InvalidValueException doesNotFit(String type) {
        return new InvalidValueException(
                "the value does not fit " + type + " (4714-11-24 00:00:00 BC to 294276-12-31 23:59:59.999999)");
    }

    private static LocalDateTime rounded(LocalDateTime value) {
        int surplus = value.get(ChronoField.NANO_OF_SECOND) % NANOS_PER_MICRO;
        LocalDateTime floor = value.minusNanos(surplus);
        return surplus < NANOS_PER_MICRO / 2 ? floor : floor.plusNanos(NANOS_PER_MICRO);
    }

    /** Microseconds since midnight; a day's worth when the last nanoseconds of the day round up. */
    private static long micros(LocalTime value) {
        return (value.toNanoOfDay() + NANOS_PER_MICRO / 2) / NANOS_PER_MICRO;
    }

    private static long micros(LocalDateTime value) {
        return value.toEpochSecond(ZoneOffset.UTC) * MICROS_PER_SECOND
                + TimeUnit.NANOSECONDS.toMicros(value.get(ChronoField.NANO_OF_SECOND));
    }
}
