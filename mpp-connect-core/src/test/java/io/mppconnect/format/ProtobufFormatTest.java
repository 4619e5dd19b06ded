package io.mppconnect.format;

import static io.mppconnect.format.DecodedRow.array;
import static io.mppconnect.format.DecodedRow.column;
import static io.mppconnect.format.DecodedRow.text;
import static io.mppconnect.format.ProtoFile.encoded;
import static io.mppconnect.format.ProtoFile.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Descriptors.Descriptor;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.format.field.FieldPath;
import io.mppconnect.spi.Field;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.AbstractMap.SimpleEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What fields of Protobuf messages become. */
class ProtobufFormatTest {

    private static final String STATUS = "enum Status { NEW = 0; SHIPPED = 1; GONE = -3; }";

    /** Of a proto3 message with a field {@code f}, which is declared so. */
    private static Descriptor with(String field) {
        return message("message M { " + field + " = 1; } message N { int32 n = 1; string s = 2; } " + STATUS);
    }

    private static String one(String field, String text, Column... columns) throws Exception {
        Descriptor message = with(field + " f");
        return DecodedRow.of(ProtobufFormat.of(message).open(List.of(columns)), encoded(message, text))
                .get("f");
    }

    @Test
    void scalarsBecomeTheirTexts() throws Exception {
        assertThat(one("bool", "f: true")).isEqualTo("t");
        assertThat(one("int32", "f: -2147483648")).isEqualTo("-2147483648");
        assertThat(one("sint32", "f: -2147483648")).isEqualTo("-2147483648");
        assertThat(one("sfixed32", "f: -5")).isEqualTo("-5");
        assertThat(one("uint32", "f: 4294967295")).isEqualTo("4294967295");
        assertThat(one("fixed32", "f: 4294967295")).isEqualTo("4294967295");
        assertThat(one("int64", "f: -9223372036854775808")).isEqualTo("-9223372036854775808");
        assertThat(one("sint64", "f: -9223372036854775808")).isEqualTo("-9223372036854775808");
        assertThat(one("sfixed64", "f: -1")).isEqualTo("-1");
        assertThat(one("uint64", "f: 18446744073709551615")).isEqualTo("18446744073709551615");
        assertThat(one("fixed64", "f: 9223372036854775807")).isEqualTo("9223372036854775807");
        assertThat(one("float", "f: 1.1")).isEqualTo("1.1");
        assertThat(one("double", "f: nan")).isEqualTo("NaN");
        assertThat(one("string", "f: 'é\\t\\\\'")).isEqualTo("é\t\\");
        assertThat(one("bytes", "f: '\\000\\377'")).isEqualTo("\\x00ff");
    }

    @Test
    void enumsAreNamesUnlessTheColumnIsOfWholeNumbers() throws Exception {
        assertThat(one("Status", "f: SHIPPED")).isEqualTo("SHIPPED");
        assertThat(one("Status", "f: GONE", text("f"))).isEqualTo("GONE");
        assertThat(one("Status", "f: GONE", column("f", TypeKind.INT2, "int2"))).isEqualTo("-3");
        assertThat(one("Status", "f: 7")).isEqualTo("7");
        assertThat(one("repeated Status", "f: 7 f: NEW")).isEqualTo("{7,\"NEW\"}");
        assertThat(one("repeated Status", "f: GONE", array("f", TypeKind.INT4, "int4")))
                .isEqualTo("{-3}");
    }

    @Test
    void numbersThatAClosedEnumDoesNotHaveArePassedOver() throws Exception {
        Descriptor message = message(
                "proto2",
                "message M { optional E one = 1; repeated E many = 2; map<string,E> named = 3;"
                        + " oneof o { E e = 4; int32 n = 5; } } enum E { A = 0; B = -2; }");
        RecordDecoder decoder = ProtobufFormat.of(message).open(List.of());
        String minusTwo = "FEFFFFFFFFFFFFFFFF01";

        assertThat(DecodedRow.of(
                        decoder,
                        HexBytes.of("08" + minusTwo + "0807 1007 1000 120D 07" + minusTwo + "0700 1A050A01611000"
                                + "1A050A01611007 1A050A01621007 2805 2007")))
                .isEqualTo(
                        row("one", "B", "many", "{\"A\",\"B\",\"A\"}", "named", "{\"a\":\"A\"}", "e", null, "n", "5"));
    }

    @Test
    void whatIsNotThereIsNullOnlyWhereTheMessageCanTell() throws Exception {
        assertThat(one("int32", "")).isEqualTo("0");
        assertThat(one("bool", "")).isEqualTo("f");
        assertThat(one("double", "")).isEqualTo("0");
        assertThat(one("string", "")).isEmpty();
        assertThat(one("bytes", "")).isEqualTo("\\x");
        assertThat(one("Status", "")).isEqualTo("NEW");
        assertThat(one("repeated int32", "")).isEqualTo("{}");
        assertThat(one("repeated int32", "", text("f"))).isEqualTo("[]");
        assertThat(one("repeated N", "")).isEqualTo("[]");
        assertThat(one("optional int32", "")).isNull();
        assertThat(one("optional int32", "f: 0")).isEqualTo("0");
        assertThat(one("N", "")).isNull();
        assertThat(one("google.protobuf.Int32Value", "")).isNull();
        assertThat(one("google.protobuf.Timestamp", "")).isNull();
    }

    @Test
    void messagesOfTheSecondSyntaxTellOfAllThatIsNotThere() throws Exception {
        Descriptor message = message("proto2", "message M { required int32 a = 1; optional string b = 2; }");

        assertThat(DecodedRow.of(ProtobufFormat.of(message).open(List.of()), new byte[0]))
                .containsExactly(new SimpleEntry<>("a", null), new SimpleEntry<>("b", null));
    }

    @Test
    void ofAOneofTheLastCounts() throws Exception {
        Descriptor message = message("message M { oneof o { int32 a = 1; N b = 2; string c = 3; } } message N {"
                + " int32 x = 1; int32 y = 2; }");
        RecordDecoder decoder = ProtobufFormat.of(message)
                .field("a")
                .field("x", "b.x")
                .field("y", "b.y")
                .document("all")
                .open(List.of());

        assertThat(DecodedRow.of(decoder, HexBytes.of("0805 12020801 0806 12021002")))
                .isEqualTo(row("a", null, "x", "0", "y", "2", "all", "{\"b\":{\"x\":0,\"y\":2}}"));
        assertThat(DecodedRow.of(decoder, HexBytes.of("0805 1A0161")))
                .isEqualTo(row("a", null, "x", null, "y", null, "all", "{\"c\":\"a\"}"));
    }

    private static Map<String, String> row(String... namesAndValues) {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return row;
    }

    @Test
    void ofSeveralValuesTheLastCountsAndMessagesAreMerged() throws Exception {
        Descriptor message = message("message M { int32 a = 1; N b = 2; } message N { string x = 1; N y = 2; }");
        RecordDecoder decoder = ProtobufFormat.of(message)
                .field("a")
                .field("x", "b.x")
                .field("inner", "b.y.x")
                .field("b")
                .open(List.of());

        assertThat(DecodedRow.of(decoder, HexBytes.of("0805 12070A016112020A00 0806 120512030A0162")))
                .isEqualTo(row("a", "6", "x", "a", "inner", "b", "b", "{\"x\":\"a\",\"y\":{\"x\":\"b\"}}"));
    }

    @Test
    void fieldsWrittenOtherwiseAndUnknownOnesAndGroupsArePassedOver() throws Exception {
        Descriptor message = message("message M { int32 a = 1; repeated int32 b = 2; string c = 3; }");

        assertThat(DecodedRow.of(
                        ProtobufFormat.of(message).open(List.of()),
                        HexBytes.of("0A0161 23 0805 2B2C 24 3501020304 FB3F 0D01020304 FC3F 1803 1001 12020203")))
                .isEqualTo(row("a", "0", "b", "{1,2,3}", "c", ""));
    }

    @Test
    void momentsBecomeTimestampsAndIntervals() throws Exception {
        String timestamp = "google.protobuf.Timestamp";
        String duration = "google.protobuf.Duration";

        assertThat(one(timestamp, "f { seconds: -1 nanos: 999999999 }")).isEqualTo("1969-12-31 23:59:59.999999+00");
        assertThat(one(timestamp, "f { }")).isEqualTo("1970-01-01 00:00:00+00");
        assertThat(one(timestamp, "f { seconds: 253402300799 }", column("f", TypeKind.JSONB, "jsonb")))
                .isEqualTo("\"9999-12-31 23:59:59+00\"");
        assertThat(one("repeated " + timestamp, "f { seconds: 1 } f { }"))
                .isEqualTo("{\"1970-01-01 00:00:01+00\",\"1970-01-01 00:00:00+00\"}");
        assertThat(one(duration, "f { seconds: 3601 nanos: 1000 }")).isEqualTo("1 hours 1.000001 secs");
        assertThat(one(duration, "f { nanos: -500000000 }")).isEqualTo("0 hours -0.500000 secs");
        assertThat(one(duration, "f { seconds: -315576000000 }")).isEqualTo("-87660000 hours 0.000000 secs");
        assertThat(one(duration, "f { seconds: -3661 nanos: -1000000 }")).isEqualTo("-1 hours -61.001000 secs");
    }

    @Test
    void wrappersAreWhatTheyWrap() throws Exception {
        assertThat(one("google.protobuf.Int32Value", "f { }")).isEqualTo("0");
        assertThat(one("google.protobuf.BoolValue", "f { value: true }")).isEqualTo("t");
        assertThat(one("google.protobuf.StringValue", "f { value: 'x' }")).isEqualTo("x");
        assertThat(one("google.protobuf.StringValue", "f { value: '{}' }", column("f", TypeKind.JSON, "json")))
                .isEqualTo("{}");
        assertThat(one("google.protobuf.UInt64Value", "f { value: 5 }", column("f", TypeKind.JSON, "json")))
                .isEqualTo("5");
        assertThat(one("repeated google.protobuf.StringValue", "f { value: 'x' } f { }"))
                .isEqualTo("{\"x\",\"\"}");
    }

    @Test
    void structsAreTheJsonThatTheyStandFor() throws Exception {
        assertThat(
                        one(
                                "google.protobuf.Struct",
                                "f { fields { key: 'a' value { list_value { values { number_value: 1.5 } values { null_value:"
                                        + " NULL_VALUE } values { } values { list_value { } } values { struct_value { } } } } } }"))
                .isEqualTo("{\"a\":[1.5,null,null,[],{}]}");
        assertThat(one("google.protobuf.Value", "f { bool_value: false }")).isEqualTo("false");
        assertThat(one("google.protobuf.Value", "f { string_value: '\"' }")).isEqualTo("\"\\\"\"");
        assertThat(one("repeated google.protobuf.Value", "f { number_value: 1 } f { }"))
                .isEqualTo("[1,null]");
    }

    @Test
    void messagesAndMapsAreJson() throws Exception {
        Descriptor message = message("message M { M m = 1; repeated M ms = 2; map<string,int32> byName = 3;"
                + " map<int64,M> byNumber = 4; map<bool,bytes> byTruth = 5; optional double d = 6; string s = 7;"
                + " repeated Status e = 8; google.protobuf.Timestamp t = 9; uint64 u = 10; } " + STATUS);
        RecordDecoder decoder = ProtobufFormat.of(message).document("all").open(List.of());

        String empty = "\"ms\":[],\"byName\":{},\"byNumber\":{},\"byTruth\":{},\"s\":\"\",\"e\":[],\"u\":0}";
        assertThat(DecodedRow.of(decoder, new byte[0]).get("all")).isEqualTo("{" + empty);
        assertThat(DecodedRow.of(
                                decoder,
                                encoded(
                                        message,
                                        "m { } ms { s: '\"' } byName { key: 'k' } byName { key: '' value: 1 }"
                                                + " byNumber { key: -1 value { } } byTruth { key: true value: '\\001' }"
                                                + " d: 0.5 s: 'é' e: [SHIPPED, 7] t { seconds: 1 }"
                                                + " u: 18446744073709551615"))
                        .get("all"))
                .isEqualTo("{\"m\":{" + empty + ",\"ms\":[{" + empty.replace("\"s\":\"\"", "\"s\":\"\\\"\"")
                        + "],\"byName\":{\"k\":0,\"\":1},\"byNumber\":{\"-1\":{" + empty + "},\"byTruth\":{\"true\":"
                        + "\"\\\\x01\"},\"d\":0.5,\"s\":\"é\",\"e\":[\"SHIPPED\",7],\"t\":\"1970-01-01 00:00:01+00\","
                        + "\"u\":18446744073709551615}");
    }

    @Test
    void jsonColumnsTakeAnyValue() throws Exception {
        Column json = column("f", TypeKind.JSON, "json");

        assertThat(one("string", "f: '{\"a\":1}'", json)).isEqualTo("{\"a\":1}");
        assertThat(one("string", "f: '\\357\\273\\277[]'", json)).isEqualTo("[]");
        assertThat(one("string", "f: '\"\\\\u0000\"'", json)).isEqualTo("\"\\u0000\"");
        assertThat(one("string", "", json)).isNull();
        assertThat(one("optional string", "", json)).isNull();
        assertThat(one("google.protobuf.StringValue", "f { }", json)).isNull();
        assertThat(one("Status", "f: SHIPPED", json)).isEqualTo("\"SHIPPED\"");
        assertThat(one("int32", "", json)).isEqualTo("0");
        assertThat(one("repeated string", "f: 'a'", json)).isEqualTo("[\"a\"]");
        assertThat(one("repeated N", "f { n: 1 }", array("f", TypeKind.JSON, "json")))
                .isEqualTo("{\"{\\\"n\\\":1,\\\"s\\\":\\\"\\\"}\"}");
    }

    @Test
    void elementsOfArraysOfJsonAreJson() throws Exception {
        Column jsons = array("f", TypeKind.JSON, "json");

        assertThat(one("repeated string", "f: '{}' f: ''", jsons)).isEqualTo("{\"{}\",NULL}");
        assertThat(one("repeated Status", "f: SHIPPED f: 7", jsons)).isEqualTo("{\"\\\"SHIPPED\\\"\",\"7\"}");
        assertThat(one("repeated google.protobuf.StringValue", "f { value: '1' }", jsons))
                .isEqualTo("{\"1\"}");
        assertThatThrownBy(() -> one("repeated string", "f: '[]' f: '[1'", jsons))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("no JSON at its end in $[0]: a comma or ] must follow, in f");
    }

    @Test
    void keysOfMapsAreNumbersOfTheirType() throws Exception {
        Descriptor message = message("message M { map<int32,string> a = 1; map<uint32,string> b = 2;"
                + " map<sint64,string> c = 3; map<fixed64,string> d = 4; }");
        RecordDecoder decoder = ProtobufFormat.of(message)
                .field("a", "a.-2147483648")
                .field("b", "b.4294967295")
                .field("c", "c.-9223372036854775808")
                .field("d", "d.18446744073709551615")
                .open(List.of());

        assertThat(DecodedRow.of(
                        decoder,
                        encoded(
                                message,
                                "a { key: -2147483648 value: 'a' } b { key: 4294967295 value: 'b' }"
                                        + " c { key: -9223372036854775808 value: 'c' }"
                                        + " d { key: 18446744073709551615 value: 'd' }")))
                .isEqualTo(row("a", "a", "b", "b", "c", "c", "d", "d"));
    }

    @Test
    void pathsLeadIntoMessagesMapsAndRepeatedFields() throws Exception {
        Descriptor message = message("message M { N one = 1; repeated N many = 2; map<string,N> named = 3;"
                + " map<int32,string> numbered = 4; repeated sint32 packed = 5; map<bool,int32> truths = 300; }"
                + " message N { int32 n = 1; string s = 2; }");
        RecordDecoder decoder = ProtobufFormat.of(message)
                .field("n", "one.n")
                .field("second", "many[1].s")
                .field("whole", "many[0]")
                .field("key", "named['a key'].n")
                .field("keyed", "named.b")
                .field("five", "numbered[5]")
                .field("minus", "numbered.-5")
                .field("packed", "$.packed[2]")
                .field("all", "packed")
                .field("truth", "truths.true")
                .open(List.of());

        assertThat(DecodedRow.of(
                        decoder,
                        encoded(
                                message,
                                "one { n: 7 } many { n: 1 } many { s: 'x' } named { key: 'a key' value { n: 3 } }"
                                        + " named { key: 'b' } numbered { key: -5 value: 'm' } numbered { key: 5 value: 'f' }"
                                        + " packed: [-1, -2, -3] truths { key: false value: 1 } truths { key: true"
                                        + " value: 2 }")))
                .isEqualTo(row(
                        "n",
                        "7",
                        "second",
                        "x",
                        "whole",
                        "{\"n\":1,\"s\":\"\"}",
                        "key",
                        "3",
                        "keyed",
                        "{\"n\":0,\"s\":\"\"}",
                        "five",
                        "f",
                        "minus",
                        "m",
                        "packed",
                        "-3",
                        "all",
                        "{-1,-2,-3}",
                        "truth",
                        "2"));
        assertThat(DecodedRow.of(decoder, new byte[0]))
                .isEqualTo(row(
                        "n", null, "second", null, "whole", null, "key", null, "keyed", null, "five", null, "minus",
                        null, "packed", null, "all", "{}", "truth", null));
    }

    @Test
    void ofEntriesWithOneKeyTheLastCounts() throws Exception {
        Descriptor message = message("message M { map<string,N> m = 1; } message N { N in = 1; int32 n = 2; }");
        RecordDecoder decoder = ProtobufFormat.of(message)
                .field("n", "m.a.n")
                .field("inner", "m.a.in.n")
                .open(List.of());

        assertThat(DecodedRow.of(decoder, encoded(message, "m { key: 'a' value { n: 1 in { n: 2 } } } m { key: 'a' }")))
                .isEqualTo(row("n", "0", "inner", null));
    }

    @ParameterizedTest
    @CsvSource({
        "m.x",
        "n.n",
        "n[0]",
        "n",
        "m[0].n",
        "many.n",
        "many[0].x",
        "named[0].y",
        "numbered.x",
        "numbered.2147483648",
        "truths.1",
        "unsigned.-1",
        "unsigned.4294967296",
        "long.9223372036854775808",
        "long.-9223372036854775809",
        "longest.-1",
        "longest.18446744073709551616",
        "g"
    })
    void pathsToNothingAreRefused(String path) {
        Descriptor message = message(
                "proto2",
                "message M { optional M m = 1; optional int32 a = 2; repeated M many = 3; map<string,M> named = 4;"
                        + " map<int32,M> numbered = 5; map<bool,M> truths = 6; map<fixed32,M> unsigned = 7;"
                        + " map<int64,M> long = 8; map<uint64,M> longest = 9; }");

        assertThatThrownBy(() -> ProtobufFormat.of(message).field("f", path).open(List.of()))
                .isInstanceOf(MppConnectException.class)
                .hasMessage(
                        "Cannot read Protobuf: nothing can be at " + FieldPath.parse(path) + " in shop.M; name fields"
                                + " as its .proto file does, and elements of repeated ones by [number]");
    }

    @ParameterizedTest
    @CsvSource({
        "bool,bool",
        "int32,int4",
        "uint32,int8",
        "sfixed64,int8",
        "fixed64,numeric",
        "float,float4",
        "double,float8",
        "string,text",
        "Status,text",
        "bytes,bytea",
        "N,json",
        "google.protobuf.Timestamp,timestamptz",
        "google.protobuf.Duration,interval",
        "google.protobuf.UInt64Value,numeric",
        "google.protobuf.Struct,json",
        "repeated int32,int4[]",
        "repeated google.protobuf.Timestamp,timestamptz[]",
        "repeated N,json",
    })
    void fieldsWithoutAColumnHaveTypesOfTheirOwn(String type, String sql) {
        Field field =
                ProtobufFormat.of(with(type + " f")).open(List.of()).fields().get(0);

        assertThat(field.type().orElseThrow().sql()).isEqualTo(sql);
    }

    @Test
    void fieldsWithAColumnTakeItsType() {
        Descriptor message = message("message M { int64 a = 1; int64 b = 2; map<string,int32> m = 3; }");

        assertThat(ProtobufFormat.of(message)
                        .open(List.of(column("b", TypeKind.NUMERIC, "numeric")))
                        .fields())
                .containsExactly(
                        Field.of("a", ColumnType.of(TypeKind.INT8, "int8")),
                        Field.of("b"),
                        Field.of("m", ColumnType.of(TypeKind.JSON, "json")));
    }

    @Test
    void requiredFieldsMustBeThere() {
        Descriptor message = with("optional int32 f");

        assertThatThrownBy(() ->
                        DecodedRow.of(ProtobufFormat.of(message).required("f").open(List.of()), new byte[0]))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("nothing is at $.f, which is required");
    }

    @Test
    void aTombstoneIsAllNull() throws Exception {
        assertThat(DecodedRow.ofNull(ProtobufFormat.of(with("int32 f")).open(List.of())))
                .containsExactly(new SimpleEntry<>("f", null));
    }
}
