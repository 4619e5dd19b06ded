package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.field.IndexTable;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the values of a closed enum from numbers that it does not have, which are as fields that nobody knows. */
final class ProtobufClosedEnum {

    /** Of a value in an entry of a map. */
    private static final int VALUE = 2 << 3 | ProtobufInput.VARINT;

    private final IndexTable<EnumValueDescriptor> values;
    private final boolean inEntries;

    private ProtobufClosedEnum(FieldDescriptor field, boolean inEntries) {
        Map<Integer, EnumValueDescriptor> numbers = new HashMap<>();
        field.getEnumType().getValues().forEach(value -> numbers.put(value.getNumber(), value));
        values = new IndexTable<>(numbers);
        this.inEntries = inEntries;
    }

    /** That of a field, or of the values of a map; null for all others. */
    static @Nullable ProtobufClosedEnum of(FieldDescriptor field) {
        Descriptor entry = field.isMapField() ? field.getMessageType() : null;
        FieldDescriptor value = entry == null ? field : entry.findFieldByNumber(2);
        boolean closed = value.getType() == FieldDescriptor.Type.ENUM
                && value.getEnumType().isClosed();
        return closed ? new ProtobufClosedEnum(value, entry != null) : null;
    }

    /** Passes a value, or an entry with one. */
    boolean knows(ProtobufInput in) throws BadRecordException {
        return inEntries ? knowsEntry(in) : knowsNumber(in);
    }

    private boolean knowsNumber(ProtobufInput in) throws BadRecordException {
        return values.find((int) in.readVarint()) != null;
    }

    private boolean knowsEntry(ProtobufInput in) throws BadRecordException {
        boolean known = true;
        int outer = in.limit;
        int end = in.readLength() + in.position;
        in.limit = end;
        while (in.position < end) {
            int tag = in.readTag();
            if (tag == VALUE) {
                known = knowsNumber(in);
            } else {
                in.skip(tag);
            }
        }
        in.limit = outer;
        return known;
    }
}
