package io.mppconnect.transfer.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.api.Test;

class ForeignFailureTest {

    @Test
    void saysWhatIsWrongWithTheWorld() {
        assertThat(ForeignFailure.text(new UncheckedIOException(new IOException("the disk is on fire"))))
                .isEqualTo("java.io.UncheckedIOException: java.io.IOException: the disk is on fire");
    }

    @Test
    void doesNotQuoteTheValueThatIsWrong() {
        assertThat(ForeignFailure.text(new NumberFormatException("For input string: \"hunter2\"")))
                .isEqualTo("java.lang.NumberFormatException");
        assertThat(ForeignFailure.text(new DateTimeParseException("Text 'hunter2' could not be parsed", "hunter2", 0)))
                .isEqualTo("java.time.format.DateTimeParseException");
        assertThat(ForeignFailure.text(new RuntimeException(new IllegalArgumentException("hunter2"))))
                .isEqualTo("java.lang.RuntimeException");
    }
}
