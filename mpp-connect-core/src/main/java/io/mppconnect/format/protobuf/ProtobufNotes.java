package io.mppconnect.format.protobuf;

import io.mppconnect.format.BadRecordException;
import java.util.Arrays;

/**
 * Where the values of fields are in the messages that are being read. Each message opens a frame, which lies upon that of the
 * message around it; in a frame each field has a chain of the places of its values.
 */
final class ProtobufNotes {

    /** Instead of a note. */
    static final int NONE = -1;

    private static final int FIRST = 256;

    /** Beyond this, what one record needed is given back after it. */
    private static final int KEPT = 1 << 18;

    /** With two numbers for each, that many values are looked at. */
    private static final int LONGEST = 1 << 25;

    private int[] numbers = new int[FIRST];
    private int length;

    void clear() {
        if (numbers.length > KEPT) {
            numbers = new int[FIRST];
        }
        length = 0;
    }

    /** Opens a frame of so many fields. */
    int open(int fields) throws BadRecordException {
        int frame = length;
        reserve(2 * fields);
        length += 2 * fields;
        Arrays.fill(numbers, frame, length, NONE);
        return frame;
    }

    void close(int frame) {
        length = frame;
    }

    /** Notes one more value of a field. */
    void add(int frame, int field, int place) throws BadRecordException {
        reserve(2);
        int head = frame + 2 * field;
        int note = length;
        numbers[note] = place;
        numbers[note + 1] = NONE;
        length += 2;
        if (numbers[head] == NONE) {
            numbers[head] = note;
        } else {
            numbers[numbers[head + 1] + 1] = note;
        }
        numbers[head + 1] = note;
    }

    /** Notes the value that takes the place of any other of its field. */
    void replace(int frame, int field, int place) throws BadRecordException {
        int note = numbers[frame + 2 * field];
        if (note == NONE) {
            add(frame, field, place);
        } else {
            numbers[note] = place;
        }
    }

    void drop(int frame, int field) {
        numbers[frame + 2 * field] = NONE;
    }

    /** The first note of a field. */
    int first(int frame, int field) {
        return numbers[frame + 2 * field];
    }

    int next(int note) {
        return numbers[note + 1];
    }

    int place(int note) {
        return numbers[note];
    }

    private void reserve(int count) throws BadRecordException {
        if (numbers.length - length < count) {
            if (length + count > LONGEST) {
                throw new BadRecordException("it has more than " + LONGEST / 2 + " values");
            }
            numbers = Arrays.copyOf(numbers, Math.max(2 * numbers.length, length + count));
        }
    }
}
