package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the messages of Protobuf's own files stand for that are more than their fields. */
enum ProtobufWellKnown {
    NONE,
    TIMESTAMP,
    DURATION,
    /** A scalar that may be absent. */
    WRAPPER,
    /** A JSON object. */
    STRUCT,
    /** Any JSON value. */
    VALUE,
    /** A JSON array. */
    LIST;

    private static final Set<String> WRAPPERS = Set.of(
            "google.protobuf.DoubleValue",
            "google.protobuf.FloatValue",
            "google.protobuf.Int64Value",
            "google.protobuf.UInt64Value",
            "google.protobuf.Int32Value",
            "google.protobuf.UInt32Value",
            "google.protobuf.BoolValue",
            "google.protobuf.StringValue",
            "google.protobuf.BytesValue");

    private static final Map<String, ProtobufWellKnown> OTHERS = Map.of(
            "google.protobuf.Timestamp", TIMESTAMP,
            "google.protobuf.Duration", DURATION,
            "google.protobuf.Struct", STRUCT,
            "google.protobuf.Value", VALUE,
            "google.protobuf.ListValue", LIST);

    /** A message of the same name with other fields is none of them. */
    static ProtobufWellKnown of(Descriptor type) {
        List<FieldDescriptor> fields = type.getFields();
        boolean first = !fields.isEmpty() && fields.get(0).getNumber() == 1;
        if (WRAPPERS.contains(type.getFullName())) {
            return first && !fields.get(0).isRepeated() && !ProtobufSingle.isMessage(fields.get(0)) ? WRAPPER : NONE;
        }
        ProtobufWellKnown other = OTHERS.getOrDefault(type.getFullName(), NONE);
        boolean same = switch (other) {
            case NONE, WRAPPER, VALUE -> true;
            case TIMESTAMP, DURATION ->
                first
                        && fields.size() == 2
                        && fields.get(0).getType() == FieldDescriptor.Type.INT64
                        && fields.get(1).getType() == FieldDescriptor.Type.INT32;
            case STRUCT -> first && fields.get(0).isMapField();
            case LIST -> first && fields.get(0).isRepeated();
        };
        return same ? other : NONE;
    }

    /** Whether it is kept as the value that it stands for; all others as JSON. */
    boolean isScalar() {
        return this == TIMESTAMP || this == DURATION || this == WRAPPER;
    }
}
