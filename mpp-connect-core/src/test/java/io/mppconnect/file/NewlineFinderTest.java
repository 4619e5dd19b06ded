package io.mppconnect.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.text.Newline;
import io.mppconnect.text.RowFormat;
import org.junit.jupiter.api.Test;

class NewlineFinderTest {

    private static final FileFormat CSV = FileFormat.of(RowFormat.csv());
    private static final FileFormat TEXT = FileFormat.of(RowFormat.text());

    @Test
    void theFirstLineEndTells() {
        assertThat(new NewlineFinder(CSV).find("a\nb\r\n", true)).contains(Newline.LF);
        assertThat(new NewlineFinder(CSV).find("a\r\nb\n", true)).contains(Newline.CRLF);
        assertThat(new NewlineFinder(CSV).find("a\rb\n", true)).contains(Newline.CR);
        assertThat(new NewlineFinder(CSV).find("a", true)).isEmpty();
        assertThat(new NewlineFinder(CSV).find("", true)).isEmpty();
    }

    @Test
    void lineEndsWithinQuotesAreValues() {
        assertThat(new NewlineFinder(CSV).find("\"\n\",\"\"\"\r\"\r\n", true)).contains(Newline.CRLF);
        assertThat(new NewlineFinder(CSV.withEscape('\\')).find("\"\\\"\n\"\r\n", true))
                .contains(Newline.CRLF);
        assertThat(new NewlineFinder(TEXT).find("\"\n\"\r\n", true)).contains(Newline.LF);
    }

    @Test
    void textEndsARowAtEveryLineEnd() {
        assertThat(new NewlineFinder(TEXT).find("a\\\nb\r\n", true)).contains(Newline.LF);
    }

    @Test
    void aCarriageReturnAtTheEndNeedsMore() {
        assertThat(new NewlineFinder(CSV).find("a\r", false)).isEmpty();
        assertThat(new NewlineFinder(CSV).find("a\r", true)).contains(Newline.CR);
    }
}
