package io.mppconnect.type;

import io.mppconnect.spi.RowWriter;

/**
 * One row of the table of {@link Conversions}: a Java type and how its values are written for columns of some kind.
 *
 * @param binding gives the writing for one column's type, modifiers included
 */
record Conversion<V>(Class<V> javaType, Binding<V> binding) {

    /** Prepares the writing for one column's type. */
    interface Binding<V> {
        Writing<V> bind(ColumnType type);
    }

    /** Writes one value; throws {@link InvalidValueException} when the column cannot hold it. */
    interface Writing<V> {
        void write(RowWriter row, V value) throws InterruptedException;
    }

    static <V> Conversion<V> of(Class<V> javaType, Writing<? super V> writing) {
        return new Conversion<>(javaType, type -> writing::write);
    }

    static <V> Conversion<V> bound(Class<V> javaType, Binding<? super V> binding) {
        return new Conversion<>(javaType, type -> binding.bind(type)::write);
    }

    /** Whether values declared as some Java type can be of this one: a subtype is, a supertype may be. */
    boolean accepts(Class<?> declared) {
        return javaType.isAssignableFrom(declared) || declared.isAssignableFrom(javaType);
    }

    /** The writing for one column's type, of values that are of the Java type. */
    Writing<Object> bind(ColumnType type) {
        Writing<V> writing = binding.bind(type);
        return (row, value) -> writing.write(row, javaType.cast(value));
    }
}
