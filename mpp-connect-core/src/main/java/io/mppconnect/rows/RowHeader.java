package io.mppconnect.rows;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.type.InvalidValueException;
import io.mppconnect.type.ValueReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What all rows of one unload share: their columns, and how values are read. Thread safe. */
final class RowHeader {

    /** Stands for a name that several columns have. */
    private static final int AMBIGUOUS = -1;

    private final List<Column> columns;
    private final Map<String, Integer> positions = new HashMap<>();
    private final List<ValueReader<?>> natural;
    private final Map<Wish, ValueReader<?>> wished = new ConcurrentHashMap<>();
    private final Map<Class<?>, RecordReading<?>> records = new ConcurrentHashMap<>();

    private record Wish(int column, Class<?> javaType) {}

    RowHeader(List<Column> columns) {
        this.columns = List.copyOf(columns);
        this.natural = columns.stream()
                .<ValueReader<?>>map(column -> ValueReader.of(column.type()))
                .toList();
        for (int i = 0; i < columns.size(); i++) {
            positions.merge(columns.get(i).name(), i, (first, second) -> AMBIGUOUS);
        }
    }

    List<Column> columns() {
        return columns;
    }

    int position(String name) {
        Integer position = positions.get(name);
        if (position == null) {
            throw new MppConnectException(
                    ErrorCode.COLUMN_MISMATCH,
                    "Cannot read column " + name + ": there is none of that name; the columns are "
                            + String.join(
                                    ", ", columns.stream().map(Column::name).toList()));
        }
        if (position == AMBIGUOUS) {
            throw new MppConnectException(
                    ErrorCode.COLUMN_MISMATCH,
                    "Cannot read column " + name + ": there are several of that name; name them apart in the query");
        }
        return position;
    }

    ValueReader<?> natural(int column) {
        return natural.get(column);
    }

    <T> ValueReader<T> reader(int column, Class<T> javaType) {
        @SuppressWarnings("unchecked") // Readers are kept under the class that they were made for.
        ValueReader<T> reader = (ValueReader<T>)
                wished.computeIfAbsent(new Wish(column, javaType), wish -> newReader(columns.get(column), javaType));
        return reader;
    }

    <R extends Record> RecordReading<R> record(Class<R> type) {
        @SuppressWarnings("unchecked") // As above.
        RecordReading<R> reading =
                (RecordReading<R>) records.computeIfAbsent(type, wish -> RecordReading.of(type, columns));
        return reading;
    }

    /** Says which column it was that a value could not be read from. */
    static <T> T naming(Column column, Supplier<T> read) {
        try {
            return read.get();
        } catch (InvalidValueException e) {
            throw new MppConnectException(
                    ErrorCode.BAD_DATA, "Cannot read column " + column.name() + ": " + e.reason(), e);
        }
    }

    private static <T> ValueReader<T> newReader(Column column, Class<T> javaType) {
        Optional<String> objection = ValueReader.objection(column.type(), javaType);
        if (objection.isPresent()) {
            throw new MppConnectException(
                    ErrorCode.COLUMN_MISMATCH, "Cannot read column " + column.name() + ": " + objection.get());
        }
        return ValueReader.of(column.type(), javaType);
    }
}
