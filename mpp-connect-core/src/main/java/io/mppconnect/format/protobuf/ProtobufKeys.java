package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.field.KeyTable;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds what belongs to the keys of a map, which are texts, whole numbers or truth values. */
final class ProtobufKeys<T> {

    private final @Nullable KeyTable<T> texts;
    private final long[] numbers;
    private final List<T> values;
    private final ProtobufScalars.Whole whole;

    /**
     * @param key the field of the keys
     * @param entries by the keys' texts
     */
    ProtobufKeys(FieldDescriptor key, Map<String, T> entries) {
        boolean text = key.getType() == FieldDescriptor.Type.STRING;
        TreeMap<Long, T> sorted = new TreeMap<>();
        if (!text) {
            entries.forEach((name, value) -> sorted.put(number(key, name), value));
        }
        texts = text ? new KeyTable<>(entries) : null;
        numbers = sorted.keySet().stream().mapToLong(Long::longValue).toArray();
        values = List.copyOf(sorted.values());
        whole = ProtobufScalars.whole(key.getType());
    }

    /** Whether a text can be that of a key. */
    static boolean isKey(FieldDescriptor key, String text) {
        return switch (key.getType()) {
            case STRING -> true;
            case BOOL -> text.equals("true") || text.equals("false");
            default -> text.matches("0|-?[1-9][0-9]{0,19}") && isNumber(key.getType(), new BigInteger(text));
        };
    }

    private static boolean isNumber(FieldDescriptor.Type type, BigInteger number) {
        return switch (type) {
            case UINT32, FIXED32 -> number.signum() >= 0 && number.bitLength() <= Integer.SIZE;
            case UINT64, FIXED64 -> number.signum() >= 0 && number.bitLength() <= Long.SIZE;
            case INT32, SINT32, SFIXED32 -> number.bitLength() < Integer.SIZE;
            default -> number.bitLength() < Long.SIZE;
        };
    }

    private static Long number(FieldDescriptor key, String text) {
        if (key.getType() == FieldDescriptor.Type.BOOL) {
            return text.equals("true") ? 1L : 0L;
        }
        return new BigInteger(text).longValue();
    }

    /** Reads a key, and finds what belongs to it. */
    @Nullable
    T read(ProtobufInput in) throws BadRecordException {
        if (texts != null) {
            int length = in.readLength();
            in.position += length;
            return texts.find(in.bytes, in.position - length, in.position);
        }
        int found = Arrays.binarySearch(numbers, whole.read(in));
        return found < 0 ? null : values.get(found);
    }
}
