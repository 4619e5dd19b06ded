package io.mppconnect.benchmark;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto.Label;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.DescriptorValidationException;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Timestamp;
import com.google.protobuf.TimestampProto;
import io.mppconnect.format.ProtobufFormat;
import io.mppconnect.format.RecordDecoder;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/** Protobuf events. */
public class ProtobufDecodeBenchmark extends RecordDecodeBenchmark {

    /** All fields, or two of them. */
    @Param({"ALL", "FEW"})
    public String kind = "";

    private final DescriptorProto.Builder message = DescriptorProto.newBuilder().setName("Event");
    private final Descriptor type = type();

    private Descriptor type() {
        add("id", FieldDescriptorProto.Type.TYPE_INT64);
        add("customer", FieldDescriptorProto.Type.TYPE_STRING);
        add("status", FieldDescriptorProto.Type.TYPE_STRING);
        add("amount", FieldDescriptorProto.Type.TYPE_DOUBLE);
        add("currency", FieldDescriptorProto.Type.TYPE_STRING);
        add("quantity", FieldDescriptorProto.Type.TYPE_INT32);
        add("created", FieldDescriptorProto.Type.TYPE_MESSAGE).setTypeName(".google.protobuf.Timestamp");
        add("paid", FieldDescriptorProto.Type.TYPE_BOOL);
        add("country", FieldDescriptorProto.Type.TYPE_STRING);
        add("channel", FieldDescriptorProto.Type.TYPE_STRING);
        add("day", FieldDescriptorProto.Type.TYPE_SINT32);
        add("note", FieldDescriptorProto.Type.TYPE_STRING);
        FileDescriptorProto file = FileDescriptorProto.newBuilder()
                .setName("event.proto")
                .setSyntax("proto3")
                .addDependency(TimestampProto.getDescriptor().getName())
                .addMessageType(message)
                .build();
        try {
            return FileDescriptor.buildFrom(file, new FileDescriptor[] {TimestampProto.getDescriptor()})
                    .getMessageTypes()
                    .get(0);
        } catch (DescriptorValidationException e) {
            throw new IllegalStateException(e);
        }
    }

    private FieldDescriptorProto.Builder add(String name, FieldDescriptorProto.Type fieldType) {
        return message.addFieldBuilder()
                .setName(name)
                .setNumber(message.getFieldCount())
                .setLabel(Label.LABEL_OPTIONAL)
                .setType(fieldType);
    }

    @Override
    RecordDecoder open() {
        ProtobufFormat all = ProtobufFormat.of(type);
        return (kind.equals("FEW") ? all.field("id").field("day") : all).open(List.of());
    }

    @Override
    byte[] event(int number) {
        List<Object> values = List.of(
                1_000_000L + number,
                "customer-" + number * 37,
                "SHIPPED",
                number + 0.95,
                "EUR",
                number % 9,
                Timestamp.newBuilder()
                        .setSeconds(1_773_500_966L + number)
                        .setNanos(535_000_000)
                        .build(),
                true,
                "DE",
                "web",
                20_500 + number % 30,
                "left at the front door");
        DynamicMessage.Builder event = DynamicMessage.newBuilder(type);
        for (int i = 0; i < values.size(); i++) {
            event.setField(type.getFields().get(i), values.get(i));
        }
        return event.build().toByteArray();
    }
}
