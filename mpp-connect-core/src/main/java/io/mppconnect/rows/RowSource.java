package io.mppconnect.rows;

import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Elements in memory as a source. Each method adds one field: first what it is called, then how it comes from an
 * element, by a function whose type says what it gives. A field goes into the column of its name, unless the transfer
 * maps it elsewhere; what a column takes, and what it does with it, is {@link io.mppconnect.type.ValueWriter}'s table.
 *
 * <pre>{@code
 * Rows.of(orders)
 *         .longs("id", Order::id)
 *         .texts("customer", Order::customer)
 *         .decimals("total", Order::total)
 * }</pre>
 *
 * <p>Functions for objects may return null for NULL; those for primitives never do. Functions and iterators are called
 * by the transfer's threads, by several at once when the elements are a list with random access; such a list must not
 * change while a transfer reads it. What they throw ends the transfer. Immutable; each method returns a changed copy.
 *
 * @param <T> the elements
 */
public final class RowSource<T> implements Source {

    private final Elements<T> elements;
    private final List<FieldMapping<T>> mappings;

    RowSource(Elements<T> elements, List<FieldMapping<T>> mappings) {
        this.elements = elements;
        this.mappings = List.copyOf(mappings);
    }

    /** A field of whole numbers. */
    public RowSource<T> ints(String name, ToIntFunction<? super T> extractor) {
        return with(FieldMapping.ofInt(List.of(name), extractor));
    }

    /** A field of whole numbers. */
    public RowSource<T> longs(String name, ToLongFunction<? super T> extractor) {
        return with(FieldMapping.ofLong(List.of(name), extractor));
    }

    /** A field of floating point numbers. */
    public RowSource<T> doubles(String name, ToDoubleFunction<? super T> extractor) {
        return with(FieldMapping.ofDouble(List.of(name), extractor));
    }

    /** A field of truth values. */
    public RowSource<T> booleans(String name, Predicate<? super T> extractor) {
        return with(FieldMapping.ofBoolean(List.of(name), extractor));
    }

    /** A field of texts, or of any type in its text form. */
    public RowSource<T> texts(String name, Function<? super T, ? extends @Nullable CharSequence> extractor) {
        return values(name, CharSequence.class, extractor);
    }

    /** A field of decimal numbers. */
    public RowSource<T> decimals(String name, Function<? super T, ? extends @Nullable BigDecimal> extractor) {
        return values(name, BigDecimal.class, extractor);
    }

    /** A field of dates. */
    public RowSource<T> dates(String name, Function<? super T, ? extends @Nullable LocalDate> extractor) {
        return values(name, LocalDate.class, extractor);
    }

    /** A field of times of day. */
    public RowSource<T> times(String name, Function<? super T, ? extends @Nullable LocalTime> extractor) {
        return values(name, LocalTime.class, extractor);
    }

    /** A field of timestamps without time zone. */
    public RowSource<T> timestamps(String name, Function<? super T, ? extends @Nullable LocalDateTime> extractor) {
        return values(name, LocalDateTime.class, extractor);
    }

    /** A field of timestamps with time zone. */
    public RowSource<T> instants(String name, Function<? super T, ? extends @Nullable Instant> extractor) {
        return values(name, Instant.class, extractor);
    }

    /** A field of {@code bytea} values. */
    public RowSource<T> bytes(String name, Function<? super T, byte @Nullable []> extractor) {
        return values(name, byte[].class, extractor);
    }

    /** A field of UUIDs. */
    public RowSource<T> uuids(String name, Function<? super T, ? extends @Nullable UUID> extractor) {
        return values(name, UUID.class, extractor);
    }

    /**
     * A field of values of some class, such as {@code Long} for numbers that may be null.
     *
     * @param javaType held against the column's type when the transfer is planned
     */
    public <V> RowSource<T> values(
            String name, Class<V> javaType, Function<? super T, ? extends @Nullable V> extractor) {
        return with(FieldMapping.of(List.of(name), javaType, extractor));
    }

    /** A field of values of whatever class, each held against the column's type when it is written. */
    public RowSource<T> values(String name, Function<? super T, ? extends @Nullable Object> extractor) {
        return values(name, Object.class, extractor);
    }

    private RowSource<T> with(FieldMapping<T> mapping) {
        List<FieldMapping<T>> more = new ArrayList<>(mappings);
        more.add(mapping);
        return new RowSource<>(elements, more);
    }

    @Override
    public String name() {
        return RowScan.ORIGIN;
    }

    @Override
    public SourceScan open(LoadContext context) {
        return new RowScan<>(MappedPlan.of(mappings, context.columns()), elements, context.parallelism());
    }
}
