package io.mppconnect.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import org.junit.jupiter.api.Test;

class DelimitedFormatTest {

    @Test
    void textAndCsvHaveTheDatabasesDefaults() {
        assertThat(DelimitedFormat.text("||"))
                .isEqualTo(new DelimitedFormat(RowFormat.Kind.TEXT, "||", "", "\\", "\\N", Newline.LF));
        assertThat(DelimitedFormat.csv("||"))
                .isEqualTo(new DelimitedFormat(RowFormat.Kind.CSV, "||", "\"", "\"", "", Newline.LF));
    }

    @Test
    void changesOneThingAtATime() {
        assertThat(DelimitedFormat.csv(";")
                        .withQuote("'")
                        .withEscape("/")
                        .withNullString("-")
                        .withNewline(Newline.CR))
                .isEqualTo(new DelimitedFormat(RowFormat.Kind.CSV, ";", "'", "/", "-", Newline.CR));
    }

    @Test
    void namesEveryProblem() {
        assertThatThrownBy(() -> new DelimitedFormat(RowFormat.Kind.CSV, "ab", "a", "ac\n", "xab", Newline.LF))
                .isInstanceOfSatisfying(
                        MppConnectException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessage("Invalid delimited CSV format: delimiter, quote, escape and NULL string must not contain a"
                        + " line end; delimiter and quote must not begin with each other; quote and escape must not"
                        + " begin with each other, unless they are the same; the NULL string must not contain the"
                        + " delimiter");
        assertThatThrownBy(() -> DelimitedFormat.text(""))
                .hasMessage("Invalid delimited TEXT format: the delimiter is empty");
        assertThatThrownBy(() -> DelimitedFormat.text("\\\\"))
                .hasMessage("Invalid delimited TEXT format: delimiter and escape must not begin with each other");
    }
}
