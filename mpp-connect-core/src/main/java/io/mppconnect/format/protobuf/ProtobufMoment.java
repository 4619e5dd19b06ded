package io.mppconnect.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.FieldValues;
import io.mppconnect.format.value.Scratch;
import java.util.List;
import java.util.Map;

/** Reads the inside of a timestamp or a duration, and keeps it as a field; nanoseconds are cut off. */
final class ProtobufMoment implements ProtobufStep {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long MICROS_PER_HOUR = 3600 * MICROS_PER_SECOND;
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final int NANOS_PER_MICRO = 1000;
    private static final int MICRO_DIGITS = 6;

    /** The years from 1 to 9999. */
    private static final long FIRST_SECOND = -62_135_596_800L;

    private static final long LAST_SECOND = 253_402_300_799L;

    /** About 10,000 years. */
    private static final long LONGEST = 315_576_000_000L;

    private final ProtobufMessage message;
    private final boolean duration;
    private final int field;
    private long seconds;
    private int nanos;

    ProtobufMoment(Descriptor type, int field) {
        FieldDescriptor first = type.getFields().get(0);
        FieldDescriptor second = type.getFields().get(1);
        duration = ProtobufWellKnown.of(type) == ProtobufWellKnown.DURATION;
        this.field = field;
        message = new ProtobufMessage(List.of(first, second));
        message.members(Map.of(
                first, ProtobufSingle.orZero(first, (in, values) -> seconds = in.readVarint()),
                second, ProtobufSingle.orZero(second, (in, values) -> nanos = (int) in.readVarint())));
    }

    @Override
    public void run(ProtobufInput in, FieldValues values) throws BadRecordException, InterruptedException {
        message.run(in, values);
        if (duration) {
            keepDuration(in, values);
        } else {
            keepTimestamp(in, values);
        }
    }

    private void keepTimestamp(ProtobufInput in, FieldValues values) throws BadRecordException {
        if (seconds < FIRST_SECOND || seconds > LAST_SECOND || nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw in.bad("before it is a time that no calendar has");
        }
        values.setInstant(field, micros());
    }

    private void keepDuration(ProtobufInput in, FieldValues values) throws BadRecordException {
        boolean signs = seconds == 0 || nanos == 0 || seconds < 0 == nanos < 0;
        boolean fraction = nanos > -NANOS_PER_SECOND && nanos < NANOS_PER_SECOND;
        if (!signs || !fraction || seconds < -LONGEST || seconds > LONGEST) {
            throw in.bad("before it is no duration");
        }
        Scratch scratch = values.scratch();
        int made = scratch.length();
        long hours = micros() / MICROS_PER_HOUR;
        long rest = micros() % MICROS_PER_HOUR;
        // More seconds than an int holds the database does not read.
        scratch.addAscii(hours < 0 ? "-" : "");
        scratch.addDigits(Math.abs(hours), 1);
        scratch.addAscii(rest < 0 ? " hours -" : " hours ");
        scratch.addDigits(Math.abs(rest) / MICROS_PER_SECOND, 1);
        scratch.add('.');
        scratch.addDigits(Math.abs(rest) % MICROS_PER_SECOND, MICRO_DIGITS);
        scratch.addAscii(" secs");
        values.setMade(field, made);
    }

    private long micros() {
        return seconds * MICROS_PER_SECOND + nanos / NANOS_PER_MICRO;
    }
}
