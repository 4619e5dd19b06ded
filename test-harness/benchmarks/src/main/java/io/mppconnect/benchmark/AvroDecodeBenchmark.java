package io.mppconnect.benchmark;

import io.mppconnect.format.Formats;
import io.mppconnect.format.RecordDecoder;
import io.mppconnect.spi.Field;
import io.mppconnect.text.RowEncoder;
import io.mppconnect.text.RowFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Avro events of twelve fields into TEXT. */
@State(Scope.Thread)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class AvroDecodeBenchmark {

    private static final int EVENTS = 500;

    private static final String SCHEMA = """
            {"type": "record", "name": "event", "fields": [
              {"name": "id", "type": "long"},
              {"name": "customer", "type": "string"},
              {"name": "status", "type": {"type": "enum", "name": "status", "symbols": ["NEW", "SHIPPED"]}},
              {"name": "amount", "type": "double"},
              {"name": "currency", "type": "string"},
              {"name": "quantity", "type": "int"},
              {"name": "created", "type": {"type": "long", "logicalType": "timestamp-micros"}},
              {"name": "paid", "type": "boolean"},
              {"name": "country", "type": ["null", "string"]},
              {"name": "channel", "type": ["null", "string"]},
              {"name": "day", "type": {"type": "int", "logicalType": "date"}},
              {"name": "note", "type": ["null", "string"]}
            ]}
            """;

    /** All fields, or two of them. */
    @Param({"ALL", "FEW"})
    public String kind = "";

    private final MixedRows.OneBlock block = new MixedRows.OneBlock();
    private byte[][] events = {};
    private RecordDecoder decoder = Formats.json().document("raw").open(List.of());
    private RowEncoder encoder = RowEncoder.of(RowFormat.text(), List.of("raw"), block);

    /** Makes the events. */
    @Setup
    public void prepare() throws Exception {
        decoder = (kind.equals("FEW") ? Formats.avro(SCHEMA).field("id").field("day") : Formats.avro(SCHEMA))
                .open(List.of());
        encoder = RowEncoder.of(
                RowFormat.text(), decoder.fields().stream().map(Field::name).toList(), block);
        Schema schema = new Schema.Parser().parse(SCHEMA);
        events = new byte[EVENTS][];
        for (int i = 0; i < EVENTS; i++) {
            events[i] = encoded(event(schema, i));
        }
    }

    private static GenericRecord event(Schema schema, int number) {
        GenericRecord event = new GenericData.Record(schema);
        event.put("id", 1_000_000L + number);
        event.put("customer", "customer-" + number * 37);
        event.put("status", new GenericData.EnumSymbol(schema.getField("status").schema(), "SHIPPED"));
        event.put("amount", number + 0.95);
        event.put("currency", "EUR");
        event.put("quantity", number % 9);
        event.put("created", 1_773_500_966_535_000L + number);
        event.put("paid", true);
        event.put("country", "DE");
        event.put("channel", "web");
        event.put("day", 20_500 + number % 30);
        event.put("note", "left at the front door");
        return event;
    }

    private static byte[] encoded(GenericRecord event) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(event.getSchema()).write(event, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    /** One event. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void decode(ByteCount count) throws Exception {
        for (byte[] event : events) {
            decoder.decode(event, 0, event.length);
            decoder.write(encoder);
            encoder.endRow();
            count.bytes += event.length;
        }
        encoder.flush();
    }
}
