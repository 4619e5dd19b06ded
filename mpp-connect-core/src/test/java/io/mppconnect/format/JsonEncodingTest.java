package io.mppconnect.format;

import static io.mppconnect.format.DecodedRow.array;
import static io.mppconnect.format.DecodedRow.column;
import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.asJson;
import static io.mppconnect.format.Formats.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.type.TypeKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows as JSON objects. */
class JsonEncodingTest {

    private static String value(Column column, String text) throws Exception {
        return EncodedRow.text(asJson(), List.of(column), text);
    }

    @Test
    void aRowIsAnObjectOfAllItsColumns() throws Exception {
        List<Column> columns = List.of(
                column("id", TypeKind.INT8, "int8"),
                column("na\"me", TypeKind.TEXT, "text"),
                column("ok", TypeKind.BOOLEAN, "bool"),
                column("none", TypeKind.TEXT, "text"));

        assertThat(EncodedRow.text(asJson(), columns, "-9223372036854775808", "Ş", "t", null))
                .isEqualTo("{\"id\":-9223372036854775808,\"na\\\"me\":\"Ş\",\"ok\":true,\"none\":null}");
    }

    @Test
    void chosenColumnsOnlyAreInItAndInThatOrder() throws Exception {
        assertThat(EncodedRow.text(asJson().columns("c", "a"), texts("a", "b", "c"), "1", "2", "3"))
                .isEqualTo("{\"c\":\"3\",\"a\":\"1\"}");
    }

    @Test
    void columnsThatAreNotThereOrTwiceAreRefused() {
        assertThatThrownBy(() -> asJson().columns("a", "x").open(texts("a", "b")))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH))
                .hasMessage("Cannot write JSON: there is no column x; the columns are a, b");
        assertThatThrownBy(() -> asJson().columns("a", "a").open(texts("a")))
                .hasMessage("Cannot write JSON: two columns are named a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NUMERIC|1234567890123456789012345678901234567890.0123456789|1234567890123456789012345678901234567890.0123456789",
                "NUMERIC|-0.000000000000000000001|-0.000000000000000000001",
                "NUMERIC|1.50|1.50",
                "NUMERIC|NaN|\"NaN\"",
                "FLOAT8|-Infinity|\"-Infinity\"",
                "FLOAT8|4.94065645841246544e-324|4.94065645841246544e-324",
                "FLOAT8|1e+300|1e+300",
                "FLOAT4|-0|-0",
                "OID|4294967295|4294967295",
                "BOOLEAN|f|false",
                "MONEY|-$12.34|\"-$12.34\"",
                "DATE|2024-02-29|\"2024-02-29\"",
                "DATE|0044-03-15 BC|\"0044-03-15 BC\"",
                "DATE|-infinity|\"-infinity\"",
                "TIME|24:00:00|\"24:00:00\"",
                "TIMETZ|12:34:56.789+05:30|\"12:34:56.789+05:30\"",
                "TIMETZ|12:34:56-08|\"12:34:56-08:00\"",
                "TIMESTAMP|2024-02-29 12:34:56.789012|\"2024-02-29T12:34:56.789012\"",
                "TIMESTAMP|0001-01-01 00:00:00 BC|\"0001-01-01 00:00:00 BC\"",
                "TIMESTAMP|294276-12-31 23:59:59.999999|\"294276-12-31T23:59:59.999999\"",
                "TIMESTAMPTZ|2024-02-29 12:34:56.7+00|\"2024-02-29T12:34:56.7Z\"",
                "TIMESTAMPTZ|1899-12-31 19:00:00-05|\"1899-12-31T19:00:00-05:00\"",
                "TIMESTAMPTZ|1900-01-01 05:53:28+05:53:28|\"1900-01-01T05:53:28+05:53:28\"",
                "TIMESTAMPTZ|infinity|\"infinity\"",
                "TIMESTAMPTZ|4713-01-01 00:00:00+00 BC|\"4713-01-01 00:00:00+00 BC\"",
                "INTERVAL|1 year 2 mons|\"1 year 2 mons\"",
                "BYTEA|\\x00ff5c|\"\\\\x00ff5c\"",
                "BYTEA|\\000a\\\\|\"\\\\x00615c\"",
                "JSON|{\"a\": [1, \"\\u00e9\"]}|{\"a\": [1, \"\\u00e9\"]}",
                "JSONB|null|null",
                "COMPOSITE|(1,\"x y\")|\"(1,\\\"x y\\\")\"",
                "ENUM|so so|\"so so\""
            })
    void valuesKeepWhatTheyAre(TypeKind kind, String text, String expected) throws Exception {
        assertThat(value(column("v", kind, "any"), text)).isEqualTo("{\"v\":" + expected + "}");
    }

    @Test
    void theColumnIsToldOfAValueThatIsNone() {
        assertThatThrownBy(() -> value(column("raw", TypeKind.BYTEA, "bytea"), "\\9"))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("its text is no bytea, in raw");
    }

    @Test
    void textIsEscapedWhereItMustBe() throws Exception {
        assertThat(value(column("v", TypeKind.TEXT, "text"), "say \"hi\" \\ \t\n\u0001\u007f日本 🚀 and then some"))
                .isEqualTo("{\"v\":\"say \\\"hi\\\" \\\\ \\u0009\\u000a\\u0001\u007f日本 🚀 and then some\"}");
        assertThat(value(column("v", TypeKind.TEXT, "text"), "")).isEqualTo("{\"v\":\"\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INT4|{1,NULL,3}|[1,null,3]",
                "INT4|{}|[]",
                "INT4|{{1,2},{3,4}}|[[1,2],[3,4]]",
                "INT4|[0:1]={7,8}|[7,8]",
                "NUMERIC|{1.25,NaN}|[1.25,\"NaN\"]",
                "BOOLEAN|{t,f}|[true,false]",
                "TEXT|{\"a,b\",\"c\\\"d\\\\\",NULL,\"NULL\",\"\",\"{}\"}|[\"a,b\",\"c\\\"d\\\\\",null,\"NULL\",\"\",\"{}\"]",
                "TIMESTAMPTZ|{\"2024-02-29 10:00:00+00\",NULL}|[\"2024-02-29T10:00:00Z\",null]",
                "BYTEA|{\"\\\\x00ff\"}|[\"\\\\x00ff\"]",
                "JSON|{\"{\\\"a\\\": 1}\"}|[{\"a\": 1}]"
            })
    void arraysAreArrays(TypeKind element, String text, String expected) throws Exception {
        assertThat(value(array("v", element, "any"), text)).isEqualTo("{\"v\":" + expected + "}");
    }

    @Test
    void boxesStandApartByAnotherDelimiter() throws Exception {
        assertThat(value(array("v", TypeKind.OTHER, "box"), "{(1,1),(0,0);(3,3),(2,2)}"))
                .isEqualTo("{\"v\":[\"(1,1),(0,0)\",\"(3,3),(2,2)\"]}");
    }

    @Test
    void theDecoderReadsItBack() throws Exception {
        List<Column> columns = List.of(
                column("n", TypeKind.NUMERIC, "numeric"),
                column("t", TypeKind.TEXT, "text"),
                column("j", TypeKind.JSON, "json"),
                array("a", TypeKind.TEXT, "text"),
                column("x", TypeKind.TEXT, "text"));
        String[] row = {"12345678901234567890.00", "\"\\ \n€", "{\"k\":\"\\n\"}", "{\"a b\",NULL,\"\\\\\"}", null};

        assertThat(DecodedRow.of(json().open(columns), EncodedRow.bytes(asJson(), columns, row))
                        .values())
                .containsExactly(row);
    }

    @Test
    void anothersParserReadsIt() throws Exception {
        List<Column> columns = List.of(
                column("nu\"m", TypeKind.NUMERIC, "numeric"),
                column("t", TypeKind.TEXT, "text"),
                column("j", TypeKind.JSON, "json"),
                array("a", TypeKind.TEXT, "text"),
                column("b", TypeKind.BYTEA, "bytea"),
                column("x", TypeKind.TEXT, "text"));
        String[] row = {
            "12345678901234567890.00", "\"\\/ \t\n\u0001€😀", "{\"k\": \"\\n\"}", "{\"a\\\"b\",NULL}", "\\x00ff", null
        };

        JsonNode read = new ObjectMapper()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readTree(EncodedRow.bytes(asJson(), columns, row));

        assertThat(read.fieldNames()).toIterable().containsExactly("nu\"m", "t", "j", "a", "b", "x");
        assertThat(read.get("nu\"m").decimalValue()).isEqualByComparingTo("12345678901234567890");
        assertThat(read.get("t").textValue()).isEqualTo(row[1]);
        assertThat(read.at("/j/k").textValue()).isEqualTo("\n");
        assertThat(read.at("/a/0").textValue()).isEqualTo("a\"b");
        assertThat(read.at("/a/1").isNull()).isTrue();
        assertThat(read.get("b").textValue()).isEqualTo("\\x00ff");
        assertThat(read.get("x").isNull()).isTrue();
    }
}
