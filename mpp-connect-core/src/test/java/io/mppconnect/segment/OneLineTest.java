package io.mppconnect.segment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OneLineTest {

    @Test
    void makesAReasonPhraseOfAnyText() {
        assertThat(OneLine.reason("Zeile 1\r\nX-Evil: ja\tä€😀\u007f")).isEqualTo("Zeile 1  X-Evil: ja ????");
        assertThat(OneLine.reason("x".repeat(500))).hasSize(200);
    }

    @Test
    void makesUtf8OfAnyTextWithinItsBound() {
        assertThat(new String(OneLine.utf8("a\nb\u0000ü€😀", 100), UTF_8)).isEqualTo("a b ü€😀");
        assertThat(OneLine.utf8("€€", 5)).isEqualTo("€".getBytes(UTF_8));
        assertThat(OneLine.utf8("lone \ud83d surrogate", 100)).isEqualTo("lone ? surrogate".getBytes(UTF_8));
        assertThat(OneLine.utf8("", 5)).isEmpty();
    }
}
