package io.mppconnect.format;

import static io.mppconnect.format.DecodedRow.column;
import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.json;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.type.TypeKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of documents that are none. */
class BadJsonTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{|no JSON at its end in $: a name in quotes must follow",
                "{a:1}|no JSON at byte 1 in $: a name in quotes must follow",
                "{\"a\" 1}|no JSON at byte 5 in $.a: a colon must follow",
                "{\"a\":}|no JSON at byte 5 in $.a: a value must follow",
                "{\"a\":1,}|no JSON at byte 7 in $: a name in quotes must follow",
                "{\"a\":1 \"b\":2}|no JSON at byte 7 in $.a: a comma or } must follow",
                "{\"a\":1]|no JSON at byte 6 in $.a: a comma or } must follow",
                "{\"a\":[1 2]}|no JSON at byte 8 in $.a[0]: a comma or ] must follow",
                "{\"a\":[1,{\"x\":1},]}|no JSON at byte 16 in $.a[2]: a value must follow",
                "{\"a\":{\"b\":[0,01]}}|no JSON at byte 13 in $.a.b[1]: a number must not begin with 0",
                "{\"a\":-}|no JSON at byte 6 in $.a: a digit must follow",
                "{\"a\":1.}|no JSON at byte 7 in $.a: a digit must follow",
                "{\"a\":1e+}|no JSON at byte 8 in $.a: a digit must follow",
                "{\"a\":tru}|no JSON at byte 5 in $.a: a value must follow",
                "{\"a\":tr|no JSON at byte 5 in $.a: a value must follow",
                "{\"a\":\"x|no JSON at its end in $.a: the text is not closed",
                "{\"a\":\"\\|no JSON at byte 6 in $.a: there is no such escape",
                "{\"a\":\"\\x\"}|no JSON at byte 6 in $.a: there is no such escape",
                "{\"a\":\"\\u12g4\"}|no JSON at byte 6 in $.a: four hexadecimal digits must follow \\u",
                "{\"a\":\"\\u12|no JSON at byte 6 in $.a: four hexadecimal digits must follow \\u",
                "{\"a\":\"x\u0001\"}|no JSON at byte 7 in $.a: a control character must be escaped",
                "{\"a\":1} {}|no JSON at byte 8 in $: the document has ended",
                "{\"\":\"secret\",\"a\":1 2}|no JSON at byte 19 in $.a: a comma or } must follow",
                "{\"\":\"secret\" 2}|no JSON at byte 13 in $['']: a comma or } must follow",
                "{\"a\":\"x\\u0000\"}|a NUL character, which the database cannot hold, at byte 7 in $.a",
                "{\"a\":\"\\ud83d\\u0041\"}|half a surrogate pair, which is no character, at byte 6 in $.a",
                "{\"a\":\"\\ude00\"}|half a surrogate pair, which is no character, at byte 6 in $.a",
                "7|no JSON object, but a number",
                "null|no JSON object, but null",
                "[]|no JSON object, but an array",
                "\"a\"|no JSON object, but a text",
                "true|no JSON object, but a truth value",
            })
    void theReasonSaysWhatAndWhere(String document, String reason) {
        RecordDecoder decoder = json().open(texts("a"));

        assertThatThrownBy(() -> DecodedRow.of(decoder, document))
                .isInstanceOf(BadRecordException.class)
                .hasMessage(reason);
    }

    @Test
    void nothingIsNoDocument() {
        for (String blank : List.of("", " \n")) {
            assertThatThrownBy(() -> DecodedRow.of(json().open(texts("a")), blank))
                    .hasMessage("no JSON: it is empty");
        }
    }

    @Test
    void nothingFollowsTheDocument() {
        byte[] record = "{\"a\":\"x\"}\u00FFgarbage".getBytes(ISO_8859_1);

        assertThatThrownBy(() -> DecodedRow.of(json().open(texts("a")), record))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("no JSON at byte 9 in $: the document has ended");
    }

    @Test
    void allMembersOfOneNameMustBeStorable() {
        assertThatThrownBy(() -> DecodedRow.of(json().open(texts("a")), "{\"a\":\"\\u0000\",\"a\":1}"))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("a NUL character, which the database cannot hold, at byte 6 in $.a");
    }

    @Test
    void malformedUtf8IsBad() {
        for (String bytes :
                List.of("\u00FF", "\u00C3(", "\u00ED\u00A0\u0080", "\u00C0\u0080", "\u00F4\u0090\u0080\u0080")) {
            byte[] record = ("{\"b\":{\"x\":\"ok " + bytes + "\"}}").getBytes(ISO_8859_1);
            assertThatThrownBy(() -> DecodedRow.of(json().open(texts("a")), record))
                    .isInstanceOf(BadRecordException.class)
                    .hasMessage("malformed UTF-8 at byte 14 in $.b.x");
        }
    }

    @Test
    void jsonbHoldsNoNul() {
        RecordDecoder decoder = json().open(List.of(column("a", TypeKind.JSONB, "jsonb")));

        assertThatThrownBy(() -> DecodedRow.of(decoder, "{\"a\":[{\"b\":\"\\u0000\"}]}"))
                .hasMessage("a NUL character, which the database cannot hold, at byte 12 in $.a[0].b");
    }

    @Test
    void nestingHasALimit() {
        String deep = "{\"b\":" + "[".repeat(1000) + "]".repeat(1000) + "}";

        assertThatThrownBy(() -> DecodedRow.of(json().open(texts("a")), deep))
                .hasMessageStartingWith("no JSON at byte 1004 in $.b[0][0][0]")
                .hasMessageEndingWith("...: it nests deeper than 1000 levels");
    }
}
