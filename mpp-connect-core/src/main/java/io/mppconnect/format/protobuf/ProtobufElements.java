package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.field.IndexTable;
import io.mppconnect.format.value.FieldValues;

/** Reads some of the elements of a repeated field. */
final class ProtobufElements implements ProtobufMember {

    private final ProtobufStep next;
    private int index;

    /** @param steps by the elements' places */
    ProtobufElements(FieldDescriptor field, IndexTable<ProtobufStep> steps) {
        int wire = field.getLiteType().getWireType();
        ProtobufStep other = (in, values) -> in.skip(wire);
        next = (in, values) -> {
            ProtobufStep step = steps.find(index++);
            (step == null ? other : step).run(in, values);
        };
    }

    @Override
    public void take(ProtobufInput in, int first, FieldValues values) throws BadRecordException, InterruptedException {
        index = 0;
        in.each(first, next, values);
    }
}
