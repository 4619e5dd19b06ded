package io.mppconnect.format.avro;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.Scratch;
import io.mppconnect.format.value.TextStep;
import io.mppconnect.text.NumberParser;
import java.math.BigDecimal;
import java.math.BigInteger;

/** Makes decimals of the digits of numbers; those that fit a long without allocating anything. */
final class AvroDecimal implements TextStep {

    /** So many digits always fit a long. */
    private static final int LONG_DIGITS = 18;

    private final int precision;
    private final int scale;
    private final int size;
    private final NumberParser numbers = new NumberParser();

    /** @param size in bytes; -1 for any */
    AvroDecimal(int precision, int scale, int size) {
        this.precision = precision;
        this.scale = scale;
        this.size = size;
    }

    @Override
    public void add(byte[] text, int from, int to, Scratch record) throws BadRecordException {
        boolean negative = text[from] == '-';
        long digits = 0;
        int count = 0;
        int fraction = 0;
        boolean point = false;
        for (int at = negative ? from + 1 : from; at < to; at++) {
            int digit = text[at] - '0';
            if (text[at] == '.') {
                point = true;
            } else if (digit < 0 || digit > 9) {
                throw noNumber();
            } else {
                count += count > 0 || digit > 0 ? 1 : 0;
                fraction += point ? 1 : 0;
                if (count > LONG_DIGITS) {
                    addLong(text, from, to, record);
                    return;
                }
                digits = digits * 10 + digit;
            }
        }
        if (count - fraction + scale > LONG_DIGITS || fraction > scale) {
            addLong(text, from, to, record);
            return;
        }
        for (; fraction < scale; fraction++) {
            digits *= 10;
            count += digits > 0 ? 1 : 0;
        }
        checkPrecision(count);
        add(negative ? -digits : digits, record);
    }

    private static BadRecordException noNumber() {
        return new BadRecordException(
                "it is NaN or infinite, which no Avro decimal is; cast the column to text in the query");
    }

    private void checkPrecision(int count) throws BadRecordException {
        if (count > precision) {
            throw new BadRecordException("it has more than the " + precision + " digits of the schema's decimal");
        }
    }

    private void add(long unscaled, Scratch record) throws BadRecordException {
        int bits = Long.SIZE - Long.numberOfLeadingZeros(unscaled < 0 ? ~unscaled : unscaled) + 1;
        int length = start((bits + Byte.SIZE - 1) / Byte.SIZE, unscaled < 0, record);
        for (int i = length - 1; i >= 0; i--) {
            record.add((int) (unscaled >> (Byte.SIZE * i)));
        }
    }

    private void addLong(byte[] text, int from, int to, Scratch record) throws BadRecordException {
        if (!numbers.parseDecimal(text, from, to)) {
            throw noNumber();
        }
        BigDecimal decimal = numbers.decimal();
        if (decimal.scale() > scale) {
            decimal = decimal.stripTrailingZeros();
        }
        if (decimal.scale() > scale) {
            throw new BadRecordException(
                    "it has more than the " + scale + " digits after the point of the schema's decimal");
        }
        BigInteger unscaled = decimal.setScale(scale).unscaledValue();
        checkPrecision(unscaled.signum() == 0 ? 0 : new BigDecimal(unscaled).precision());
        byte[] bytes = unscaled.toByteArray();
        int length = start(bytes.length, unscaled.signum() < 0, record);
        record.add(bytes, bytes.length - length, bytes.length);
    }

    /** Adds what stands before the bytes of the digits, and returns how many of them there are. */
    private int start(int length, boolean negative, Scratch record) throws BadRecordException {
        if (size < 0) {
            AvroBytes.addLong(length, record);
            return length;
        }
        if (length > size) {
            throw new BadRecordException("it does not fit the " + size + " bytes of the schema's decimal");
        }
        for (int i = length; i < size; i++) {
            record.add(negative ? -1 : 0);
        }
        return length;
    }
}
