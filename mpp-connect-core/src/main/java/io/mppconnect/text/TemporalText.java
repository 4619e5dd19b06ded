package io.mppconnect.text;

/** Writes dates and times in the ISO form. Every method returns the index after what it wrote. */
final class TemporalText {

    /** Room enough for any of them. */
    static final int MAX_LENGTH = 48;

    private static final int FRACTION_DIGITS = 6;
    private static final int LAST_COMMON_YEAR = 9999;
    private static final long HYPHENS = '-' * (1L << 32 | 1L << 56);
    private static final long COLONS = ':' * (1L << 16 | 1L << 40);

    private TemporalText() {}

    static int writeDate(long epochDay, byte[] bytes, int at) {
        long date = Calendar.date(epochDay);
        return writeEra(date, bytes, writeDay(date, bytes, at));
    }

    static int writeTimestamp(long epochMicros, byte[] bytes, int at) {
        long day = Math.floorDiv(epochMicros, Calendar.MICROS_PER_DAY);
        long date = Calendar.date(day);
        return writeEra(date, bytes, writeDayAndTime(date, epochMicros - day * Calendar.MICROS_PER_DAY, bytes, at));
    }

    static int writeInstant(long epochMicros, byte[] bytes, int at) {
        long day = Math.floorDiv(epochMicros, Calendar.MICROS_PER_DAY);
        long date = Calendar.date(day);
        int next = writeDayAndTime(date, epochMicros - day * Calendar.MICROS_PER_DAY, bytes, at);
        bytes[next] = '+';
        bytes[next + 1] = '0';
        bytes[next + 2] = '0';
        return writeEra(date, bytes, next + 3);
    }

    static int writeTime(long micros, byte[] bytes, int at) {
        int seconds = (int) (micros / Calendar.MICROS_PER_SECOND);
        int fraction = (int) (micros - seconds * Calendar.MICROS_PER_SECOND);
        int minutes = seconds / 60;
        int hours = seconds / 3_600;
        Words.store(
                bytes,
                at,
                COLONS
                        | Digits.two(hours)
                        | Digits.two(minutes - 60 * hours) << 24
                        | Digits.two(seconds - 60 * minutes) << 48);
        if (fraction == 0) {
            return at + Words.BYTES;
        }
        // The last six of eight digits, after the point.
        long digits = EightDigits.of(fraction);
        Words.store(bytes, at + Words.BYTES, (digits | EightDigits.CHARACTERS) >>> 16 << 8 | '.');
        return at + Words.BYTES + 1 + FRACTION_DIGITS - EightDigits.trailingZeros(digits);
    }

    private static int writeDayAndTime(long date, long micros, byte[] bytes, int at) {
        int next = writeDay(date, bytes, at);
        bytes[next] = ' ';
        return writeTime(micros, bytes, next + 1);
    }

    private static int writeDay(long date, byte[] bytes, int at) {
        long year = Calendar.year(date);
        if (year > 0 && year <= LAST_COMMON_YEAR) {
            int century = (int) year / 100;
            Words.store(
                    bytes,
                    at,
                    HYPHENS
                            | Digits.two(century)
                            | Digits.two((int) year - 100 * century) << 16
                            | Digits.two(Calendar.month(date)) << 40);
            return writeTwo(Calendar.day(date), bytes, at + Words.BYTES);
        }
        int next = Digits.writePadded(year > 0 ? year : 1 - year, 4, bytes, at);
        bytes[next] = '-';
        next = writeTwo(Calendar.month(date), bytes, next + 1);
        bytes[next] = '-';
        return writeTwo(Calendar.day(date), bytes, next + 1);
    }

    private static int writeTwo(int value, byte[] bytes, int at) {
        long characters = Digits.two(value);
        bytes[at] = (byte) characters;
        bytes[at + 1] = (byte) (characters >> 8);
        return at + 2;
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
