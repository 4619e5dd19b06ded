package io.mppconnect.text;

/**
 * The proleptic Gregorian calendar in plain arithmetic; year 0 is 1 BC.
 *
 * <p>Years of four digits after Cassio Neri and Lorenz Schneider, "Euclidean affine functions and their application to
 * calendar algorithms" (2023): divisions by numbers that are no powers of two become products.
 */
final class Calendar {

    static final long MICROS_PER_SECOND = 1_000_000;
    static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
    static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
    static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

    /** No day further from 1970 than this has a date. */
    static final long MAX_EPOCH_DAY = 365_000_000_000L;

    private static final long DAYS_PER_ERA = 146_097;
    private static final int YEARS_PER_ERA = 400;

    /** From 0000-03-01, where leap days come last in their year, to 1970-01-01. */
    private static final long MARCH_OF_YEAR_ZERO = 719_468;

    private static final long DAYS_OF_FOUR_DIGITS = 3_652_000;
    private static final long YEAR_FACTOR = 2_939_745;
    private static final int MONTH_FACTOR = 2_141;

    /** The day of a year beginning in March that January starts with. */
    private static final int JANUARY = 306;

    private Calendar() {}

    /** The date as {@code (year * 16 + month) * 32 + day}. */
    static long date(long epochDay) {
        long days = epochDay + MARCH_OF_YEAR_ZERO;
        return days >= 0 && days < DAYS_OF_FOUR_DIGITS ? commonDate((int) days) : anyDate(days);
    }

    private static long commonDate(int days) {
        int quarters = 4 * days + 3;
        int century = quarters / (int) DAYS_PER_ERA;
        int dayOfCentury = (quarters - century * (int) DAYS_PER_ERA) >> 2;
        long product = YEAR_FACTOR * (4 * dayOfCentury + 3);
        int yearOfCentury = (int) (product >>> 32);
        int dayOfYear = (int) ((product & 0xFFFFFFFFL) / YEAR_FACTOR) >> 2;
        int monthAndDay = MONTH_FACTOR * dayOfYear + 197_913;
        int late = dayOfYear >= JANUARY ? 1 : 0;
        long year = 100L * century + yearOfCentury + late;
        int month = (monthAndDay >> 16) - 12 * late;
        int day = (monthAndDay & 0xFFFF) / MONTH_FACTOR + 1;
        return (year * 16 + month) * 32 + day;
    }

    private static long anyDate(long days) {
        long era = Math.floorDiv(days, DAYS_PER_ERA);
        int dayOfEra = (int) (days - era * DAYS_PER_ERA);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int day = dayOfYear - (153 * marchMonth + 2) / 5 + 1;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        long year = era * YEARS_PER_ERA + yearOfEra + (month <= 2 ? 1 : 0);
        return (year * 16 + month) * 32 + day;
    }

    static long year(long date) {
        return date >> 9;
    }

    static int month(long date) {
        return (int) (date >> 5) & 15;
    }

    static int day(long date) {
        return (int) date & 31;
    }

    /** The day of a date with a year from 1 to 9999. */
    static int commonEpochDay(int year, int month, int day) {
        int early = month <= 2 ? 1 : 0;
        int marchYear = year - early;
        int century = marchYear / 100;
        int days = ((1_461 * marchYear) >> 2) - century + (century >> 2);
        return days + ((979 * (month + 12 * early) - 2_919) >> 5) + day - 1 - (int) MARCH_OF_YEAR_ZERO;
    }

    static long epochDay(long year, int month, int day) {
        long marchYear = month <= 2 ? year - 1 : year;
        long era = Math.floorDiv(marchYear, (long) YEARS_PER_ERA);
        long yearOfEra = marchYear - era * YEARS_PER_ERA;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        long dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * DAYS_PER_ERA + dayOfEra - MARCH_OF_YEAR_ZERO;
    }

    /** How many days a month has; 0 when there is no such month. */
    static int length(long year, int month) {
        return switch (month) {
            case 1, 3, 5, 7, 8, 10, 12 -> 31;
            case 4, 6, 9, 11 -> 30;
            case 2 -> (year & 3) == 0 && (year % 100 != 0 || year % YEARS_PER_ERA == 0) ? 29 : 28;
            default -> 0;
        };
    }
}
