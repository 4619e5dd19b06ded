package io.mppconnect.format;

import static io.mppconnect.format.DecodedRow.column;
import static io.mppconnect.format.DecodedRow.text;
import static io.mppconnect.format.Formats.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mppconnect.type.TypeKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Random documents, good and damaged, against another reader of JSON. */
class JsonPropertiesTest {

    private static final String[] NAMES = {
        "a", "b", "id", "a longer name", "another longer name", "another larger name", "é", ""
    };
    private static final String[] CHARACTERS = {
        "x",
        "some plain text ",
        "é",
        "€",
        "😀",
        "\\n",
        "\\\\",
        "\\\"",
        "\\/",
        "\\u00e9",
        "\\ud83d\\ude00",
        "{",
        "]",
        ",",
        ":"
    };

    private final JsonMapper mapper = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build();
    private final RecordDecoder decoder = json().field("a")
            .field("deep", "b.id")
            .field("third", "id[2]")
            .field("é")
            .field("empty", "$['']")
            .field("another longer name")
            .field("another larger name")
            .document("raw")
            .open(List.of(text("a"), column("raw", TypeKind.JSON, "json")));

    @Property(tries = 500)
    void goodDocumentsReadAlike(@ForAll Random random) throws Exception {
        String document = object(random, 0);

        Map<String, String> row = DecodedRow.of(decoder, document);

        JsonNode expected = mapper.readTree(document);
        assertThat(row).containsEntry("raw", document);
        check(row, "a", expected.get("a"));
        check(row, "deep", expected.path("b").get("id"));
        check(row, "third", expected.path("id").get(2));
        check(row, "é", expected.get("é"));
        check(row, "empty", expected.get(""));
        check(row, "another longer name", expected.get("another longer name"));
        check(row, "another larger name", expected.get("another larger name"));
    }

    private void check(Map<String, String> row, String field, JsonNode expected) throws Exception {
        String value = row.get(field);
        if (expected == null || expected.isNull()) {
            assertThat(value).isNull();
        } else if (expected.isTextual()) {
            assertThat(value).isEqualTo(expected.textValue());
        } else {
            assertThat(mapper.readTree(value)).isEqualTo(expected);
        }
    }

    @Property(tries = 1000)
    void damagedDocumentsAreFoundAlike(@ForAll Random random) throws Exception {
        byte[] bytes = object(random, 0).getBytes(StandardCharsets.UTF_8);
        int at = random.nextInt(bytes.length);
        String damage = "{}[]:,\"\\x0e-. \n\u0001";
        bytes[at] = (byte)
                (random.nextInt(6) == 0 ? 0x80 + random.nextInt(128) : damage.charAt(random.nextInt(damage.length())));
        boolean good = isGood(bytes);

        boolean decoded = true;
        try {
            DecodedRow.of(decoder, bytes);
        } catch (BadRecordException e) {
            decoded = e.getMessage().startsWith("half a surrogate pair");
        }

        assertThat(decoded).isEqualTo(good);
    }

    private boolean isGood(byte[] bytes) throws IOException {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(java.nio.ByteBuffer.wrap(bytes));
            return mapper.readTree(bytes).isObject();
        } catch (JsonProcessingException | java.nio.charset.CharacterCodingException e) {
            return false;
        }
    }

    private static String value(Random random, int depth) {
        return switch (random.nextInt(depth > 4 ? 5 : 8)) {
            case 0 -> "null";
            case 1 -> random.nextBoolean() ? "true" : "false";
            case 2, 3 -> string(random);
            case 4 -> number(random);
            case 5 -> array(random, depth + 1);
            default -> object(random, depth + 1);
        };
    }

    private static String object(Random random, int depth) {
        StringBuilder json = new StringBuilder("{").append(space(random));
        int members = random.nextInt(7);
        for (int i = 0; i < members; i++) {
            json.append(i == 0 ? "" : ",").append(space(random)).append('"');
            json.append(NAMES[random.nextInt(NAMES.length)])
                    .append('"')
                    .append(space(random))
                    .append(':');
            json.append(space(random)).append(value(random, depth)).append(space(random));
        }
        return json.append('}').toString();
    }

    private static String array(Random random, int depth) {
        StringBuilder json = new StringBuilder("[").append(space(random));
        int elements = random.nextInt(5);
        for (int i = 0; i < elements; i++) {
            json.append(i == 0 ? "" : ",").append(space(random)).append(value(random, depth));
        }
        return json.append(space(random)).append(']').toString();
    }

    private static String string(Random random) {
        StringBuilder json = new StringBuilder("\"");
        int pieces = random.nextInt(8);
        for (int i = 0; i < pieces; i++) {
            json.append(CHARACTERS[random.nextInt(CHARACTERS.length)]);
        }
        return json.append('"').toString();
    }

    private static String number(Random random) {
        String number = Long.toString(random.nextLong() >> random.nextInt(64));
        String fraction = random.nextBoolean() ? "." + random.nextInt(1000) : "";
        return number + fraction + (random.nextInt(4) == 0 ? "e-" + random.nextInt(30) : "");
    }

    private static String space(Random random) {
        return random.nextInt(5) == 0 ? " \t\r\n".substring(random.nextInt(4)) : "";
    }
}
