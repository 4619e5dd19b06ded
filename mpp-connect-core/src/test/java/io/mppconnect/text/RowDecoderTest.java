package io.mppconnect.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RowDecoderTest {

    @Test
    void readsRowsOneAfterTheOther() {
        RowDecoder decoder = decoder(RowFormat.text(), 3, "1\tone\t\\N\n2\t\t-\n");

        assertThat(decoder.columns()).isEqualTo(3);
        assertThat(decoder.next()).isTrue();
        assertThat(decoder.intAt(0)).isEqualTo(1);
        assertThat(decoder.textAt(1)).isEqualTo("one");
        assertThat(decoder.isNull(2)).isTrue();
        assertThat(decoder.next()).isTrue();
        assertThat(decoder.longAt(0)).isEqualTo(2);
        assertThat(decoder.isNull(1)).isFalse();
        assertThat(decoder.textAt(1)).isEmpty();
        assertThat(decoder.next()).isFalse();
    }

    @Test
    void theLastRowNeedsNoTerminator() {
        assertThat(texts(RowFormat.text(), "a\tb")).containsExactly(Arrays.asList("a", "b"));
        assertThat(texts(RowFormat.csv(), "a,\"b\"")).containsExactly(Arrays.asList("a", "b"));
    }

    @Test
    void resolvesEscapesAsTheDatabaseDoes() {
        assertThat(text(RowFormat.text(), "\\b\\t\\n\\v\\f\\r\\\\\\N1\\.\\q")).isEqualTo("\b\t\n\u000B\f\r\\N1.q");
        assertThat(text(RowFormat.text(), "\\101\\60\\0601\\x4e\\x4\\xg\\xC3\\xA9\\é\\x4E1"))
                .isEqualTo("A001N\u0004xgééN1");
        assertThat(text(RowFormat.text(), "a\\\tb\\")).isEqualTo("a\tb");
        assertThat(text(RowFormat.text().withEscape('^'), "\\a^tb^^")).isEqualTo("\\a\tb^");
        assertThat(text(RowFormat.text().withoutEscape(), "\\t\\\\a\\")).isEqualTo("\\t\\\\a\\");
    }

    @Test
    void resolvesQuotesWhereverTheyAre() {
        assertThat(texts(RowFormat.csv(), "ab\"c,d\"e,\"\"\"\",\"\",\"x\"\"y\"\n,\"\n\",\"\"x, \"\"\n"))
                .containsExactly(Arrays.asList("abc,de", "\"", "", "x\"y"), Arrays.asList(null, "\n", "x", " "));
        assertThat(texts(RowFormat.csv().withEscape('\\'), "\"a\\\"b\\\\c\\d\",a\\b\n"))
                .containsExactly(Arrays.asList("a\"b\\c\\d", "a\\b"));
    }

    @Test
    void nullIsComparedBeforeEscapesAndQuotesAreResolved() {
        assertThat(texts(RowFormat.text().withNullString("NULL"), "NULL\t\\NULL\t\\116ULL\n"))
                .containsExactly(Arrays.asList(null, "NULL", "NULL"));
        assertThat(texts(RowFormat.csv().withNullString("NULL"), "NULL,\"NULL\",NUL\"L\",\n"))
                .containsExactly(Arrays.asList(null, "NULL", "NULL", ""));
    }

    @Test
    void allValuesOfARowAreInOneArrayAndTheBytesHandedInStay() {
        byte[] bytes = "..a\\tb\tcd\t\\\\\n..".getBytes(UTF_8);
        byte[] original = bytes.clone();
        RowDecoder decoder = RowDecoder.of(RowFormat.text(), columns(3));
        decoder.reset(bytes, 2, bytes.length - 2);
        decoder.next();

        byte[] values = decoder.valueBytes();
        List<String> texts = new ArrayList<>();
        for (int i = 2; i >= 0; i--) {
            texts.add(new String(values, decoder.valueFrom(i), decoder.valueTo(i) - decoder.valueFrom(i), UTF_8));
        }

        assertThat(texts).containsExactly("\\", "cd", "a\tb");
        assertThat(decoder.valueBytes()).isSameAs(values);
        assertThat(bytes).isEqualTo(original);
    }

    @Test
    void otherRowEnds() {
        assertThat(texts(RowFormat.text().withNewline(Newline.CRLF), "a\rb\nc\r\n\r\r\n\r\nx"))
                .containsExactly(List.of("a\rb\nc"), List.of("\r"), List.of(""), List.of("x"));
        assertThat(texts(RowFormat.csv().withNewline(Newline.CRLF), "\"a\r\n\",b\r\nc\n,d\r\n"))
                .containsExactly(List.of("a\r\n", "b"), List.of("c\n", "d"));
        assertThat(texts(RowFormat.csv().withNewline(Newline.CR), "\"a\r\",b\rc\n,d\r"))
                .containsExactly(List.of("a\r", "b"), List.of("c\n", "d"));
    }

    @Test
    void agreesWithTheReferenceOnAnyBytes() {
        Random random = new Random(31);
        for (int i = 0; i < 30_000; i++) {
            RowFormat format = random.nextBoolean() ? Samples.text(random) : Samples.csv(random);
            byte[] bytes = RowBoundaryTest.noise(random, format);
            List<Integer> ends = ReferenceReader.rowEnds(bytes, format);
            List<List<String>> expected;
            try {
                expected = ReferenceReader.rows(bytes, format);
            } catch (AssertionError endMark) {
                continue;
            }
            int from = 0;
            for (int row = 0; row < ends.size(); row++) {
                RowDecoder decoder =
                        RowDecoder.of(format, columns(expected.get(row).size()));
                decoder.reset(bytes, from, ends.get(row));
                assertThat(decoder.next()).isTrue();
                assertThat(texts(decoder)).isEqualTo(expected.get(row));
                assertThat(decoder.next()).isFalse();
                from = ends.get(row);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2024-02-29 12:34:56.789012+00, 2024-02-29T12:34:56.789012Z",
        "2024-02-29 07:34:56.789012-05, 2024-02-29T12:34:56.789012Z",
        "2024-02-29 18:04:56+05:30, 2024-02-29T12:34:56Z",
        "1899-12-31 19:00:00-05, 1900-01-01T00:00:00Z",
        "1880-01-01 05:53:28+05:53:28, 1880-01-01T00:00:00Z",
        "0044-03-15 00:00:00+00 BC, -0043-03-15T00:00:00Z",
        "1969-12-31 23:59:59.5+00, 1969-12-31T23:59:59.500Z"
    })
    void readsInstantsOfAnyOffset(String text, Instant instant) {
        assertThat(value(text, decoder -> decoder.instantMicrosAt(0)))
                .isEqualTo(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000);
    }

    @Test
    void readsDatesAndTimes() {
        assertThat(value("0044-03-15 BC", decoder -> decoder.epochDayAt(0)))
                .isEqualTo(LocalDate.of(-43, 3, 15).toEpochDay());
        assertThat(value("5874897-12-31", decoder -> decoder.epochDayAt(0)))
                .isEqualTo(LocalDate.of(5874897, 12, 31).toEpochDay());
        assertThat(value("24:00:00", decoder -> decoder.timeMicrosAt(0))).isEqualTo(86_400_000_000L);
        assertThat(value("00:00:00.1", decoder -> decoder.timeMicrosAt(0))).isEqualTo(100_000L);
        assertThat(value("1970-01-02 00:00:00", decoder -> decoder.timestampMicrosAt(0)))
                .isEqualTo(86_400_000_000L);
    }

    @Test
    void readsOtherValues() {
        assertThat(value("t", decoder -> decoder.booleanAt(0))).isEqualTo(true);
        assertThat(value("false", decoder -> decoder.booleanAt(0))).isEqualTo(false);
        assertThat(value("0.100000001", decoder -> decoder.floatAt(0))).isEqualTo(0.1f);
        assertThat(value("0.300000000000000044", decoder -> decoder.doubleAt(0)))
                .isEqualTo(0.30000000000000004);
        assertThat(value("-12.50", decoder -> decoder.decimalAt(0))).isEqualTo(new BigDecimal("-12.50"));
        assertThat(value("A0EEBC99-9c0b-4ef8-bb6d-6bb9bd380a11", decoder -> decoder.uuidAt(0)))
                .isEqualTo(UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
        assertThat(value("\\\\x00FF", decoder -> decoder.bytesAt(0))).isEqualTo(new byte[] {0, -1});
        assertThat(value("a\\\\000\\\\377\\\\\\\\\\\\012", decoder -> decoder.bytesAt(0)))
                .isEqualTo(new byte[] {'a', 0, -1, '\\', '\n'});
        assertThat(value("", decoder -> decoder.bytesAt(0))).isEqualTo(new byte[0]);
    }

    @Test
    void refusesTextOfAnotherForm() {
        assertRefused("x", decoder -> decoder.booleanAt(0), "boolean: its text is neither t nor f");
        assertRefused(
                "1.5", decoder -> decoder.longAt(0), "long: its text is no whole number within the range of long");
        assertRefused("x", decoder -> decoder.intAt(0), "int: its text is no whole number within the range of long");
        assertRefused("2147483648", decoder -> decoder.intAt(0), "int: its number is beyond the range of int");
        assertRefused("x", decoder -> decoder.floatAt(0), "float: its text is no number");
        assertRefused("1e", decoder -> decoder.doubleAt(0), "double: its text is no number");
        assertRefused("x", decoder -> decoder.decimalAt(0), "decimal: its text is no decimal number");
        assertRefused(
                "NaN",
                decoder -> decoder.decimalAt(0),
                "decimal: it is NaN, which no decimal is; read it as double or as text");
        assertRefused("2023-02-29", decoder -> decoder.epochDayAt(0), "date: its text is no date of the ISO form");
        assertRefused("infinity", decoder -> decoder.epochDayAt(0), "date: it is infinite; read it as text");
        assertRefused("24:00:01", decoder -> decoder.timeMicrosAt(0), "time: its text is no time of the ISO form");
        assertRefused(
                "2024-02-29 00:00:00+00",
                decoder -> decoder.timestampMicrosAt(0),
                "timestamp: its text is no timestamp of the ISO form");
        assertRefused(
                "-infinity", decoder -> decoder.timestampMicrosAt(0), "timestamp: it is infinite; read it as text");
        assertRefused(
                "2024-02-29 00:00:00",
                decoder -> decoder.instantMicrosAt(0),
                "timestamp with time zone: its text is no timestamp with time zone of the ISO form");
        assertRefused(
                "294276-12-31 23:59:59.999999",
                decoder -> decoder.timestampMicrosAt(0),
                "timestamp: it is further from 1970 than a long has microseconds; read it as text");
        assertRefused("a0eebc99", decoder -> decoder.uuidAt(0), "UUID: its text is no UUID");
        assertRefused(
                "\\\\x0", decoder -> decoder.bytesAt(0), "bytea: its text is no bytea, in hex form or in escape form");
    }

    @ParameterizedTest
    @CsvSource({
        "24-01-01",
        "2024-1-01",
        "2024-00-01",
        "2024-13-01",
        "2024-04-31",
        "0000-01-01",
        "2024-01-01 AD",
        "2024-01-0:",
        "1234567890-01-01",
        "''",
        "2024-01-01x",
        "2023-02-29"
    })
    void refusesWhatIsNoDate(String text) {
        assertRefused(text, decoder -> decoder.epochDayAt(0), "date: its text is no date of the ISO form");
    }

    @ParameterizedTest
    @CsvSource({"1:00:00", "00:60:00", "00:00:60", "00:00", "00:00:00.", "00:00:00.1234567", "25:00:00", "'00:00:00 '"})
    void refusesWhatIsNoTime(String text) {
        assertRefused(text, decoder -> decoder.timeMicrosAt(0), "time: its text is no time of the ISO form");
    }

    @Test
    void asksForNullFirst() {
        List<Function<RowDecoder, Object>> reads = List.of(
                decoder -> decoder.longAt(0),
                decoder -> decoder.textAt(0),
                decoder -> decoder.valueFrom(0),
                decoder -> decoder.epochDayAt(0));
        for (Function<RowDecoder, Object> read : reads) {
            RowDecoder decoder = decoder(RowFormat.text(), 1, "\\N\n");
            decoder.next();
            assertThatThrownBy(() -> read.apply(decoder))
                    .isInstanceOf(MppConnectException.class)
                    .hasMessageMatching("Cannot read row 1, column f0 as (long|text|bytes|date): it is NULL; ask isNull"
                            + " first");
        }
    }

    @Test
    void refusesRowsOfAnotherLength() {
        RowDecoder fewer = decoder(RowFormat.text(), 2, "1\t2\n1\n");
        RowDecoder more = decoder(RowFormat.csv(), 1, "1,2,3\n");

        fewer.next();
        assertBad(fewer, "Cannot read row 2: it has 1 field, but there are 2 columns (f0, f1)");
        assertBad(more, "Cannot read row 1: it has 3 fields, but there are 1 column (f0)");
    }

    @Test
    void refusesAnOpenQuote() {
        assertBad(decoder(RowFormat.csv(), 1, "\"a\n"), "Cannot read row 1: its quote is never closed");
    }

    @Test
    void countsRowsOverAllBytes() {
        RowDecoder decoder = decoder(RowFormat.text(), 1, "1\n2\n");
        decoder.next();
        decoder.next();
        decoder.reset("x\n".getBytes(UTF_8), 0, 2);
        decoder.next();

        assertThatThrownBy(() -> decoder.longAt(0))
                .hasMessage("Cannot read row 3, column f0 as long: its text is no whole number within the range of"
                        + " long");
    }

    @Test
    void rowsWithoutColumnsAreEmptyLines() {
        RowDecoder decoder = decoder(RowFormat.text(), 0, "\n\n");

        assertThat(decoder.next()).isTrue();
        assertThat(decoder.next()).isTrue();
        assertThat(decoder.next()).isFalse();
    }

    @Test
    void refusesOtherEncodings() {
        assertThatThrownBy(() -> RowDecoder.of(RowFormat.csv().withEncoding("LATIN1"), columns(1)))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Invalid encoding of rows: LATIN1; only UTF8 is possible");
    }

    static List<Column> columns(int count) {
        return Samples.names(count).stream()
                .map(name -> Column.of(name, ColumnType.of(TypeKind.TEXT, "text")))
                .toList();
    }

    private static RowDecoder decoder(RowFormat format, int columns, String text) {
        RowDecoder decoder = RowDecoder.of(format, columns(columns));
        byte[] bytes = text.getBytes(UTF_8);
        decoder.reset(bytes, 0, bytes.length);
        return decoder;
    }

    private static Object value(String text, Function<RowDecoder, Object> read) {
        RowDecoder decoder = decoder(RowFormat.text(), 1, text + "\n");
        assertThat(decoder.next()).isTrue();
        return read.apply(decoder);
    }

    private static String text(RowFormat format, String row) {
        RowDecoder decoder = decoder(format, 1, row + "\n");
        assertThat(decoder.next()).isTrue();
        return decoder.textAt(0);
    }

    private static List<List<String>> texts(RowFormat format, String text) {
        int columns = ReferenceReader.rows((text + format.newline().characters()).getBytes(UTF_8), format)
                .get(0)
                .size();
        RowDecoder decoder = decoder(format, columns, text);
        List<List<String>> rows = new ArrayList<>();
        while (decoder.next()) {
            rows.add(texts(decoder));
        }
        return rows;
    }

    private static List<String> texts(RowDecoder decoder) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < decoder.columns(); i++) {
            texts.add(decoder.isNull(i) ? null : decoder.textAt(i));
        }
        return texts;
    }

    private static void assertRefused(String text, Function<RowDecoder, Object> read, String message) {
        assertThatThrownBy(() -> value(text, read))
                .isInstanceOfSatisfying(
                        MppConnectException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA))
                .hasMessage("Cannot read row 1, column f0 as " + message);
    }

    private static void assertBad(RowDecoder decoder, String message) {
        assertThatThrownBy(decoder::next)
                .isInstanceOfSatisfying(
                        MppConnectException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA))
                .hasMessage(message);
    }
}
