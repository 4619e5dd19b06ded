package io.mppconnect.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RowEncoderTest {

    private static final long NOON = 45_296_789_012L;
    private static final long LEAP_DAY = LocalDate.of(2024, 2, 29).toEpochDay();
    private static final long LEAP_NOON = LEAP_DAY * 86_400_000_000L + NOON;

    /** Writes one value. */
    private interface Write {
        void to(RowEncoder encoder) throws InterruptedException;
    }

    @Test
    void writesEveryKindOfValue() {
        assertText(encoder -> encoder.writeNull(), "\\N\n");
        assertText(encoder -> encoder.writeBoolean(true), "t\n");
        assertText(encoder -> encoder.writeBoolean(false), "f\n");
        assertText(encoder -> encoder.writeInt(Integer.MIN_VALUE), "-2147483648\n");
        assertText(encoder -> encoder.writeLong(Long.MIN_VALUE), "-9223372036854775808\n");
        assertText(encoder -> encoder.writeLong(Long.MAX_VALUE), "9223372036854775807\n");
        assertText(encoder -> encoder.writeLong(0), "0\n");
        assertText(encoder -> encoder.writeFloat(0.1f), "0.1\n");
        assertText(encoder -> encoder.writeDouble(0.1), "0.1\n");
        assertText(encoder -> encoder.writeDouble(1e300), "1e+300\n");
        assertText(
                encoder -> encoder.writeUuid(UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11")),
                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11\n");
        assertText(encoder -> encoder.writeBytes(new byte[] {9, 0, -1, 0x5c, 0x0a}, 1, 5), "\\\\x00ff5c0a\n");
        assertText(encoder -> encoder.writeBytes(new byte[0], 0, 0), "\\\\x\n");
        assertText(encoder -> encoder.writeUtf8("xa|bé".getBytes(UTF_8), 1, 6), "a|bé\n");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "0, 2, 0.00",
        "1, 38, 0.00000000000000000000000000000000000001",
        "-5, 1, -0.5",
        "1234, 2, 12.34",
        "-1234, 4, -0.1234",
        "-9223372036854775808, 0, -9223372036854775808",
        "-9223372036854775808, 19, -0.9223372036854775808",
        "-9223372036854775808, 20, -0.09223372036854775808",
        "9223372036854775807, 1, 922337203685477580.7"
    })
    void writesDecimals(long unscaled, int scale, String text) {
        assertText(encoder -> encoder.writeDecimal(unscaled, scale), text + "\n");
        assertText(encoder -> encoder.writeDecimal(BigDecimal.valueOf(unscaled, scale)), text + "\n");
    }

    @ParameterizedTest
    @CsvSource({
        "1E+50, 1e50",
        "-12E-60, -12e-60",
        "1E+1000000000, 1e1000000000",
        "123456789012345678901234567890.1234567890, 123456789012345678901234567890.1234567890",
        "123456789012345678901234567890E+9, 1.23456789012345678901234567890E+38"
    })
    void writesDecimalsOfAnySize(BigDecimal value, String text) {
        assertText(encoder -> encoder.writeDecimal(value), text + "\n");
    }

    @Test
    void writesDatesOfAllAges() {
        assertText(encoder -> encoder.writeDate(LEAP_DAY), "2024-02-29\n");
        assertText(encoder -> encoder.writeDate(LocalDate.of(-43, 3, 15).toEpochDay()), "0044-03-15 BC\n");
        assertText(encoder -> encoder.writeDate(LocalDate.of(0, 12, 31).toEpochDay()), "0001-12-31 BC\n");
        assertText(encoder -> encoder.writeDate(LocalDate.of(1, 1, 1).toEpochDay()), "0001-01-01\n");
        assertText(encoder -> encoder.writeDate(LocalDate.of(5874897, 12, 31).toEpochDay()), "5874897-12-31\n");
    }

    @Test
    void writesTimes() {
        assertText(encoder -> encoder.writeTime(0), "00:00:00\n");
        assertText(encoder -> encoder.writeTime(NOON), "12:34:56.789012\n");
        assertText(encoder -> encoder.writeTime(NOON - 12), "12:34:56.789\n");
        assertText(encoder -> encoder.writeTime(1), "00:00:00.000001\n");
        assertText(encoder -> encoder.writeTime(86_400_000_000L), "24:00:00\n");
    }

    @Test
    void writesTimestampsAndInstants() {
        long beforeChrist = LocalDate.of(0, 1, 1).toEpochDay() * 86_400_000_000L;

        assertText(encoder -> encoder.writeTimestamp(LEAP_NOON), "2024-02-29 12:34:56.789012\n");
        assertText(encoder -> encoder.writeTimestamp(-1), "1969-12-31 23:59:59.999999\n");
        assertText(encoder -> encoder.writeTimestamp(beforeChrist), "0001-01-01 00:00:00 BC\n");
        assertText(encoder -> encoder.writeTimestamp(Long.MAX_VALUE), "294247-01-10 04:00:54.775807\n");
        assertText(encoder -> encoder.writeInstant(LEAP_NOON), "2024-02-29 12:34:56.789012+00\n");
        assertText(encoder -> encoder.writeInstant(beforeChrist), "0001-01-01 00:00:00+00 BC\n");
    }

    @Test
    void escapesTextAsTheDatabaseDoes() {
        assertText("", "\n");
        assertText("a\tb\nc\rd\be\ff\u000Bg\\h", "a\\tb\\nc\\rd\\be\\ff\\vg\\\\h\n");
        assertText("\\N", "\\\\N\n");
        assertText("\\.", "\\\\.\n");
        assertText("\u0001\u0007\u001F\u007F", "\u0001\u0007\u001F\u007F\n");
        assertText("日本\uD83D\uDE80é", "日本\uD83D\uDE80é\n");
        assertThat(encoded(RowFormat.text().withDelimiter('|'), encoder -> encoder.writeText("a|b\t")))
                .isEqualTo("a\\|b\\t\n");
        assertThat(encoded(RowFormat.text().withDelimiter('\u0001'), encoder -> encoder.writeText("a\u0001b")))
                .isEqualTo("a\\\u0001b\n");
    }

    @Test
    void endsRowsAsTheFormatSays() {
        assertThat(encoded(RowFormat.text().withNewline(Newline.CRLF), encoder -> encoder.writeText("\r")))
                .isEqualTo("\\r\r\n");
        assertThat(encoded(RowFormat.csv().withNewline(Newline.CR), encoder -> encoder.writeText("a")))
                .isEqualTo("a\r");
    }

    @Test
    void writesNoBackslashWhereItIsNotTheEscape() {
        RowFormat format = RowFormat.text().withEscape('^');

        assertThat(encoded(format, encoder -> encoder.writeText("a\\.^\n"))).isEqualTo("a^134.^^^n\n");
        assertThat(encoded(format, encoder -> encoder.writeBytes(new byte[] {1}, 0, 1)))
                .isEqualTo("^134x01\n");
        assertThat(encoded(RowFormat.text().withEscape('n'), encoder -> encoder.writeText("nn\n")))
                .isEqualTo("n156n156nn\n");
        assertThat(encoded(RowFormat.text().withEscape('1'), encoder -> encoder.writeLong(110)))
                .isEqualTo("10611061" + "0\n");
    }

    @Test
    void keepsTextApartFromTheNullString() {
        assertThat(encoded(RowFormat.text().withNullString("NULL"), encoder -> encoder.writeText("NULL")))
                .isEqualTo("\\116ULL\n");
        assertThat(encoded(RowFormat.text().withNullString("0"), encoder -> encoder.writeLong(0)))
                .isEqualTo("\\060\n");
        assertThat(encoded(RowFormat.text().withNullString("\\n1"), encoder -> encoder.writeText("\n1")))
                .isEqualTo("\\0121\n");
        assertThat(encoded(RowFormat.text().withNullString("é1"), encoder -> encoder.writeText("é1")))
                .isEqualTo("\\é1\n");
        assertThat(encoded(RowFormat.text().withNullString("\\\\x"), encoder -> encoder.writeBytes(new byte[0], 0, 0)))
                .isEqualTo("\\134x\n");
        assertThat(encoded(RowFormat.text().withEscape('^').withNullString("^134"), encoder -> encoder.writeText("\\")))
                .isEqualTo("^x5c\n");
        assertThat(encoded(RowFormat.csv().withNullString("0"), encoder -> encoder.writeLong(0)))
                .isEqualTo("\"0\"\n");
    }

    @Test
    void writesTheNullStringAsItIs() {
        assertThat(encoded(RowFormat.text().withNullString("\\né"), encoder -> encoder.writeNull()))
                .isEqualTo("\\né\n");
        assertThat(encoded(RowFormat.csv(), encoder -> encoder.writeNull())).isEqualTo("\n");
    }

    @Test
    void quotesWhereCsvNeedsIt() {
        assertCsv("", "\"\"\n");
        assertCsv("plain text", "plain text\n");
        assertCsv(" a ", " a \n");
        assertCsv("\\N", "\\N\n");
        assertCsv("\\.", "\"\\.\"\n");
        assertCsv("a,b", "\"a,b\"\n");
        assertCsv("a\nb", "\"a\nb\"\n");
        assertCsv("\r", "\"\r\"\n");
        assertCsv("say \"hi\"", "\"say \"\"hi\"\"\"\n");
        assertCsv("\u000B\f\b\t", "\u000B\f\b\t\n");
        assertCsv("long enough for a word and \"more\"", "\"long enough for a word and \"\"more\"\"\"\n");
    }

    @Test
    void escapesBetweenQuotesOnly() {
        RowFormat format = RowFormat.csv().withEscape('\\');

        assertThat(encoded(format, encoder -> encoder.writeText("a\\b"))).isEqualTo("a\\b\n");
        assertThat(encoded(format, encoder -> encoder.writeText("a\\\\b,\\\""))).isEqualTo("\"a\\\\\\\\b,\\\\\\\"\"\n");
    }

    @Test
    void quotesNumbersThatHoldTheDelimiter() {
        assertThat(encoded(RowFormat.csv().withDelimiter('-'), encoder -> encoder.writeLong(-5)))
                .isEqualTo("\"-5\"\n");
        assertThat(encoded(RowFormat.text().withDelimiter('-'), encoder -> encoder.writeDate(LEAP_DAY)))
                .isEqualTo("2024\\-02\\-29\n");
    }

    @Test
    void writesTextWithoutEscapeCharacterAsItIs() {
        RowFormat format = RowFormat.text().withoutEscape().withDelimiter('|');

        assertThat(encoded(format, encoder -> encoder.writeText("C:\\dir\\\\.x\t")))
                .isEqualTo("C:\\dir\\\\.x\t\n");
        assertThat(encoded(format, encoder -> encoder.writeBytes(new byte[] {1}, 0, 1)))
                .isEqualTo("\\x01\n");
        assertRefused(
                format,
                encoder -> encoder.writeText("a|b"),
                "it contains the delimiter or a line end, which TEXT without an escape character cannot hold");
        assertRefused(
                format,
                encoder -> encoder.writeText("a\n"),
                "it contains the delimiter or a line end, which TEXT without an escape character cannot hold");
        assertRefused(
                format,
                encoder -> encoder.writeText("a\\."),
                "it contains a backslash and a dot, which TEXT without an escape character takes for the end of all"
                        + " rows");
        assertRefused(
                format,
                encoder -> encoder.writeText("\\N"),
                "it is the format's NULL string; choose another one, or an escape character");
    }

    @Test
    void refusesWhatTheDatabaseCannotHold() {
        for (RowFormat format : List.of(RowFormat.text(), RowFormat.csv())) {
            String nul = "it contains a NUL character, which the database cannot hold in text";
            assertRefused(format, encoder -> encoder.writeText("a\0b"), nul);
            assertRefused(format, encoder -> encoder.writeText("a,\"\tb long text\0b"), nul);
            assertRefused(format, encoder -> encoder.writeUtf8(new byte[] {65, 0}, 0, 2), nul);
            String surrogate = "it contains half a surrogate pair, which is no character";
            assertRefused(format, encoder -> encoder.writeText("a\uD83D"), surrogate);
            assertRefused(format, encoder -> encoder.writeText("a\uDE80b"), surrogate);
            assertRefused(format, encoder -> encoder.writeText("\uD83D\uD83D\uDE80"), surrogate);
            assertRefused(
                    format,
                    encoder -> encoder.writeTime(86_400_000_001L),
                    "it is a time before 00:00:00 or after 24:00:00");
            assertRefused(format, encoder -> encoder.writeTime(-1), "it is a time before 00:00:00 or after 24:00:00");
            assertRefused(format, encoder -> encoder.writeDate(Long.MIN_VALUE), "it is a day that no calendar has");
            assertRefused(
                    format, encoder -> encoder.writeDecimal(1, 39), "a decimal's scale must be from 0 to 38, not 39");
        }
    }

    @Test
    void refusesEmptyTextWhereNothingMeansNull() {
        assertRefused(
                RowFormat.text().withNullString(""),
                encoder -> encoder.writeText(""),
                "it is empty, which this format reads as NULL; choose a NULL string that is not empty");
    }

    @Test
    void refusesRowsOfAnotherLength() throws InterruptedException {
        SentBlocks blocks = SentBlocks.of(100);
        RowEncoder encoder = RowEncoder.of(RowFormat.text(), List.of("a", "b", "c", "d"), blocks);
        for (int i = 0; i < 3; i++) {
            encoder.writeInt(i);
        }

        assertBad(encoder::endRow, "Cannot write row 1: it has 3 values, but the source has 4 fields (a, b, c, d)");
        for (int i = 0; i < 4; i++) {
            encoder.writeInt(i);
        }
        encoder.endRow();
        for (int i = 0; i < 4; i++) {
            encoder.writeInt(i);
        }
        assertBad(
                encoder::writeNull,
                "Cannot write row 2: it has more than 4 values, but the source has 4 fields (a, b, c, d)");
        encoder.flush();

        assertThat(blocks.text()).isEqualTo("0\t1\t2\t3\n");
        assertThat(encoder.rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "UTF-8"})
    void refusesOtherEncodings(String encoding) {
        assertThatThrownBy(
                        () -> RowEncoder.of(RowFormat.text().withEncoding(encoding), List.of("a"), SentBlocks.of(10)))
                .isInstanceOfSatisfying(
                        MppConnectException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessage("Invalid encoding of rows: " + encoding + "; only UTF8 is possible");
    }

    @Test
    void refusesANullStringThatWouldEscapeTheDelimiter() {
        assertThatThrownBy(
                        () -> RowEncoder.of(RowFormat.text().withNullString("\\\\\\"), List.of("a"), SentBlocks.of(10)))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Invalid TEXT format: the NULL string must not end with the escape character, which would"
                        + " escape the delimiter after it");
    }

    private static void assertText(Write write, String expected) {
        assertThat(encoded(RowFormat.text(), write)).isEqualTo(expected);
    }

    private static void assertText(String value, String expected) {
        assertText(encoder -> encoder.writeText(value), expected);
        assertText(encoder -> encoder.writeText(CharBuffer.wrap(value)), expected);
    }

    private static void assertCsv(String value, String expected) {
        assertThat(encoded(RowFormat.csv(), encoder -> encoder.writeText(value)))
                .isEqualTo(expected);
    }

    private static void assertRefused(RowFormat format, Write write, String reason) {
        SentBlocks blocks = SentBlocks.of(1000);
        RowEncoder encoder = RowEncoder.of(format, List.of("id", "note"), blocks);
        try {
            encoder.writeInt(1);
            assertBad(() -> write.to(encoder), "Cannot write row 1, field note: " + reason);
            encoder.writeInt(2);
            encoder.writeText("x");
            encoder.endRow();
            encoder.flush();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(blocks.text()).isEqualTo("2" + format.delimiter() + "x\n");
    }

    private static void assertBad(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MppConnectException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA))
                .hasMessage(message);
    }

    private static String encoded(RowFormat format, Write write) {
        SentBlocks blocks = SentBlocks.of(1000);
        RowEncoder encoder = RowEncoder.of(format, List.of("a"), blocks);
        try {
            write.to(encoder);
            encoder.endRow();
            encoder.flush();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return blocks.text();
    }

    @Test
    void aFailedRowThrowsUnlessRowsAreSetAside() throws Exception {
        RowEncoder encoder = RowEncoder.of(RowFormat.text(), List.of("a", "b"), SentBlocks.of(100));
        encoder.writeInt(1);

        assertThatThrownBy(() -> encoder.failRow("no document", new byte[3], 0, 3))
                .hasMessage("Cannot write row 1: no document");
        IllegalStateException cause = new IllegalStateException("broken");
        assertThatThrownBy(() -> encoder.failRow(cause, new byte[3], 0, 3)).isSameAs(cause);

        encoder.writeInt(2);
        encoder.writeInt(3);
        encoder.endRow();
        assertThat(encoder.rows()).isEqualTo(1);
    }

    @Test
    void aFailedRowIsSetAsideBehindThoseBefore() throws Exception {
        RowEncoder encoder = RowEncoder.of(RowFormat.text(), List.of("a"), SentBlocks.of(100));
        List<String> failed = new ArrayList<>();
        encoder.settingAside((reason, raw, from, to) ->
                failed.add(reason + ": " + new String(raw, from, to - from, StandardCharsets.US_ASCII)));
        byte[] raw = "{bad}".getBytes(StandardCharsets.US_ASCII);
        encoder.writeInt(1);
        encoder.endRow();
        encoder.writeInt(2);
        encoder.failRow("no document", raw, 1, 4);
        encoder.failRow(new IllegalStateException("broken"), raw, 0, 5);
        encoder.writeInt(3);
        encoder.endRow();
        encoder.flush();

        assertThat(failed).containsExactly("no document: bad", "java.lang.IllegalStateException: broken: {bad}");
        assertThat(encoder.rows()).isEqualTo(2);
    }
}
