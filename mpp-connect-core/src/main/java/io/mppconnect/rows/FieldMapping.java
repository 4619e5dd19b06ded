package io.mppconnect.rows;

import io.mppconnect.catalog.Column;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.type.ValueWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How one field of a row comes from an element.
 *
 * @param names what the field may be called: the first that is a column of the target, else the last
 * @param javaType what the element is declared to give
 */
record FieldMapping<T>(List<String> names, Class<?> javaType, Binding<T> binding) {

    /** Prepares the writing into one column. */
    interface Binding<T> {
        Writing<T> bind(ValueWriter column);
    }

    /** Writes one element's field. */
    interface Writing<T> {
        void write(RowWriter row, T element) throws InterruptedException;
    }

    static <T> FieldMapping<T> ofInt(List<String> names, ToIntFunction<? super T> extractor) {
        return new FieldMapping<>(
                names, int.class, column -> (row, element) -> column.writeLong(row, extractor.applyAsInt(element)));
    }

    static <T> FieldMapping<T> ofLong(List<String> names, ToLongFunction<? super T> extractor) {
        return new FieldMapping<>(
                names, long.class, column -> (row, element) -> column.writeLong(row, extractor.applyAsLong(element)));
    }

    static <T> FieldMapping<T> ofDouble(List<String> names, ToDoubleFunction<? super T> extractor) {
        return new FieldMapping<>(
                names,
                double.class,
                column -> (row, element) -> column.writeDouble(row, extractor.applyAsDouble(element)));
    }

    static <T> FieldMapping<T> ofBoolean(List<String> names, Predicate<? super T> extractor) {
        return new FieldMapping<>(
                names, boolean.class, column -> (row, element) -> column.write(row, extractor.test(element)));
    }

    static <T> FieldMapping<T> of(
            List<String> names, Class<?> javaType, Function<? super T, ? extends @Nullable Object> extractor) {
        return new FieldMapping<>(
                names, javaType, column -> (row, element) -> column.write(row, extractor.apply(element)));
    }

    /** The target's column that the field is named after. */
    Optional<Column> column(List<Column> columns) {
        return names.stream()
                .flatMap(name -> columns.stream().filter(column -> column.name().equals(name)))
                .findFirst();
    }

    String name(List<Column> columns) {
        return column(columns).map(Column::name).orElse(names.get(names.size() - 1));
    }
}
