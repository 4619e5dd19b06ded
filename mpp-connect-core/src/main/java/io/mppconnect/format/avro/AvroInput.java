package io.mppconnect.format.avro;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.Utf8;

/** Moves through a value in Avro's binary encoding; nothing is read beyond its end. */
final class AvroInput {

    /** Where the only bit belongs that the last byte of a number may have. */
    private static final int LAST_SHIFT = 63;

    private static final int DEEPEST = 200;

    /** As many elements a record may have, be it ever so short. */
    private static final int FREE_ELEMENTS = 1000;

    byte[] bytes = {};
    int position;

    /** How many elements the arrays and maps had so far; goes back together with the position. */
    long elements;

    /** Whether the value is a default of the schema, and no part of the record. */
    final boolean constant;

    private int start;
    private int limit;
    private int depth;

    private AvroInput(boolean constant) {
        this.constant = constant;
    }

    /** One for record after record. */
    static AvroInput ofRecords() {
        return new AvroInput(false);
    }

    static AvroInput ofConstant(byte[] value) {
        AvroInput in = new AvroInput(true);
        in.reset(value, 0, 0, value.length);
        return in;
    }

    /** @param record where the record begins, of which the value may be the end only */
    void reset(byte[] source, int record, int from, int to) {
        bytes = source;
        start = record;
        position = from;
        limit = to;
        elements = 0;
        depth = 0;
    }

    void enter() throws BadRecordException {
        if (++depth > DEEPEST) {
            throw bad("it nests deeper than " + DEEPEST + " levels");
        }
    }

    void leave() {
        depth--;
    }

    void end() throws BadRecordException {
        if (position < limit) {
            throw bad("the record has ended");
        }
    }

    boolean readBoolean() throws BadRecordException {
        require(1);
        byte value = bytes[position];
        if (value != 0 && value != 1) {
            throw bad("a truth value must follow");
        }
        position++;
        return value == 1;
    }

    long readLong() throws BadRecordException {
        int at = position;
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            if (at == limit) {
                throw tooEarly();
            }
            byte next = bytes[at++];
            if (shift == LAST_SHIFT && (next & 0xFF) > 1) {
                break;
            }
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                position = at;
                return value >>> 1 ^ -(value & 1);
            }
        }
        throw bad("a number of 64 bits must follow");
    }

    /** @param narrow whether it must have 32 bits, as the writer's schema says */
    long readNumber(boolean narrow) throws BadRecordException {
        int at = position;
        long value = readLong();
        if (narrow && value != (int) value) {
            position = at;
            throw bad("a number of 32 bits must follow");
        }
        return value;
    }

    /** How many bytes follow, all of which are there. */
    int readLength() throws BadRecordException {
        int at = position;
        long length = readLong();
        if (length < 0 || length > limit - position) {
            position = at;
            throw length < 0 ? bad("a length must not be negative") : tooEarly();
        }
        return (int) length;
    }

    /** Which of so many there are. */
    int readIndex(int count) throws BadRecordException {
        int at = position;
        long index = readLong();
        if (index < 0 || index >= count) {
            position = at;
            throw bad("a number from 0 to " + (count - 1) + " must follow");
        }
        return (int) index;
    }

    /** How many elements the next block of an array or a map has; 0 at the end. */
    long readBlock() throws BadRecordException {
        int at = position;
        long count = readLong();
        if (count < 0) {
            count = -count;
            readLength();
        }
        // Elements without any bytes would otherwise keep us busy for ever.
        if (count < 0 || count > Math.max(FREE_ELEMENTS, limit - start) - elements) {
            position = at;
            throw bad("there are more elements than bytes");
        }
        elements += count;
        return count;
    }

    float readFloat() throws BadRecordException {
        require(Float.BYTES);
        return Float.intBitsToFloat(littleEndian());
    }

    double readDouble() throws BadRecordException {
        require(Double.BYTES);
        long low = littleEndian() & 0xFFFFFFFFL;
        return Double.longBitsToDouble((long) littleEndian() << Integer.SIZE | low);
    }

    private int littleEndian() {
        int value = (bytes[position] & 0xFF)
                | (bytes[position + 1] & 0xFF) << 8
                | (bytes[position + 2] & 0xFF) << 16
                | bytes[position + 3] << 24;
        position += Integer.BYTES;
        return value;
    }

    /** An unsigned number of four bytes. */
    long readUnsigned() throws BadRecordException {
        require(Integer.BYTES);
        return littleEndian() & 0xFFFFFFFFL;
    }

    void skip(int count) throws BadRecordException {
        require(count);
        position += count;
    }

    void require(int count) throws BadRecordException {
        if (limit - position < count) {
            throw tooEarly();
        }
    }

    BadRecordException tooEarly() {
        return bad("it ends too early");
    }

    BadRecordException bad(String reason) {
        return new BadRecordException("no Avro of its schema at byte " + (position - start) + ": " + reason);
    }

    /** Makes sure that the bytes are text. */
    void checkText(int from, int to) throws BadRecordException {
        Utf8.check(bytes, from, to, start);
    }
}
