package io.mppconnect.format.avro;

import java.util.IdentityHashMap;
import org.apache.avro.Schema;

/** Makes the steps that read over values of a schema. */
final class AvroSkips {

    private final IdentityHashMap<Schema, AvroStep> records = new IdentityHashMap<>();

    AvroStep of(Schema writer) {
        return switch (writer.getType()) {
            case NULL -> (in, values) -> {};
            case BOOLEAN -> (in, values) -> in.skip(1);
            case LONG -> (in, values) -> in.readLong();
            case INT -> (in, values) -> in.readNumber(true);
            case ENUM -> {
                int symbols = writer.getEnumSymbols().size();
                yield (in, values) -> in.readIndex(symbols);
            }
            case FLOAT -> (in, values) -> in.skip(Float.BYTES);
            case DOUBLE -> (in, values) -> in.skip(Double.BYTES);
            case STRING, BYTES -> (in, values) -> in.skip(in.readLength());
            case FIXED -> {
                int size = writer.getFixedSize();
                yield (in, values) -> in.skip(size);
            }
            case ARRAY -> blocks(of(writer.getElementType()));
            case MAP -> {
                AvroStep value = of(writer.getValueType());
                yield blocks((in, values) -> {
                    in.skip(in.readLength());
                    value.run(in, values);
                });
            }
            case UNION -> new AvroUnion(writer.getTypes().stream().map(this::of).toArray(AvroStep[]::new));
            case RECORD -> record(writer);
        };
    }

    private static AvroStep blocks(AvroStep element) {
        return (in, values) -> {
            in.enter();
            for (long count = in.readBlock(); count > 0; count = in.readBlock()) {
                for (long i = 0; i < count; i++) {
                    element.run(in, values);
                }
            }
            in.leave();
        };
    }

    private AvroStep record(Schema writer) {
        AvroStep known = records.get(writer);
        if (known != null) {
            return known;
        }
        AvroRecord record = new AvroRecord(
                writer.getFields().stream().map(Schema.Field::name).toList());
        records.put(writer, record);
        record.steps(
                writer.getFields().stream().map(field -> of(field.schema())).toArray(AvroStep[]::new));
        return record;
    }
}
