package io.mppconnect.format.protobuf;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.FieldValues;
import io.mppconnect.format.value.Scratch;
import io.mppconnect.format.value.Utf8;

/** Moves through a message in Protobuf's wire format; nothing is read beyond the limit, which is the message's end. */
final class ProtobufInput {

    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int LENGTH = 2;
    static final int GROUP = 3;
    static final int END_GROUP = 4;
    static final int FIXED32 = 5;

    /** The bits of a tag that tell how the value is written. */
    private static final int WIRE_BITS = 3;

    private static final int WIRE_MASK = (1 << WIRE_BITS) - 1;

    /** So many messages within each other below the outermost one, as Protobuf's own library takes them. */
    private static final int DEEPEST = 100;

    /** So much may always be made of a record, be it ever so short. */
    private static final long FREE = 64L << 20;

    /** How many times longer than the record may be what is made of it. */
    private static final long LONGER = 16;

    /** A value of any type that is zero or empty. */
    private static final byte[] ZERO = new byte[Long.BYTES];

    private static final int NOWHERE = -1;

    final ProtobufNotes notes = new ProtobufNotes();

    byte[] bytes = {};
    int position;
    int limit;

    private final Scratch joined = new Scratch();
    private int start;

    /** How many messages are around the one that is read; -1 outside of all. */
    private int depth = -1;

    private long most;

    /** Where in the record the parts begin that were joined to what is read; not below 0 only then. */
    private int place = NOWHERE;

    /** One that has a value that is zero or empty, whatever the type. */
    static ProtobufInput ofZero() {
        ProtobufInput in = new ProtobufInput();
        in.reset(ZERO, 0, ZERO.length);
        in.place = 0;
        return in;
    }

    /** Goes back to its only value. */
    void start() {
        position = 0;
    }

    /** Starts over with the record that lies there. */
    void reset(byte[] source, int from, int to) {
        bytes = source;
        start = from;
        position = from;
        limit = to;
        depth = -1;
        place = NOWHERE;
        most = Math.max(FREE, LONGER * (to - from));
        joined.clear();
        notes.clear();
    }

    /** Whether the bytes are those of the record. */
    boolean inRecord() {
        return place < 0;
    }

    void enter() throws BadRecordException {
        if (++depth > DEEPEST) {
            throw bad("it nests deeper than " + DEEPEST + " levels");
        }
    }

    void leave() {
        depth--;
    }

    /** Makes sure that a short record does not become something without end. */
    void checkMade(Scratch made) throws BadRecordException {
        if (made.length() > most) {
            throw bad("what is made of it is longer than " + most + " bytes");
        }
    }

    /** Runs a step inside of the message that follows, and moves behind it. */
    void within(ProtobufStep step, FieldValues values) throws BadRecordException, InterruptedException {
        int end = readLength() + position;
        int outer = limit;
        limit = end;
        step.run(this, values);
        limit = outer;
        position = end;
    }

    /** Runs a step inside of a message that may have come in parts, of which one note each is there. */
    void within(int first, ProtobufStep step, FieldValues values) throws BadRecordException, InterruptedException {
        position = notes.place(first);
        if (notes.next(first) == ProtobufNotes.NONE) {
            within(step, values);
        } else {
            withinParts(first, step, values);
        }
    }

    /** One after the other, the parts of a message are the message. */
    private void withinParts(int first, ProtobufStep step, FieldValues values)
            throws BadRecordException, InterruptedException {
        byte[] outerBytes = bytes;
        int outerLimit = limit;
        int outerPlace = place;
        int from = joined.length();
        for (int note = first; note != ProtobufNotes.NONE; note = notes.next(note)) {
            position = notes.place(note);
            int length = readLength();
            joined.add(bytes, position, position + length);
            // Each level of nesting may have parts, all of which hold what is within.
            checkMade(joined);
        }
        place = inRecord() ? notes.place(first) - start : place;
        bytes = joined.bytes();
        position = from;
        limit = joined.length();
        step.run(this, values);
        bytes = outerBytes;
        limit = outerLimit;
        place = outerPlace;
        joined.cut(from);
    }

    /** Runs a step for each value of a repeated field; those that are packed have the complements of their places noted. */
    void each(int first, ProtobufStep step, FieldValues values) throws BadRecordException, InterruptedException {
        for (int note = first; note != ProtobufNotes.NONE; note = notes.next(note)) {
            int noted = notes.place(note);
            if (noted >= 0) {
                position = noted;
                step.run(this, values);
                continue;
            }
            position = ~noted;
            int end = readLength() + position;
            int outer = limit;
            limit = end;
            while (position < end) {
                step.run(this, values);
            }
            limit = outer;
        }
    }

    /** The number of the field that follows, and how its value is written. */
    int readTag() throws BadRecordException {
        int at = position;
        long tag = readVarint();
        if (tag >>> Integer.SIZE != 0 || tag >>> WIRE_BITS == 0) {
            position = at;
            throw bad("the number of a field must follow");
        }
        return (int) tag;
    }

    static int number(int tag) {
        return tag >>> WIRE_BITS;
    }

    static int wire(int tag) {
        return tag & WIRE_MASK;
    }

    long readVarint() throws BadRecordException {
        int at = position;
        if (at < limit && bytes[at] >= 0) {
            position = at + 1;
            return bytes[at];
        }
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (at == limit) {
                throw tooEarly();
            }
            byte next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                position = at;
                return value;
            }
        }
        throw bad("a number of 64 bits must follow");
    }

    /** How many bytes follow, all of which are there. */
    int readLength() throws BadRecordException {
        int at = position;
        long length = readVarint();
        if (length < 0 || length > limit - position) {
            position = at;
            throw tooEarly();
        }
        return (int) length;
    }

    int readFixed32() throws BadRecordException {
        require(Integer.BYTES);
        return littleEndian();
    }

    long readFixed64() throws BadRecordException {
        require(Long.BYTES);
        long low = littleEndian() & 0xFFFFFFFFL;
        return (long) littleEndian() << Integer.SIZE | low;
    }

    private int littleEndian() {
        int value = (bytes[position] & 0xFF)
                | (bytes[position + 1] & 0xFF) << 8
                | (bytes[position + 2] & 0xFF) << 16
                | bytes[position + 3] << 24;
        position += Integer.BYTES;
        return value;
    }

    /** Passes the value of a tag. */
    void skip(int tag) throws BadRecordException {
        switch (wire(tag)) {
            case VARINT -> readVarint();
            case FIXED64 -> skipBytes(Long.BYTES);
            case LENGTH -> skipBytes(readLength());
            case GROUP -> skipGroup(number(tag));
            case FIXED32 -> skipBytes(Integer.BYTES);
            default -> throw bad("before it is no field");
        }
    }

    private void skipGroup(int number) throws BadRecordException {
        enter();
        int tag = readTag();
        while (wire(tag) != END_GROUP) {
            skip(tag);
            tag = readTag();
        }
        if (number(tag) != number) {
            throw bad("before it another group ends than began");
        }
        leave();
    }

    void skipBytes(int count) throws BadRecordException {
        require(count);
        position += count;
    }

    private void require(int count) throws BadRecordException {
        if (limit - position < count) {
            throw tooEarly();
        }
    }

    private BadRecordException tooEarly() {
        return bad("it ends too early");
    }

    BadRecordException bad(String reason) {
        int at = inRecord() ? position - start : place;
        return new BadRecordException("no Protobuf of its message at byte " + at + ": " + reason);
    }

    /** Makes sure that the bytes are text. */
    void checkText(int from, int to) throws BadRecordException {
        if (inRecord()) {
            Utf8.check(bytes, from, to, start);
        } else {
            // Where it is in the record is not known.
            Utf8.check(bytes, from, to, from - place);
        }
    }
}
