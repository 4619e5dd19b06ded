package io.mppconnect.catalog;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Intervals as the database writes them with IntervalStyle postgres or iso_8601. */
final class IntervalText {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final String NUMBER = "([+-]?\\d+(?:\\.\\d+)?)";
    private static final Pattern PART = Pattern.compile("\\s*(?:" + NUMBER
            + "\\s*(years?|mons?|months?|weeks?|days?|hours?|mins?|minutes?|secs?|seconds?)"
            + "|([+-]?)(\\d+):(\\d{2})(?::(\\d{2}(?:\\.\\d+)?))?)");
    private static final Pattern ISO_PART = Pattern.compile(NUMBER + "([YMWDHS])");

    private int months;
    private int days;
    private long micros;

    private IntervalText() {}

    static StoredValue.Span parse(String text) {
        IntervalText interval = new IntervalText();
        if (text.startsWith("P")) {
            int time = text.indexOf('T');
            interval.iso(text.substring(1, time < 0 ? text.length() : time), false);
            interval.iso(time < 0 ? "" : text.substring(time + 1), true);
        } else {
            interval.words(text);
        }
        return new StoredValue.Span(interval.months, interval.days, interval.micros);
    }

    private void iso(String parts, boolean time) {
        Matcher matcher = ISO_PART.matcher(parts);
        int at = 0;
        while (at < parts.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException("interval");
            }
            String unit = switch (matcher.group(2) + (time ? "T" : "")) {
                case "Y" -> "year";
                case "M" -> "month";
                case "W" -> "week";
                case "D" -> "day";
                case "HT" -> "hour";
                case "MT" -> "minute";
                case "ST" -> "second";
                default -> throw new IllegalArgumentException("interval");
            };
            add(matcher.group(1), unit);
            at = matcher.end();
        }
    }

    private void words(String text) {
        Matcher matcher = PART.matcher(text);
        int at = 0;
        do {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException("interval");
            }
            if (matcher.group(1) != null) {
                add(matcher.group(1), matcher.group(2).toLowerCase(Locale.ROOT));
            } else {
                long time = Math.addExact(
                        Math.multiplyExact(Long.parseLong(matcher.group(4)), 3600 * MICROS_PER_SECOND),
                        Long.parseLong(matcher.group(5)) * 60 * MICROS_PER_SECOND);
                time += matcher.group(6) == null ? 0 : seconds(matcher.group(6));
                micros += matcher.group(3).equals("-") ? -time : time;
            }
            at = matcher.end();
        } while (at < text.length());
    }

    /** Only seconds are taken with a fraction: of others the database carries it over, by rules of its own. */
    private void add(String number, String unit) {
        switch (unit.substring(0, 3)) {
            case "yea" -> months = Math.addExact(months, Math.multiplyExact(Integer.parseInt(number), 12));
            case "mon" -> months = Math.addExact(months, Integer.parseInt(number));
            case "wee" -> days = Math.addExact(days, Math.multiplyExact(Integer.parseInt(number), 7));
            case "day" -> days = Math.addExact(days, Integer.parseInt(number));
            case "hou" -> micros += Math.multiplyExact(Long.parseLong(number), 3600 * MICROS_PER_SECOND);
            case "min" -> micros += Math.multiplyExact(Long.parseLong(number), 60 * MICROS_PER_SECOND);
            default -> micros += seconds(number);
        }
    }

    private static long seconds(String number) {
        return Math.round(Double.parseDouble(number) * MICROS_PER_SECOND);
    }
}
