package io.mppconnect.format.avro;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.Scratch;

/** Adds what Avro's binary encoding is made of. */
final class AvroBytes {

    private AvroBytes() {}

    static void addLong(long value, Scratch record) throws BadRecordException {
        long rest = (value << 1) ^ (value >> (Long.SIZE - 1));
        while ((rest & ~0x7FL) != 0) {
            record.add((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        record.add((int) rest);
    }

    static void addFloat(float value, Scratch record) throws BadRecordException {
        addLittleEndian(Float.floatToIntBits(value), Float.BYTES, record);
    }

    static void addDouble(double value, Scratch record) throws BadRecordException {
        addLittleEndian(Double.doubleToLongBits(value), Double.BYTES, record);
    }

    private static void addLittleEndian(long bits, int bytes, Scratch record) throws BadRecordException {
        for (int i = 0; i < bytes; i++) {
            record.add((int) (bits >>> (Byte.SIZE * i)));
        }
    }

    /** Adds bytes behind their number. */
    static void addCounted(byte[] bytes, int from, int to, Scratch record) throws BadRecordException {
        addLong(to - from, record);
        record.add(bytes, from, to);
    }
}
