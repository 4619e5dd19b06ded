package io.mppconnect.type;

import io.mppconnect.spi.RowReader;

/**
 * One row of the table of {@link Readings}: a Java type and how values become one.
 *
 * @param parse from the value's text form
 * @param direct from the bytes of a row, without the detour over a String where there is a shorter way
 */
record Reading<T>(Class<T> javaType, Parse<? extends T> parse, Direct<? extends T> direct) {

    /** Throws {@link InvalidValueException} when the text cannot be such a value. */
    interface Parse<T> {
        T parse(String text);
    }

    /** Throws {@link InvalidValueException} when the value cannot be read so; it is not NULL. */
    interface Direct<T> {
        T read(RowReader row, int column);
    }

    static <T> Reading<T> of(Class<T> javaType, Parse<? extends T> parse) {
        return new Reading<>(javaType, parse, (row, column) -> parse.parse(row.textAt(column)));
    }

    static <T> Reading<T> of(Class<T> javaType, Parse<? extends T> parse, Direct<? extends T> direct) {
        return new Reading<>(javaType, parse, direct);
    }
}
