package io.mppconnect.format;

import static io.mppconnect.format.DecodedRow.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.AbstractMap.SimpleEntry;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Records that become one field as they are. */
class WholeRecordTest {

    @Test
    void textIsTakenAsItIs() throws Exception {
        RecordDecoder decoder = Formats.text("body").open(texts("other"));

        assertThat(DecodedRow.of(decoder, "{\u00E9,\n\\")).containsExactly(Map.entry("body", "{\u00E9,\n\\"));
        assertThat(DecodedRow.ofNull(decoder)).containsExactly(new SimpleEntry<>("body", null));
        assertThat(DecodedRow.of(decoder, "")).containsExactly(Map.entry("body", ""));
    }

    @Test
    void textHoldsNoNul() {
        assertThatThrownBy(() -> DecodedRow.of(Formats.text("body").open(texts()), "12345678\0"))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("a NUL character, which the database cannot hold, at byte 8");
    }

    @Test
    void bytesAreByteaWhateverTheyAre() throws Exception {
        RecordDecoder decoder = Formats.bytes("body").open(texts());

        assertThat(DecodedRow.of(decoder, "a\0\u00E9".getBytes(UTF_8)))
                .containsExactly(Map.entry("body", "\\x6100c3a9"));
    }
}
