package io.mppconnect.type;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.RowReader;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads one column's values as Java objects. The first Java type is the natural one; every column can be read as
 * {@code String}, its text form, too.
 *
 * <table>
 * <caption>Java types by column type</caption>
 * <tr><th>column</th><th>Java types</th></tr>
 * <tr><td>BOOLEAN</td><td>Boolean</td></tr>
 * <tr><td>INT2</td><td>Short, Integer, Long, BigInteger, BigDecimal, Float, Double</td></tr>
 * <tr><td>INT4</td><td>Integer, Short, Long, BigInteger, BigDecimal, Double</td></tr>
 * <tr><td>INT8</td><td>Long, Short, Integer, BigInteger, BigDecimal</td></tr>
 * <tr><td>OID</td><td>Long, Integer, BigInteger, BigDecimal</td></tr>
 * <tr><td>FLOAT4</td><td>Float, Double</td></tr>
 * <tr><td>FLOAT8</td><td>Double</td></tr>
 * <tr><td>NUMERIC</td><td>BigDecimal, BigInteger, Short, Integer, Long, Double</td></tr>
 * <tr><td>CHAR, VARCHAR, TEXT</td><td>String, Character, char[], any enum</td></tr>
 * <tr><td>BYTEA</td><td>byte[], ByteBuffer</td></tr>
 * <tr><td>DATE</td><td>LocalDate, java.sql.Date</td></tr>
 * <tr><td>TIME</td><td>LocalTime</td></tr>
 * <tr><td>TIMETZ</td><td>String, OffsetTime</td></tr>
 * <tr><td>TIMESTAMP</td><td>LocalDateTime, java.sql.Timestamp</td></tr>
 * <tr><td>TIMESTAMPTZ</td><td>Instant, OffsetDateTime, java.sql.Timestamp</td></tr>
 * <tr><td>INTERVAL</td><td>String, Duration, Period</td></tr>
 * <tr><td>UUID</td><td>UUID</td></tr>
 * <tr><td>INET</td><td>String, InetAddress</td></tr>
 * <tr><td>ENUM</td><td>String, any enum</td></tr>
 * <tr><td>ARRAY</td><td>List, arrays</td></tr>
 * <tr><td>any other</td><td>String</td></tr>
 * </table>
 *
 * <p>An {@code OffsetDateTime} is in UTC. Lists cannot be changed; elements are read as a column of the element type
 * would be, as {@code List<Long>} or {@code long[]} asks, and NULL elements are null. A value that its Java type cannot
 * hold, such as {@code infinity} as a LocalDate, {@code NaN} as a BigDecimal or a large number as an {@code int}, is an
 * error.
 *
 * <p>Immutable; any thread may use it.
 *
 * @param <T> what values are read as
 */
public final class ValueReader<T> {

    private final Reading<T> reading;

    private ValueReader(Reading<T> reading) {
        this.reading = reading;
    }

    /** Reads values as their natural Java type. */
    public static ValueReader<?> of(ColumnType type) {
        return new ValueReader<>(natural(type));
    }

    /**
     * Reads values as a wished Java type.
     *
     * @throws MppConnectException when the column cannot be read so: whatever {@link #objection} says
     */
    public static <T> ValueReader<T> of(ColumnType type, Class<T> javaType) {
        @SuppressWarnings("unchecked") // What is read as a class is of that class, or of its box.
        ValueReader<T> reader = (ValueReader<T>) of(type, (Type) javaType);
        return reader;
    }

    /** Reads values as a wished Java type, such as a record component's {@code List<Long>}; otherwise as above. */
    public static ValueReader<?> of(ColumnType type, Type javaType) {
        return new ValueReader<>(find(type, javaType)
                .orElseThrow(() -> new MppConnectException(
                        ErrorCode.COLUMN_MISMATCH, "Cannot read the column: " + complaint(type, javaType))));
    }

    /**
     * What speaks against reading a column as a Java type, as a clause such as {@code it is date, but boolean is wanted;
     * take LocalDate, java.sql.Date or String}; empty when nothing does.
     */
    public static Optional<String> objection(ColumnType type, Type javaType) {
        return find(type, javaType).isPresent() ? Optional.empty() : Optional.of(complaint(type, javaType));
    }

    /**
     * The column's value in the current row; null for NULL.
     *
     * @throws MppConnectException when the value cannot be read so; an {@link InvalidValueException} when only the row
     *     and column are still to be said
     */
    public @Nullable T read(RowReader row, int column) {
        return row.isNull(column) ? null : reading.direct().read(row, column);
    }

    /**
     * The value with this text form.
     *
     * @throws InvalidValueException when it cannot be read so
     */
    public T parse(String text) {
        return reading.parse().parse(text);
    }

    /** The class of what is read. */
    public Class<T> javaType() {
        return reading.javaType();
    }

    private static Reading<?> natural(ColumnType type) {
        return type.kind() == TypeKind.ARRAY
                ? ArrayReading.natural(type)
                : Readings.of(type.kind()).get(0);
    }

    static Optional<Reading<?>> find(ColumnType type, Type javaType) {
        if (type.kind() == TypeKind.ARRAY && javaType != String.class && javaType != CharSequence.class) {
            return ArrayReading.find(type, javaType);
        }
        return javaType instanceof Class<?> wished ? find(type, Classes.boxed(wished)) : Optional.empty();
    }

    private static Optional<Reading<?>> find(ColumnType type, Class<?> wished) {
        if (wished.isEnum() && takesConstants(type.kind())) {
            return Optional.of(constants(wished));
        }
        return Readings.of(type.kind()).stream()
                .filter(reading -> wished.isAssignableFrom(reading.javaType()))
                .findFirst();
    }

    private static <E> Reading<E> constants(Class<E> enumType) {
        return Reading.of(enumType, Parsing.constants(enumType));
    }

    private static boolean takesConstants(TypeKind kind) {
        return switch (kind) {
            case ENUM, CHAR, VARCHAR, TEXT -> true;
            default -> false;
        };
    }

    private static String complaint(ColumnType type, Type javaType) {
        Stream<String> names = type.kind() == TypeKind.ARRAY
                ? Stream.of("List", "an array")
                : Readings.of(type.kind()).stream()
                        .map(Reading::javaType)
                        .filter(accepted -> accepted != String.class)
                        .map(Classes::name);
        String accepted = names.collect(Collectors.joining(", "));
        String wished = javaType instanceof Class<?> known ? Classes.name(known) : javaType.getTypeName();
        return "it is " + type + ", but " + wished + " is wanted; take "
                + (accepted.isEmpty() ? "String" : accepted + " or String");
    }
}
