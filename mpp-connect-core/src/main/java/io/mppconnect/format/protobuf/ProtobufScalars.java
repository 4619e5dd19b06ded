package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.field.IndexTable;
import io.mppconnect.format.json.JsonCheck;
import io.mppconnect.format.value.FieldValues;
import io.mppconnect.type.TypeKind;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Makes the steps that keep a value as a field: one that is no message. */
final class ProtobufScalars {

    /** Reads a whole number. */
    interface Whole {

        long read(ProtobufInput in) throws BadRecordException;
    }

    private static final long LOW_HALF = 0xFFFFFFFFL;

    private ProtobufScalars() {}

    /** @param kind what the database reads the field as */
    static ProtobufStep of(FieldDescriptor type, int field, TypeKind kind) {
        return switch (type.getType()) {
            case BOOL -> (in, values) -> values.setBoolean(field, in.readVarint() != 0);
            case FLOAT -> (in, values) -> values.setFloat(field, Float.intBitsToFloat(in.readFixed32()));
            case DOUBLE -> (in, values) -> values.setDouble(field, Double.longBitsToDouble(in.readFixed64()));
            case UINT64, FIXED64 -> unsigned(whole(type.getType()), field);
            case STRING ->
                kind == TypeKind.JSON || kind == TypeKind.JSONB
                        ? json(type, field, kind)
                        : (in, values) -> keepText(in, passText(in), values, field);
            case BYTES -> (in, values) -> bytes(in, values, field);
            case ENUM -> isWhole(kind) ? number(FieldDescriptor.Type.INT32, field) : symbol(type.getEnumType(), field);
            case GROUP, MESSAGE -> throw new IllegalArgumentException("a message");
            default -> number(type.getType(), field);
        };
    }

    /** Keeps what a message of Protobuf's own stands for, from the inside of it. */
    static ProtobufStep ofMessage(Descriptor type, int field, TypeKind kind) {
        if (ProtobufWellKnown.of(type) != ProtobufWellKnown.WRAPPER) {
            return new ProtobufMoment(type, field);
        }
        FieldDescriptor wrapped = type.getFields().get(0);
        ProtobufMessage message = new ProtobufMessage(List.of(wrapped));
        message.members(Map.of(wrapped, ProtobufSingle.orZero(wrapped, of(wrapped, field, kind))));
        return message;
    }

    private static boolean isWhole(TypeKind kind) {
        return switch (kind) {
            case INT2, INT4, INT8, NUMERIC -> true;
            default -> false;
        };
    }

    /** Reads the bits of a whole number's type, a truth value or an enum's number. */
    static Whole whole(FieldDescriptor.Type type) {
        return switch (type) {
            case INT32, ENUM -> in -> (int) in.readVarint();
            case UINT32 -> in -> in.readVarint() & LOW_HALF;
            case SINT32 -> in -> (int) zigzag(in.readVarint() & LOW_HALF);
            case FIXED32 -> in -> in.readFixed32() & LOW_HALF;
            case SFIXED32 -> ProtobufInput::readFixed32;
            case FIXED64, SFIXED64 -> ProtobufInput::readFixed64;
            case SINT64 -> in -> zigzag(in.readVarint());
            case BOOL -> in -> in.readVarint() == 0 ? 0 : 1;
            default -> ProtobufInput::readVarint;
        };
    }

    private static long zigzag(long value) {
        return value >>> 1 ^ -(value & 1);
    }

    private static ProtobufStep number(FieldDescriptor.Type type, int field) {
        Whole whole = whole(type);
        return (in, values) -> values.setLong(field, whole.read(in));
    }

    private static ProtobufStep unsigned(Whole whole, int field) {
        return (in, values) -> {
            long value = whole.read(in);
            if (value >= 0) {
                values.setLong(field, value);
            } else {
                values.setDecimal(field, new BigDecimal(Long.toUnsignedString(value)));
            }
        };
    }

    /** Keeps a text that is JSON itself; none when it is empty and that may mean that there is none. */
    private static ProtobufStep json(FieldDescriptor type, int field, TypeKind kind) {
        JsonCheck check = new JsonCheck(kind == TypeKind.JSONB);
        boolean inEntry = type.getContainingType().getOptions().getMapEntry();
        boolean canBeAbsent = type.hasPresence() && !inEntry;
        return (in, values) -> {
            int from = passText(in);
            if (from < in.position || canBeAbsent) {
                keepText(in, check.start(in.bytes, from, in.position), values, field);
            } else {
                values.setNull(field);
            }
        };
    }

    /** Where the text begins that ends at the position then. */
    private static int passText(ProtobufInput in) throws BadRecordException {
        int length = in.readLength();
        int from = in.position;
        in.checkText(from, from + length);
        in.position += length;
        return from;
    }

    private static void keepText(ProtobufInput in, int from, FieldValues values, int field) throws BadRecordException {
        if (in.inRecord()) {
            values.setText(field, from, in.position);
        } else {
            values.copyText(field, in.bytes, from, in.position);
        }
    }

    private static void bytes(ProtobufInput in, FieldValues values, int field) throws BadRecordException {
        int length = in.readLength();
        int from = in.position;
        in.position += length;
        if (in.inRecord()) {
            values.setBytes(field, from, in.position);
        } else {
            values.copyBytes(field, in.bytes, from, in.position);
        }
    }

    /** Keeps the name, or the number where it has none. */
    private static ProtobufStep symbol(EnumDescriptor type, int field) {
        Map<Integer, byte[]> names = new HashMap<>();
        for (EnumValueDescriptor value : type.getValues()) {
            names.putIfAbsent(value.getNumber(), value.getName().getBytes(StandardCharsets.UTF_8));
        }
        IndexTable<byte[]> table = new IndexTable<>(names);
        return (in, values) -> {
            int number = (int) in.readVarint();
            byte[] name = table.find(number);
            if (name == null) {
                values.setLong(field, number);
            } else {
                values.copyText(field, name, 0, name.length);
            }
        };
    }
}
