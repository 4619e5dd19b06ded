package io.mppconnect.format.value;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.spi.RowWriter;
import java.math.BigDecimal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the fields of the record hold that was decoded last, in memory that is used again for the next one. */
public final class FieldValues {

    private enum Kind {
        NULL,
        /** Text in the record. */
        TEXT,
        /** Text in the scratch. */
        MADE,
        /** Bytes in the record. */
        BYTES,
        /** Bytes in the scratch. */
        MADE_BYTES,
        BOOLEAN,
        LONG,
        FLOAT,
        DOUBLE,
        DECIMAL,
        BIG_DECIMAL,
        DATE,
        TIME,
        TIMESTAMP,
        INSTANT
    }

    private static final byte[] NO_RECORD = {};

    private final Scratch scratch = new Scratch();
    private final Kind[] kinds;
    private final long[] numbers;
    private final int[] from;
    private final int[] to;
    private final @Nullable BigDecimal[] decimals;
    private byte[] record = NO_RECORD;

    public FieldValues(int fields) {
        kinds = new Kind[fields];
        numbers = new long[fields];
        from = new int[fields];
        to = new int[fields];
        decimals = new BigDecimal[fields];
        Arrays.fill(kinds, Kind.NULL);
    }

    /** What is made of a record's bytes. */
    public Scratch scratch() {
        return scratch;
    }

    /** Starts over with another record, with all fields NULL. */
    public void reset(byte[] bytes) {
        record = bytes;
        scratch.clear();
        Arrays.fill(kinds, Kind.NULL);
    }

    /** Starts over with a record that is not there. */
    void clear() {
        reset(NO_RECORD);
    }

    public boolean isNull(int field) {
        return kinds[field] == Kind.NULL;
    }

    public void setNull(int field) {
        kinds[field] = Kind.NULL;
    }

    /** Text that stands in the record. */
    public void setText(int field, int start, int end) {
        set(field, Kind.TEXT, start, end);
    }

    /** Text that was added to the scratch from there on. */
    public void setMade(int field, int start) {
        set(field, Kind.MADE, start, scratch.length());
    }

    /** Text that stands elsewhere, of which the scratch gets a copy. */
    public void copyText(int field, byte[] bytes, int start, int end) throws BadRecordException {
        int made = scratch.length();
        scratch.add(bytes, start, end);
        setMade(field, made);
    }

    /** Bytes that stand in the record. */
    public void setBytes(int field, int start, int end) {
        set(field, Kind.BYTES, start, end);
    }

    /** Bytes that stand elsewhere, of which the scratch gets a copy. */
    public void copyBytes(int field, byte[] bytes, int start, int end) throws BadRecordException {
        int made = scratch.length();
        scratch.add(bytes, start, end);
        set(field, Kind.MADE_BYTES, made, scratch.length());
    }

    public void setBoolean(int field, boolean value) {
        set(field, Kind.BOOLEAN, value ? 1 : 0);
    }

    public void setLong(int field, long value) {
        set(field, Kind.LONG, value);
    }

    public void setFloat(int field, float value) {
        set(field, Kind.FLOAT, Float.floatToRawIntBits(value));
    }

    public void setDouble(int field, double value) {
        set(field, Kind.DOUBLE, Double.doubleToRawLongBits(value));
    }

    /**
     * A decimal whose digits fit a long.
     *
     * @param scale from 0 to 38
     */
    public void setDecimal(int field, long unscaled, int scale) {
        set(field, Kind.DECIMAL, unscaled);
        from[field] = scale;
    }

    public void setDecimal(int field, BigDecimal value) {
        kinds[field] = Kind.BIG_DECIMAL;
        decimals[field] = value;
    }

    public void setDate(int field, long epochDay) {
        set(field, Kind.DATE, epochDay);
    }

    public void setTime(int field, long micros) {
        set(field, Kind.TIME, micros);
    }

    public void setTimestamp(int field, long epochMicros) {
        set(field, Kind.TIMESTAMP, epochMicros);
    }

    public void setInstant(int field, long epochMicros) {
        set(field, Kind.INSTANT, epochMicros);
    }

    private void set(int field, Kind kind, long number) {
        kinds[field] = kind;
        numbers[field] = number;
    }

    private void set(int field, Kind kind, int start, int end) {
        kinds[field] = kind;
        from[field] = start;
        to[field] = end;
    }

    /** Whether the field holds text. */
    public boolean isText(int field) {
        return kinds[field] == Kind.TEXT || kinds[field] == Kind.MADE;
    }

    /** Where the field's text is. */
    public byte[] textBytes(int field) {
        return kinds[field] == Kind.TEXT ? record : scratch.bytes();
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
        return kinds[field] == Kind.BOOLEAN ? (Boolean) (numbers[field] != 0) : null;
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
