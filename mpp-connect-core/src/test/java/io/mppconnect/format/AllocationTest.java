package io.mppconnect.format;

import static io.mppconnect.format.AvroRecords.encoded;
import static io.mppconnect.format.AvroRecords.record;
import static io.mppconnect.format.DecodedRow.texts;
import static io.mppconnect.format.Formats.asAvro;
import static io.mppconnect.format.Formats.asCsv;
import static io.mppconnect.format.Formats.asJson;
import static io.mppconnect.format.Formats.avro;
import static io.mppconnect.format.Formats.csv;
import static io.mppconnect.format.Formats.json;
import static io.mppconnect.format.ProtoFile.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.sun.management.ThreadMXBean;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.RowReader;
import io.mppconnect.text.OneBlock;
import io.mppconnect.text.RowEncoder;
import io.mppconnect.text.RowFormat;
import io.mppconnect.type.TypeKind;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.junit.jupiter.api.Test;

/** Records must not cost memory. */
class AllocationTest {

    private static final int RECORDS = 20_000;

    /** An array's head, and what fills its last word. */
    private static final int ARRAY_OVERHEAD = 24;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @Test
    void decodingAllocatesNothing() throws Exception {
        assertNothing(
                json().field("a")
                        .field("b", "c[1].d")
                        .field("e")
                        .document("raw")
                        .open(texts("a")),
                "{\"a\":12.5,\"c\":[1,{\"d\":\"\\u00e9\\n\"}],\"e\":null,\"other\":{\"x\":[]}}".getBytes(UTF_8));
        assertNothing(csv().open(texts("a", "b")), "1,\"quoted \"\" here\"".getBytes(UTF_8));
        Schema schema = record("{'name':'a','type':'long'},{'name':'s','type':['null','string']},{'name':'d','type':"
                + "{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}},{'name':'l','type':"
                + "{'type':'array','items':'double'}},{'name':'m','type':{'type':'map','values':'int'}},{'name':'p','type':"
                + "{'type':'fixed','name':'Period','size':12,'logicalType':'duration'}}");
        assertNothing(
                avro(schema.toString()).open(texts()),
                encoded(
                        schema,
                        Map.of(
                                "a",
                                1L,
                                "s",
                                "text",
                                "d",
                                java.nio.ByteBuffer.wrap(new byte[] {1, 2}),
                                "l",
                                List.of(1.5, 2.5),
                                "m",
                                Map.of("k", 1),
                                "p",
                                new GenericData.Fixed(schema.getField("p").schema(), new byte[12]))));
        Descriptor message = message(
                "message M { int64 a = 1; string s = 2; E e = 3; N n = 4; repeated double l = 5;"
                        + " map<string,int32> m = 6; oneof o { bool x = 7; bytes y = 8; } google.protobuf.Timestamp t = 9;"
                        + " uint32 none = 10; google.protobuf.Duration d = 11; } message N { int32 i = 1; } enum E { NEW = 0; OLD = 1; }");
        assertNothing(
                ProtobufFormat.of(message).open(texts()),
                ProtoFile.encoded(
                        message,
                        "a: 1 s: 'text' e: OLD n { i: 5 } l: [1.5, 2.5] m { key: 'k' value: 1 } x: true"
                                + " t { seconds: 5 } d { seconds: -3601 nanos: -5000 }"));
    }

    /** The least that one of a few runs took: the first ones pay for tables and for the compiler. */
    private void assertNothing(RecordDecoder decoder, byte[] record) throws Exception {
        RowEncoder encoder = RowEncoder.of(
                RowFormat.text(), decoder.fields().stream().map(Field::name).toList(), new OneBlock());
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 4; run++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < RECORDS; i++) {
                decoder.decode(record, 0, record.length);
                decoder.write(encoder);
                encoder.endRow();
            }
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertThat(least).isLessThan(RECORDS / 2);
    }

    @Test
    void encodingAllocatesTheRecordAlone() throws Exception {
        List<Column> columns = List.of(
                DecodedRow.column("n", TypeKind.NUMERIC, "numeric"),
                DecodedRow.text("t"),
                DecodedRow.column("at", TypeKind.TIMESTAMPTZ, "timestamptz"),
                DecodedRow.array("a", TypeKind.TEXT, "text"),
                DecodedRow.text("none"));
        String[] row = {"12.5", "say \"hi\"", "2024-02-29 12:34:56.7+00", "{\"a b\",NULL}", null};
        String decimal = record("{'name':'n','type':{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}},"
                        + "{'name':'t','type':'string'},"
                        + "{'name':'at','type':{'type':'long','logicalType':'timestamp-micros'}},"
                        + "{'name':'a','type':{'type':'array','items':['null','string']}},"
                        + "{'name':'none','type':['null','string']}")
                .toString();
        assertTheRecordAlone(asJson(), columns, row);
        assertTheRecordAlone(asCsv(), columns, row);
        assertTheRecordAlone(asAvro(decimal), columns, row);
    }

    private void assertTheRecordAlone(RecordEncoding encoding, List<Column> columns, String[] row) throws Exception {
        RecordEncoder encoder = encoding.open(columns).get();
        RowReader reader = EncodedRow.row(columns, row);
        int length = encoder.encode(reader).length;
        long least = Long.MAX_VALUE;
        for (int run = 0; run < 4; run++) {
            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            for (int i = 0; i < RECORDS; i++) {
                encoder.encode(reader);
            }
            least = Math.min(
                    least,
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
        }
        assertThat(least / RECORDS).isLessThanOrEqualTo(length + ARRAY_OVERHEAD);
    }
}
