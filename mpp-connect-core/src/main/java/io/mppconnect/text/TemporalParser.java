package io.mppconnect.text;

import java.nio.charset.StandardCharsets;

/**
 * Reads dates and times in the ISO form out of bytes. A method that returns false has found none; one that returns true
 * leaves it in {@link #value()}.
 */
public final class TemporalParser {

    private static final int NONE = -1;
    private static final int DATE_LENGTH = 10;

    /** A date of ten characters, a blank, and eight for a time. */
    private static final int COMMON_LENGTH = 19;

    private static final int SHORTEST_MONTH = 28;
    private static final long ZERO_YEAR_AND_MONTH = word("0000-00-");
    private static final long MIDNIGHT = word("00:00:00");
    private static final long HYPHENS = 0xFF0000FF00000000L;
    private static final long COLONS = 0x0000FF0000FF0000L;
    private static final int MAX_YEAR_DIGITS = 9;
    private static final int FRACTION_DIGITS = 6;
    private static final long MAX_TIMESTAMP_DAY = Long.MAX_VALUE / Calendar.MICROS_PER_DAY - 1;

    private byte[] bytes = {};
    private int next;
    private int limit;
    private long value;
    private boolean remote;

    /** Days, or microseconds. */
    public long value() {
        return value;
    }

    /** Whether there was one, but further from 1970 than a long has microseconds. */
    public boolean isRemote() {
        return remote;
    }

    /** Finds the days since 1970-01-01. */
    public boolean parseDate(byte[] source, int from, int to) {
        start(source, from, to);
        if (to - from == DATE_LENGTH) {
            value = commonDay();
            if (value != Long.MIN_VALUE) {
                return true;
            }
        }
        long day = day(isBeforeChrist());
        value = day;
        return day != Long.MIN_VALUE && next == limit;
    }

    /** Finds the microseconds since midnight. */
    public boolean parseTime(byte[] source, int from, int to) {
        start(source, from, to);
        value = time();
        return value != NONE && next == limit;
    }

    /** Finds the microseconds since 1970-01-01T00:00:00. */
    public boolean parseTimestamp(byte[] source, int from, int to) {
        start(source, from, to);
        return dayAndTime() && next == limit;
    }

    /** Finds the microseconds since 1970-01-01T00:00:00Z. */
    public boolean parseInstant(byte[] source, int from, int to) {
        start(source, from, to);
        if (!dayAndTime() || next == limit || (bytes[next] != '+' && bytes[next] != '-')) {
            return false;
        }
        boolean west = bytes[next++] == '-';
        long offset = 0;
        long unit = Calendar.MICROS_PER_HOUR;
        do {
            int number = two();
            if (number < 0) {
                return false;
            }
            offset += number * unit;
            unit /= 60;
        } while (unit >= Calendar.MICROS_PER_SECOND && skip(':'));
        value += west ? offset : -offset;
        return next == limit;
    }

    private void start(byte[] source, int from, int to) {
        bytes = source;
        next = from;
        limit = to;
        remote = false;
    }

    private boolean dayAndTime() {
        return commonDayAndTime() || anyDayAndTime();
    }

    /** Takes what has a year of four digits after Christ. */
    private boolean commonDayAndTime() {
        if (limit - next < COMMON_LENGTH || bytes[next + DATE_LENGTH] != ' ' || bytes[limit - 1] == 'C') {
            return false;
        }
        long day = commonDay();
        long seconds = commonSeconds();
        if (day == Long.MIN_VALUE || seconds == NONE) {
            return false;
        }
        int start = next;
        next += COMMON_LENGTH;
        long fraction = skip('.') ? fraction() : 0;
        if (fraction == NONE) {
            next = start;
            return false;
        }
        value = day * Calendar.MICROS_PER_DAY + seconds * Calendar.MICROS_PER_SECOND + fraction;
        return true;
    }

    /** The day of {@code YYYY-MM-DD}, which is not taken; the smallest long when it is none. */
    private long commonDay() {
        long ahead = Words.load(bytes, next) ^ ZERO_YEAR_AND_MONTH;
        long day = ((bytes[next + 8] ^ '0') & 0xFFL) | ((bytes[next + 9] ^ '0') & 0xFFL) << 8;
        long digits = (ahead & 0xFFFFFFFFL) | (ahead >>> 40 & 0xFFFF) << 32 | day << 48;
        if ((ahead & HYPHENS) != 0 || !EightDigits.valid(digits)) {
            return Long.MIN_VALUE;
        }
        long twos = EightDigits.twos(digits);
        return commonDay(
                (int) (twos & 0xFF) * 100 + (int) (twos >>> 16 & 0xFF),
                (int) (twos >>> 32) & 0xFF,
                (int) (twos >>> 48) & 0xFF);
    }

    private static long commonDay(int year, int month, int day) {
        boolean exists = year > 0
                && month > 0
                && month <= 12
                && day > 0
                && (day <= SHORTEST_MONTH || day <= Calendar.length(year, month));
        return exists ? Calendar.commonEpochDay(year, month, day) : Long.MIN_VALUE;
    }

    /** The seconds since midnight of {@code HH:MM:SS} behind a date, which is not taken; -1 when there are none. */
    private int commonSeconds() {
        long digits = Words.load(bytes, next + DATE_LENGTH + 1) ^ MIDNIGHT;
        if ((digits & COLONS) != 0 || !EightDigits.valid(digits)) {
            return NONE;
        }
        long twos = EightDigits.twos(digits);
        int hours = (int) twos & 0xFF;
        int minutes = (int) (twos >>> 24) & 0xFF;
        int seconds = (int) (twos >>> 48) & 0xFF;
        return hours < 24 && minutes < 60 && seconds < 60 ? (hours * 60 + minutes) * 60 + seconds : NONE;
    }

    private boolean anyDayAndTime() {
        long day = day(isBeforeChrist());
        if (day == Long.MIN_VALUE || !skip(' ')) {
            return false;
        }
        long time = time();
        if (time == NONE) {
            return false;
        }
        remote = Math.abs(day) > MAX_TIMESTAMP_DAY;
        value = day * Calendar.MICROS_PER_DAY + time;
        return !remote;
    }

    /** Takes the era off the end. */
    private boolean isBeforeChrist() {
        if (limit - next < 3 || !NumberParser.matches(" BC", bytes, limit - 3, limit)) {
            return false;
        }
        limit -= 3;
        return true;
    }

    /** Days since 1970; the smallest long when there is no date. */
    private long day(boolean beforeChrist) {
        int start = next;
        long year = 0;
        while (next < limit && bytes[next] >= '0' && bytes[next] <= '9') {
            year = year * 10 + bytes[next++] - '0';
        }
        if (next - start < 4 || next - start > MAX_YEAR_DIGITS || year == 0 || !skip('-')) {
            return Long.MIN_VALUE;
        }
        int month = two();
        if (month < 0 || !skip('-')) {
            return Long.MIN_VALUE;
        }
        int day = two();
        long counted = beforeChrist ? 1 - year : year;
        return day < 1 || day > Calendar.length(counted, month)
                ? Long.MIN_VALUE
                : Calendar.epochDay(counted, month, day);
    }

    /** Microseconds since midnight, or -1. */
    private long time() {
        int hours = two();
        if (hours < 0 || !skip(':')) {
            return NONE;
        }
        int minutes = two();
        if (minutes < 0 || minutes > 59 || !skip(':')) {
            return NONE;
        }
        int seconds = two();
        if (seconds < 0 || seconds > 59) {
            return NONE;
        }
        long fraction = skip('.') ? fraction() : 0;
        long micros =
                (hours * 60L + minutes) * Calendar.MICROS_PER_MINUTE + seconds * Calendar.MICROS_PER_SECOND + fraction;
        return fraction < 0 || micros > Calendar.MICROS_PER_DAY ? NONE : micros;
    }

    private long fraction() {
        if (bytes.length - next < Words.BYTES) {
            return anyFraction();
        }
        long digits = Words.load(bytes, next) ^ EightDigits.CHARACTERS;
        int count = Math.min(EightDigits.count(digits), limit - next);
        if (count == 0 || count > FRACTION_DIGITS) {
            return NONE;
        }
        next += count;
        return EightDigits.value(digits << (Byte.SIZE * (Words.BYTES - count)))
                * Digits.powerOfTen(FRACTION_DIGITS - count);
    }

    private long anyFraction() {
        int start = next;
        long micros = 0;
        while (next < limit && bytes[next] >= '0' && bytes[next] <= '9') {
            micros = micros * 10 + bytes[next++] - '0';
            if (next - start > FRACTION_DIGITS) {
                return NONE;
            }
        }
        for (int missing = FRACTION_DIGITS - (next - start); missing > 0; missing--) {
            micros *= 10;
        }
        return next == start ? NONE : micros;
    }

    private static long word(String characters) {
        return Words.load(characters.getBytes(StandardCharsets.US_ASCII), 0);
    }

    /** The number that the next two digits are, or -1. */
    private int two() {
        if (limit - next < 2) {
            return NONE;
        }
        int tens = bytes[next] - '0';
        int ones = bytes[next + 1] - '0';
        if (tens < 0 || tens > 9 || ones < 0 || ones > 9) {
            return NONE;
        }
        next += 2;
        return tens * 10 + ones;
    }

    private boolean skip(char character) {
        if (next == limit || bytes[next] != character) {
            return false;
        }
        next++;
        return true;
    }
}
