package io.mppconnect.format;

import static io.mppconnect.format.AvroRecords.encoded;
import static io.mppconnect.format.AvroRecords.record;
import static io.mppconnect.format.DecodedRow.column;
import static io.mppconnect.format.DecodedRow.text;
import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.avro;
import static io.mppconnect.format.Formats.debezium;
import static io.mppconnect.format.Formats.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.spi.Field;
import io.mppconnect.spi.FieldsChangedException;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.AbstractMap.SimpleEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes of rows in Debezium's envelope. */
class DebeziumFormatTest {

    private static Map<String, String> row(String document) throws Exception {
        return DecodedRow.of(
                debezium(json()).open(List.of(text("id"), column("body", TypeKind.JSON, "json"))), document);
    }

    @Test
    void theRowIsTheOneAfterTheChangeOrBeforeADelete() throws Exception {
        String before = "\"before\":{\"id\":1,\"body\":\"old\"}";
        String after = "\"after\":{\"id\":2,\"body\":{\"a\":[]}}";

        assertThat(row("{" + before + "," + after + ",\"op\":\"u\",\"ts_ms\":1}"))
                .containsExactly(Map.entry("op", "u"), Map.entry("id", "2"), Map.entry("body", "{\"a\":[]}"));
        assertThat(row("{\"before\":null," + after + ",\"op\":\"c\"}")).containsEntry("id", "2");
        assertThat(row("{\"before\":null," + after + ",\"op\":\"r\"}")).containsEntry("op", "r");
        assertThat(row("{\"op\":\"d\"," + before + ",\"after\":null}"))
                .containsExactly(Map.entry("op", "d"), Map.entry("id", "1"), Map.entry("body", "\"old\""));
    }

    @Test
    void theEnvelopesSchemaMayBeAroundIt() throws Exception {
        assertThat(row("{\"schema\":{\"type\":\"struct\"},\"payload\":{\"before\":{\"id\":1},\"after\":null,"
                        + "\"op\":\"d\"}}"))
                .containsExactly(Map.entry("op", "d"), Map.entry("id", "1"), new SimpleEntry<>("body", null));
    }

    @Test
    void aRecordThatIsNotThereDeletesNothing() throws Exception {
        assertThat(DecodedRow.ofNull(debezium(json()).open(texts("id"))))
                .containsExactly(Map.entry("op", "d"), new SimpleEntry<>("id", null));
    }

    @Test
    void fieldsMayBeNamedAndTheOperationToo() throws Exception {
        RecordDecoder decoder = debezium(json().required("nr", "id").field("city", "address.city"))
                .operation("__op")
                .open(texts("nr", "op"));

        assertThat(decoder.fields())
                .containsExactly(
                        Field.of("__op", ColumnType.of(TypeKind.TEXT, "text")), Field.of("nr"), Field.of("city"));
        assertThat(DecodedRow.of(decoder, "{\"op\":\"c\",\"after\":{\"id\":1,\"address\":{\"city\":\"Bonn\"}}}"))
                .containsExactly(Map.entry("__op", "c"), Map.entry("nr", "1"), Map.entry("city", "Bonn"));
        assertThatThrownBy(() -> DecodedRow.of(decoder, "{\"op\":\"c\",\"after\":{}}"))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("nothing is at $.id, which is required");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"op\":\"t\"}|it is no change of a row",
                "{\"op\":\"update\",\"after\":{}}|it is no change of a row",
                "{\"op\":1,\"after\":{}}|it is no change of a row",
                "{\"id\":1}|it is no change of a row",
                "{\"op\":\"u\",\"after\":null}|the change has no row after it",
                "{\"op\":\"c\",\"after\":5}|the change has no row after it",
                "{\"op\":\"c\",\"after\":[]}|the change has no row after it",
                "{\"op\":\"c\",\"after\":\"{}\"}|the change has no row after it",
                "{\"op\":\"d\",\"after\":{}}|the change has no row before it",
                "{\"op\":\"d\"|no JSON at its end in $.op: a comma or } must follow",
            })
    void theReasonSaysWhatIsWrong(String document, String reason) {
        assertThatThrownBy(() -> row(document))
                .isInstanceOf(BadRecordException.class)
                .hasMessage(reason);
    }

    @Test
    void changesMayBeAvro() throws Exception {
        Schema schema = record("{'name':'before','type':['null',{'type':'record','name':'Value','fields':["
                + "{'name':'id','type':'int'},{'name':'at','type':{'type':'long',"
                + "'connect.name':'io.debezium.time.MicroTimestamp'}},{'name':'day','type':{'type':'int',"
                + "'connect.name':'io.debezium.time.Date'}}]}],'default':null},{'name':'after','type':['null','Value'],"
                + "'default':null},{'name':'op','type':'string'}");
        Object value = AvroRecords.of(
                schema.getField("before").schema().getTypes().get(1), Map.of("id", 1, "at", 1_000_000L, "day", 1));
        RecordDecoder decoder = debezium(avro(schema.toString())).open(texts("id", "at", "day"));
        Map<String, Object> insert = new HashMap<>(Map.of("after", value, "op", "c"));
        Map<String, Object> delete = new HashMap<>(Map.of("before", value, "op", "d"));

        assertThat(DecodedRow.of(decoder, encoded(schema, insert)))
                .containsExactly(
                        Map.entry("op", "c"),
                        Map.entry("id", "1"),
                        Map.entry("at", "1970-01-01 00:00:01"),
                        Map.entry("day", "1970-01-02"));
        assertThat(DecodedRow.of(decoder, encoded(schema, delete)))
                .containsEntry("op", "d")
                .containsEntry("id", "1");
    }

    @Test
    void columnsThatComeToTheRowAreAnnounced() throws Exception {
        Schema schema = record("{'name':'before','type':['null',{'type':'record','name':'Value','fields':["
                + "{'name':'id','type':'int'},{'name':'tags','type':{'type':'array','items':'int'}}]}],'default':null},"
                + "{'name':'after','type':['null','Value'],'default':null},{'name':'op','type':'string'}");
        Object value = AvroRecords.of(
                schema.getField("before").schema().getTypes().get(1), Map.of("id", 1, "tags", List.of(7)));
        byte[] insert = encoded(schema, new HashMap<>(Map.of("after", value, "op", "c")));
        SchemaSource schemas = id -> List.of(schema.toString());
        RecordDecoder decoder = debezium(avro(schemas)).open(texts("id"));

        FieldsChangedException news = catchThrowableOfType(
                FieldsChangedException.class, () -> DecodedRow.of(decoder, AvroRecords.numbered(1, insert)));

        assertThat(news.fields()).extracting(Field::name).containsExactly("op", "id", "tags");
        RecordDecoder next = debezium(avro(schemas)).open(texts("id"), news.fields());
        assertThat(next.fields()).isEqualTo(news.fields());
        assertThat(DecodedRow.of(next, AvroRecords.numbered(1, insert)))
                .containsExactly(Map.entry("op", "c"), Map.entry("id", "1"), Map.entry("tags", "{7}"));
    }
}
