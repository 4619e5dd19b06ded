package io.mppconnect.type;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and times from their text forms, in the styles that transfers pin: ISO dates, postgres intervals. */
final class IsoParsing {

    private static final String BC = " BC";
    private static final Pattern DATE = Pattern.compile("([0-9]{4,7})-([0-9]{2})-([0-9]{2})");
    private static final Pattern TIMESTAMP = Pattern.compile("([0-9-]+) ([0-9:.]+)([+-][0-9:]+)?");
    private static final Pattern TIMETZ = Pattern.compile("([0-9:.]+)([+-][0-9:]+)");
    private static final Pattern INTERVAL = Pattern.compile("(?:([+-]?[0-9]+) years? ?)?(?:([+-]?[0-9]+) mons? ?)?"
            + "(?:([+-]?[0-9]+) days? ?)?(?:([+-]?)([0-9]+):([0-9]{2}):([0-9]{2})(?:\\.([0-9]{1,6}))?)?");
    private static final int NANO_DIGITS = 9;

    private IsoParsing() {}

    static LocalDate date(String text) {
        boolean beforeChrist = text.endsWith(BC);
        return date(withoutEra(text, beforeChrist), beforeChrist);
    }

    static LocalTime time(String text) {
        if (text.startsWith("24:")) {
            throw endOfDay();
        }
        try {
            return LocalTime.parse(text);
        } catch (DateTimeException e) {
            throw Parsing.notA("time");
        }
    }

    static InvalidValueException endOfDay() {
        return new InvalidValueException("the value is the end of the day, which LocalTime cannot hold; read String");
    }

    static OffsetTime timeWithZone(String text) {
        Matcher matcher = TIMETZ.matcher(text);
        if (!matcher.matches()) {
            throw Parsing.notA("timetz");
        }
        return time(matcher.group(1)).atOffset(offset(matcher.group(2)));
    }

    static LocalDateTime timestamp(String text) {
        Matcher matcher = timestampParts(text, "LocalDateTime");
        if (matcher.group(3) != null) {
            throw Parsing.notA("timestamp");
        }
        return dateTime(matcher, text.endsWith(BC));
    }

    static Instant instant(String text) {
        Matcher matcher = timestampParts(text, "Instant");
        if (matcher.group(3) == null) {
            throw Parsing.notA("timestamptz");
        }
        return dateTime(matcher, text.endsWith(BC)).toInstant(offset(matcher.group(3)));
    }

    static Duration duration(String text) {
        Matcher parts = interval(text);
        if (number(parts.group(1)) != 0 || number(parts.group(2)) != 0 || number(parts.group(3)) != 0) {
            throw new InvalidValueException("the value has days or months, which Duration cannot hold; read String");
        }
        return clock(parts);
    }

    static Period period(String text) {
        Matcher parts = interval(text);
        if (!clock(parts).isZero()) {
            throw new InvalidValueException("the value has hours, which Period cannot hold; read String");
        }
        return Period.of(number(parts.group(1)), number(parts.group(2)), number(parts.group(3)));
    }

    static InvalidValueException infinite(String javaType) {
        return new InvalidValueException("the value is infinite, which " + javaType + " cannot hold; read String");
    }

    private static String withoutEra(String text, boolean beforeChrist) {
        return beforeChrist ? text.substring(0, text.length() - BC.length()) : text;
    }

    private static LocalDate date(String text, boolean beforeChrist) {
        if (text.endsWith("infinity")) {
            throw infinite("LocalDate");
        }
        Matcher matcher = DATE.matcher(text);
        if (!matcher.matches()) {
            throw Parsing.notA("date");
        }
        int year = number(matcher.group(1));
        try {
            return LocalDate.of(beforeChrist ? 1 - year : year, number(matcher.group(2)), number(matcher.group(3)));
        } catch (DateTimeException e) {
            throw Parsing.notA("date");
        }
    }

    private static Matcher timestampParts(String text, String javaType) {
        if (text.endsWith("infinity")) {
            throw infinite(javaType);
        }
        Matcher matcher = TIMESTAMP.matcher(withoutEra(text, text.endsWith(BC)));
        if (!matcher.matches()) {
            throw Parsing.notA("timestamp");
        }
        return matcher;
    }

    private static LocalDateTime dateTime(Matcher parts, boolean beforeChrist) {
        return LocalDateTime.of(date(parts.group(1), beforeChrist), time(parts.group(2)));
    }

    private static ZoneOffset offset(String text) {
        try {
            return ZoneOffset.of(text);
        } catch (DateTimeException e) {
            throw Parsing.notA("offset from UTC");
        }
    }

    private static Matcher interval(String text) {
        Matcher matcher = INTERVAL.matcher(text);
        if (text.isEmpty() || !matcher.matches()) {
            throw Parsing.notA("interval in IntervalStyle postgres");
        }
        return matcher;
    }

    private static Duration clock(Matcher parts) {
        if (parts.group(5) == null) {
            return Duration.ZERO;
        }
        String fraction = parts.group(8) == null ? "" : parts.group(8);
        int nanos = number(fraction + "0".repeat(NANO_DIGITS - fraction.length()));
        Duration clock = Duration.ofHours(number(parts.group(5)))
                .plusMinutes(number(parts.group(6)))
                .plusSeconds(number(parts.group(7)))
                .plusNanos(nanos);
        return parts.group(4).equals("-") ? clock.negated() : clock;
    }

    private static int number(@Nullable String digits) {
        try {
            return digits == null ? 0 : Integer.parseInt(digits);
        } catch (NumberFormatException e) {
            throw Parsing.notA("number of the database's range");
        }
    }
}
