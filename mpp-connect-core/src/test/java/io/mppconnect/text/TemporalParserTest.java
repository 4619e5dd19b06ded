package io.mppconnect.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TemporalParserTest {

    private static final String AROUND = "0123456789012345";
    private static final Pattern FORM =
            Pattern.compile("(\\d{4})-(\\d\\d)-(\\d\\d) (\\d\\d):(\\d\\d):(\\d\\d)(?:\\.(\\d{1,6}))?");

    private final TemporalParser parser = new TemporalParser();
    private final byte[] bytes = new byte[TemporalText.MAX_LENGTH];

    @Test
    void readsEveryDayThatJavaKnows() {
        for (LocalDate day = LocalDate.of(1, 1, 1); day.getYear() < 3000; day = day.plusDays(1)) {
            int length = TemporalText.writeDate(day.toEpochDay(), bytes, 0);
            if (!parser.parseDate(bytes, 0, length) || parser.value() != day.toEpochDay()) {
                throw new AssertionError(day);
            }
        }
    }

    @Test
    void readsTimestampsAsTheyAreWritten() {
        Random random = new Random(61);
        long[] units = {1, 10, 1_000, 100_000, Calendar.MICROS_PER_SECOND, Calendar.MICROS_PER_HOUR};
        for (int i = 0; i < 200_000; i++) {
            long unit = units[random.nextInt(units.length)];
            long micros = (random.nextLong() >> random.nextInt(20)) / 40_000 / unit * unit;
            int length = TemporalText.writeTimestamp(micros, bytes, 0);
            if (!parser.parseTimestamp(bytes, 0, length) || parser.value() != micros) {
                throw new AssertionError(micros);
            }
            length = TemporalText.writeInstant(micros, bytes, 0);
            if (!parser.parseInstant(bytes, 0, length) || parser.value() != micros) {
                throw new AssertionError(micros);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2024-02-29 23:59:58.120345",
                "2023-02-28 00:00:00.1",
                "9999-12-31 12:30:00",
                "0001-01-01 09:59:59.000001"
            })
    void oneOtherCharacterIsReadAsJavaReadsItOrRefused(String text) {
        for (int place = 0; place < text.length(); place++) {
            for (char character : "0123456789-: ./TBC\u00B0\u00FF".toCharArray()) {
                StringBuilder changed = new StringBuilder(text);
                changed.setCharAt(place, character);
                check(changed.toString());
            }
            check(text.substring(0, place));
            check(text.substring(0, place) + text.substring(place + 1));
            check(text.substring(0, place) + '0' + text.substring(place));
        }
    }

    private void check(String text) {
        long expected = micros(text);
        byte[] alone = text.getBytes(StandardCharsets.ISO_8859_1);
        byte[] between = (AROUND + text + AROUND).getBytes(StandardCharsets.ISO_8859_1);
        int from = AROUND.length();
        assertThat(parser.parseTimestamp(alone, 0, alone.length)).as(text).isEqualTo(expected != Long.MIN_VALUE);
        assertThat(parser.parseTimestamp(between, from, from + text.length()))
                .as(text)
                .isEqualTo(expected != Long.MIN_VALUE);
        if (expected != Long.MIN_VALUE) {
            assertThat(parser.value()).as(text).isEqualTo(expected);
        }
        if (text.length() >= 10) {
            String date = text.substring(0, 10);
            long day = micros(date + " 00:00:00");
            assertThat(parser.parseDate(between, from, from + 10)).as(date).isEqualTo(day != Long.MIN_VALUE);
            assertThat(parser.parseDate(alone, 0, 10)).as(date).isEqualTo(day != Long.MIN_VALUE);
        }
    }

    /** The smallest long for what is no timestamp; a year may have more than four digits, and a day may end at 24:00. */
    private static long micros(String text) {
        boolean longYear = text.matches("\\d{5}-.*");
        Matcher matcher = FORM.matcher(longYear ? text.substring(1) : text);
        if (!matcher.matches()) {
            return Long.MIN_VALUE;
        }
        int year = Integer.parseInt(matcher.group(1)) + (longYear ? 10_000 * (text.charAt(0) - '0') : 0);
        String fraction = matcher.group(7) == null ? "" : matcher.group(7);
        long micros = Long.parseLong((fraction + "000000").substring(0, 6));
        boolean midnight = matcher.group(4).equals("24");
        try {
            LocalDateTime time = LocalDateTime.of(
                            year,
                            Integer.parseInt(matcher.group(2)),
                            Integer.parseInt(matcher.group(3)),
                            midnight ? 0 : Integer.parseInt(matcher.group(4)),
                            Integer.parseInt(matcher.group(5)),
                            Integer.parseInt(matcher.group(6)))
                    .plus(micros, ChronoUnit.MICROS);
            boolean late = midnight && !time.toLocalTime().equals(java.time.LocalTime.MIDNIGHT);
            LocalDateTime result = midnight ? time.plusDays(1) : time;
            return year == 0 || late
                    ? Long.MIN_VALUE
                    : result.toEpochSecond(ZoneOffset.UTC) * Calendar.MICROS_PER_SECOND + micros;
        } catch (DateTimeException e) {
            return Long.MIN_VALUE;
        }
    }
}
