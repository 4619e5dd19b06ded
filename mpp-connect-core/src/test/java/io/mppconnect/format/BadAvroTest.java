package io.mppconnect.format;

import static io.mppconnect.format.AvroRecords.record;
import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.avro;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.avro.Schema;
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
