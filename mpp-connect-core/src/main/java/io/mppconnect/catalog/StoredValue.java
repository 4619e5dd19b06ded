package io.mppconnect.catalog;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A value as the database keeps it, as far as its two hashes look at it. */
sealed interface StoredValue {

    /** What the type's default hash operator class makes of the value. */
    int modernHash();

    /**
     * What the type's cdbhash operator class makes of the value.
     *
     * @param hash that of the columns before
     */
    int legacyHash(int hash);

    /**
     * An integer, or what is kept as one.
     *
     * @param width the bytes that the legacy hash takes
     */
    record Whole(long value, int width) implements StoredValue {
        @Override
        public int modernHash() {
            return JenkinsHash.ofLong(value);
        }

        @Override
        public int legacyHash(int hash) {
            return LegacyHash.addInteger(hash, value, width);
        }
    }

    /** A float8, or a float4 that is hashed as the float8 of the same value. */
    record Real(double value, boolean single) implements StoredValue {
        @Override
        public int modernHash() {
            if (value == 0) {
                return 0;
            }
            long bits = Double.doubleToLongBits(value);
            byte[] bytes = new byte[Double.BYTES];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) (bits >>> (8 * i));
            }
            return JenkinsHash.ofBytes(bytes);
        }

        /** Zero has two forms, and one hash. */
        @Override
        public int legacyHash(int hash) {
            double positive = value == 0 ? 0 : value;
            return single
                    ? LegacyHash.addInteger(hash, Float.floatToIntBits((float) positive), Float.BYTES)
                    : LegacyHash.addInteger(hash, Double.doubleToLongBits(positive), Double.BYTES);
        }
    }

    /**
     * A numeric.
     *
     * @param digits base 10000, two bytes each, the most significant digit first, no zero at either end
     * @param weight how many digits before the point, less one
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Numeric(byte[] digits, int weight) implements StoredValue {

        private static final int DIGIT_WIDTH = 4;

        static Numeric of(BigDecimal value) {
            BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
            int fractions = (plain.scale() + DIGIT_WIDTH - 1) / DIGIT_WIDTH;
            String text = plain.setScale(fractions * DIGIT_WIDTH)
                    .unscaledValue()
                    .abs()
                    .toString();
            text = "0".repeat((DIGIT_WIDTH - text.length() % DIGIT_WIDTH) % DIGIT_WIDTH) + text;
            int count = text.length() / DIGIT_WIDTH;
            byte[] digits = new byte[2 * count];
            int used = 0;
            for (int i = 0; i < count; i++) {
                int digit = Integer.parseInt(text.substring(i * DIGIT_WIDTH, (i + 1) * DIGIT_WIDTH));
                digits[2 * i] = (byte) digit;
                digits[2 * i + 1] = (byte) (digit >>> 8);
                if (digit != 0) {
                    used = i + 1;
                }
            }
            return new Numeric(Arrays.copyOf(digits, 2 * used), count - 1 - fractions);
        }

        @Override
        public int modernHash() {
            return digits.length == 0 ? -1 : JenkinsHash.ofBytes(digits) ^ weight;
        }

        @Override
        public int legacyHash(int hash) {
            return LegacyHash.addBytes(hash, digits, digits.length);
        }
    }

    /** The numeric that is not a number. */
    record NotANumber() implements StoredValue {
        @Override
        public int modernHash() {
            return 0;
        }

        @Override
        public int legacyHash(int hash) {
            return LegacyHash.addNotANumber(hash);
        }
    }

    /** Bytes that all count. */
    @SuppressWarnings("ArrayRecordComponent")
    record Octets(byte[] bytes) implements StoredValue {
        @Override
        public int modernHash() {
            return JenkinsHash.ofBytes(bytes);
        }

        @Override
        public int legacyHash(int hash) {
            return LegacyHash.addBytes(hash, bytes, bytes.length);
        }
    }

    /**
     * Text in the encoding of the database.
     *
     * @param padded whether blanks at the end do not count, as in {@code char(n)}
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Text(byte[] bytes, boolean padded) implements StoredValue {
        @Override
        public int modernHash() {
            return JenkinsHash.ofBytes(padded ? Arrays.copyOf(bytes, lengthWithoutBlanks(0)) : bytes);
        }

        /** The legacy hash never counts blanks at the end, but for the first character. */
        @Override
        public int legacyHash(int hash) {
            return LegacyHash.addBytes(hash, bytes, lengthWithoutBlanks(1));
        }

        private int lengthWithoutBlanks(int least) {
            int length = bytes.length;
            while (length > least && bytes[length - 1] == ' ') {
                length--;
            }
            return length;
        }
    }

    /**
     * A time of day with its zone.
     *
     * @param zone seconds west of Greenwich
     */
    record ZonedTime(long micros, int zone) implements StoredValue {
        @Override
        public int modernHash() {
            return JenkinsHash.ofLong(micros) ^ JenkinsHash.ofInt(zone);
        }

        @Override
        public int legacyHash(int hash) {
            return LegacyHash.addInteger(LegacyHash.addInteger(hash, micros, Long.BYTES), zone, Integer.BYTES);
        }
    }

    /** An interval, whose three parts do not convert into each other until they are compared. */
    record Span(int months, int days, long micros) implements StoredValue {

        private static final long MICROS_PER_DAY = 86_400_000_000L;
        private static final int DAYS_PER_MONTH = 30;

        @Override
        public int modernHash() {
            return JenkinsHash.ofLong((months * (long) DAYS_PER_MONTH + days) * MICROS_PER_DAY + micros);
        }

        /** It stops before the months. */
        @Override
        public int legacyHash(int hash) {
            return LegacyHash.addInteger(LegacyHash.addInteger(hash, micros, Long.BYTES), days, Integer.BYTES);
        }
    }

    /** An array, the elements of its inner ones in a row. */
    record Items(List<@Nullable StoredValue> elements) implements StoredValue {
        @Override
        public int modernHash() {
            int hash = 1;
            for (@Nullable StoredValue element : elements) {
                hash = 31 * hash + (element == null ? 0 : element.modernHash());
            }
            return hash;
        }

        /** {@link KeyColumn} refuses the operator class: it hashes bytes that equal arrays need not share. */
        @Override
        public int legacyHash(int hash) {
            throw new IllegalStateException("arrays have no legacy hash");
        }
    }
}
