package io.mppconnect.format.avro;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/** Reads schemas out of their JSON. */
final class AvroSchemas {

    private AvroSchemas() {}

    /**
     * The last of these schemas, which may refer to those before it.
     *
     * @throws MppConnectException when one is none
     */
    static Schema parse(List<String> texts) {
        try {
            Schema.Parser parser = new Schema.Parser();
            Schema last = Schema.create(Schema.Type.NULL);
            for (String text : texts) {
                last = parser.parse(text);
            }
            return last;
        } catch (AvroRuntimeException e) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Cannot read the Avro schema: " + e.getMessage(), e);
        }
    }
}
