package io.mppconnect.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FieldScannerTest {

    private static final int MAX_ROW = 100_000;

    @Test
    void readsDelimitersOfManyCharacters() throws IOException {
        assertThat(rows(DelimitedFormat.text("||"), "a||b|c||\n||\\N||x\\||y\n"))
                .containsExactly(Arrays.asList("a", "b|c", ""), Arrays.asList("", null, "x||y"));
        assertThat(rows(DelimitedFormat.csv("€"), "a€\"b€c\"€€\"\"\n"))
                .containsExactly(Arrays.asList("a", "b€c", null, ""));
    }

    @Test
    void readsQuotesOfManyCharacters() throws IOException {
        DelimitedFormat format = DelimitedFormat.csv("~~").withQuote("''").withEscape("''");

        assertThat(rows(format, "''a~~b\n''''c''~~'d'~~''''\n")).containsExactly(Arrays.asList("a~~b\n''c", "'d'", ""));
        assertThat(rows(format.withEscape("/"), "''a/''b//c/d''~~x/y\n"))
                .containsExactly(Arrays.asList("a''b/c/d", "x/y"));
    }

    @Test
    void readsCsvWithoutQuotesAndTextWithoutEscapes() throws IOException {
        assertThat(rows(DelimitedFormat.csv("|").withQuote("").withEscape(""), "\"a\"|\"\n"))
                .containsExactly(Arrays.asList("\"a\"", "\""));
        assertThat(rows(DelimitedFormat.text("|").withEscape(""), "a\\n|\\N|\\\n"))
                .containsExactly(Arrays.asList("a\\n", null, "\\"));
    }

    @Test
    void resolvesEscapesAsTheDatabaseDoes() throws IOException {
        assertThat(rows(DelimitedFormat.text("|"), "\\b\\t\\n\\v\\f\\r\\\\\\é\\101\\60\\0601\\x4e\\x4\\xg\\"))
                .containsExactly(List.of("\b\t\n\u000B\f\r\\éA001N\u0004xg"));
        assertThat(rows(DelimitedFormat.text("|"), "a\\\nb\n")).containsExactly(List.of("a"), List.of("b"));
    }

    @Test
    void nullIsTheRawTextOrTheTextWithoutQuotes() throws IOException {
        assertThat(rows(DelimitedFormat.text("|").withNullString("NULL"), "NULL|\\NULL|NULL1\n"))
                .containsExactly(Arrays.asList(null, "NULL", "NULL1"));
        assertThat(rows(DelimitedFormat.csv("|").withNullString("NULL"), "NULL|\"NULL\"||\n"))
                .containsExactly(Arrays.asList(null, "NULL", "", ""));
    }

    @Test
    void theLastRowNeedsNoTerminator() throws IOException {
        assertThat(rows(DelimitedFormat.csv(","), "")).isEmpty();
        assertThat(rows(DelimitedFormat.csv(","), "a\n\nb"))
                .containsExactly(List.of("a"), Arrays.asList((String) null), List.of("b"));
        assertThat(rows(DelimitedFormat.text(","), "a,")).containsExactly(List.of("a", ""));
    }

    @Test
    void otherLineEnds() throws IOException {
        assertThat(rows(DelimitedFormat.csv(",").withNewline(Newline.CRLF), "a\rb,\"\r\n\"\r\nc\n\r\r\n"))
                .containsExactly(List.of("a\rb", "\r\n"), List.of("c\n\r"));
        assertThat(rows(DelimitedFormat.text(",").withNewline(Newline.CR), "a\nb\rc"))
                .containsExactly(List.of("a\nb"), List.of("c"));
    }

    @Test
    void tellsTheLineThatARowStartsIn() throws IOException {
        FieldScanner scanner =
                scanner(DelimitedFormat.csv(",").withNewline(Newline.CRLF), "a\r\n\"b\r\n\r\nc\"\r\nd\r\n");
        List<Long> lines = new ArrayList<>();
        while (scanner.nextRow()) {
            lines.add(scanner.line());
        }

        assertThat(lines).containsExactly(1L, 2L, 5L);
    }

    @Test
    void readsAnyCharset() throws IOException {
        for (String charset : List.of("UTF-8", "UTF-16LE", "windows-1252")) {
            byte[] bytes = "é;ä\nx;\"ü\nö\"".getBytes(charset);
            FieldScanner scanner = FieldScanner.of(
                    DelimitedFormat.csv(";"), new ByteArrayInputStream(bytes), Charset.forName(charset), MAX_ROW);

            assertThat(rows(scanner)).containsExactly(List.of("é", "ä"), List.of("x", "ü\nö"));
        }
    }

    @Test
    void reportsBytesThatAreNotOfTheCharset() throws IOException {
        byte[] bytes = {'a', '\n', (byte) 0xE9, '\n'};
        FieldScanner scanner =
                FieldScanner.of(DelimitedFormat.text("|"), new ByteArrayInputStream(bytes), UTF_8, MAX_ROW);

        assertThatThrownBy(() -> rows(scanner))
                .isInstanceOfSatisfying(
                        MppConnectException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA))
                .hasMessageMatching("Cannot read on from line [12]: there are bytes that are not of UTF-8; name the"
                        + " charset that the text is in")
                .hasCauseInstanceOf(MalformedInputException.class);
    }

    @Test
    void refusesAQuoteThatIsNeverClosed() throws IOException {
        FieldScanner scanner = scanner(DelimitedFormat.csv(","), "a\nb,\"c\nd\n");
        scanner.nextRow();

        assertRefused(scanner, "Cannot read line 2: its quote is never closed");
    }

    @Test
    void refusesRowsThatAreTooLong() throws IOException {
        String row = "x".repeat(5);
        String longRow = "y".repeat(20_000);
        FieldScanner few = FieldScanner.of(DelimitedFormat.text(","), new StringReader(row + "\n" + row + "x"), 6);
        FieldScanner many =
                FieldScanner.of(DelimitedFormat.text(","), new StringReader(longRow + "\n" + longRow + "y"), 20_001);
        few.nextRow();
        many.nextRow();

        few.nextRow();
        many.nextRow();
        assertRefused(
                FieldScanner.of(DelimitedFormat.text(","), new StringReader(row), 4),
                "Cannot read line 1: its row is longer than 4 characters");
        assertRefused(
                FieldScanner.of(DelimitedFormat.text(","), new StringReader(longRow), 10_000),
                "Cannot read line 1: its row is longer than 10000 characters");
    }

    @Test
    void refusesEscapesForBytesBeyondAscii() {
        assertRefused(
                scanner(DelimitedFormat.text(","), "\\351"),
                "Cannot read line 1: it has an escape for a byte beyond ASCII, which is no character by itself");
    }

    @Test
    void fieldsAreWrittenWithoutAStringOfTheirOwn() throws Exception {
        FieldScanner scanner = scanner(DelimitedFormat.csv("||"), "é\t||\"日\"\"\"||" + "z".repeat(5000));
        SentBlocks blocks = SentBlocks.of(10_000);
        RowEncoder encoder = RowEncoder.of(RowFormat.text(), Samples.names(3), blocks);

        assertThat(scanner.nextRow()).isTrue();
        for (int i = 0; i < scanner.fields(); i++) {
            encoder.writeText(scanner.field(i));
        }
        encoder.endRow();
        encoder.flush();

        assertThat(blocks.text()).isEqualTo("é\\t\t日\"\t" + "z".repeat(5000) + "\n");
    }

    @Test
    void aFieldIsASequenceOfCharacters() throws IOException {
        FieldScanner scanner = scanner(DelimitedFormat.csv(","), "ab,cde");
        scanner.nextRow();
        CharSequence field = scanner.field(1);

        assertThat(field.length()).isEqualTo(3);
        assertThat(field.charAt(2)).isEqualTo('e');
        assertThat(field.subSequence(1, 3)).hasToString("de");
        assertThatThrownBy(() -> field.charAt(3)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> field.charAt(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void readsWhatTheDatabaseReadsHoweverTheReaderCutsIt() throws IOException {
        Random random = new Random(41);
        for (int i = 0; i < 5_000; i++) {
            RowFormat format = random.nextBoolean() ? Samples.text(random) : Samples.csv(random);
            byte[] bytes = RowBoundaryTest.noise(random, format);
            List<Integer> ends = ReferenceReader.rowEnds(bytes, format);
            int length = ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
            List<List<String>> expected;
            try {
                expected = ReferenceReader.rows(Arrays.copyOf(bytes, length), format);
            } catch (AssertionError endMark) {
                continue;
            }
            // Escaped bytes beyond ASCII are characters to the database, but not before it has all bytes of one.
            if (expected.toString().chars().anyMatch(character -> character > 127)) {
                continue;
            }
            DelimitedFormat delimited = new DelimitedFormat(
                    format.kind(),
                    String.valueOf(format.delimiter()),
                    String.valueOf(format.quote()),
                    String.valueOf((char) format.escape().getAsInt()),
                    format.nullString(),
                    format.newline());
            String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);

            assertThat(rows(FieldScanner.of(delimited, trickle(text), MAX_ROW))).isEqualTo(expected);
        }
    }

    /** Gives one character at a time. */
    private static Reader trickle(String text) {
        return new StringReader(text) {
            @Override
            public int read(char[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 1));
            }
        };
    }

    private static void assertRefused(FieldScanner scanner, String message) {
        assertThatThrownBy(scanner::nextRow)
                .isInstanceOfSatisfying(
                        MppConnectException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA))
                .hasMessage(message);
    }

    private static FieldScanner scanner(DelimitedFormat format, String text) {
        return FieldScanner.of(format, new StringReader(text), MAX_ROW);
    }

    private static List<List<String>> rows(DelimitedFormat format, String text) throws IOException {
        return rows(scanner(format, text));
    }

    private static List<List<String>> rows(FieldScanner scanner) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        while (scanner.nextRow()) {
            List<String> row = new ArrayList<>();
            for (int i = 0; i < scanner.fields(); i++) {
                row.add(scanner.isNull(i) ? null : scanner.field(i).toString());
            }
            rows.add(row);
        }
        return rows;
    }
}
