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

    /** Goes on to the next row; false when there is none. Fields are then those of this row; the first one is 0. */
    boolean next();

    /** How many fields a row has. */
    int columns();

    /** Whether the field is NULL; none of the others may be asked then. */
    boolean isNull(int column);

    /** A boolean. */
    boolean booleanAt(int column);

    /** A whole number that fits an int. */
    int intAt(int column);

    /** A whole number that fits a long. */
    long longAt(int column);

    /** A number, as the nearest float. */
    float floatAt(int column);

    /** A number, as the nearest double. */
    double doubleAt(int column);

    /** A number with all its digits. */
    BigDecimal decimalAt(int column);

    /** The text form of a value of any type. */
    String textAt(int column);

    /** Where the value's unescaped bytes lie in {@link #valueBytes()}; valid until the next call on this column or row. */
    int valueFrom(int column);

    /** Where the text of the field ends in {@link #valueBytes}, exclusive. */
    int valueTo(int column);

    /** The memory that holds the text of fields; it changes with the next row. */
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

    /** A UUID. */
    UUID uuidAt(int column);
}
