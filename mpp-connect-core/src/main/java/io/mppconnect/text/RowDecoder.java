package io.mppconnect.text;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.RowReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/**
 * Reads rows as the segments write them. A row's values are looked at when they are asked for, and only those; the bytes
 * handed in are not changed. Used by one thread.
 *
 * <p>Messages count rows from 1, over all bytes that one decoder was given.
 */
public final class RowDecoder implements RowReader {

    private final List<Column> columns;
    private final RowFields fields;
    private final NumberParser numbers = new NumberParser();
    private final TemporalParser temporals = new TemporalParser();
    private long row;

    private RowDecoder(RowFormat format, List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.fields = new RowFields(format, columns.size());
    }

    /**
     * A decoder for rows of the given columns.
     *
     * @throws MppConnectException when the format is not possible, or its encoding is not UTF8
     */
    public static RowDecoder of(RowFormat format, List<Column> columns) {
        RowEncoder.requireUtf8(format.validated());
        return new RowDecoder(format, columns);
    }

    @Override
    public void reset(byte[] bytes, int from, int to) {
        fields.reset(bytes, from, to);
    }

    /**
     * Moves to the next row; the last one needs no terminator.
     *
     * @throws MppConnectException when the row has another number of fields than there are columns, or a quote that is
     *     never closed
     */
    @Override
    public boolean next() {
        if (!fields.hasNext()) {
            return false;
        }
        row++;
        if (!fields.next()) {
            throw new MppConnectException(ErrorCode.BAD_DATA, "Cannot read row " + row + ": its quote is never closed");
        }
        if (fields.count() != Math.max(columns.size(), 1)) {
            throw new MppConnectException(
                    ErrorCode.BAD_DATA,
                    "Cannot read row " + row + ": it has " + RowEncoder.counted(fields.count(), "field")
                            + ", but there are "
                            + RowEncoder.counted(columns.size(), "column") + " ("
                            + String.join(
                                    ", ", columns.stream().map(Column::name).toList()) + ")");
        }
        return true;
    }

    @Override
    public int columns() {
        return columns.size();
    }

    @Override
    public boolean isNull(int column) {
        return fields.isNull(column);
    }

    @Override
    public boolean booleanAt(int column) {
        int start = start(column, "boolean");
        int stop = fields.stop(column);
        byte[] bytes = fields.values();
        if ((stop - start == 1 && bytes[start] == 't') || NumberParser.matches("true", bytes, start, stop)) {
            return true;
        }
        if ((stop - start == 1 && bytes[start] == 'f') || NumberParser.matches("false", bytes, start, stop)) {
            return false;
        }
        throw refused(column, "boolean", "its text is neither t nor f");
    }

    @Override
    public int intAt(int column) {
        long value = wholeAt(column, "int");
        if (value != (int) value) {
            throw refused(column, "int", "its number is beyond the range of int");
        }
        return (int) value;
    }

    @Override
    public long longAt(int column) {
        return wholeAt(column, "long");
    }

    @Override
    public float floatAt(int column) {
        int start = start(column, "float");
        if (!numbers.parseFloat(fields.values(), start, fields.stop(column))) {
            throw refused(column, "float", "its text is no number");
        }
        return numbers.single();
    }

    @Override
    public double doubleAt(int column) {
        int start = start(column, "double");
        if (!numbers.parseDouble(fields.values(), start, fields.stop(column))) {
            throw refused(column, "double", "its text is no number");
        }
        return numbers.real();
    }

    @Override
    public BigDecimal decimalAt(int column) {
        int start = start(column, "decimal");
        if (!numbers.parseDecimal(fields.values(), start, fields.stop(column))) {
            throw refused(
                    column,
                    "decimal",
                    NumberParser.matches("NaN", fields.values(), start, fields.stop(column))
                            ? "it is NaN, which no decimal is; read it as double or as text"
                            : "its text is no decimal number");
        }
        return numbers.decimal();
    }

    @Override
    public String textAt(int column) {
        int start = start(column, "text");
        return new String(fields.values(), start, fields.stop(column) - start, StandardCharsets.UTF_8);
    }

    @Override
    public int valueFrom(int column) {
        return start(column, "bytes");
    }

    @Override
    public int valueTo(int column) {
        start(column, "bytes");
        return fields.stop(column);
    }

    /** The array that all values of the row are in. */
    @Override
    public byte[] valueBytes() {
        return fields.values();
    }

    @Override
    public byte[] bytesAt(int column) {
        int start = start(column, "bytea");
        int stop = fields.stop(column);
        byte[] bytes = fields.values();
        byte[] value = new byte[HexText.maxLength(bytes, start, stop)];
        int length = HexText.parseBytea(bytes, start, stop, value);
        if (length < 0) {
            throw refused(column, "bytea", "its text is no bytea, in hex form or in escape form");
        }
        return length == value.length ? value : Arrays.copyOf(value, length);
    }

    @Override
    public long epochDayAt(int column) {
        int start = start(column, "date");
        return temporal(column, "date", temporals.parseDate(fields.values(), start, fields.stop(column)));
    }

    @Override
    public long timeMicrosAt(int column) {
        int start = start(column, "time");
        return temporal(column, "time", temporals.parseTime(fields.values(), start, fields.stop(column)));
    }

    @Override
    public long timestampMicrosAt(int column) {
        int start = start(column, "timestamp");
        return temporal(column, "timestamp", temporals.parseTimestamp(fields.values(), start, fields.stop(column)));
    }

    @Override
    public long instantMicrosAt(int column) {
        int start = start(column, "timestamp with time zone");
        return temporal(
                column,
                "timestamp with time zone",
                temporals.parseInstant(fields.values(), start, fields.stop(column)));
    }

    @Override
    public UUID uuidAt(int column) {
        int start = start(column, "UUID");
        UUID value = HexText.parseUuid(fields.values(), start, fields.stop(column));
        if (value == null) {
            throw refused(column, "UUID", "its text is no UUID");
        }
        return value;
    }

    private long wholeAt(int column, String type) {
        int start = start(column, type);
        if (!numbers.parseWhole(fields.values(), start, fields.stop(column))) {
            throw refused(column, type, "its text is no whole number within the range of long");
        }
        return numbers.whole();
    }

    private long temporal(int column, String type, boolean found) {
        if (found) {
            return temporals.value();
        }
        throw refused(column, type, reason(column, type));
    }

    private String reason(int column, String type) {
        byte[] bytes = fields.values();
        int start = fields.start(column);
        int stop = fields.stop(column);
        if (NumberParser.matches("infinity", bytes, start, stop)
                || NumberParser.matches("-infinity", bytes, start, stop)) {
            return "it is infinite; read it as text";
        }
        return temporals.isRemote()
                ? "it is further from 1970 than a long has microseconds; read it as text"
                : "its text is no " + type + " of the ISO form";
    }

    private int start(int column, String type) {
        if (fields.isNull(column)) {
            throw refused(column, type, "it is NULL; ask isNull first");
        }
        return fields.start(column);
    }

    private MppConnectException refused(int column, String type, String reason) {
        return new MppConnectException(
                ErrorCode.BAD_DATA,
                "Cannot read row " + row + ", column " + columns.get(column).name() + " as " + type + ": " + reason);
    }
}
