package io.mppconnect.format.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Function;
import org.apache.avro.Resolver;
import org.apache.avro.Resolver.Action;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Takes a field's default in place of a value that the record does not have. */
final class AvroDefault {

    private AvroDefault() {}

    /** @param taking makes the step that takes a value */
    static AvroStep of(Schema.Field field, Function<Action, AvroStep> taking) {
        byte[] encoded = encoded(field);
        AvroStep step = taking.apply(Resolver.resolve(field.schema(), field.schema(), GenericData.get()));
        return (in, values) -> step.run(AvroInput.ofConstant(encoded), values);
    }

    private static byte[] encoded(Schema.Field field) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        try {
            new GenericDatumWriter<Object>(field.schema())
                    .write(GenericData.get().getDefaultValue(field), encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
