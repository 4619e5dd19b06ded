package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.FieldValues;
import org.jspecify.annotations.Nullable;

/** Takes a field that has one value at most. */
final class ProtobufSingle implements ProtobufMember {

    private final boolean message;
    private final ProtobufStep step;
    private final @Nullable ProtobufInput zero;

    private ProtobufSingle(boolean message, ProtobufStep step, @Nullable ProtobufInput zero) {
        this.message = message;
        this.step = step;
        this.zero = zero;
    }

    /**
     * Does nothing when there is no value, unless that means that the value is zero or empty.
     *
     * @param step reads a value, or the inside of a message
     */
    static ProtobufSingle of(FieldDescriptor field, ProtobufStep step) {
        return new ProtobufSingle(isMessage(field), step, field.hasPresence() ? null : ProtobufInput.ofZero());
    }

    /** Takes what is not there for zero or empty, as in the entries of maps. */
    static ProtobufSingle orZero(FieldDescriptor field, ProtobufStep step) {
        return new ProtobufSingle(isMessage(field), step, ProtobufInput.ofZero());
    }

    static boolean isMessage(FieldDescriptor field) {
        return field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
    }

    @Override
    public void take(ProtobufInput in, int first, FieldValues values) throws BadRecordException, InterruptedException {
        if (first == ProtobufNotes.NONE) {
            if (zero != null) {
                zero.start();
                value(zero, values);
            }
        } else if (message) {
            in.within(first, step, values);
        } else {
            in.position = in.notes.place(first);
            step.run(in, values);
        }
    }

    private void value(ProtobufInput in, FieldValues values) throws BadRecordException, InterruptedException {
        if (message) {
            in.within(step, values);
        } else {
            step.run(in, values);
        }
    }
}
