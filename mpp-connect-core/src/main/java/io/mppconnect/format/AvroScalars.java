package io.mppconnect.format;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.apache.avro.LogicalType;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Resolver.EnumAdjust;
import org.apache.avro.Schema;

/** Makes the steps that keep a value as a field: one that is no record, array, map or union. */
final class AvroScalars {

    private static final long MICROS = 1000;
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final int MOST_SCALE = 38;
    private static final int UUID_BYTES = 16;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private AvroScalars() {}

    /** Keeps a value that was written by one schema as what another says. */
    static AvroStep of(Schema writer, Schema reader, int field) {
        LogicalType logical = reader.getLogicalType();
        return switch (writer.getType()) {
            case BOOLEAN -> (in, values) -> values.setBoolean(field, in.readBoolean());
            case INT, LONG -> number(logical == null ? "" : logical.getName(), field);
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
            int made = values.scratch.length();
            values.scratch.add(symbol, 0, symbol.length);
            values.setMade(field, made);
        };
    }

    private static AvroStep number(String logical, int field) {
        return switch (logical) {
            case "date" -> (in, values) -> values.setDate(field, in.readLong());
            case "time-millis" -> (in, values) -> time(in, scaled(in, MICROS), values, field);
            case "time-micros" -> (in, values) -> time(in, in.readLong(), values, field);
            case "timestamp-millis" -> (in, values) -> values.setInstant(field, scaled(in, MICROS));
            case "timestamp-micros" -> (in, values) -> values.setInstant(field, in.readLong());
            case "timestamp-nanos" -> (in, values) -> values.setInstant(field, Math.floorDiv(in.readLong(), MICROS));
            case "local-timestamp-millis" -> (in, values) -> values.setTimestamp(field, scaled(in, MICROS));
            case "local-timestamp-micros" -> (in, values) -> values.setTimestamp(field, in.readLong());
            case "local-timestamp-nanos" ->
                (in, values) -> values.setTimestamp(field, Math.floorDiv(in.readLong(), MICROS));
            default -> (in, values) -> values.setLong(field, in.readLong());
        };
    }

    private static long scaled(AvroInput in, long factor) throws BadRecordException {
        long value = in.readLong();
        long scaled = value * factor;
        if (scaled / factor != value) {
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
        if (in.constant) {
            int made = values.scratch.length();
            values.scratch.add(in.bytes, from, in.position);
            values.setMade(field, made);
        } else {
            values.setText(field, from, in.position);
        }
    }

    private static void bytes(AvroInput in, int length, FieldValues values, int field) throws BadRecordException {
        int from = in.position;
        in.skip(length);
        if (in.constant) {
            int made = values.scratch.length();
            values.scratch.add(in.bytes, from, in.position);
            values.setMadeBytes(field, made);
        } else {
            values.setBytes(field, from, in.position);
        }
    }

    private static AvroStep fixed(LogicalType logical, int size, int field) {
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

    /** Its bytes hold those of the digits and then the scale. */
    private static void bigDecimal(AvroInput in, FieldValues values, int field) throws BadRecordException {
        int end = in.readLength() + in.position;
        int length = in.readLength();
        BigInteger unscaled = length == 0 ? BigInteger.ZERO : new BigInteger(in.bytes, in.position, length);
        in.position += length;
        long scale = in.readLong();
        if (in.position != end || Math.abs(scale) > Short.MAX_VALUE) {
            throw in.bad("before it is no decimal");
        }
        values.setDecimal(field, new BigDecimal(unscaled, (int) scale));
    }

    private static void uuid(AvroInput in, FieldValues values, int field) throws BadRecordException {
        in.require(UUID_BYTES);
        int made = values.scratch.length();
        for (int i = 0; i < UUID_BYTES; i++) {
            if (i == 4 || i == 6 || i == 8 || i == 10) {
                values.scratch.add('-');
            }
            byte value = in.bytes[in.position++];
            values.scratch.add(HEX[value >> 4 & 0xF]);
            values.scratch.add(HEX[value & 0xF]);
        }
        values.setMade(field, made);
    }

    private static void duration(AvroInput in, FieldValues values, int field) throws BadRecordException {
        int made = values.scratch.length();
        values.scratch.addAscii(in.readUnsigned() + " mons " + in.readUnsigned() + " days "
                + BigDecimal.valueOf(in.readUnsigned(), 3) + " secs");
        values.setMade(field, made);
    }
}
