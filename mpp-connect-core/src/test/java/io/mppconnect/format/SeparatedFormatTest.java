package io.mppconnect.format;

import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.csv;
import static io.mppconnect.format.Formats.delimited;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.MppConnectException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Records of CSV and of delimited fields. */
class SeparatedFormatTest {

    private static final String BAR = "\u00A6";

    private static List<String> row(SeparatedFormat format, String record) throws Exception {
        return new ArrayList<>(
                DecodedRow.of(format.open(texts("a", "b", "c")), record).values());
    }

    @Test
    void fieldsAreTheColumnsUnlessNamed() throws Exception {
        assertThat(DecodedRow.of(csv().open(texts("x", "y")), "1,2").keySet()).containsExactly("x", "y");
        assertThat(DecodedRow.of(csv().fields("m", "n").open(texts("x", "y")), "1,2")
                        .keySet())
                .containsExactly("m", "n");
    }

    @Test
    void csvFieldsMayBeQuoted() throws Exception {
        assertThat(row(csv(), "1,\"a,\"\"b\"\"\n\",\u00E9\r\n")).containsExactly("1", "a,\"b\"\n", "\u00E9");
        assertThat(row(csv(), ",\"\",\"a\"b\"c\"\n")).containsExactly(null, "", "abc");
        assertThat(row(csv().delimiter(";").quote("'").escape("\\").nullString("-"), "-;'it\\'s \\\\ \\n';'-'"))
                .containsExactly(null, "it's \\ \\n", "-");
    }

    @Test
    void delimitersMayHaveSeveralCharacters() throws Exception {
        assertThat(row(delimited("||"), "1||a|b\n|||\n")).containsExactly("1", "a|b\n", "|");
        assertThat(row(delimited(BAR + "~" + BAR), "\\N" + BAR + "~" + BAR + BAR + BAR + "~" + BAR))
                .containsExactly(null, BAR, "");
        assertThat(row(delimited("||").quote("<<").escape("<<"), "<<a||<<<<b<<||2||<<\\N<<"))
                .containsExactly("a||<<b", "2", "\\N");
    }

    @Test
    void escapesStandBeforeCharacters() throws Exception {
        assertThat(row(delimited("::").escape("\\"), "a\\::b\\\\::\\N::\\n\\\u00E9\\t\\x"))
                .containsExactly("a::b\\", null, "\n\u00E9\tx");
    }

    @Test
    void anEscapedLineEndBelongsToTheField() throws Exception {
        SeparatedFormat format = delimited("::").escape("\\");

        assertThat(row(format, "a::b::c\\\n")).containsExactly("a", "b", "c\n");
        assertThat(row(format, "a::b::c\\\r\n")).containsExactly("a", "b", "c\r");
        assertThat(row(format, "a::b::c\\\\\n")).containsExactly("a", "b", "c\\");
    }

    @Test
    void missingFieldsMayBeNull() throws Exception {
        assertThat(row(csv().fillMissingFields(), "1")).containsExactly("1", null, null);
        assertThat(row(csv().fillMissingFields(), "")).containsExactly(null, null, null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1,2|it has 2 fields, and 3 are expected",
                "1,2,3,4|it has 4 fields, and 3 are expected",
                "1,\"2,3|the quote at byte 2 is not closed",
                "1,2,3~4,5,6|a line end outside quotes at byte 5, and a record is one row",
                "1,2,^|a NUL character, which the database cannot hold, at byte 4",
            })
    void theReasonSaysWhatAndWhere(String record, String reason) {
        assertThatThrownBy(() -> row(csv(), record.replace('~', '\n').replace('^', '\0')))
                .isInstanceOf(BadRecordException.class)
                .hasMessage(reason);
    }

    @Test
    void malformedUtf8IsBad() {
        byte[] record = "1,2,abcdefghijkl\u00E9".getBytes(ISO_8859_1);

        assertThatThrownBy(() -> DecodedRow.of(csv().open(texts("a", "b", "c")), record))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("malformed UTF-8 at byte 16");
    }

    @Test
    void whatCannotBeToldApartIsRefused() {
        assertThatThrownBy(() -> delimited(""))
                .isInstanceOf(MppConnectException.class)
                .hasMessage(
                        "Invalid delimited text format: the delimiter must be one or more characters other than NUL");
        assertThatThrownBy(() -> row(csv().delimiter("\"\""), ""))
                .hasMessage("Invalid CSV format: delimiter and quote must not begin with each other");
        assertThatThrownBy(() -> row(delimited("\\\\").escape("\\"), ""))
                .hasMessage("Invalid delimited text format: delimiter and escape must not begin with each other");
        assertThatThrownBy(() -> row(csv().escape("\"\""), ""))
                .hasMessage("Invalid CSV format: quote and escape must not begin with each other");
        assertThatThrownBy(() -> row(csv().nullString("a,b"), ""))
                .hasMessage("Invalid CSV format: the NULL string must not contain the delimiter");
        assertThatThrownBy(() -> row(csv().nullString("\"\""), ""))
                .hasMessage("Invalid CSV format: the NULL string must not contain the quote");
        assertThatThrownBy(() -> csv().open(List.of()))
                .hasMessage("Cannot read CSV: no field is named, and no column either");
    }

    @Test
    void someFieldsAreNeverNull() throws Exception {
        RecordDecoder decoder = csv().fields("a", "b", "c")
                .forceNotNull("b", "c")
                .fillMissingFields()
                .open(List.of());

        assertThat(DecodedRow.of(decoder, ","))
                .containsEntry("a", null)
                .containsEntry("b", "")
                .containsEntry("c", null);
        assertThat(DecodedRow.of(delimited("|").forceNotNull("a").open(texts("a", "b")), "\\N|\\N"))
                .containsEntry("b", null)
                .doesNotContainEntry("a", null);
        assertThatThrownBy(() -> csv().forceNotNull("x").open(texts("a")))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read CSV: there is no field x, which is never to be NULL");
    }
}
