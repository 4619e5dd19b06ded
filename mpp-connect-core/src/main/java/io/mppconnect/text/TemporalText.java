package io.mppconnect.text;

/** Writes dates and times in the ISO form. Every method returns the index after what it wrote. */
final class TemporalText {

    /** Room enough for any of them. */
    static final int MAX_LENGTH = 48;

    private static final int FRACTION_DIGITS = 6;

    private TemporalText() {}

    static int writeDate(long epochDay, byte[] bytes, int at) {
        long date = Calendar.date(epochDay);
        return writeEra(date, bytes, writeDay(date, bytes, at));
    }

    static int writeTimestamp(long epochMicros, byte[] bytes, int at) {
        long date = Calendar.date(Math.floorDiv(epochMicros, Calendar.MICROS_PER_DAY));
        return writeEra(date, bytes, writeDayAndTime(date, epochMicros, bytes, at));
    }

    static int writeInstant(long epochMicros, byte[] bytes, int at) {
        long date = Calendar.date(Math.floorDiv(epochMicros, Calendar.MICROS_PER_DAY));
        int next = writeDayAndTime(date, epochMicros, bytes, at);
        bytes[next] = '+';
        bytes[next + 1] = '0';
        bytes[next + 2] = '0';
        return writeEra(date, bytes, next + 3);
    }

    static int writeTime(long micros, byte[] bytes, int at) {
        int seconds = (int) (micros / Calendar.MICROS_PER_SECOND);
        int fraction = (int) (micros - seconds * Calendar.MICROS_PER_SECOND);
        int next = Digits.writeTwo(seconds / 3600, bytes, at);
        bytes[next] = ':';
        next = Digits.writeTwo(seconds / 60 % 60, bytes, next + 1);
        bytes[next] = ':';
        next = Digits.writeTwo(seconds % 60, bytes, next + 1);
        if (fraction == 0) {
            return next;
        }
        bytes[next] = '.';
        int end = Digits.writePadded(fraction, FRACTION_DIGITS, bytes, next + 1);
        while (bytes[end - 1] == '0') {
            end--;
        }
        return end;
    }

    private static int writeDayAndTime(long date, long epochMicros, byte[] bytes, int at) {
        int next = writeDay(date, bytes, at);
        bytes[next] = ' ';
        return writeTime(Math.floorMod(epochMicros, Calendar.MICROS_PER_DAY), bytes, next + 1);
    }

    private static int writeDay(long date, byte[] bytes, int at) {
        long year = Calendar.year(date);
        int next = Digits.writePadded(year > 0 ? year : 1 - year, 4, bytes, at);
        bytes[next] = '-';
        next = Digits.writeTwo(Calendar.month(date), bytes, next + 1);
        bytes[next] = '-';
        return Digits.writeTwo(Calendar.day(date), bytes, next + 1);
    }

    private static int writeEra(long date, byte[] bytes, int at) {
        if (Calendar.year(date) > 0) {
            return at;
        }
        bytes[at] = ' ';
        bytes[at + 1] = 'B';
        bytes[at + 2] = 'C';
        return at + 3;
    }
}
