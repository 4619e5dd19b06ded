package io.mppconnect.format;

import static io.mppconnect.format.AvroRecords.encoded;
import static io.mppconnect.format.AvroRecords.record;
import static io.mppconnect.format.AvroRecords.schema;
import static io.mppconnect.format.DecodedRow.array;
import static io.mppconnect.format.DecodedRow.column;
import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.asAvro;
import static io.mppconnect.format.Formats.avro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.format.avro.AvroPlanned;
import io.mppconnect.format.field.ChosenColumn;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.util.Utf8;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows as Avro records. */
class AvroEncodingTest {

    private static Column numeric(String name, int precision, int scale) {
        return Column.of(
                name,
                new ColumnType(
                        TypeKind.NUMERIC,
                        "numeric(" + precision + "," + scale + ")",
                        Optional.empty(),
                        -1,
                        precision,
                        scale,
                        Optional.empty(),
                        List.of()));
    }

    private static List<Column> everyKind() {
        return List.of(
                column("flag", TypeKind.BOOLEAN, "bool"),
                column("small", TypeKind.INT2, "int2"),
                column("big", TypeKind.INT8, "int8"),
                column("real", TypeKind.FLOAT4, "float4"),
                column("dbl", TypeKind.FLOAT8, "float8"),
                numeric("dec", 40, 10),
                column("num", TypeKind.NUMERIC, "numeric"),
                column("raw", TypeKind.BYTEA, "bytea"),
                column("day", TypeKind.DATE, "date"),
                column("at", TypeKind.TIME, "time"),
                column("ts", TypeKind.TIMESTAMP, "timestamp"),
                column("tz", TypeKind.TIMESTAMPTZ, "timestamptz"),
                column("id", TypeKind.UUID, "uuid"),
                column("doc", TypeKind.JSON, "json"),
                array("list", TypeKind.TEXT, "text"),
                array("days", TypeKind.DATE, "date"),
                column("gap", TypeKind.INTERVAL, "interval"));
    }

    private static String[] values() {
        return new String[] {
            "t",
            "-32768",
            "9223372036854775807",
            "0.1",
            "-0.5",
            "-123456789012345678901234567890.0123456789",
            "NaN",
            "\\x00ff",
            "0044-03-15 BC",
            "23:59:59.999999",
            "2024-02-29 12:34:56.789012",
            "1969-12-31 23:59:59.999999+00",
            "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
            "{\"a\": 1}",
            "{\"a \\\"b\\\"\",NULL,ş}",
            "{2024-02-29,NULL,1970-01-01}",
            "1 year"
        };
    }

    private static String derived(String recordName) {
        return AvroPlanned.derived(recordName, ChosenColumn.of("Avro", List.of(), everyKind()))
                .json();
    }

    @Test
    void theSchemaFollowsFromTheColumns() {
        Schema derived = schema(derived("shop.Order"));

        assertThat(derived.getFullName()).isEqualTo("shop.Order");
        assertThat(derived.getField("big").schema()).isEqualTo(schema("['null','long']"));
        assertThat(derived.getField("big").defaultVal()).isEqualTo(org.apache.avro.JsonProperties.NULL_VALUE);
        assertThat(derived.getField("dec").schema())
                .isEqualTo(schema("['null',{'type':'bytes','logicalType':'decimal','precision':40,'scale':10}]"));
        assertThat(derived.getField("num").schema()).isEqualTo(schema("['null','string']"));
        assertThat(derived.getField("tz").schema())
                .isEqualTo(schema("['null',{'type':'long','logicalType':'timestamp-micros'}]"));
        assertThat(derived.getField("days").schema())
                .isEqualTo(schema("['null',{'type':'array','items':['null',{'type':'int','logicalType':'date'}]}]"));
    }

    @Test
    void theDecoderReadsItBack() throws Exception {
        byte[] record = EncodedRow.bytes(asAvro(), everyKind(), values());

        assertThat(DecodedRow.of(avro(derived("row")).open(everyKind()), record).values())
                .containsExactly(
                        "t",
                        "-32768",
                        "9223372036854775807",
                        "0.1",
                        "-0.5",
                        "-123456789012345678901234567890.0123456789",
                        "NaN",
                        "\\x00ff",
                        "0044-03-15 BC",
                        "23:59:59.999999",
                        "2024-02-29 12:34:56.789012",
                        "1969-12-31 23:59:59.999999+00",
                        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                        "{\"a\": 1}",
                        "{\"a \\\"b\\\"\",NULL,\"ş\"}",
                        "{\"2024-02-29\",NULL,\"1970-01-01\"}",
                        "1 year");
    }

    @Test
    void avrosOwnLibraryReadsIt() throws Exception {
        Schema derived = schema(derived("row"));
        byte[] record = EncodedRow.bytes(asAvro(), everyKind(), values());

        GenericRecord read = new GenericDatumReader<GenericRecord>(derived)
                .read(null, DecoderFactory.get().binaryDecoder(record, null));

        List<Object> all = everyKind().stream()
                .map(column -> read.get(column.name()))
                .map(value -> value instanceof CharSequence ? value.toString() : value)
                .toList();
        assertThat(all)
                .containsExactly(
                        true,
                        -32768,
                        Long.MAX_VALUE,
                        0.1f,
                        -0.5,
                        ByteBuffer.wrap(new BigInteger("-1234567890123456789012345678900123456789").toByteArray()),
                        "NaN",
                        ByteBuffer.wrap(new byte[] {0, -1}),
                        // The astronomical year -43.
                        (int) LocalDate.of(-43, 3, 15).toEpochDay(),
                        86_399_999_999L,
                        1_709_210_096_789_012L,
                        -1L,
                        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11",
                        "{\"a\": 1}",
                        Arrays.asList(new Utf8("a \"b\""), null, new Utf8("ş")),
                        Arrays.asList(19_782, null, 0),
                        "1 year");
    }

    @Test
    void nullIsNull() throws Exception {
        List<Column> columns = everyKind();
        byte[] record = EncodedRow.bytes(asAvro(), columns, new String[columns.size()]);

        assertThat(record).containsOnly(0).hasSize(columns.size());
    }

    @Test
    void decimalsAreThoseOfTheLibrary() throws Exception {
        Random random = new Random(20261130);
        for (int i = 0; i < 2_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
            // Around the 19 digits that a long has.
            int digits = i % 4 == 0 ? 1 + random.nextInt(32) : 17 + random.nextInt(5);
            int fraction = random.nextInt(Math.min(7, digits));
            for (int digit = 0; digit < digits; digit++) {
                text.append(digit == digits - fraction ? "." : "");
                text.append((char) ('0' + (random.nextInt(3) == 0 ? 9 : random.nextInt(10))));
            }
            assertDecimal(text.toString(), 6);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "9999999999999999999",
                "9223372036854775808",
                "9223372036854775807",
                "999999999999999999",
                "1000000000000000000",
                "18446744073709551616",
                "00000000000000000000000001"
            })
    void decimalsAroundTheRangeOfALongKeepAllTheirDigits(String digits) throws Exception {
        for (String sign : List.of("", "-")) {
            assertDecimal(sign + digits, 0);
            assertDecimal(sign + digits, 2);
            assertDecimal(sign + digits.replaceFirst("..$", ".$0"), 2);
        }
    }

    private static void assertDecimal(String text, int scale) throws Exception {
        String logical = "'logicalType':'decimal','precision':40,'scale':" + scale + "}}";
        Schema decimal = record("{'name':'d','type':{'type':'bytes'," + logical);
        Schema fixed = record("{'name':'d','type':{'type':'fixed','name':'f','size':17," + logical);
        List<Column> columns = List.of(column("d", TypeKind.NUMERIC, "numeric"));
        byte[] unscaled = new BigDecimal(text).setScale(scale).unscaledValue().toByteArray();
        byte[] full = new byte[17];
        Arrays.fill(full, (byte) (unscaled[0] < 0 ? -1 : 0));
        System.arraycopy(unscaled, 0, full, 17 - unscaled.length, unscaled.length);

        assertThat(EncodedRow.bytes(asAvro(decimal.toString()), columns, text))
                .as(text)
                .isEqualTo(encoded(decimal, Map.of("d", ByteBuffer.wrap(unscaled))));
        assertThat(EncodedRow.bytes(asAvro(fixed.toString()), columns, text))
                .as(text)
                .isEqualTo(full);
    }

    @Test
    void blanksAtTheEndOfCharAreNoPartOfASymbol() throws Exception {
        Schema schema = record("{'name':'v','type':{'type':'enum','name':'e','symbols':['A','B']}}");

        assertThat(EncodedRow.bytes(
                        asAvro(schema.toString()), List.of(column("v", TypeKind.CHAR, "character(3)")), "B  "))
                .containsExactly(2);
    }

    @Test
    void infiniteNumbersStaySo() throws Exception {
        Schema schema = record("{'name':'v','type':'float'}");

        assertThat(EncodedRow.bytes(
                        asAvro(schema.toString()), List.of(column("v", TypeKind.FLOAT8, "float8")), "-Infinity"))
                .isEqualTo(encoded(schema, Map.of("v", Float.NEGATIVE_INFINITY)));
    }

    @Test
    void aFieldOfNullAloneNeedsNoColumn() throws Exception {
        Schema schema = record("{'name':'none','type':'null'},{'name':'a','type':'string'}");

        assertThat(EncodedRow.bytes(asAvro(schema.toString()), texts("a"), "x")).containsExactly(2, 'x');
    }

    @Test
    void aSchemaGivenTakesTheColumnsOfItsNames() throws Exception {
        Schema given = record("{'name':'s','type':'string'},{'name':'missing','type':['int','null'],'default':0},"
                + "{'name':'at','type':[{'type':'long','logicalType':'timestamp-millis'},'null']},"
                + "{'name':'e','type':{'type':'enum','name':'e','symbols':['A','B']}},{'name':'n','type':'double'},"
                + "{'name':'u','type':{'type':'fixed','name':'u','size':16,'logicalType':'uuid'}}");
        List<Column> columns = List.of(
                column("n", TypeKind.INT8, "int8"),
                column("e", TypeKind.TEXT, "text"),
                column("at", TypeKind.TIMESTAMPTZ, "timestamptz"),
                column("s", TypeKind.INT4, "int4"),
                column("u", TypeKind.UUID, "uuid"));

        byte[] record = EncodedRow.bytes(
                asAvro(given.toString()),
                columns,
                "3",
                "B",
                "1969-12-31 23:59:59.9999+00",
                "7",
                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");

        GenericRecord read = new GenericDatumReader<GenericRecord>(given)
                .read(null, DecoderFactory.get().binaryDecoder(record, null));
        assertThat(read.get("missing")).isNull();
        assertThat(read.get("at")).isEqualTo(-1L);
        assertThat(read.get("e")).hasToString("B");
        assertThat(read.get("n")).isEqualTo(3.0);
        assertThat(read.get("s")).hasToString("7");
        assertThat(DecodedRow.of(avro(given.toString()).field("u").open(texts("u")), record))
                .containsEntry("u", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
    }

    @Test
    void aSchemaOfOneValueTakesOneColumn() throws Exception {
        assertThat(EncodedRow.bytes(
                        asAvro("\"long\"").columns("id"),
                        List.of(column("id", TypeKind.INT4, "int4"), column("x", TypeKind.TEXT, "text")),
                        "-1",
                        "x"))
                .containsExactly(1);
        assertThatThrownBy(() -> asAvro("\"long\"").open(texts("a", "b")))
                .hasMessage("Cannot write Avro: the schema is of one value, and there are 2 columns; name one with"
                        + " columns(...)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "TIMESTAMPTZ|infinity|'long','logicalType':'timestamp-micros'|it is infinite, which Avro has no number for; cast the column to text in the query, in v",
                "DATE|-infinity|'int','logicalType':'date'|it is infinite, which Avro has no number for; cast the column to text in the query, in v",
                "TIMESTAMP|294276-12-31 23:59:59|'long','logicalType':'local-timestamp-micros'|it is further from 1970 than Avro has numbers for, in v",
                "NUMERIC|NaN|'bytes','logicalType':'decimal','precision':4,'scale':2|it is NaN or infinite, which no Avro decimal is; cast the column to text in the query, in v",
                "DATE|29.02.2024|'int','logicalType':'date'|its text is no date or time of DateStyle ISO, in v",
                "TIME|24:00:00|'long','logicalType':'time-micros'|it is 24:00:00, which Avro has no time for; cast the column to text in the query, in v",
                "TIME|24:00:00|'int','logicalType':'time-millis'|it is 24:00:00, which Avro has no time for; cast the column to text in the query, in v",
                "NUMERIC|-1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000|'double','note':''|its number is beyond the range of an Avro double, in v",
                "FLOAT8|1e+300|'float','note':''|its number is beyond the range of an Avro float, in v",
                "NUMERIC|123.45|'bytes','logicalType':'decimal','precision':4,'scale':2|it has more than the 4 digits of the schema's decimal, in v",
                "NUMERIC|1.234|'bytes','logicalType':'decimal','precision':4,'scale':2|it has more than the 2 digits after the point of the schema's decimal, in v",
                "NUMERIC|200|'fixed','name':'f','size':1,'logicalType':'decimal','precision':2,'scale':0|it has more than the 2 digits of the schema's decimal, in v",
                "INT8|2147483648|'int','note':''|its number is beyond the range of an Avro int, in v",
                "TEXT|C|'enum','name':'e','symbols':['A','B']|its text is no symbol of the schema's enum, in v",
                "BYTEA|\\x00|'fixed','name':'f','size':2|it has 1 bytes, and the schema asks for 2, in v"
            })
    void whatTheSchemaCannotHoldIsRefused(TypeKind kind, String text, String type, String reason) {
        Schema schema = record("{'name':'v','type':{'type':" + type + "}}");
        assertThatThrownBy(() -> EncodedRow.bytes(asAvro(schema.toString()), List.of(column("v", kind, "any")), text))
                .isInstanceOf(BadRecordException.class)
                .hasMessage(reason);
    }

    @Test
    void nullsThatMustNotBeAndDimensionsAreRefused() {
        assertThatThrownBy(() -> EncodedRow.bytes(
                        asAvro(record("{'name':'a','type':'string'}").toString()), texts("a"), (String) null))
                .hasMessage("it is NULL, and the schema allows no null, in a");
        assertThatThrownBy(
                        () -> EncodedRow.bytes(asAvro(), List.of(array("a", TypeKind.INT4, "int4")), "{{1,2},{3,4}}"))
                .hasMessage("it has more than one dimension, in a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order total", "größe", "ş", "1a", "", "a.b"})
    void fieldsHaveNamesThatAllKnow(String name) {
        assertThatThrownBy(() -> asAvro().open(texts(name)))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH))
                .hasMessage("Cannot write Avro: " + name + " is no name of a field, which begins with an ASCII letter"
                        + " or _, and has letters, digits and _ alone; name the column by AS in the query");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a-b", "ş", "shop.ş", "shop..order", "1a", ""})
    void recordsHaveNamesThatAllKnow(String name) {
        assertThatThrownBy(() -> asAvro().recordName(name).open(texts("a")))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessage("Cannot write Avro: " + name + " is no name of a record, each part of which begins with an"
                        + " ASCII letter or _, and has letters, digits and _ alone");
    }

    @Test
    void schemasThatDoNotGoWithTheColumnsAreRefused() {
        List<Column> columns = new ArrayList<>(texts("a"));
        assertThatThrownBy(() ->
                        asAvro(record("{'name':'a','type':'long'}").toString()).open(columns))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH))
                .hasMessage("Cannot write Avro: column a is text, which long of the schema does not take; change one of"
                        + " them, or cast the column in the query");
        assertThatThrownBy(() -> asAvro(
                                record("{'name':'b','type':['null','long']}").toString())
                        .open(columns))
                .hasMessage("Cannot write Avro: the schema has no field for a; name the others with columns(...)");
        assertThatThrownBy(() -> asAvro(record("{'name':'a','type':'string'},{'name':'b','type':'long'}")
                                .toString())
                        .open(columns))
                .hasMessage("Cannot write Avro: the schema's field b must not be null, and there is no column of that"
                        + " name; name one so by AS in the query");
        assertThatThrownBy(() -> asAvro(record("{'name':'a','type':['null','string','long']}")
                                .toString())
                        .open(columns))
                .hasMessage(
                        "Cannot write Avro: column a goes into a union of 2 types; it must be of null and one type");
        assertThatThrownBy(() -> asAvro().recordName("int").open(columns))
                .hasMessage("Cannot write Avro: int is no name of a record");
        assertThatThrownBy(() -> asAvro("\"string\"").recordName("b").open(columns))
                .hasMessage("Cannot write Avro: the schema given has a name of its own; leave out recordName");
    }
}
