package io.mppconnect.format;

import static io.mppconnect.format.AvroRecords.encoded;
import static io.mppconnect.format.AvroRecords.numbered;
import static io.mppconnect.format.AvroRecords.record;
import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.avro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.spi.Field;
import io.mppconnect.spi.FieldsChangedException;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** Records whose schemas differ: from the one they are read as, and from each other. */
class AvroEvolutionTest {

    private static final Schema FIRST = record("{'name':'id','type':'long'},{'name':'name','type':'string'}");
    private static final Schema SECOND = record(
            "{'name':'id','type':'long'},{'name':'extra','type':['null','int']},{'name':'name','type':'string'}");

    /** Schemas in memory, and which were asked for. */
    private static final class Schemas implements SchemaSource {

        private final Map<Integer, Schema> schemas = new HashMap<>(Map.of(1, FIRST, 2, SECOND));
        private final List<Integer> asked = new ArrayList<>();
        private List<String> latest = List.of();

        @Override
        public List<String> schema(int id) throws BadRecordException {
            asked.add(id);
            Schema schema = schemas.get(id);
            if (schema == null) {
                throw new BadRecordException("there is no schema " + id);
            }
            return List.of(schema.toString());
        }

        @Override
        public List<String> latest() {
            return latest;
        }
    }

    private final Schemas schemas = new Schemas();

    private static byte[] first(int id) {
        return numbered(1, encoded(FIRST, Map.of("id", id, "name", "n")));
    }

    private static byte[] second(int id) {
        return numbered(2, encoded(SECOND, Map.of("id", id, "name", "n", "extra", 7)));
    }

    @Test
    void recordsAreReadAsAnotherSchema() throws Exception {
        Schema writer = record("{'name':'old','type':'int'},{'name':'gone','type':{'type':'array','items':'long'}},"
                + "{'name':'t','type':'bytes'},{'name':'e','type':{'type':'enum','name':'e','symbols':['A','NEW']}},"
                + "{'name':'in','type':{'type':'record','name':'i','fields':[{'name':'a','type':'int'}]}}");
        Schema reader = record("{'name':'added','type':'string','default':'d\\u00e9'},"
                + "{'name':'new','aliases':['old'],'type':'double'},{'name':'t','type':['null','string']},"
                + "{'name':'bytes','type':'bytes','default':'\\u00ff'},{'name':'e','type':{'type':'enum','name':'e',"
                + "'symbols':['A','OTHER'],'default':'OTHER'}},{'name':'list','type':{'type':'array','items':'int'},"
                + "'default':[1,2]},{'name':'in','type':{'type':'record','name':'i','fields':[{'name':'b','type':'string',"
                + "'default':'x'},{'name':'a','type':'long'}]}}");
        RecordDecoder decoder =
                avro(writer.toString()).readAs(reader.toString()).open(texts());
        Map<String, Object> values = Map.of(
                "old", 5,
                "gone", List.of(1L),
                "t", java.nio.ByteBuffer.wrap("text".getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                "e",
                        new org.apache.avro.generic.GenericData.EnumSymbol(
                                writer.getField("e").schema(), "NEW"),
                "in", AvroRecords.of(writer.getField("in").schema(), Map.of("a", 3)));

        assertThat(DecodedRow.of(decoder, encoded(writer, values)))
                .containsExactly(
                        Map.entry("added", "dé"),
                        Map.entry("new", "5"),
                        Map.entry("t", "text"),
                        Map.entry("bytes", "\\xff"),
                        Map.entry("e", "OTHER"),
                        Map.entry("list", "{1,2}"),
                        Map.entry("in", "{\"a\":3,\"b\":\"x\"}"));
    }

    @Test
    void numbersHaveTheScaleAndTheUnitThatTheyWereWrittenIn() throws Exception {
        String decimal = "'logicalType':'decimal','precision':9,'scale':";
        Schema writer = record("{'name':'d','type':{'type':'bytes'," + decimal + "2}},"
                + "{'name':'f','type':{'type':'fixed','name':'x','size':4," + decimal + "2}},"
                + "{'name':'t','type':{'type':'long','logicalType':'timestamp-micros'}},"
                + "{'name':'l','type':{'type':'long','logicalType':'local-timestamp-micros'}},"
                + "{'name':'n','type':'long'}");
        Schema reader = record("{'name':'d','type':{'type':'bytes'," + decimal + "4}},"
                + "{'name':'g','aliases':['f'],'type':{'type':'fixed','name':'x','size':4," + decimal + "4}},"
                + "{'name':'t','type':{'type':'long','logicalType':'timestamp-millis'}},"
                + "{'name':'l','type':{'type':'long','logicalType':'timestamp-millis'}},"
                + "{'name':'n','type':{'type':'long','logicalType':'timestamp-millis'}}");
        RecordDecoder decoder =
                avro(writer.toString()).readAs(reader.toString()).open(texts());

        assertThat(DecodedRow.of(decoder, HexFormat.of().parseHex("027B" + "0000007B" + "02" + "02" + "02")))
                .containsExactly(
                        Map.entry("d", "1.23"),
                        Map.entry("g", "1.23"),
                        Map.entry("t", "1970-01-01 00:00:00.000001+00"),
                        Map.entry("l", "1970-01-01 00:00:00.000001+00"),
                        Map.entry("n", "1970-01-01 00:00:00.001+00"));
    }

    @Test
    void schemasThatDoNotGoTogetherMakeRecordsBad() throws Exception {
        Schema reader = record("{'name':'id','type':'int'},{'name':'name','type':'string'}");
        RecordDecoder decoder = avro(schemas).readAs(reader.toString()).open(texts());

        assertThatThrownBy(() -> DecodedRow.of(decoder, first(1)))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("the writer's schema does not go with the reader's: Found long, expecting int, in id");
    }

    @Test
    void everySchemaIsAskedForOnce() throws Exception {
        RecordDecoder decoder = avro(schemas).field("id").field("extra").open(texts());

        for (int i = 0; i < 3; i++) {
            assertThat(DecodedRow.of(decoder, first(i)))
                    .containsExactly(Map.entry("id", "" + i), new SimpleEntry<>("extra", null));
            assertThat(DecodedRow.of(decoder, second(i)))
                    .containsExactly(Map.entry("id", "" + i), Map.entry("extra", "7"));
        }
        assertThat(schemas.asked).containsExactly(1, 2);
    }

    @Test
    void fieldsThatComeAreAnnouncedAndThenKnown() throws Exception {
        schemas.latest = List.of(FIRST.toString());
        RecordDecoder decoder = avro(schemas).open(texts("id"));
        ColumnType text = ColumnType.of(TypeKind.TEXT, "text");
        ColumnType int4 = ColumnType.of(TypeKind.INT4, "int4");
        assertThat(decoder.fields()).containsExactly(Field.of("id"), Field.of("name", text));
        DecodedRow.of(decoder, first(1));

        FieldsChangedException news =
                catchThrowableOfType(FieldsChangedException.class, () -> DecodedRow.of(decoder, second(2)));

        assertThat(news.fields()).containsExactly(Field.of("id"), Field.of("name", text), Field.of("extra", int4));
        RecordDecoder next = avro(schemas).open(texts("id"), news.fields());
        assertThat(next.fields()).isEqualTo(news.fields());
        assertThat(DecodedRow.of(next, second(2)))
                .containsExactly(Map.entry("id", "2"), Map.entry("name", "n"), Map.entry("extra", "7"));
        assertThat(DecodedRow.of(next, first(3)))
                .containsExactly(Map.entry("id", "3"), Map.entry("name", "n"), new SimpleEntry<>("extra", null));
    }

    @Test
    void withoutALatestSchemaTheColumnsAreTheFields() throws Exception {
        RecordDecoder decoder = avro(schemas).open(texts("name", "id"));

        assertThat(DecodedRow.of(decoder, first(1))).containsExactly(Map.entry("name", "n"), Map.entry("id", "1"));
    }

    @Test
    void schemasMayReferToOthers() throws Exception {
        Schema whole =
                record("{'name':'in','type':{'type':'record','name':'inner','fields':[{'name':'a','type':'int'}]}}");
        SchemaSource source = id -> List.of(
                "{\"type\":\"record\",\"name\":\"inner\",\"fields\":[{\"name\":\"a\",\"type\":\"int\"}]}",
                "{\"type\":\"record\",\"name\":\"r\",\"fields\":[{\"name\":\"in\",\"type\":\"inner\"}]}");
        byte[] record =
                encoded(whole, Map.of("in", AvroRecords.of(whole.getField("in").schema(), Map.of("a", 1))));

        assertThat(DecodedRow.of(avro(source).field("a", "in.a").open(texts()), numbered(9, record)))
                .containsExactly(Map.entry("a", "1"));
    }

    @Test
    void recordsWithoutAKnownSchemaAreBad() throws Exception {
        RecordDecoder decoder = avro(schemas).open(texts("id"));

        for (byte[] none : List.of(new byte[0], new byte[] {0, 0, 0, 1}, new byte[] {1, 0, 0, 0, 1, 2})) {
            assertThatThrownBy(() -> DecodedRow.of(decoder, none))
                    .isInstanceOf(BadRecordException.class)
                    .hasMessage("it does not begin with the number of a schema");
        }
        assertThatThrownBy(() -> DecodedRow.of(decoder, numbered(77, new byte[1])))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("there is no schema 77");
    }
}
