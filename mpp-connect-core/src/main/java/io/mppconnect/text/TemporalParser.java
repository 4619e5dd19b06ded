package io.mppconnect.text;

/**
 * Reads dates and times in the ISO form out of bytes. A method that returns false has found none; one that returns true
 * leaves it in {@link #value()}.
 */
final class TemporalParser {

    private static final int NONE = -1;
    private static final int MAX_YEAR_DIGITS = 9;
    private static final int FRACTION_DIGITS = 6;
    private static final long MAX_TIMESTAMP_DAY = Long.MAX_VALUE / Calendar.MICROS_PER_DAY - 1;

    private byte[] bytes = {};
    private int next;
    private int limit;
    private long value;
    private boolean remote;

    /** Days, or microseconds. */
    long value() {
        return value;
    }

    /** Whether there was one, but further from 1970 than a long has microseconds. */
    boolean isRemote() {
        return remote;
    }

    boolean parseDate(byte[] source, int from, int to) {
        start(source, from, to);
        long day = day(isBeforeChrist());
        value = day;
        return day != Long.MIN_VALUE && next == limit;
    }

    boolean parseTime(byte[] source, int from, int to) {
        start(source, from, to);
        value = time();
        return value != NONE && next == limit;
    }

    boolean parseTimestamp(byte[] source, int from, int to) {
        start(source, from, to);
        return dayAndTime() && next == limit;
    }

    boolean parseInstant(byte[] source, int from, int to) {
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
