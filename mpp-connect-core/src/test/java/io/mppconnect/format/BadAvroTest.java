package io.mppconnect.format;

import static io.mppconnect.format.AvroRecords.record;
import static io.mppconnect.format.DecodedRow.column;
import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.avro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.catalog.Column;
import io.mppconnect.type.TypeKind;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of bytes that do not follow their schema. */
class BadAvroTest {

    private static final Schema SCHEMA = record("{'name':'s','type':'string'},{'name':'b','type':'boolean'},"
            + "{'name':'u','type':['null',{'type':'record','name':'i','fields':[{'name':'t','type':"
            + "{'type':'int','logicalType':'time-millis'}},{'name':'m','type':{'type':'map','values':'string'}}]}]},"
            + "{'name':'n','type':{'type':'array','items':'null'}},{'name':'skipped','type':'double'}");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|no Avro of its schema at byte 0: it ends too early, in s",
                "04 61|no Avro of its schema at byte 0: it ends too early, in s",
                "01|no Avro of its schema at byte 0: a length must not be negative, in s",
                "FFFFFFFFFFFFFFFFFFFFFF|no Avro of its schema at byte 0: a number of 64 bits must follow, in s",
                "02 00|a NUL character, which the database cannot hold, at byte 1, in s",
                "02 FF|malformed UTF-8 at byte 1, in s",
                "00 02|no Avro of its schema at byte 1: a truth value must follow, in b",
                "00 01 04|no Avro of its schema at byte 2: a number from 0 to 1 must follow, in u",
                "00 01 02 01|no Avro of its schema at byte 4: before it is a time that no day has, in u.t",
                "00 01 02 00 02 02 61 02 00|a NUL character, which the database cannot hold, at byte 8, in u.m",
                "00 01 00 FEFFFFFF0F|no Avro of its schema at byte 3: there are more elements than bytes, in n",
                "00 01 00 D00F 02 00|no Avro of its schema at byte 5: there are more elements than bytes, in n",
                "FFFFFFFFFFFFFFFFFF02|no Avro of its schema at byte 0: a number of 64 bits must follow, in s",
                "00 01 02 FEFFFFFF1F|no Avro of its schema at byte 3: a number of 32 bits must follow, in u.t",
                "00 01 00 00 0000000000|no Avro of its schema at byte 4: it ends too early, in skipped",
                "00 01 00 00 0000000000000000 00|no Avro of its schema at byte 12: the record has ended",
            })
    void theReasonSaysWhatAndWhere(String hex, String reason) throws Exception {
        RecordDecoder decoder = avro(SCHEMA.toString())
                .field("s")
                .field("b")
                .field("t", "u.t")
                .field("m", "u.m")
                .field("n")
                .open(texts());
        byte[] record = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatThrownBy(() -> DecodedRow.of(decoder, record))
                .isInstanceOf(BadRecordException.class)
                .hasMessage(reason);
    }

    private static void assertBad(String fields, String hex, String reason, Column... columns) {
        Schema schema = record(fields);
        byte[] record = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatThrownBy(() ->
                        DecodedRow.of(avro(schema.toString()).field("kept").open(List.of(columns)), record))
                .isInstanceOf(BadRecordException.class)
                .hasMessage(reason);
    }

    @Test
    void allElementsOfARecordAreCounted() {
        String tooMany = ": there are more elements than bytes, in ";
        for (String nothing : List.of(
                "'null'",
                "{'type':'record','name':'x','fields':[]}",
                "{'type':'fixed','name':'x','size':0}",
                "{'type':'array','items':'null'}")) {
            String skipped = "{'name':'skipped','type':{'type':'array','items':" + nothing + "}},";
            String elements = nothing.contains("array") ? "02 D00F 00 00" : "D00F 02 00";
            assertBad(
                    skipped + "{'name':'kept','type':'int'}",
                    elements + "00",
                    "no Avro of its schema at byte " + (nothing.contains("array") ? 1 : 2) + tooMany + "skipped");
        }
    }

    @Test
    void elementsThatAreReadTwiceCountOnce() throws Exception {
        Schema schema = record("{'name':'n','type':{'type':'array','items':'null'}}");
        RecordDecoder decoder =
                avro(schema.toString()).field("n").field("first", "n[0]").open(texts());

        assertThat(DecodedRow.of(decoder, HexFormat.of().parseHex("D00F00"))).containsEntry("first", null);
    }

    @Test
    void nestingHasALimit() throws Exception {
        Schema schema = record("{'name':'next','type':['null','r']}");
        RecordDecoder decoder = avro(schema.toString()).open(texts());
        byte[] record = new byte[1000];
        Arrays.fill(record, (byte) 2);

        assertThatThrownBy(() -> DecodedRow.of(decoder, record))
                .isInstanceOf(BadRecordException.class)
                .hasMessage("no Avro of its schema at byte 200: it nests deeper than 200 levels, in "
                        + "next.".repeat(40) + "...");
    }

    @Test
    void daysBeyondTheCalendarAreBad() {
        String reason = "no Avro of its schema at byte 9: before it is a day that no calendar has, in kept";
        String day = "{'type':'long','connect.name':'io.debezium.time.Date'}";
        String array = "{'name':'kept','type':{'type':'array','items':" + day + "}}";

        assertBad(array, "02 FEFFFFFFFFFFFF7F 00", reason);
        assertBad(array, "02 FEFFFFFFFFFFFF7F 00", reason, column("kept", TypeKind.JSON, "json"));
        assertBad("{'name':'kept','type':" + day + "}", "FEFFFFFFFFFFFFFF7F", reason);
    }

    @Test
    void decimalsThatNoColumnHoldsAreBad() {
        String bytes = "02".repeat(62_001);
        String tooLong = ": a decimal must not be longer than 62000 bytes, in kept";
        assertBad(
                "{'name':'kept','type':{'type':'bytes','logicalType':'decimal','precision':4}}",
                "E2C807" + bytes,
                "no Avro of its schema at byte 3" + tooLong);
        assertBad(
                "{'name':'kept','type':{'type':'bytes','logicalType':'big-decimal'}}",
                "EAC807 E2C807" + bytes + "00",
                "no Avro of its schema at byte 6" + tooLong);
        assertBad(
                "{'name':'kept','type':{'type':'bytes','logicalType':'big-decimal'}}",
                "18 02 05 FFFFFFFFFFFFFFFFFF01",
                "no Avro of its schema at byte 13: before it is no decimal, in kept");
    }

    @Property(tries = 2000)
    void damagedRecordsAreBadOrRows(@ForAll Random random) throws Exception {
        RecordDecoder decoder = avro(SCHEMA.toString()).open(texts());
        byte[] record = AvroRecords.encoded(
                SCHEMA,
                Map.of(
                        "s",
                        "some text",
                        "b",
                        true,
                        "u",
                        AvroRecords.of(
                                SCHEMA.getField("u").schema().getTypes().get(1), Map.of("t", 1, "m", Map.of("k", "v"))),
                        "n",
                        Arrays.asList(null, null),
                        "skipped",
                        1.5));
        record[random.nextInt(record.length)] = (byte) random.nextInt();

        try {
            assertThat(DecodedRow.of(decoder, record)).hasSize(5);
        } catch (BadRecordException e) {
            assertThat(e).hasMessageContaining(" at byte ");
        }
    }
}
