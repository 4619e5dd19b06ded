package io.mppconnect.type;

import io.mppconnect.spi.RowWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** Numbers on their way into {@code numeric(precision, scale)}. The database rounds surplus fraction digits itself. */
record Decimals(ColumnType type) {

    /** How many digits an unconstrained numeric may have before and after the point. */
    private static final int MOST_WHOLE_DIGITS = 131_072;

    private static final int MOST_FRACTION_DIGITS = 16_383;

    void write(RowWriter row, BigDecimal value) throws InterruptedException {
        check(value);
        row.writeDecimal(value);
    }

    void write(RowWriter row, long value) throws InterruptedException {
        if (constrained()) {
            check(BigDecimal.valueOf(value));
        }
        row.writeLong(value);
    }

    void write(RowWriter row, double value) throws InterruptedException {
        if (Double.isNaN(value)) {
            row.writeText("NaN");
        } else {
            write(row, BigDecimal.valueOf(finite(value)));
        }
    }

    void write(RowWriter row, float value) throws InterruptedException {
        if (Float.isNaN(value)) {
            row.writeText("NaN");
        } else {
            write(row, new BigDecimal(Float.toString((float) finite(value))));
        }
    }

    /** Any other number, by the digits it prints. */
    void write(RowWriter row, Number value) throws InterruptedException {
        BigDecimal decimal;
        try {
            decimal = new BigDecimal(value.toString());
        } catch (NumberFormatException e) {
            throw new InvalidValueException(
                    "a " + value.getClass().getName() + " does not print plain digits; give BigDecimal", e);
        }
        write(row, decimal);
    }

    void write(RowWriter row, BigInteger value) throws InterruptedException {
        write(row, new BigDecimal(value));
    }

    private double finite(double value) {
        if (Double.isInfinite(value)) {
            throw new InvalidValueException("the value is infinite, which " + type + " cannot hold");
        }
        return value;
    }

    private boolean constrained() {
        return type.precision() >= 0 && type.scale() >= 0;
    }

    private void check(BigDecimal value) {
        if (value.signum() == 0 && value.scale() <= MOST_FRACTION_DIGITS) {
            return;
        }
        long limit = constrained() ? type.precision() - type.scale() : MOST_WHOLE_DIGITS;
        long digits = wholeDigits(value);
        if (constrained() && digits == limit && value.scale() > type.scale()) {
            digits = wholeDigits(value.setScale(type.scale(), RoundingMode.HALF_UP));
        }
        if (digits > limit) {
            throw new InvalidValueException(
                    "the value does not fit " + type + " (at most " + limit + " digits before the point)");
        }
        if (value.scale() > MOST_FRACTION_DIGITS) {
            throw new InvalidValueException("the value does not fit " + type + " (at most " + MOST_FRACTION_DIGITS
                    + " digits after the point)");
        }
    }

    /** How many digits stand before the point; zero or less for a fraction. */
    private static long wholeDigits(BigDecimal value) {
        return (long) value.precision() - value.scale();
    }
}
