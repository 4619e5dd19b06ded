package io.mppconnect.spi;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * A cursor over received rows. {@link #next} moves to the next row, the accessors read its columns by position, from 0.
 * Primitive accessors allocate nothing. An accessor throws a {@link io.mppconnect.MppConnectException} that names the
 * column when its text is not of that form, or is NULL where a primitive is asked for. Used by one thread.
 */
public interface RowReader {

    /** Points the cursor before the first of some whole rows. */
    void reset(byte[] bytes, int from, int to);

    boolean next();

    int columns();

    boolean isNull(int column);

    boolean booleanAt(int column);

    int intAt(int column);

    long longAt(int column);

    float floatAt(int column);

    double doubleAt(int column);

    BigDecimal decimalAt(int column);

    /** The text form of a value of any type. */
    String textAt(int column);

    /** Where the value's unescaped bytes lie in {@link #valueBytes()}; valid until the next call on this column or row. */
    int valueFrom(int column);

    int valueTo(int column);

    byte[] valueBytes();

    /** A {@code bytea} value, in hex or escape form. */
    byte[] bytesAt(int column);

    /** Days since 1970-01-01, also before year 1. */
    long epochDayAt(int column);

    /** Microseconds since midnight. */
    long timeMicrosAt(int column);

    /** A timestamp without time zone, in microseconds since 1970-01-01T00:00:00. */
    long timestampMicrosAt(int column);

    /** A timestamptz, in microseconds since 1970-01-01T00:00:00Z, whatever offset it is written with. */
    long instantMicrosAt(int column);

    UUID uuidAt(int column);
}
