package io.mppconnect.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Records as Avro's own library writes them. */
final class AvroRecords {

    private AvroRecords() {}

    static Schema schema(String json) {
        return new Schema.Parser().parse(json.replace('\'', '"'));
    }

    /** A schema of a record with these fields, in JSON with single quotes. */
    static Schema record(String fields) {
        return schema("{'type':'record','name':'r','fields':[" + fields + "]}");
    }

    static GenericRecord of(Schema schema, Map<String, ?> values) {
        GenericRecordBuilder record = new GenericRecordBuilder(schema);
        values.forEach(record::set);
        return record.build();
    }

    static byte[] encoded(Schema schema, Map<String, ?> values) {
        return encoded(schema, of(schema, values));
    }

    static byte[] encoded(Schema schema, Object value) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().blockingBinaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<>(schema).write(value, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** As in a topic whose schemas a registry has. */
    static byte[] numbered(int id, byte[] encoded) {
        return ByteBuffer.allocate(5 + encoded.length)
                .put((byte) 0)
                .putInt(id)
                .put(encoded)
                .array();
    }
}
