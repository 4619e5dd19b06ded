package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Message;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.format.RecordDecoder;
import io.mppconnect.format.field.ChosenField;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.List;

/** Makes decoders of Protobuf; apart from the description, which is there without the library. */
public final class ProtobufOpening {

    private ProtobufOpening() {}

    public static RecordDecoder open(
            ProtobufSource source, List<ChosenField> chosen, boolean framed, List<Column> columns) {
        Descriptor message = source.message();
        return new ProtobufDecoder(message, ProtobufFields.of(message, chosen, columns), framed);
    }

    /**
     * What a generated class is of.
     *
     * @throws MppConnectException when it was not generated of a message
     */
    static Descriptor message(Class<?> generated) {
        try {
            Method descriptor = generated.getMethod("getDescriptor");
            if (Message.class.isAssignableFrom(generated)
                    && Modifier.isStatic(descriptor.getModifiers())
                    && descriptor.invoke(null) instanceof Descriptor message) {
                return message;
            }
            throw new NoSuchMethodException(descriptor.toString());
        } catch (ReflectiveOperationException e) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot read Protobuf: " + generated.getName() + " is no class that protoc made of a message",
                    e);
        }
    }
}
