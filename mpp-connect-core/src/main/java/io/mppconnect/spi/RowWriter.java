package io.mppconnect.spi;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * Writes rows column by column, straight into the bytes that segments read. One call writes the next column's value;
 * {@link #endRow} ends the row. Nothing is allocated per row or per value, so sources call the primitive methods where
 * they can. Used by one thread.
 *
 * <p>Values are written in the form that the database reads whatever its version: {@code t}/{@code f}, plain digits,
 * ISO dates, {@code \x} and hex digits.
 */
public interface RowWriter {

    /** The next field is NULL. */
    void writeNull() throws InterruptedException;

    /** The next field is a boolean. */
    void writeBoolean(boolean value) throws InterruptedException;

    /** The next field is a whole number. */
    void writeInt(int value) throws InterruptedException;

    /** The next field is a whole number. */
    void writeLong(long value) throws InterruptedException;

    /** The shortest digits that give back the same float. */
    void writeFloat(float value) throws InterruptedException;

    /** The shortest digits that give back the same double. */
    void writeDouble(double value) throws InterruptedException;

    /** The next field is a number with all its digits. */
    void writeDecimal(BigDecimal value) throws InterruptedException;

    /** The decimal {@code unscaled} x 10<sup>-{@code scale}</sup>, {@code scale} from 0 to 38. */
    void writeDecimal(long unscaled, int scale) throws InterruptedException;

    /**
     * Text, or any value in the text form of its type.
     *
     * @throws io.mppconnect.MppConnectException on a NUL character or an unpaired surrogate, which the database cannot
     *     hold
     */
    void writeText(CharSequence value) throws InterruptedException;

    /** Text as UTF-8 bytes, which the writer takes at their word but for NUL. */
    void writeUtf8(byte[] bytes, int from, int to) throws InterruptedException;

    /** A {@code bytea} value. */
    void writeBytes(byte[] bytes, int from, int to) throws InterruptedException;

    /** Days since 1970-01-01 in the proleptic Gregorian calendar, also before year 1. */
    void writeDate(long epochDay) throws InterruptedException;

    /** Microseconds since midnight, 0 to 86,400,000,000 ({@code 24:00:00}). */
    void writeTime(long micros) throws InterruptedException;

    /** A timestamp without time zone, as microseconds since 1970-01-01T00:00:00. */
    void writeTimestamp(long epochMicros) throws InterruptedException;

    /** An instant, for a {@code timestamptz} column, as microseconds since 1970-01-01T00:00:00Z. */
    void writeInstant(long epochMicros) throws InterruptedException;

    /** The next field is a UUID. */
    void writeUuid(UUID value) throws InterruptedException;

    /**
     * Sets the row aside that is started, or could not be: it keeps its number among the rows, and no segment sees it.
     *
     * @param reason what is wrong with it, without its values
     * @param raw holds what the row was made of, of which the first 64 kB are kept
     * @throws io.mppconnect.MppConnectException when the transfer sets no rows aside, or no more
     */
    void failRow(String reason, byte[] raw, int from, int to) throws InterruptedException;

    /** Like the other, because of what writing the row threw; throws that when the transfer sets no rows aside. */
    void failRow(RuntimeException cause, byte[] raw, int from, int to) throws InterruptedException;

    /** Takes the started row back, as if nothing of it had been written; nothing happens when there is none. */
    void abandonRow();

    /** Ends the row; the number of values written must be that of the scan's fields. */
    void endRow() throws InterruptedException;
}
