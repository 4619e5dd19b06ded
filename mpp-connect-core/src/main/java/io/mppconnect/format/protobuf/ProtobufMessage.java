package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.FieldValues;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the inside of a message: finds the values of its fields, which may be in any order, then takes them field by field.
 * What is bad in one of them is told with its name.
 */
final class ProtobufMessage implements ProtobufStep {

    private final ProtobufSlots slots;
    private final List<FieldDescriptor> fields;
    private ProtobufMember[] members = {};

    /**
     * One whose {@link #members} come later, for they may lead back to it.
     *
     * @param fields those that are taken, all of one message
     */
    ProtobufMessage(List<FieldDescriptor> fields) {
        Set<FieldDescriptor> all = new LinkedHashSet<>(fields);
        for (FieldDescriptor field : fields) {
            if (field.getRealContainingOneof() != null) {
                all.addAll(field.getRealContainingOneof().getFields());
            }
        }
        this.fields = new ArrayList<>(all);
        slots = new ProtobufSlots(this.fields);
    }

    /** @param taking what takes each of the fields */
    void members(Map<FieldDescriptor, ProtobufMember> taking) {
        members = fields.stream()
                .map(field -> taking.getOrDefault(field, ProtobufMember.NOTHING))
                .toArray(ProtobufMember[]::new);
    }

    @Override
    public void run(ProtobufInput in, FieldValues values) throws BadRecordException, InterruptedException {
        in.enter();
        int frame = slots.note(in);
        for (int field = 0; field < members.length; field++) {
            try {
                members[field].take(in, in.notes.first(frame, field), values);
            } catch (BadRecordException e) {
                throw e.within(fields.get(field).getName());
            }
        }
        in.notes.close(frame);
        in.leave();
    }
}
