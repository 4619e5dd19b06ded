package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.FieldValues;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the values of some of a map's keys. */
final class ProtobufEntries implements ProtobufMember {

    private final ProtobufStep next;
    private @Nullable ProtobufMember found;

    /** @param chosen what takes the value of each key */
    ProtobufEntries(FieldDescriptor map, Map<String, ProtobufMember> chosen) {
        Descriptor entry = map.getMessageType();
        FieldDescriptor key = entry.findFieldByNumber(1);
        FieldDescriptor value = entry.findFieldByNumber(2);
        ProtobufKeys<ProtobufMember> keys = new ProtobufKeys<>(key, chosen);
        ProtobufMessage inside = new ProtobufMessage(List.of(key, value));
        inside.members(Map.of(
                key,
                ProtobufSingle.orZero(key, (in, values) -> found = keys.read(in)),
                value,
                (in, first, values) -> takeFound(in, first, values)));
        next = (in, values) -> in.within(inside, values);
    }

    private void takeFound(ProtobufInput in, int first, FieldValues values)
            throws BadRecordException, InterruptedException {
        ProtobufMember member = found;
        if (member != null) {
            member.take(in, first, values);
        }
    }

    @Override
    public void take(ProtobufInput in, int first, FieldValues values) throws BadRecordException, InterruptedException {
        in.each(first, next, values);
    }
}
