package io.mppconnect.format;

import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.asBytes;
import static io.mppconnect.format.Formats.asCsv;
import static io.mppconnect.format.Formats.asDelimited;
import static io.mppconnect.format.Formats.asText;
import static io.mppconnect.format.Formats.csv;
import static io.mppconnect.format.Formats.delimited;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.type.TypeKind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows as CSV and other text between delimiters, and single columns. */
class SeparatedEncodingTest {

    private static final String[] PIECES = {
        "a", "|", "||", "\\", "\"", ",", "\n", "\r", "n", "é", "N", "\\N", "'", "¦", " ", "NULL", "b"
    };

    private static String row(RecordEncoding encoding, String... values) throws Exception {
        return EncodedRow.text(encoding, texts("a", "b", "c"), values);
    }

    @Test
    void csvQuotesWhatNeedsIt() throws Exception {
        assertThat(row(asCsv(), "1", "a,\"b\"\n", null)).isEqualTo("1,\"a,\"\"b\"\"\n\",");
        assertThat(row(asCsv(), "", "é\r", " x ")).isEqualTo("\"\",\"é\r\", x ");
        assertThat(row(asCsv().columns("c", "a"), "1", "2", "3")).isEqualTo("3,1");
    }

    @Test
    void escapesStandBeforeWhatIsNoDelimiter() throws Exception {
        assertThat(row(asDelimited("||").escape("\\"), "a||b|", "\\N", "x\n\\"))
                .isEqualTo("a\\||b\\|||\\\\N||x\\n\\\\");
        assertThat(row(asDelimited(";").escape("!").nullString("NULL"), "NULL", null, ""))
                .isEqualTo("!NULL;NULL;");
        assertThat(row(asDelimited(";").escape("\\").nullString("nil"), "nil", null, "n"))
                .isEqualTo("n\\il;nil;n");
    }

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        Random random = new Random(20261130);
        for (int i = 0; i < 4_000; i++) {
            String[] values = {value(random), value(random), value(random)};
            assertReadBack(asCsv(), csv(), values);
            assertReadBack(
                    asDelimited("||").quote("'").escape("\\").nullString("NULL"),
                    delimited("||").quote("'").escape("\\").nullString("NULL"),
                    values);
            assertReadBack(asDelimited("||").escape("\\"), delimited("||").escape("\\"), values);
            assertReadBack(asDelimited("¦|").escape("\\"), delimited("¦|").escape("\\"), values);
            if (!Arrays.asList(values).contains("\n")) {
                assertReadBack(
                        asDelimited("|").escape("\\").nullString("\\n"),
                        delimited("|").escape("\\").nullString("\\n"),
                        values);
            }
        }
    }

    private static String value(Random random) {
        if (random.nextInt(8) == 0) {
            return null;
        }
        StringBuilder value = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            value.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return value.toString();
    }

    private static void assertReadBack(RecordEncoding encoding, SeparatedFormat format, String[] values)
            throws Exception {
        String record = row(encoding, values);
        assertThat(DecodedRow.of(format.open(texts("a", "b", "c")), record).values())
                .as("%s", record)
                .containsExactly(values);
    }

    @Test
    void whatCannotBeToldApartIsRefused() {
        assertThatThrownBy(() -> row(asDelimited("|"), "1", "2|3", null))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("its text holds the delimiter, and there is neither a quote nor an escape, in b");
        assertThatThrownBy(() -> row(asDelimited("|"), "\\N", "2", "3"))
                .hasMessage("its text is the same as that for NULL, in a");
        assertThatThrownBy(() -> row(asDelimited("|").escape("\\").nullString(""), "", "2", "3"))
                .hasMessage("its text is the same as that for NULL, in a");
        assertThatThrownBy(() -> row(asDelimited("|").escape("\\").nullString("\\n"), "1", "\n", "3"))
                .hasMessage("its text is the same as that for NULL, in b");
        assertThatThrownBy(() -> row(asDelimited("|"), "1", "2", "3\n"))
                .hasMessage("it ends with a line end, and there is neither a quote nor an escape");
        assertThatThrownBy(() -> row(asCsv().escape(""), "1", "\"", "3"))
                .hasMessage("its text holds the quote, and there is no escape, in b");
    }

    @Test
    void optionsThatCannotBeAreRefused() {
        assertThatThrownBy(() -> asDelimited(""))
                .hasMessage(
                        "Invalid delimited text format: the delimiter must be one or more characters other than NUL");
        assertThatThrownBy(() -> asCsv().quote("''").open(texts("a")))
                .hasMessage("Invalid CSV format: the quote must be one character to write it");
        assertThatThrownBy(() -> asDelimited("n").escape("\\").open(texts("a")))
                .hasMessage(
                        "Invalid delimited text format: delimiter and escape must not begin with b, f, n, r, t or v,"
                                + " which mean something after an escape");
    }

    @Test
    void lineEndsAreNeitherDelimitersNorNull() {
        for (String lineEnd : List.of("\n", "a\r", "\r\n")) {
            assertThatThrownBy(() -> asDelimited(lineEnd).open(texts("a")))
                    .hasMessage("Invalid delimited text format: the delimiter must not contain a line end");
            assertThatThrownBy(() -> csv().nullString(lineEnd).open(texts("a")))
                    .hasMessage("Invalid CSV format: the NULL string must not contain a line end");
        }
    }

    @Test
    void oneColumnAloneIsTextOrBytes() throws Exception {
        assertThat(row(asText("b"), "1", "ş\n", "3")).isEqualTo("ş\n");
        assertThat(EncodedRow.bytes(asText("b"), texts("a", "b"), "1", null)).isNull();
        assertThat(EncodedRow.bytes(asText("b"), texts("a", "b"), "1", "")).isEmpty();
        assertThat(EncodedRow.bytes(asBytes("b"), List.of(DecodedRow.column("b", TypeKind.BYTEA, "bytea")), "\\x00ff"))
                .containsExactly(0, 0xFF);
        assertThatThrownBy(() -> asBytes("a").open(texts("a")))
                .hasMessage(
                        "Cannot write bytes: column a is text, and not bytea; take asText, or cast it in the query");
    }
}
