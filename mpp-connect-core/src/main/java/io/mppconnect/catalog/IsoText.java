package io.mppconnect.catalog;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and times as the database writes them with DateStyle ISO, and what it keeps of them. */
final class IsoText {

    static final long MICROS_PER_DAY = 86_400_000_000L;
    /** What the database counts days and microseconds from. */
    static final LocalDate EPOCH = LocalDate.of(2000, 1, 1);

    private static final String DATE = "(\\d{4,})-(\\d{2})-(\\d{2})";
    private static final String TIME = "(\\d{2}):(\\d{2})(?::(\\d{2})(\\.\\d+)?)?";
    private static final String OFFSET = "(Z|[+-]\\d{2}(?::?\\d{2}(?::?\\d{2})?)?)";
    private static final Pattern DATE_ONLY = Pattern.compile(DATE + "( BC)?");
    private static final Pattern TIME_ONLY = Pattern.compile(TIME + OFFSET + "?");
    private static final Pattern TIMESTAMP = Pattern.compile(DATE + "(?:[ T](" + TIME + ")" + OFFSET + "?)?( BC)?");

    private IsoText() {}

    /** Days since 2000-01-01. */
    static int date(String text) {
        if (text.equals("infinity")) {
            return Integer.MAX_VALUE;
        }
        if (text.equals("-infinity")) {
            return Integer.MIN_VALUE;
        }
        Matcher matcher = matched(DATE_ONLY, text);
        return days(date(matcher, matcher.group(4)));
    }

    static int days(LocalDate date) {
        return Math.toIntExact(ChronoUnit.DAYS.between(EPOCH, date));
    }

    /** Microseconds since 2000-01-01 00:00, in the zone of the text when it names one, else as they stand. */
    static long timestamp(String text, boolean zoned) {
        if (text.equals("infinity")) {
            return Long.MAX_VALUE;
        }
        if (text.equals("-infinity")) {
            return Long.MIN_VALUE;
        }
        Matcher matcher = matched(TIMESTAMP, text);
        long micros = Math.multiplyExact(days(date(matcher, matcher.group(10))), MICROS_PER_DAY);
        if (matcher.group(4) != null) {
            micros = Math.addExact(micros, micros(matcher, 5));
        }
        @Nullable String offset = matcher.group(9);
        if (zoned != (offset != null)) {
            throw new IllegalArgumentException("zone");
        }
        return offset == null ? micros : micros - offset(offset).getTotalSeconds() * 1_000_000L;
    }

    /** Microseconds since midnight. */
    static long time(String text) {
        Matcher matcher = matched(TIME_ONLY, text);
        if (matcher.group(5) != null) {
            throw new IllegalArgumentException("zone");
        }
        return micros(matcher, 1);
    }

    static StoredValue.ZonedTime zonedTime(String text) {
        Matcher matcher = matched(TIME_ONLY, text);
        if (matcher.group(5) == null) {
            throw new IllegalArgumentException("zone");
        }
        return new StoredValue.ZonedTime(
                micros(matcher, 1), -offset(matcher.group(5)).getTotalSeconds());
    }

    static long micros(LocalTime time) {
        return rounded(time.toNanoOfDay());
    }

    /** Nanoseconds in microseconds, rounded as the database rounds what it reads. */
    static long rounded(long nanos) {
        return (long) Math.rint(nanos / 1000.0);
    }

    private static LocalDate date(Matcher matcher, @Nullable String beforeChrist) {
        int year = Integer.parseInt(matcher.group(1));
        return LocalDate.of(
                beforeChrist == null ? year : 1 - year,
                Integer.parseInt(matcher.group(2)),
                Integer.parseInt(matcher.group(3)));
    }

    /** 24:00:00 is a time, and so is a second 60. */
    private static long micros(Matcher matcher, int first) {
        long hours = Long.parseLong(matcher.group(first));
        long minutes = Long.parseLong(matcher.group(first + 1));
        String secondsText = matcher.group(first + 2);
        long seconds = secondsText == null ? 0 : Long.parseLong(secondsText);
        String fraction = matcher.group(first + 3);
        long micros = fraction == null ? 0 : (long) Math.rint(Double.parseDouble(fraction) * 1e6);
        long all = ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + micros;
        if (minutes > 59 || seconds > 60 || all > MICROS_PER_DAY) {
            throw new IllegalArgumentException("time");
        }
        return all;
    }

    private static ZoneOffset offset(String text) {
        return ZoneOffset.of(text);
    }

    private static Matcher matched(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("form");
        }
        return matcher;
    }
}
