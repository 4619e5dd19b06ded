package io.mppconnect.benchmark;

import io.mppconnect.format.Formats;
import io.mppconnect.format.RecordDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.openjdk.jmh.annotations.Param;

/** Avro events. */
public class AvroDecodeBenchmark extends RecordDecodeBenchmark {

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

    private final Schema schema = new Schema.Parser().parse(SCHEMA);

    @Override
    RecordDecoder open() throws Exception {
        return (kind.equals("FEW") ? Formats.avro(SCHEMA).field("id").field("day") : Formats.avro(SCHEMA))
                .open(List.of());
    }

    @Override
    byte[] event(int number) throws IOException {
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(event, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
