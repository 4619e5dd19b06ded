package io.mppconnect.transfer.reject;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.RejectedRow;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class UnsentRowTest {

    @Test
    void aRowIsTextOrBytes() {
        byte[] text = "caf\u00e9".getBytes(StandardCharsets.UTF_8);
        byte[] latin = "caf\u00e9".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(UnsentRow.of("a.csv", 1, "bad", text, 0, text.length).text()).contains("caf\u00e9");
        RejectedRow bytes = UnsentRow.of("a.csv", 1, "bad", latin, 1, latin.length);
        assertThat(bytes.text()).isEmpty();
        assertThat(bytes.bytes().orElseThrow().remaining()).isEqualTo(3);
        assertThat(bytes).hasToString("record 1 of a.csv");
    }

    @Test
    void aLongRowIsCutBetweenCharacters() {
        byte[] text = ("x" + "\u00e9".repeat(RejectedRow.MOST_RAW)).getBytes(StandardCharsets.UTF_8);

        assertThat(UnsentRow.of("a.csv", 1, "bad", text, 0, text.length).text())
                .contains("x" + "\u00e9".repeat(RejectedRow.MOST_RAW / 2 - 1));
    }
}
