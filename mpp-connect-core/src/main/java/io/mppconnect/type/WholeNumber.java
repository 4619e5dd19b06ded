package io.mppconnect.type;

import io.mppconnect.spi.RowWriter;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** The integer types and what fits into them. */
enum WholeNumber {
    INT2(TypeKind.INT2, "int2", Short.MIN_VALUE, Short.MAX_VALUE),
    INT4(TypeKind.INT4, "int4", Integer.MIN_VALUE, Integer.MAX_VALUE),
    INT8(TypeKind.INT8, "int8", Long.MIN_VALUE, Long.MAX_VALUE),
    OID(TypeKind.OID, "oid", 0, 0xFFFF_FFFFL);

    private static final int LONG_BITS = 63;

    private final TypeKind kind;
    private final String sql;
    private final long least;
    private final long greatest;

    WholeNumber(TypeKind kind, String sql, long least, long greatest) {
        this.kind = kind;
        this.sql = sql;
        this.least = least;
        this.greatest = greatest;
    }

    static Optional<WholeNumber> of(TypeKind kind) {
        return Arrays.stream(values()).filter(number -> number.kind == kind).findFirst();
    }

    TypeKind kind() {
        return kind;
    }

    void write(RowWriter row, long value) throws InterruptedException {
        if (value < least || value > greatest) {
            throw doesNotFit();
        }
        row.writeLong(value);
    }

    void write(RowWriter row, BigInteger value) throws InterruptedException {
        if (value.bitLength() > LONG_BITS) {
            throw doesNotFit();
        }
        write(row, value.longValue());
    }

    private InvalidValueException doesNotFit() {
        return new InvalidValueException("the value does not fit " + sql + " (" + least + " to " + greatest + ")");
    }
}
