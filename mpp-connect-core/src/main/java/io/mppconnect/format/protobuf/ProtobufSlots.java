package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.field.IndexTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the values of some of a message's fields. All others are passed over, also those that are written otherwise and the
 * numbers that a closed enum does not have.
 */
final class ProtobufSlots {

    /** Fields of numbers below are found by one look. */
    private static final int LOW = 256;

    /** How a field's values are found. */
    private static final class Slot {

        final int field;
        final String name;

        /** How each value is written. */
        final int wire;

        /** Whether several values may be written as one. */
        final boolean packable;

        /** Whether each of its values counts, and not the last only. */
        final boolean parts;

        final @Nullable ProtobufClosedEnum closed;

        /** The others of its oneof, which count no longer when it comes. */
        final int[] rivals;

        Slot(List<FieldDescriptor> fields, int place) {
            FieldDescriptor descriptor = fields.get(place);
            field = place;
            name = descriptor.getName();
            wire = descriptor.getLiteType().getWireType();
            packable = descriptor.isPackable();
            parts = descriptor.isRepeated() || ProtobufSingle.isMessage(descriptor);
            closed = ProtobufClosedEnum.of(descriptor);
            rivals = rivals(fields, place);
        }
    }

    private final int count;
    private final @Nullable Slot[] low = new Slot[LOW];
    private final IndexTable<Slot> high;

    /** @param fields of one message, and with each of them all of its oneof */
    ProtobufSlots(List<FieldDescriptor> fields) {
        count = fields.size();
        Map<Integer, Slot> others = new HashMap<>();
        for (int i = 0; i < count; i++) {
            FieldDescriptor field = fields.get(i);
            Slot slot = new Slot(fields, i);
            if (field.getNumber() < LOW) {
                low[field.getNumber()] = slot;
            } else {
                others.put(field.getNumber(), slot);
            }
        }
        high = new IndexTable<>(others);
    }

    private static int[] rivals(List<FieldDescriptor> fields, int one) {
        @Nullable OneofDescriptor oneof = fields.get(one).getRealContainingOneof();
        return IntStream.range(0, oneof == null ? 0 : fields.size())
                .filter(other -> other != one && oneof.equals(fields.get(other).getRealContainingOneof()))
                .toArray();
    }

    /** Notes the values of the message up to the input's limit; the frame is to be closed. */
    int note(ProtobufInput in) throws BadRecordException {
        int frame = in.notes.open(count);
        while (in.position < in.limit) {
            int tag = in.readTag();
            int number = ProtobufInput.number(tag);
            Slot slot = number < LOW ? low[number] : high.find(number);
            if (slot != null) {
                note(slot, ProtobufInput.wire(tag), frame, in);
            }
            in.skip(tag);
        }
        return frame;
    }

    private static void note(Slot slot, int wire, int frame, ProtobufInput in) throws BadRecordException {
        boolean packed = slot.packable && wire == ProtobufInput.LENGTH;
        if (wire != slot.wire && !packed) {
            return;
        }
        if (slot.closed == null) {
            note(slot, packed ? ~in.position : in.position, frame, in.notes);
            return;
        }
        try {
            noteKnown(slot, slot.closed, packed, frame, in);
        } catch (BadRecordException e) {
            throw e.within(slot.name);
        }
    }

    /** Notes one by one those values that the enum has, and goes back. */
    private static void noteKnown(Slot slot, ProtobufClosedEnum closed, boolean packed, int frame, ProtobufInput in)
            throws BadRecordException {
        int start = in.position;
        int outer = in.limit;
        int end = packed ? in.readLength() + in.position : start + 1;
        in.limit = packed ? end : outer;
        while (in.position < end) {
            int place = in.position;
            if (closed.knows(in)) {
                note(slot, place, frame, in.notes);
            }
        }
        in.limit = outer;
        in.position = start;
    }

    private static void note(Slot slot, int place, int frame, ProtobufNotes notes) throws BadRecordException {
        for (int rival : slot.rivals) {
            notes.drop(frame, rival);
        }
        if (slot.parts) {
            notes.add(frame, slot.field, place);
        } else {
            notes.replace(frame, slot.field, place);
        }
    }
}
