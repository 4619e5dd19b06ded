package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.format.field.FieldPath;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.List;
import java.util.Optional;

/** The SQL types that values of messages have of themselves. */
final class ProtobufTypes {

    private static final ColumnType JSON = ColumnType.of(TypeKind.JSON, "json");

    private ProtobufTypes() {}

    /** The fields of a message that can be read: all but groups. */
    static List<FieldDescriptor> fields(Descriptor message) {
        return message.getFields().stream()
                .filter(field -> field.getType() != FieldDescriptor.Type.GROUP)
                .toList();
    }

    /**
     * The type of what is at a path.
     *
     * @throws MppConnectException when nothing can be there
     */
    static ColumnType at(Descriptor message, FieldPath path) {
        ColumnType type = of(message);
        Optional<Descriptor> inside = Optional.of(message);
        Optional<FieldDescriptor> many = Optional.empty();
        for (Object step : path.steps()) {
            Optional<FieldDescriptor> next = many.isPresent()
                    ? element(many.get(), step)
                    : inside.filter(any -> step instanceof String).flatMap(outer -> field(outer, step.toString()));
            FieldDescriptor found = next.orElseThrow(() -> new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot read Protobuf: nothing can be at " + path + " in " + message.getFullName()
                            + "; name fields as its .proto file does, and elements of repeated ones by [number]"));
            boolean whole = many.isEmpty() && found.isRepeated();
            type = whole ? repeated(found) : of(found);
            many = whole ? next : Optional.empty();
            inside = whole || !ProtobufSingle.isMessage(found) ? Optional.empty() : Optional.of(found.getMessageType());
        }
        return type;
    }

    private static Optional<FieldDescriptor> field(Descriptor message, String name) {
        return fields(message).stream()
                .filter(field -> field.getName().equals(name))
                .findFirst();
    }

    private static Optional<FieldDescriptor> element(FieldDescriptor repeated, Object step) {
        if (repeated.isMapField()) {
            Descriptor entry = repeated.getMessageType();
            return ProtobufKeys.isKey(entry.findFieldByNumber(1), step.toString())
                    ? Optional.of(entry.findFieldByNumber(2))
                    : Optional.empty();
        }
        return step instanceof Integer ? Optional.of(repeated) : Optional.empty();
    }

    private static ColumnType repeated(FieldDescriptor field) {
        ColumnType element = of(field);
        return field.isMapField() || element.kind() == TypeKind.JSON ? JSON : ColumnType.arrayOf(element);
    }

    /** The type of one value. */
    private static ColumnType of(FieldDescriptor field) {
        return switch (field.getType()) {
            case BOOL -> ColumnType.of(TypeKind.BOOLEAN, "bool");
            case INT32, SINT32, SFIXED32 -> ColumnType.of(TypeKind.INT4, "int4");
            case UINT32, FIXED32, INT64, SINT64, SFIXED64 -> ColumnType.of(TypeKind.INT8, "int8");
            case UINT64, FIXED64 -> ColumnType.of(TypeKind.NUMERIC, "numeric");
            case FLOAT -> ColumnType.of(TypeKind.FLOAT4, "float4");
            case DOUBLE -> ColumnType.of(TypeKind.FLOAT8, "float8");
            case STRING, ENUM -> ColumnType.of(TypeKind.TEXT, "text");
            case BYTES -> ColumnType.of(TypeKind.BYTEA, "bytea");
            case GROUP, MESSAGE -> of(field.getMessageType());
        };
    }

    private static ColumnType of(Descriptor message) {
        return switch (ProtobufWellKnown.of(message)) {
            case TIMESTAMP -> ColumnType.of(TypeKind.TIMESTAMPTZ, "timestamptz");
            case DURATION -> ColumnType.of(TypeKind.INTERVAL, "interval");
            case WRAPPER -> of(message.getFields().get(0));
            case NONE, STRUCT, VALUE, LIST -> JSON;
        };
    }
}
