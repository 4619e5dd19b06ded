package io.mppconnect.format;

import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.avro;
import static io.mppconnect.format.Formats.bytes;
import static io.mppconnect.format.Formats.csv;
import static io.mppconnect.format.Formats.inCharset;
import static io.mppconnect.format.Formats.json;
import static io.mppconnect.format.Formats.protobuf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records in other encodings. */
class RecodedFormatTest {

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-9", "UTF-16", "UTF-16LE", "windows-1254", "GB18030"})
    void recordsAreReadAsTheTextThatTheyAre(String name) throws Exception {
        Charset charset = Charset.forName(name);
        RecordDecoder decoder = inCharset(charset, csv()).open(texts("a", "b"));
        String word = "ığüşöç";

        assertThat(DecodedRow.of(decoder, (word + ",\"x, " + word + "\"").getBytes(charset)))
                .isEqualTo(Map.of("a", word, "b", "x, " + word));
        assertThat(DecodedRow.of(decoder, (word.repeat(1_000_000) + ",").getBytes(charset)))
                .containsEntry("a", word.repeat(1_000_000));
        assertThat(DecodedRow.of(decoder, "1,2".getBytes(charset))).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void bytesThatAreNotOfTheEncodingAreBad() {
        byte[] record = "{\"a\":\"ş\"}".getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> DecodedRow.of(
                        inCharset(StandardCharsets.US_ASCII, json()).open(texts("a")), record))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("no US-ASCII at byte 6");
        assertThatThrownBy(() -> DecodedRow.of(
                        inCharset(StandardCharsets.UTF_16LE, json()).open(texts("a")), new byte[] {'{', 0, '}'}))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("no UTF-16LE at byte 2");
    }

    @Test
    void whatIsBadOfTheFormatIsBad() {
        assertThatThrownBy(() -> DecodedRow.of(
                        inCharset(StandardCharsets.ISO_8859_1, csv()).open(texts("a")), "1,2"))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("it has 2 fields, and 1 are expected");
    }

    @Test
    void aTombstoneIsAllNull() throws Exception {
        assertThat(DecodedRow.ofNull(inCharset(StandardCharsets.UTF_16, csv()).open(texts("a"))))
                .containsExactly(new SimpleEntry<>("a", null));
    }

    @Test
    void whatIsNoTextIsInNoCharset() {
        for (RecordFormat format : List.of(avro("\"string\""), protobuf(new byte[0], "a.B"), bytes("a"))) {
            assertThatThrownBy(() -> inCharset(StandardCharsets.UTF_16, format))
                    .isInstanceOfSatisfying(
                            MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                    .hasMessage(
                            "Invalid format: " + format.name() + " is no text, and in no charset; leave out inCharset");
        }
    }

    @Test
    void theFormatIsNamed() {
        assertThat(inCharset(StandardCharsets.ISO_8859_1, csv()).name()).isEqualTo("CSV in ISO-8859-1");
    }
}
