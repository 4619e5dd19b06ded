package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.mppconnect.format.BadRecordException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Confluent's serializers write in front of a message: a zero byte, the schema's number in four bytes, then where in the
 * schema's file the message is.
 */
final class ProtobufFraming {

    private static final int HEADER = 5;

    private static final ProtobufScalars.Whole NUMBER = ProtobufScalars.whole(FieldDescriptor.Type.SINT64);

    private final String name;

    /** From the outside inwards. */
    private final int[] place;

    ProtobufFraming(Descriptor message) {
        name = message.getFullName();
        List<Integer> places = new ArrayList<>();
        for (@Nullable Descriptor at = message; at != null; at = at.getContainingType()) {
            places.add(0, at.getIndex());
        }
        place = places.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Moves to the message. */
    void pass(ProtobufInput in) throws BadRecordException {
        if (in.limit - in.position < HEADER || in.bytes[in.position] != 0) {
            throw new BadRecordException("it does not begin with the number of a schema");
        }
        in.position += HEADER;
        long count = NUMBER.read(in);
        // The first message of a file, which is the most usual, has no places at all.
        boolean same = count == 0 ? place.length == 1 && place[0] == 0 : count == place.length;
        for (int i = 0; same && i < count; i++) {
            same = NUMBER.read(in) == place[i];
        }
        if (!same) {
            throw new BadRecordException("it is another message of its schema than " + name);
        }
    }
}
