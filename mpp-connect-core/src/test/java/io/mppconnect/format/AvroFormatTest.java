package io.mppconnect.format;

import static io.mppconnect.format.AvroRecords.encoded;
import static io.mppconnect.format.AvroRecords.record;
import static io.mppconnect.format.AvroRecords.schema;
import static io.mppconnect.format.DecodedRow.array;
import static io.mppconnect.format.DecodedRow.column;
import static io.mppconnect.format.DecodedRow.text;
import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.avro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.Field;
import io.mppconnect.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.AbstractMap.SimpleEntry;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.avro.Conversions;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fields of Avro records become. */
class AvroFormatTest {

    private static String one(String type, Object value, Column... columns) throws Exception {
        Schema schema = record("{'name':'f','type':" + type + "}");
        Map<String, Object> values = new HashMap<>();
        values.put("f", value);
        return DecodedRow.of(avro(schema.toString()).open(List.of(columns)), encoded(schema, values))
                .get("f");
    }

    private static String type(String type) throws Exception {
        Field field = avro(record("{'name':'f','type':" + type + "}").toString())
                .open(List.of())
                .fields()
                .get(0);
        return field.type().orElseThrow().sql();
    }

    private static ByteBuffer bytes(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.length);
        Arrays.stream(values).forEach(value -> bytes.put((byte) value));
        return bytes.flip();
    }

    private static GenericData.Fixed fixed(String schema, int... values) {
        return new GenericData.Fixed(schema(schema), bytes(values).array());
    }

    @Test
    void primitivesBecomeTheirTexts() throws Exception {
        assertThat(one("'boolean'", true)).isEqualTo("t");
        assertThat(one("'int'", Integer.MIN_VALUE)).isEqualTo("-2147483648");
        assertThat(one("'long'", Long.MIN_VALUE)).isEqualTo("-9223372036854775808");
        assertThat(one("'float'", 1.1f)).isEqualTo("1.1");
        assertThat(one("'double'", Double.NaN)).isEqualTo("NaN");
        assertThat(one("'string'", "é\t\\")).isEqualTo("é\t\\");
        assertThat(one("'bytes'", bytes(0, 255))).isEqualTo("\\x00ff");
        assertThat(one("'null'", null)).isNull();
        assertThat(one("{'type':'enum','name':'e','symbols':['A','B']}", enumOf("B")))
                .isEqualTo("B");
        String two = "{'type':'fixed','name':'two','size':2}";
        assertThat(one(two, fixed(two, 1, 254))).isEqualTo("\\x01fe");
    }

    private static GenericData.EnumSymbol enumOf(String symbol) {
        return new GenericData.EnumSymbol(schema("{'type':'enum','name':'e','symbols':['A','B']}"), symbol);
    }

    @Test
    void datesAndTimesBecomeIsoTexts() throws Exception {
        assertThat(one("{'type':'int','logicalType':'date'}", -719162)).isEqualTo("0001-01-01");
        assertThat(one("{'type':'int','logicalType':'time-millis'}", 3_723_004)).isEqualTo("01:02:03.004");
        assertThat(one("{'type':'long','logicalType':'time-micros'}", 86_400_000_000L))
                .isEqualTo("24:00:00");
        assertThat(one("{'type':'long','logicalType':'timestamp-millis'}", -1L))
                .isEqualTo("1969-12-31 23:59:59.999+00");
        assertThat(one("{'type':'long','logicalType':'timestamp-micros'}", 1L))
                .isEqualTo("1970-01-01 00:00:00.000001+00");
        assertThat(one("{'type':'long','logicalType':'timestamp-nanos'}", -1L))
                .isEqualTo("1969-12-31 23:59:59.999999+00");
        assertThat(one("{'type':'long','logicalType':'local-timestamp-millis'}", 1L))
                .isEqualTo("1970-01-01 00:00:00.001");
        assertThat(one("{'type':'long','logicalType':'local-timestamp-micros'}", 0L))
                .isEqualTo("1970-01-01 00:00:00");
        assertThat(one("{'type':'long','logicalType':'local-timestamp-nanos'}", 1999L))
                .isEqualTo("1970-01-01 00:00:00.000001");
        String duration = "{'type':'fixed','name':'d','size':12,'logicalType':'duration'}";
        assertThat(one(duration, fixed(duration, 1, 0, 0, 0, 2, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF)))
                .isEqualTo("1 mons 2 days 4294967.295 secs");
    }

    @ParameterizedTest
    @CsvSource({
        "0,4",
        "-1,4",
        "12345.6789,4",
        "-99999999999999.9999,4",
        "123456789012345678901234567890.12,2",
        "-0.05,2"
    })
    void decimalsKeepTheirDigits(BigDecimal value, int scale) throws Exception {
        String bytes = "{'type':'bytes','logicalType':'decimal','precision':40,'scale':" + scale + "}";
        String fixed =
                "{'type':'fixed','name':'x','size':17,'logicalType':'decimal','precision':40,'scale':" + scale + "}";
        BigDecimal scaled = value.setScale(scale);
        byte[] unscaled = scaled.unscaledValue().toByteArray();

        assertThat(one(bytes, ByteBuffer.wrap(unscaled))).isEqualTo(scaled.toPlainString());
        assertThat(one(
                        fixed,
                        new Conversions.DecimalConversion()
                                .toFixed(scaled, schema(fixed), LogicalTypes.decimal(40, scale))))
                .isEqualTo(scaled.toPlainString());
        assertThat(one(
                        "{'type':'bytes','logicalType':'big-decimal'}",
                        new Conversions.BigDecimalConversion().toBytes(value, null, LogicalTypes.bigDecimal())))
                .isEqualTo(value.toPlainString());
    }

    @Test
    void uuidsMayBeTextsOrBytes() throws Exception {
        UUID id = UUID.fromString("00112233-4455-6677-8899-aabbccddeeff");
        String fixed = "{'type':'fixed','name':'u','size':16,'logicalType':'uuid'}";
        byte[] bytes = new BigInteger("00112233445566778899aabbccddeeff", 16).toByteArray();

        assertThat(one("{'type':'string','logicalType':'uuid'}", id.toString())).isEqualTo(id.toString());
        byte[] padded = new byte[16];
        System.arraycopy(bytes, 0, padded, 16 - bytes.length, bytes.length);
        assertThat(one(fixed, new GenericData.Fixed(schema(fixed), padded))).isEqualTo(id.toString());
    }

    @Test
    void arraysOfScalarsAreArraysUnlessTheColumnIsNone() throws Exception {
        String ints = "{'type':'array','items':['null','int']}";
        List<Integer> values = Arrays.asList(1, null, 3);

        assertThat(one(ints, values)).isEqualTo("{1,NULL,3}");
        assertThat(one(ints, values, text("f"))).isEqualTo("[1,null,3]");
        assertThat(one(ints, List.of())).isEqualTo("{}");
        assertThat(one("{'type':'array','items':'string'}", List.of("a\"\\", "")))
                .isEqualTo("{\"a\\\"\\\\\",\"\"}");
        assertThat(one("{'type':'array','items':'bytes'}", List.of(bytes(1)))).isEqualTo("{\"\\\\x01\"}");
        assertThat(one("{'type':'array','items':{'type':'int','logicalType':'date'}}", List.of(0)))
                .isEqualTo("{\"1970-01-01\"}");
        assertThat(one(
                        "{'type':'array','items':{'type':'array','items':'int'}}",
                        List.of(List.of(1, 2), List.of(3, 4)),
                        array("f", TypeKind.INT4, "int4")))
                .isEqualTo("{{1,2},{3,4}}");
        assertThat(one(
                        "{'type':'array','items':{'type':'map','values':'int'}}",
                        List.of(Map.of("a", 1)),
                        array("f", TypeKind.JSON, "json")))
                .isEqualTo("{\"{\\\"a\\\":1}\"}");
    }

    @Test
    void whatHasNoTypeOfItsOwnIsJson() throws Exception {
        String inner = "{'type':'record','name':'i','fields':[{'name':'n','type':'double'},{'name':'t','type':"
                + "['null','string']},{'name':'b','type':'boolean'},{'name':'y','type':'bytes'},{'name':'d','type':"
                + "{'type':'int','logicalType':'date'}},{'name':'m','type':{'type':'map','values':'string'}}]}";
        Map<String, Object> values = new HashMap<>();
        values.put("n", 0.5);
        values.put("t", null);
        values.put("b", false);
        values.put("y", bytes(16));
        values.put("d", 0);
        values.put("m", Map.of("k\"", "v\n"));

        assertThat(one(inner, AvroRecords.of(schema(inner), values)))
                .isEqualTo("{\"n\":0.5,\"t\":null,\"b\":false,\"y\":\"\\\\x10\",\"d\":\"1970-01-01\","
                        + "\"m\":{\"k\\\"\":\"v\\u000a\"}}");
        assertThat(one("['null','int','string']", "7")).isEqualTo("\"7\"");
        assertThat(one("['null','int','string']", 7)).isEqualTo("7");
        assertThat(one("['null','int','string']", null)).isNull();
        assertThat(one("['null','int','string']", "7", text("f"))).isEqualTo("7");
        assertThat(one("{'type':'map','values':'float'}", Map.of("a", Float.POSITIVE_INFINITY)))
                .isEqualTo("{\"a\":\"Infinity\"}");
    }

    @Test
    void jsonColumnsTakeStringsForJson() throws Exception {
        assertThat(one("['null','string']", "{\"a\":1}", column("f", TypeKind.JSONB, "jsonb")))
                .isEqualTo("{\"a\":1}");
        assertThat(one(
                        "{'type':'enum','name':'e','symbols':['A','B']}",
                        enumOf("A"),
                        column("f", TypeKind.JSON, "json")))
                .isEqualTo("\"A\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "JSON|``|no JSON at its end in $: a value must follow, in f",
                "JSON|plain|no JSON at byte 0 in $: a value must follow, in f",
                "JSONB|{\"a\":1} x|no JSON at byte 8 in $: the document has ended, in f",
                "JSONB|[\"\\u0000\"]|a NUL character, which the database cannot hold, at byte 2 in $[0], in f"
            })
    void stringsForJsonColumnsThatAreNoneAreBad(TypeKind kind, String text, String reason) {
        assertThatThrownBy(() -> one("'string'", text, column("f", kind, "any")))
                .isInstanceOf(BadRecordException.class)
                .hasMessage(reason);
    }

    @Test
    void jsonKeepsEscapesAndBlanksAndNoByteOrderMark() throws Exception {
        assertThat(one("'string'", "\uFEFF [\"\\u0000\"] ", column("f", TypeKind.JSON, "json")))
                .isEqualTo(" [\"\\u0000\"] ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'boolean'|bool",
                "'int'|int4",
                "['null','long']|int8",
                "'float'|float4",
                "['double','null']|float8",
                "'string'|text",
                "'null'|text",
                "'bytes'|bytea",
                "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}|numeric(9,2)",
                "{'type':'bytes','logicalType':'decimal','precision':1001,'scale':2}|numeric",
                "{'type':'bytes','logicalType':'big-decimal'}|numeric",
                "{'type':'int','logicalType':'date'}|date",
                "{'type':'int','logicalType':'time-millis'}|time",
                "{'type':'long','logicalType':'timestamp-micros'}|timestamptz",
                "{'type':'long','logicalType':'local-timestamp-micros'}|timestamp",
                "{'type':'string','logicalType':'uuid'}|uuid",
                "{'type':'fixed','name':'d','size':12,'logicalType':'duration'}|interval",
                "{'type':'string','logicalType':'unheard-of'}|text",
                "{'type':'array','items':['null','long']}|int8[]",
                "{'type':'array','items':{'type':'array','items':'int'}}|json",
                "{'type':'map','values':'int'}|json",
                "['int','string']|json",
            })
    void fieldsWithoutAColumnHaveTypesOfTheirOwn(String type, String sql) throws Exception {
        assertThat(type(type)).isEqualTo(sql);
    }

    @Test
    void fieldsWithAColumnTakeItsType() throws Exception {
        Schema schema = record("{'name':'a','type':'long'},{'name':'b','type':'long'}");

        assertThat(avro(schema.toString())
                        .open(List.of(column("b", TypeKind.NUMERIC, "numeric")))
                        .fields())
                .containsExactly(Field.of("a", io.mppconnect.type.ColumnType.of(TypeKind.INT8, "int8")), Field.of("b"));
    }

    @Test
    void pathsLeadIntoRecordsMapsAndArrays() throws Exception {
        Schema schema = record("{'name':'skipped','type':['null',{'type':'array','items':'string'}]},"
                + "{'name':'in','type':['null',{'type':'record','name':'i','fields':[{'name':'x','type':'int'},"
                + "{'name':'m','type':{'type':'map','values':'string'}},{'name':'a','type':{'type':'array','items':'r'}}]}],"
                + "'default':null},{'name':'last','type':'string','default':''}");
        AvroFormat format = avro(schema.toString())
                .field("x", "in.x")
                .field("k", "$.in.m['a key']")
                .field("deep", "in.a[1].last")
                .field("all", "in.a[0]")
                .field("last")
                .document("raw");
        Schema inner = schema.getField("in").schema().getTypes().get(1);
        Map<String, Object> leaf = new HashMap<>();
        leaf.put("skipped", List.of("s", "t"));
        leaf.put("last", "leaf");
        Object leafRecord = AvroRecords.of(schema, leaf);
        Map<String, Object> values = new HashMap<>();
        values.put("skipped", null);
        values.put("last", "end");
        values.put(
                "in",
                AvroRecords.of(
                        inner,
                        Map.of(
                                "x",
                                5,
                                "m",
                                new LinkedHashMap<>(Map.of("a key", "v", "other", "w")),
                                "a",
                                List.of(leafRecord, leafRecord))));

        Map<String, String> row = DecodedRow.of(format.open(List.of()), encoded(schema, values));

        String leafJson = "{\"skipped\":[\"s\",\"t\"],\"in\":null,\"last\":\"leaf\"}";
        assertThat(row)
                .containsEntry("x", "5")
                .containsEntry("k", "v")
                .containsEntry("deep", "leaf")
                .containsEntry("all", leafJson)
                .containsEntry("last", "end");
        assertThat(row.get("raw"))
                .startsWith("{\"skipped\":null,\"in\":{\"x\":5,\"m\":{")
                .endsWith(leafJson + "]},\"last\":\"end\"}");
        Map<String, Object> empty = new HashMap<>();
        empty.put("skipped", null);
        assertThat(DecodedRow.of(format.open(List.of()), encoded(schema, empty)))
                .contains(new SimpleEntry<>("x", null), new SimpleEntry<>("deep", null), Map.entry("last", ""));
    }

    @Test
    void requiredFieldsMustBeThere() {
        Schema schema = record("{'name':'a','type':['null','int'],'default':null}");

        assertThatThrownBy(() ->
                        DecodedRow.of(avro(schema.toString()).required("a").open(texts()), encoded(schema, Map.of())))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("nothing is at $.a, which is required");
    }

    @Test
    void aTombstoneIsAllNull() throws Exception {
        RecordDecoder decoder =
                avro(record("{'name':'a','type':'int'}").toString()).open(texts());

        assertThat(DecodedRow.ofNull(decoder)).containsExactly(new SimpleEntry<>("a", null));
    }

    @Test
    void schemasThatAreNoneAreRefused() {
        assertThatThrownBy(() -> avro("{\"type\":\"nonsense\"}").open(texts()))
                .isInstanceOf(MppConnectException.class)
                .hasMessageStartingWith("Cannot read the Avro schema: ");
        assertThatThrownBy(() -> avro("\"string\"").open(texts()))
                .isInstanceOf(MppConnectException.class)
                .hasMessage(
                        "Cannot read Avro: the schema is of no record; name a field of the whole value with document");
    }
}
