package io.mppconnect.format.avro;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.json.JsonCheck;
import io.mppconnect.format.value.FieldValues;
import io.mppconnect.format.value.Scratch;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Resolver.EnumAdjust;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Makes the steps that keep a value as a field: one that is no record, array, map or union. */
final class AvroScalars {

    private static final long MICROS = 1000;
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int MILLIS_PER_SECOND = 1000;
    private static final int MILLI_DIGITS = 3;
    private static final int MOST_SCALE = 38;
    private static final int UUID_BYTES = 16;

    /** More digits than these make no column takes. */
    private static final int LONGEST_DECIMAL = 62_000;

    /** Days beyond are in no calendar: the rows' writer refuses them. */
    private static final long MOST_DAY = 365_000_000_000L;

    private AvroScalars() {}

    /** Keeps a value that was written by one schema as what another says. */
    static AvroStep of(Schema writer, Schema reader, int field) {
        LogicalType logical = logical(writer, reader);
        return switch (writer.getType()) {
            case BOOLEAN -> (in, values) -> values.setBoolean(field, in.readBoolean());
            case INT, LONG -> number(writer, reader, field);
            case FLOAT -> (in, values) -> values.setFloat(field, in.readFloat());
            case DOUBLE -> (in, values) -> values.setDouble(field, in.readDouble());
            case STRING, BYTES -> {
                if (logical instanceof LogicalTypes.Decimal decimal) {
                    yield (in, values) -> decimal(in, in.readLength(), decimal.getScale(), values, field);
                }
                if (logical instanceof LogicalTypes.BigDecimal) {
                    yield (in, values) -> bigDecimal(in, values, field);
                }
                yield reader.getType() == Schema.Type.STRING
                        ? (in, values) -> text(in, values, field)
                        : (in, values) -> bytes(in, in.readLength(), values, field);
            }
            case FIXED -> fixed(logical, writer.getFixedSize(), field);
            default -> (in, values) -> values.setNull(field);
        };
    }

    /** What the reader takes a value for, with the scale that it was written with. */
    private static @Nullable LogicalType logical(Schema writer, Schema reader) {
        // Aliases leave its properties of a schema only.
        LogicalType written = LogicalTypes.fromSchemaIgnoreInvalid(writer);
        return reader.getLogicalType() == null || written == null ? reader.getLogicalType() : written;
    }

    /** Keeps the symbol of an enum. */
    static AvroStep of(EnumAdjust symbols, int field) {
        byte[][] texts = new byte[symbols.adjustments.length][];
        for (int i = 0; i < texts.length; i++) {
            int adjusted = symbols.adjustments[i];
            texts[i] = adjusted < 0
                    ? new byte[0]
                    : symbols.reader.getEnumSymbols().get(adjusted).getBytes(StandardCharsets.UTF_8);
        }
        return (in, values) -> {
            byte[] symbol = texts[in.readIndex(texts.length)];
            if (symbol.length == 0) {
                throw in.bad("the reader's schema has no such symbol");
            }
            values.copyText(field, symbol, 0, symbol.length);
        };
    }

    /** Numbers of what the reader says, in the unit that the writer says, if it does. */
    private static AvroStep number(Schema writer, Schema reader, int field) {
        boolean narrow = writer.getType() == Schema.Type.INT;
        return switch (AvroLogical.of(writer, reader)) {
            case "date" -> (in, values) -> values.setDate(field, day(in, narrow));
            case "time-millis" -> (in, values) -> time(in, scaled(in, narrow), values, field);
            case "time-micros" -> (in, values) -> time(in, in.readNumber(narrow), values, field);
            case "time-nanos" -> (in, values) -> time(in, micros(in, narrow), values, field);
            case "timestamp-millis" -> (in, values) -> values.setInstant(field, scaled(in, narrow));
            case "timestamp-micros" -> (in, values) -> values.setInstant(field, in.readNumber(narrow));
            case "timestamp-nanos" -> (in, values) -> values.setInstant(field, micros(in, narrow));
            case "local-timestamp-millis" -> (in, values) -> values.setTimestamp(field, scaled(in, narrow));
            case "local-timestamp-micros" -> (in, values) -> values.setTimestamp(field, in.readNumber(narrow));
            case "local-timestamp-nanos" -> (in, values) -> values.setTimestamp(field, micros(in, narrow));
            default -> (in, values) -> values.setLong(field, in.readNumber(narrow));
        };
    }

    private static long day(AvroInput in, boolean narrow) throws BadRecordException {
        long day = in.readNumber(narrow);
        if (day < -MOST_DAY || day > MOST_DAY) {
            throw in.bad("before it is a day that no calendar has");
        }
        return day;
    }

    private static long micros(AvroInput in, boolean narrow) throws BadRecordException {
        return Math.floorDiv(in.readNumber(narrow), MICROS);
    }

    private static long scaled(AvroInput in, boolean narrow) throws BadRecordException {
        long value = in.readNumber(narrow);
        long scaled = value * MICROS;
        if (scaled / MICROS != value) {
            throw in.bad("before it is a time that no calendar has");
        }
        return scaled;
    }

    private static void time(AvroInput in, long micros, FieldValues values, int field) throws BadRecordException {
        if (micros < 0 || micros > MICROS_PER_DAY) {
            throw in.bad("before it is a time that no day has");
        }
        values.setTime(field, micros);
    }

    private static void text(AvroInput in, FieldValues values, int field) throws BadRecordException {
        int length = in.readLength();
        int from = in.position;
        in.checkText(from, from + length);
        in.position += length;
        keepText(in, from, values, field);
    }

    private static void keepText(AvroInput in, int from, FieldValues values, int field) throws BadRecordException {
        if (in.constant) {
            values.copyText(field, in.bytes, from, in.position);
        } else {
            values.setText(field, from, in.position);
        }
    }

    /** Keeps a text that is JSON itself. */
    static AvroStep json(boolean binary, int field) {
        JsonCheck check = new JsonCheck(binary);
        return (in, values) -> {
            int length = in.readLength();
            int from = in.position;
            in.checkText(from, from + length);
            in.position += length;
            keepText(in, check.start(in.bytes, from, in.position), values, field);
        };
    }

    private static void bytes(AvroInput in, int length, FieldValues values, int field) throws BadRecordException {
        int from = in.position;
        in.skip(length);
        if (in.constant) {
            values.copyBytes(field, in.bytes, from, in.position);
        } else {
            values.setBytes(field, from, in.position);
        }
    }

    private static AvroStep fixed(@Nullable LogicalType logical, int size, int field) {
        if (logical instanceof LogicalTypes.Decimal decimal) {
            return (in, values) -> decimal(in, size, decimal.getScale(), values, field);
        }
        String name = logical == null ? "" : logical.getName();
        if (name.equals("uuid") && size == UUID_BYTES) {
            return (in, values) -> uuid(in, values, field);
        }
        if (name.equals("duration")) {
            return (in, values) -> duration(in, values, field);
        }
        return (in, values) -> bytes(in, size, values, field);
    }

    private static void decimal(AvroInput in, int length, int scale, FieldValues values, int field)
            throws BadRecordException {
        checkDecimal(in, length);
        in.require(length);
        if (length > Long.BYTES || scale > MOST_SCALE) {
            BigInteger unscaled = length == 0 ? BigInteger.ZERO : new BigInteger(in.bytes, in.position, length);
            values.setDecimal(field, new BigDecimal(unscaled, scale));
        } else {
            long unscaled = length > 0 && in.bytes[in.position] < 0 ? -1 : 0;
            for (int i = 0; i < length; i++) {
                unscaled = unscaled << Byte.SIZE | (in.bytes[in.position + i] & 0xFF);
            }
            values.setDecimal(field, unscaled, scale);
        }
        in.position += length;
    }

    private static void checkDecimal(AvroInput in, int length) throws BadRecordException {
        if (length > LONGEST_DECIMAL) {
            throw in.bad("a decimal must not be longer than " + LONGEST_DECIMAL + " bytes");
        }
    }

    /** Its bytes hold those of the digits and then the scale. */
    private static void bigDecimal(AvroInput in, FieldValues values, int field) throws BadRecordException {
        int end = in.readLength() + in.position;
        int length = in.readLength();
        checkDecimal(in, length);
        BigInteger unscaled = length == 0 ? BigInteger.ZERO : new BigInteger(in.bytes, in.position, length);
        in.position += length;
        long scale = in.readLong();
        if (in.position != end || scale < -Short.MAX_VALUE || scale > Short.MAX_VALUE) {
            throw in.bad("before it is no decimal");
        }
        values.setDecimal(field, new BigDecimal(unscaled, (int) scale));
    }

    private static void uuid(AvroInput in, FieldValues values, int field) throws BadRecordException {
        in.require(UUID_BYTES);
        int made = values.scratch().length();
        for (int i = 0; i < UUID_BYTES; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                values.scratch().add('-');
            }
            values.scratch().addHex(in.bytes[in.position++]);
        }
        values.setMade(field, made);
    }

    private static void duration(AvroInput in, FieldValues values, int field) throws BadRecordException {
        Scratch scratch = values.scratch();
        int made = scratch.length();
        scratch.addDigits(in.readUnsigned(), 1);
        scratch.addAscii(" mons ");
        scratch.addDigits(in.readUnsigned(), 1);
        scratch.addAscii(" days ");
        long millis = in.readUnsigned();
        scratch.addDigits(millis / MILLIS_PER_SECOND, 1);
        scratch.add('.');
        scratch.addDigits(millis % MILLIS_PER_SECOND, MILLI_DIGITS);
        scratch.addAscii(" secs");
        values.setMade(field, made);
    }
}
