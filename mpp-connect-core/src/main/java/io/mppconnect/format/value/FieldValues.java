package io.mppconnect.format.value;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.spi.RowWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the fields of the record hold that was decoded last, in memory that is used again for the next one. */
public final class FieldValues {

    // What a field holds, as bytes: a collector of generations takes note of every reference set in an old array.
    private static final byte NULL = 0;
    /** Text in the record. */
    private static final byte TEXT = 1;
    /** Text in the scratch. */
    private static final byte MADE = 2;
    /** Bytes in the record. */
    private static final byte BYTES = 3;
    /** Bytes in the scratch. */
    private static final byte MADE_BYTES = 4;

    private static final byte BOOLEAN = 5;
    private static final byte LONG = 6;
    private static final byte FLOAT = 7;
    private static final byte DOUBLE = 8;
    private static final byte DECIMAL = 9;
    private static final byte BIG_DECIMAL = 10;
    private static final byte DATE = 11;
    private static final byte TIME = 12;
    private static final byte TIMESTAMP = 13;
    private static final byte INSTANT = 14;

    private static final byte[] NO_RECORD = {};

    private final Scratch scratch = new Scratch();
    private final byte[] kinds;
    private final long[] numbers;
    private final int[] from;
    private final int[] to;
    private final @Nullable BigDecimal[] decimals;
    private byte[] record = NO_RECORD;

    public FieldValues(int fields) {
        kinds = new byte[fields];
        numbers = new long[fields];
        from = new int[fields];
        to = new int[fields];
        decimals = new BigDecimal[fields];
    }

    /** What is made of a record's bytes. */
    public Scratch scratch() {
        return scratch;
    }

    /** Starts over with another record, with all fields NULL. */
    public void reset(byte[] bytes) {
        record = bytes;
        scratch.clear();
        Arrays.fill(kinds, NULL);
    }

    /** Starts over with a record that is not there. */
    void clear() {
        reset(NO_RECORD);
    }

    public boolean isNull(int field) {
        return kinds[field] == NULL;
    }

    public void setNull(int field) {
        kinds[field] = NULL;
    }

    /** Text that stands in the record. */
    public void setText(int field, int start, int end) {
        set(field, TEXT, start, end);
    }

    /** Text that was added to the scratch from there on. */
    public void setMade(int field, int start) {
        set(field, MADE, start, scratch.length());
    }

    /** Text that stands elsewhere, of which the scratch gets a copy. */
    public void copyText(int field, byte[] bytes, int start, int end) throws BadRecordException {
        int made = scratch.length();
        scratch.add(bytes, start, end);
        setMade(field, made);
    }

    /** Bytes that stand in the record. */
    public void setBytes(int field, int start, int end) {
        set(field, BYTES, start, end);
    }

    /** Bytes that stand elsewhere, of which the scratch gets a copy. */
    public void copyBytes(int field, byte[] bytes, int start, int end) throws BadRecordException {
        int made = scratch.length();
        scratch.add(bytes, start, end);
        set(field, MADE_BYTES, made, scratch.length());
    }

    public void setBoolean(int field, boolean value) {
        set(field, BOOLEAN, value ? 1 : 0);
    }

    public void setLong(int field, long value) {
        set(field, LONG, value);
    }

    public void setFloat(int field, float value) {
        set(field, FLOAT, Float.floatToRawIntBits(value));
    }

    public void setDouble(int field, double value) {
        set(field, DOUBLE, Double.doubleToRawLongBits(value));
    }

    /**
     * A decimal whose digits fit a long.
     *
     * @param scale from 0 to 38
     */
    public void setDecimal(int field, long unscaled, int scale) {
        set(field, DECIMAL, unscaled);
        from[field] = scale;
    }

    public void setDecimal(int field, BigDecimal value) {
        kinds[field] = BIG_DECIMAL;
        decimals[field] = value;
    }

    public void setDate(int field, long epochDay) {
        set(field, DATE, epochDay);
    }

    public void setTime(int field, long micros) {
        set(field, TIME, micros);
    }

    public void setTimestamp(int field, long epochMicros) {
        set(field, TIMESTAMP, epochMicros);
    }

    public void setInstant(int field, long epochMicros) {
        set(field, INSTANT, epochMicros);
    }

    private void set(int field, byte kind, long number) {
        kinds[field] = kind;
        numbers[field] = number;
    }

    private void set(int field, byte kind, int start, int end) {
        kinds[field] = kind;
        from[field] = start;
        to[field] = end;
    }

    /** Whether the field holds text. */
    public boolean isText(int field) {
        return kinds[field] == TEXT || kinds[field] == MADE;
    }

    /** Where the field's text is. */
    public byte[] textBytes(int field) {
        return kinds[field] == TEXT ? record : scratch.bytes();
    }

    public int textFrom(int field) {
        return from[field];
    }

    public int textTo(int field) {
        return to[field];
    }

    /** Whether the field holds a number that JSON can tell. */
    boolean isNumber(int field) {
        return switch (kinds[field]) {
            case LONG, DECIMAL, BIG_DECIMAL -> true;
            case FLOAT -> Float.isFinite(Float.intBitsToFloat((int) numbers[field]));
            case DOUBLE -> Double.isFinite(Double.longBitsToDouble(numbers[field]));
            default -> false;
        };
    }

    /** The field's truth value, where it is one; else absent. */
    @Nullable
    Boolean truth(int field) {
        return kinds[field] == BOOLEAN ? (Boolean) (numbers[field] != 0) : null;
    }

    /** Writes all fields in their order. */
    void write(RowWriter rows) throws InterruptedException {
        for (int field = 0; field < kinds.length; field++) {
            write(field, rows);
        }
    }

    /** Writes one field. */
    public void write(int field, RowWriter rows) throws InterruptedException {
        switch (kinds[field]) {
            case NULL -> rows.writeNull();
            case TEXT -> rows.writeUtf8(record, from[field], to[field]);
            case MADE -> rows.writeUtf8(scratch.bytes(), from[field], to[field]);
            case BYTES -> rows.writeBytes(record, from[field], to[field]);
            case MADE_BYTES -> rows.writeBytes(scratch.bytes(), from[field], to[field]);
            case BOOLEAN -> rows.writeBoolean(numbers[field] != 0);
            case LONG -> rows.writeLong(numbers[field]);
            case FLOAT -> rows.writeFloat(Float.intBitsToFloat((int) numbers[field]));
            case DOUBLE -> rows.writeDouble(Double.longBitsToDouble(numbers[field]));
            case DECIMAL -> rows.writeDecimal(numbers[field], from[field]);
            case BIG_DECIMAL -> writeDecimal(decimals[field], rows);
            case DATE -> rows.writeDate(numbers[field]);
            case TIME -> rows.writeTime(numbers[field]);
            case TIMESTAMP -> rows.writeTimestamp(numbers[field]);
            case INSTANT -> rows.writeInstant(numbers[field]);
            default -> throw new IllegalStateException("a field of kind " + kinds[field]);
        }
    }

    private static void writeDecimal(@Nullable BigDecimal value, RowWriter rows) throws InterruptedException {
        if (value == null) {
            rows.writeNull();
        } else {
            rows.writeDecimal(value);
        }
    }
}
