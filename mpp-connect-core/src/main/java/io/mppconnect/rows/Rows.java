package io.mppconnect.rows;

import io.mppconnect.spi.Source;
import io.mppconnect.spi.Target;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Rows in memory, as sources and targets of transfers.
 *
 * <pre>{@code
 * cluster.transfer().from(Rows.records(Order.class, orders)).into(Table.named("orders")).run();
 *
 * cluster.transfer().from(Table.named("orders")).into(Rows.into(Order.class, this::seen)).run();
 * }</pre>
 *
 * <p>Lists with random access, such as ArrayList, are read by several threads at once and in parts; everything else by
 * one thread. Iterators and streams can be read by one run only; a run closes the stream it reads.
 *
 * <p>Record components go into, and come from, the column of the same name, or else the column of that name in snake
 * case: {@code orderDate} is {@code order_date}. A record of a named module must be in a package open to
 * {@code io.mppconnect.core}.
 */
public final class Rows {

    private Rows() {}

    /** Elements whose fields are then named one by one. */
    public static <T> RowSource<T> of(Iterable<? extends T> elements) {
        return new RowSource<>(new Elements.Repeatable<>(elements), List.of());
    }

    /** Elements whose fields are then named one by one, for one run. */
    public static <T> RowSource<T> of(Iterator<? extends T> elements) {
        return new RowSource<>(OnceElements.of(elements), List.of());
    }

    /** Elements whose fields are then named one by one, for one run. */
    public static <T> RowSource<T> of(Stream<? extends T> elements) {
        return new RowSource<>(OnceElements.of(elements), List.of());
    }

    /** Records, each component a field; more fields can be added. */
    public static <R extends Record> RowSource<R> records(Class<R> type, Iterable<? extends R> records) {
        return new RowSource<>(new Elements.Repeatable<>(records), RecordFields.mappings(type));
    }

    /** Records, each component a field, for one run. */
    public static <R extends Record> RowSource<R> records(Class<R> type, Iterator<? extends R> records) {
        return new RowSource<>(OnceElements.of(records), RecordFields.mappings(type));
    }

    /** Records, each component a field, for one run. */
    public static <R extends Record> RowSource<R> records(Class<R> type, Stream<? extends R> records) {
        return new RowSource<>(OnceElements.of(records), RecordFields.mappings(type));
    }

    /** Arrays with a value for each of the target's columns, in the table's order. */
    public static Source arrays(Iterable<? extends @Nullable Object[]> rows) {
        return arrays(List.of(), rows);
    }

    /**
     * Arrays with a value for each name.
     *
     * @param names the fields, in the order of the values; none for the target's columns in the table's order
     */
    public static Source arrays(List<String> names, Iterable<? extends @Nullable Object[]> rows) {
        List<String> fields = List.copyOf(names);
        return new PlannedSource<>(new Elements.Repeatable<>(rows), columns -> ArrayPlan.of(fields, columns));
    }

    /** Maps from names to values; the fields are the keys of the first one, otherwise as with names. */
    public static Source maps(Iterable<? extends Map<String, ? extends @Nullable Object>> rows) {
        return maps(List.of(), rows);
    }

    /**
     * Maps from names to values. A name that a map lacks is NULL in its row; a key that is none of the names ends the
     * transfer. Columns that are no fields get their defaults, and keep their values in rows that are updated.
     *
     * @param names the fields; none for the keys of the first map
     */
    public static Source maps(List<String> names, Iterable<? extends Map<String, ? extends @Nullable Object>> rows) {
        return new MapSource(names, rows);
    }

    /**
     * Gives every row to a consumer, one at a time though by different threads of the transfer, in no particular order.
     * It sees rows before the transfer is known to succeed; what it throws ends the transfer.
     */
    public static Target into(Consumer<? super Row> consumer) {
        return new ConsumerTarget<>(RowMapping.ROWS, consumer);
    }

    /** Gives every row to a consumer as a record, otherwise like {@link #into(Consumer)}. */
    public static <R extends Record> Target into(Class<R> type, Consumer<? super R> consumer) {
        return new ConsumerTarget<>(RowMapping.records(type), consumer);
    }

    /** A stream for the rows of one unload, to be {@linkplain RowStream#startedBy started}. */
    public static RowStream<Row> stream() {
        return new RowStream<>(RowMapping.ROWS, RowStream.DEFAULT_MEMORY);
    }

    /** A stream for the rows of one unload as records, to be {@linkplain RowStream#startedBy started}. */
    public static <R extends Record> RowStream<R> stream(Class<R> type) {
        return new RowStream<>(RowMapping.records(type), RowStream.DEFAULT_MEMORY);
    }
}
