package io.mppconnect.type;

import io.mppconnect.spi.RowWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes Java values into one column. A column takes its text form as any {@code CharSequence}, which the database
 * parses, and these Java types:
 *
 * <table>
 * <caption>Java types by column type</caption>
 * <tr><th>column</th><th>Java types</th></tr>
 * <tr><td>BOOLEAN</td><td>Boolean</td></tr>
 * <tr><td>INT2, INT4, INT8, OID</td><td>Byte, Short, Integer, Long, BigInteger</td></tr>
 * <tr><td>FLOAT4, FLOAT8</td><td>Float, Double, Byte, Short, Integer, Long, BigInteger, BigDecimal</td></tr>
 * <tr><td>NUMERIC</td><td>BigDecimal, BigInteger, Byte, Short, Integer, Long, Float, Double, Number</td></tr>
 * <tr><td>MONEY</td><td>BigDecimal, BigInteger, Byte, Short, Integer, Long</td></tr>
 * <tr><td>CHAR, VARCHAR, TEXT</td><td>Character, char[], Enum</td></tr>
 * <tr><td>BYTEA</td><td>byte[], ByteBuffer</td></tr>
 * <tr><td>DATE</td><td>LocalDate, java.sql.Date</td></tr>
 * <tr><td>TIME</td><td>LocalTime, java.sql.Time</td></tr>
 * <tr><td>TIMETZ</td><td>OffsetTime</td></tr>
 * <tr><td>TIMESTAMP</td><td>LocalDateTime, java.sql.Timestamp</td></tr>
 * <tr><td>TIMESTAMPTZ</td><td>Instant, OffsetDateTime, ZonedDateTime, java.sql.Timestamp</td></tr>
 * <tr><td>INTERVAL</td><td>Duration, Period</td></tr>
 * <tr><td>UUID</td><td>UUID</td></tr>
 * <tr><td>INET, CIDR</td><td>InetAddress</td></tr>
 * <tr><td>ENUM</td><td>Enum</td></tr>
 * <tr><td>ARRAY</td><td>Collection, Object[], boolean[], short[], int[], long[], float[], double[]</td></tr>
 * <tr><td>COMPOSITE</td><td>Object[]</td></tr>
 * </table>
 *
 * <p>Null is NULL everywhere. Numbers out of a column's range, texts longer than {@code varchar(n)} and dates before or
 * after what the database knows are refused; fraction digits beyond those of {@code numeric(p,s)} and nanoseconds are
 * rounded. Enum constants go by their name. Elements of arrays and nested collections convert as a column of the element
 * type would. A composite's {@code Object[]} holds its attributes in order, none of them a row or an array.
 *
 * <p>Used by one thread.
 */
public final class ValueWriter {

    private final Optional<ColumnType> type;
    private final ColumnType bindTo;
    private final List<Conversion<?>> conversions;
    private final Map<Class<?>, Conversion.Writing<Object>> known = new HashMap<>();
    private final @Nullable WholeNumber wholeNumber;
    private final boolean doubles;
    private Conversion.@Nullable Writing<Object> latest;
    private @Nullable Class<?> latestClass;

    private ValueWriter(Optional<ColumnType> type, List<Conversion<?>> conversions, ColumnType bindTo) {
        this.type = type;
        this.bindTo = bindTo;
        this.conversions = conversions;
        this.wholeNumber = WholeNumber.of(bindTo.kind()).orElse(null);
        this.doubles = bindTo.kind() == TypeKind.FLOAT8;
    }

    /** Writes into a column of this type. */
    public static ValueWriter of(ColumnType type) {
        return new ValueWriter(Optional.of(type), Conversions.of(type.kind()), type);
    }

    /** Writes the text form that each value's own class has, for fields that are declared as text. */
    public static ValueWriter untyped() {
        return new ValueWriter(Optional.empty(), Conversions.untyped(), ColumnType.of(TypeKind.OTHER, "text"));
    }

    /** The SQL type to declare for a field of a Java type that is loaded into no column directly; text when in doubt. */
    public static ColumnType naturalType(Class<?> javaType) {
        return NaturalTypes.of(javaType);
    }

    /**
     * What speaks against writing values declared as a Java type into a column, as a clause such as {@code it is date,
     * but the mapping gives boolean; give LocalDate, java.sql.Date or text}; empty when nothing does.
     */
    public static Optional<String> objection(ColumnType type, Class<?> javaType) {
        Class<?> boxed = Classes.boxed(javaType);
        List<Conversion<?>> conversions = Conversions.of(type.kind());
        return conversions.stream().anyMatch(conversion -> conversion.accepts(boxed))
                ? Optional.empty()
                : Optional.of("it is " + type + ", but the mapping gives " + Classes.name(javaType) + "; give "
                        + accepted(conversions));
    }

    /**
     * Writes the column's value in the current row.
     *
     * @throws InvalidValueException when the column cannot hold it, or does not take its class
     */
    public void write(RowWriter row, @Nullable Object value) throws InterruptedException {
        if (value == null) {
            row.writeNull();
        } else {
            writing(value).write(row, value);
        }
    }

    /** Writes a whole number like {@link #write}, in most cases without boxing it. */
    public void writeLong(RowWriter row, long value) throws InterruptedException {
        if (wholeNumber != null) {
            wholeNumber.write(row, value);
        } else {
            write(row, value);
        }
    }

    /** Writes a floating point number like {@link #write}, in most cases without boxing it. */
    public void writeDouble(RowWriter row, double value) throws InterruptedException {
        if (doubles) {
            row.writeDouble(value);
        } else {
            write(row, value);
        }
    }

    private Conversion.Writing<Object> writing(Object value) {
        Conversion.Writing<Object> found = latest;
        if (found == null || value.getClass() != latestClass) {
            found = known.computeIfAbsent(value.getClass(), javaType -> find(value));
            latest = found;
            latestClass = value.getClass();
        }
        return found;
    }

    private Conversion.Writing<Object> find(Object value) {
        for (Conversion<?> conversion : conversions) {
            if (conversion.javaType().isInstance(value)) {
                return conversion.bind(bindTo);
            }
        }
        String given = Classes.name(value.getClass());
        throw new InvalidValueException(type.map(column ->
                        "it is " + column + ", but the row gives " + given + "; give " + accepted(conversions))
                .orElse("there is no text form for " + given + "; give text"));
    }

    private static String accepted(List<Conversion<?>> conversions) {
        String names = conversions.stream()
                .map(Conversion::javaType)
                .filter(javaType -> javaType != CharSequence.class)
                .map(Classes::name)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "text" : names + " or text";
    }
}
