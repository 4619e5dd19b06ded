package io.mppconnect.rows;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.RowReader;
import io.mppconnect.type.ValueReader;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as the database sent it. Values are turned into Java objects when they are asked for: see the table of
 * {@link ValueReader}. Columns go by name or by position, from 0. Immutable and thread safe.
 *
 * <p>An accessor throws a {@link MppConnectException} when there is no such column, when its type cannot be read so, or
 * when this row's value cannot; those for primitives also on NULL.
 */
public final class Row {

    private final RowHeader header;
    private final List<@Nullable String> texts;

    private Row(RowHeader header, List<@Nullable String> texts) {
        this.header = header;
        this.texts = texts;
    }

    static Row read(RowHeader header, RowReader reader) {
        @Nullable String[] texts = new @Nullable String[header.columns().size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = reader.isNull(i) ? null : reader.textAt(i);
        }
        return new Row(header, Collections.unmodifiableList(Arrays.asList(texts)));
    }

    /** The columns, in the query's order. */
    public List<Column> columns() {
        return header.columns();
    }

    /** Whether the column is NULL. */
    public boolean isNull(String column) {
        return isNull(header.position(column));
    }

    /** Whether the column is NULL; the first one is 0. */
    public boolean isNull(int column) {
        return texts.get(column) == null;
    }

    /** The text form of a value of any type; null for NULL. */
    public @Nullable String textAt(String column) {
        return textAt(header.position(column));
    }

    /** The text form of a value of any type; null for NULL. */
    public @Nullable String textAt(int column) {
        return texts.get(column);
    }

    /** The value of a boolean column that is not NULL. */
    public boolean booleanAt(String column) {
        return booleanAt(header.position(column));
    }

    /** The value of a boolean column that is not NULL; the first one is 0. */
    public boolean booleanAt(int column) {
        return present(column, Boolean.class);
    }

    /** The value of a column of whole numbers that is not NULL and fits an int. */
    public int intAt(String column) {
        return intAt(header.position(column));
    }

    /** As {@link #intAt(String)}; the first column is 0. */
    public int intAt(int column) {
        return present(column, Integer.class);
    }

    /** The value of a column of whole numbers that is not NULL. */
    public long longAt(String column) {
        return longAt(header.position(column));
    }

    /** As {@link #longAt(String)}; the first column is 0. */
    public long longAt(int column) {
        return present(column, Long.class);
    }

    /** The value of a column of numbers that is not NULL. */
    public double doubleAt(String column) {
        return doubleAt(header.position(column));
    }

    /** As {@link #doubleAt(String)}; the first column is 0. */
    public double doubleAt(int column) {
        return present(column, Double.class);
    }

    /** A numeric or integer value; null for NULL. */
    public @Nullable BigDecimal decimalAt(String column) {
        return valueAt(column, BigDecimal.class);
    }

    /** A numeric or integer value; null for NULL. */
    public @Nullable BigDecimal decimalAt(int column) {
        return valueAt(column, BigDecimal.class);
    }

    /** The value as the natural Java type of its column; null for NULL. */
    public @Nullable Object valueAt(String column) {
        return valueAt(header.position(column));
    }

    /** The value as the natural Java type of its column; null for NULL. */
    public @Nullable Object valueAt(int column) {
        return parsed(column, header.natural(column));
    }

    /** The value as a wished Java type; null for NULL. */
    public <T> @Nullable T valueAt(String column, Class<T> javaType) {
        return valueAt(header.position(column), javaType);
    }

    /** The value as a wished Java type; null for NULL. */
    public <T> @Nullable T valueAt(int column, Class<T> javaType) {
        return parsed(column, header.reader(column, javaType));
    }

    /** All values by column name, each as its natural Java type, in the query's order; cannot be changed. */
    public Map<String, @Nullable Object> asMap() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (Column column : columns()) {
            values.put(column.name(), valueAt(column.name()));
        }
        return Collections.unmodifiableMap(values);
    }

    /** The row as a record whose components are named as its columns are, snake case or not. */
    public <R extends Record> R to(Class<R> type) {
        return header.record(type).parse(texts);
    }

    private <T> T present(int column, Class<T> javaType) {
        T value = valueAt(column, javaType);
        if (value == null) {
            throw new MppConnectException(
                    ErrorCode.BAD_DATA,
                    "Cannot read column " + columns().get(column).name() + ": it is NULL; ask isNull first");
        }
        return value;
    }

    private <T> @Nullable T parsed(int column, ValueReader<T> reader) {
        String text = texts.get(column);
        return text == null ? null : RowHeader.naming(columns().get(column), () -> reader.parse(text));
    }

    /** The names of the columns; never a value. */
    @Override
    public String toString() {
        return "Row" + columns().stream().map(Column::name).toList();
    }
}
