package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import io.mppconnect.format.value.FieldValues;
import io.mppconnect.format.value.ValueDecoder;
import io.mppconnect.spi.Field;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes fields out of messages, straight from their bytes. */
final class ProtobufDecoder implements ValueDecoder {

    private final ProtobufFields fields;
    private final @Nullable ProtobufFraming framing;
    private final FieldValues values;
    private final ProtobufInput in = new ProtobufInput();

    /** @param framed whether records begin with the number of a schema */
    ProtobufDecoder(Descriptor message, ProtobufFields fields, boolean framed) {
        this.fields = fields;
        framing = framed ? new ProtobufFraming(message) : null;
        values = new FieldValues(fields.chosen().size());
    }

    @Override
    public FieldValues values() {
        return values;
    }

    @Override
    public List<Field> fields() {
        return fields.announced();
    }

    @Override
    public void decode(byte[] bytes, int from, int to) throws Exception {
        values.reset(bytes);
        in.reset(bytes, from, to);
        if (framing != null) {
            framing.pass(in);
        }
        fields.step().run(in, values);
        for (int field = 0; field < fields.chosen().size(); field++) {
            fields.chosen().get(field).check(values, field);
        }
    }
}
