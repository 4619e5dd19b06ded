package io.mppconnect.format;

import static io.mppconnect.format.DecodedRow.array;
import static io.mppconnect.format.DecodedRow.column;
import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.Field;
import io.mppconnect.type.TypeKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What fields of JSON documents become. */
class JsonFormatTest {

    private static Map<String, String> row(JsonFormat format, String document, Column... columns) throws Exception {
        return DecodedRow.of(format.open(List.of(columns)), document);
    }

    @Test
    void withoutFieldsEveryColumnTakesTheMemberOfItsName() throws Exception {
        RecordDecoder decoder = json().open(texts("id", "a.b", "missing"));

        assertThat(decoder.fields()).containsExactly(Field.of("id"), Field.of("a.b"), Field.of("missing"));
        assertThat(DecodedRow.of(decoder, "{\"other\": [{}], \"a.b\" : \"x\" , \"id\":1}\n"))
                .containsExactly(Map.entry("id", "1"), Map.entry("a.b", "x"), entry("missing", null));
        assertThat(DecodedRow.of(decoder, "{}").values()).containsOnlyNulls();
    }

    private static Map.Entry<String, String> entry(String key, String value) {
        return new java.util.AbstractMap.SimpleEntry<>(key, value);
    }

    @Test
    void pathsLeadIntoObjectsAndArrays() throws Exception {
        JsonFormat format = json().field("city", "$.address.city")
                .field("second", "lines[1].price")
                .field("odd", "$['a name']['x.y'][\"z\"]")
                .field("corner", "grid[1][0]")
                .field("address")
                .document("raw");
        String document = "{\"address\":{\"zip\":1,\"city\":\"Bonn\"},\"lines\":[{\"price\":1},{\"price\":2.50},7],"
                + "\"a name\":{\"x.y\":{\"z\":true}},\"grid\":[[1,2],[3,4]]}";

        assertThat(row(format, document))
                .containsExactly(
                        Map.entry("city", "Bonn"),
                        Map.entry("second", "2.50"),
                        Map.entry("odd", "true"),
                        Map.entry("corner", "3"),
                        Map.entry("address", "{\"zip\":1,\"city\":\"Bonn\"}"),
                        Map.entry("raw", document));
        assertThat(row(format, "{\"address\":7,\"lines\":{},\"grid\":[[1]]}"))
                .containsEntry("city", null)
                .containsEntry("address", "7")
                .containsEntry("second", null)
                .containsEntry("corner", null);
    }

    @Test
    void elementsOfAnArrayMayBeFields() throws Exception {
        assertThat(row(json().field("b", "[1]").field("a", "$[0]"), " [\"x\", 5, {}] "))
                .containsExactly(Map.entry("b", "5"), Map.entry("a", "x"));
    }

    @Test
    void numbersKeepTheirDigits() throws Exception {
        String number = "-123456789012345678901234567890.12345678901234567890E+400";

        assertThat(row(json().field("n"), "{\"n\":" + number + "}")).containsEntry("n", number);
    }

    @Test
    void textsAreUnescaped() throws Exception {
        assertThat(
                        row(
                                json().field("t").field("é"),
                                "{\"t\":\"q\\\"b\\\\s\\/\\b\\f\\n\\r\\t\\u0041\\u00e9\\u20AC\\uD83D\\uDE00é€😀\",\"\\u00e9\":\"\"}"))
                .containsExactly(Map.entry("t", "q\"b\\s/\b\f\n\r\tAé€😀é€😀"), Map.entry("é", ""));
    }

    @Test
    void jsonColumnsTakeValuesAsTheyAreSpelt() throws Exception {
        Column json = column("json", TypeKind.JSON, "json");
        Column jsonb = column("jsonb", TypeKind.JSONB, "jsonb");

        assertThat(row(json(), "{\"json\":\"a\\u0000\\ud800\", \"jsonb\": [ 1.0, \"\\n\" ]}", json, jsonb))
                .containsExactly(Map.entry("json", "\"a\\u0000\\ud800\""), Map.entry("jsonb", "[ 1.0, \"\\n\" ]"));
        assertThat(row(json(), "{\"json\":null, \"jsonb\":\"\"}", json, jsonb))
                .containsExactly(entry("json", null), Map.entry("jsonb", "\"\""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[]|{}",
                "[ 1 , 2.50, null,true ]|{1,2.50,NULL,true}",
                "[\"\",\"a,b\",\"NULL\",\"q\\\"\\\\\\u00e9\"]|{\"\",\"a,b\",\"NULL\",\"q\\\"\\\\é\"}",
                "[[1,2],[3,4]]|{{1,2},{3,4}}",
                "[[],[]]|{}",
                "[{\"a\":[1]}]|{\"{\\\"a\\\":[1]}\"}",
                "\"{1,2}\"|{1,2}",
                "7|7",
            })
    void arrayColumnsTakeArrays(String array, String literal) throws Exception {
        assertThat(row(json(), "{\"a\":" + array + "}", array("a", TypeKind.TEXT, "text")))
                .containsEntry("a", literal);
    }

    @Test
    void arraysOfJsonTakeElementsAsTheyAreSpelt() throws Exception {
        assertThat(row(json(), "{\"a\":[\"x\",[1],{\"b\":2},3]}", array("a", TypeKind.JSON, "json")))
                .containsEntry("a", "{\"\\\"x\\\"\",\"[1]\",\"{\\\"b\\\":2}\",3}");
    }

    @Test
    void ofMembersWithOneNameTheLastCounts() throws Exception {
        JsonFormat format = json().field("b", "a.b").field("c", "a.c").field("d");

        assertThat(row(format, "{\"a\":{\"b\":1,\"c\":2},\"d\":3,\"d\":null,\"a\":{\"b\":4,\"b\":5}}"))
                .containsExactly(Map.entry("b", "5"), entry("c", null), entry("d", null));
    }

    @Test
    void membersAreFoundWhateverOrderTheRecordBeforeHad() throws Exception {
        RecordDecoder decoder = json().field("id")
                .field("city", "address.city")
                .field("quote", "$['\"']")
                .open(List.of());

        for (String document : List.of(
                "{'id':1,'address':{'zip':0,'city':'Bonn'},'\\'':true}",
                "{'id':1,'address':{'zip':0,'city':'Bonn'},'\\'':true}",
                "{'id2':2,'id':1,'other':{'city':''},'address':{'city':'Bonn'},'\\'':true}",
                "{'\\'' : true, 'address' : {'city' : 'Bonn'}, 'id' : 1}",
                "{'i\\u0064':1,'address':{'c\\u0069ty':'Bonn'},'\\'':true}")) {
            assertThat(DecodedRow.of(decoder, document.replace('\'', '"')))
                    .as(document)
                    .containsExactly(Map.entry("id", "1"), Map.entry("city", "Bonn"), Map.entry("quote", "true"));
        }
        assertThatThrownBy(() -> DecodedRow.of(decoder, "{\"id\""))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("no JSON at its end in $.id: a colon must follow");
        assertThatThrownBy(() -> DecodedRow.of(decoder, "{\"id\":"))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("no JSON at its end in $.id: a value must follow");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4, 5, 6, 7, 12, 13, 14, 15, 30})
    void expectedNamesAreTheWholeNames(int length) throws Exception {
        String name = "n".repeat(length);
        RecordDecoder decoder = json().field("first").field("name", name).open(List.of());
        assertThat(DecodedRow.of(decoder, "{\"first\":1,\"" + name + "\":2}")).containsEntry("name", "2");

        for (int other = 0; other < length; other++) {
            String alike = name.substring(0, other) + "m" + name.substring(other + 1);
            assertThat(DecodedRow.of(decoder, "{\"first\":1,\"" + alike + "\":2}"))
                    .containsEntry("name", null);
        }
        assertThat(DecodedRow.of(decoder, "{\"first\":1,\"" + name + "n\":2}")).containsEntry("name", null);
        assertThat(DecodedRow.of(decoder, "{\"first\":1,\"" + name + "\":3}")).containsEntry("name", "3");
    }

    @Test
    void oneDecoderForgetsTheRecordBefore() throws Exception {
        RecordDecoder decoder = json().open(texts("a", "b"));

        DecodedRow.of(decoder, "{\"a\":\"\\n\",\"b\":2}");
        assertThatThrownBy(() -> DecodedRow.of(decoder, "{\"b\":{")).isInstanceOf(BadRecordException.class);
        assertThat(DecodedRow.of(decoder, "{\"b\":\"\\t\"}")).containsExactly(entry("a", null), Map.entry("b", "\t"));
        assertThat(DecodedRow.ofNull(decoder)).containsExactly(entry("a", null), entry("b", null));
    }

    @Test
    void requiredFieldsMustBeThere() {
        JsonFormat format = json().required("id").required("city", "address.city");

        assertThatThrownBy(() -> row(format, "{\"address\":{\"city\":\"x\"}}"))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("nothing is at $.id, which is required");
        assertThatThrownBy(() -> row(format, "{\"id\":1,\"address\":{\"city\":null}}"))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("nothing is at $.address.city, which is required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a..b|a name is missing at character 3",
                "|a name is missing at character 1",
                "$.|a name is missing at character 3",
                "$a|a dot or [ must follow at character 2",
                "a[x]|between brackets stands a number from 0 or a name in quotes",
                "a[-1]|between brackets stands a number from 0 or a name in quotes",
                "a[1|the bracket at character 2 is not closed",
                "a['b|the bracket at character 2 is not closed",
            })
    void whatIsNoPathIsRefused(String path, String reason) {
        String text = path == null ? "" : path;
        assertThatThrownBy(() -> json().field("f", text))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Invalid path " + text + ": " + reason);
    }

    @Test
    void fieldsMustBeThereAndDiffer() {
        assertThatThrownBy(() -> json().open(List.of()))
                .hasMessage("Cannot read JSON: no field is named, and no column either");
        assertThatThrownBy(() -> json().field("a").field("a", "b").open(List.of()))
                .hasMessage("Cannot read JSON: two fields are named a");
    }
}
