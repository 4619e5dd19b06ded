package io.mppconnect.type;

import io.mppconnect.spi.RowWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table of Java types that columns of each kind take. {@link ValueWriter} shows it to people. */
final class Conversions {

    private static final BigDecimal LARGEST_MONEY = new BigDecimal("92233720368547758.07");

    private static final Conversion<CharSequence> TEXT = Conversion.of(CharSequence.class, RowWriter::writeText);

    private static final List<Conversion<?>> FLOAT4 = List.of(
            Conversion.of(Float.class, RowWriter::writeFloat),
            Conversion.of(Double.class, Conversions::narrow),
            Conversion.of(Byte.class, (row, value) -> row.writeInt(value)),
            Conversion.of(Short.class, (row, value) -> row.writeInt(value)),
            Conversion.of(Integer.class, RowWriter::writeInt),
            Conversion.of(Long.class, RowWriter::writeLong),
            Conversion.of(BigInteger.class, (row, value) -> narrow(row, new BigDecimal(value))),
            Conversion.of(BigDecimal.class, Conversions::narrow));

    private static final List<Conversion<?>> FLOAT8 = List.of(
            Conversion.of(Float.class, RowWriter::writeFloat),
            Conversion.of(Double.class, RowWriter::writeDouble),
            Conversion.of(Byte.class, (row, value) -> row.writeInt(value)),
            Conversion.of(Short.class, (row, value) -> row.writeInt(value)),
            Conversion.of(Integer.class, RowWriter::writeInt),
            Conversion.of(Long.class, RowWriter::writeLong),
            Conversion.of(BigInteger.class, (row, value) -> approximate(row, new BigDecimal(value))),
            Conversion.of(BigDecimal.class, Conversions::approximate));

    private static final List<Conversion<?>> NUMERIC = List.of(
            Conversion.bound(BigDecimal.class, type -> new Decimals(type)::write),
            Conversion.bound(BigInteger.class, type -> new Decimals(type)::write),
            Conversion.bound(Byte.class, type -> (row, value) -> new Decimals(type).write(row, value.longValue())),
            Conversion.bound(Short.class, type -> (row, value) -> new Decimals(type).write(row, value.longValue())),
            Conversion.bound(Integer.class, type -> (row, value) -> new Decimals(type).write(row, value.longValue())),
            Conversion.bound(Long.class, type -> (row, value) -> new Decimals(type).write(row, value.longValue())),
            Conversion.bound(Float.class, type -> (row, value) -> new Decimals(type).write(row, value.floatValue())),
            Conversion.bound(Double.class, type -> (row, value) -> new Decimals(type).write(row, value.doubleValue())),
            Conversion.bound(Number.class, type -> (row, value) -> new Decimals(type).write(row, value)));

    /** Fraction digits stand after a point, since transfers pin lc_monetary. */
    private static final List<Conversion<?>> MONEY = List.of(
            Conversion.of(BigDecimal.class, Conversions::writeMoney),
            Conversion.of(BigInteger.class, (row, value) -> writeMoney(row, new BigDecimal(value))),
            Conversion.of(Byte.class, (row, value) -> row.writeInt(value)),
            Conversion.of(Short.class, (row, value) -> row.writeInt(value)),
            Conversion.of(Integer.class, RowWriter::writeInt),
            Conversion.of(Long.class, (row, value) -> writeMoney(row, BigDecimal.valueOf(value))));

    private static final List<Conversion<?>> CHARACTERS = List.of(
            Conversion.bound(CharSequence.class, type -> new Texts(type)::write),
            Conversion.bound(Character.class, type -> (row, value) -> new Texts(type).write(row, value.toString())),
            Conversion.bound(char[].class, type -> new Texts(type)::write),
            Conversion.bound(Enum.class, type -> (row, value) -> new Texts(type).write(row, value.name())));

    private static final List<Conversion<?>> BYTES = List.of(
            Conversion.of(byte[].class, (row, value) -> row.writeBytes(value, 0, value.length)),
            Conversion.of(ByteBuffer.class, Conversions::writeBuffer));

    private static final List<Conversion<?>> DATE = List.of(
            Conversion.of(LocalDate.class, DateTimes::writeDate),
            Conversion.of(java.sql.Date.class, (row, value) -> DateTimes.writeDate(row, value.toLocalDate())));

    private static final List<Conversion<?>> TIME = List.of(
            Conversion.of(LocalTime.class, DateTimes::writeTime), Conversion.of(Time.class, DateTimes::writeTime));

    private static final List<Conversion<?>> TIMETZ =
            List.of(Conversion.of(OffsetTime.class, DateTimes::writeTimeWithZone));

    private static final List<Conversion<?>> TIMESTAMP = List.of(
            Conversion.of(LocalDateTime.class, DateTimes::writeTimestamp),
            Conversion.of(Timestamp.class, (row, value) -> DateTimes.writeTimestamp(row, value.toLocalDateTime())));

    private static final List<Conversion<?>> TIMESTAMPTZ = List.of(
            Conversion.of(Instant.class, DateTimes::writeInstant),
            Conversion.of(OffsetDateTime.class, (row, value) -> DateTimes.writeInstant(row, value.toInstant())),
            Conversion.of(ZonedDateTime.class, (row, value) -> DateTimes.writeInstant(row, value.toInstant())),
            Conversion.of(Timestamp.class, (row, value) -> DateTimes.writeInstant(row, value.toInstant())));

    private static final List<Conversion<?>> INTERVAL =
            List.of(Conversion.of(Duration.class, Intervals::write), Conversion.of(Period.class, Intervals::write));

    private static final List<Conversion<?>> ADDRESS =
            List.of(Conversion.of(InetAddress.class, Conversions::writeAddress));

    private static final List<Conversion<?>> ARRAY = List.of(
            array(Collection.class),
            array(Object[].class),
            array(boolean[].class),
            array(short[].class),
            array(int[].class),
            array(long[].class),
            array(float[].class),
            array(double[].class));

    private static final List<Conversion<?>> UUIDS = List.of(Conversion.of(UUID.class, RowWriter::writeUuid));

    private static final List<Conversion<?>> BOOLEANS = List.of(Conversion.of(Boolean.class, RowWriter::writeBoolean));

    private static final Map<TypeKind, List<Conversion<?>>> TABLE = table();

    private static final List<Conversion<?>> UNTYPED = untypedTable();

    private Conversions() {}

    /** What columns of this kind take, the natural types first. */
    static List<Conversion<?>> of(TypeKind kind) {
        return TABLE.getOrDefault(kind, List.of(TEXT));
    }

    /** Every type that says by itself what text it has, whatever column that text goes into. */
    static List<Conversion<?>> untyped() {
        return UNTYPED;
    }

    private static Map<TypeKind, List<Conversion<?>>> table() {
        Map<TypeKind, List<Conversion<?>>> table = new EnumMap<>(TypeKind.class);
        for (WholeNumber number : WholeNumber.values()) {
            table.put(number.kind(), wholeNumbers(number));
        }
        table.put(TypeKind.BOOLEAN, withText(BOOLEANS));
        table.put(TypeKind.FLOAT4, withText(FLOAT4));
        table.put(TypeKind.FLOAT8, withText(FLOAT8));
        table.put(TypeKind.NUMERIC, withText(NUMERIC));
        table.put(TypeKind.MONEY, withText(MONEY));
        table.put(TypeKind.CHAR, CHARACTERS);
        table.put(TypeKind.VARCHAR, CHARACTERS);
        table.put(TypeKind.TEXT, CHARACTERS);
        table.put(TypeKind.BYTEA, withText(BYTES));
        table.put(TypeKind.DATE, withText(DATE));
        table.put(TypeKind.TIME, withText(TIME));
        table.put(TypeKind.TIMETZ, withText(TIMETZ));
        table.put(TypeKind.TIMESTAMP, withText(TIMESTAMP));
        table.put(TypeKind.TIMESTAMPTZ, withText(TIMESTAMPTZ));
        table.put(TypeKind.INTERVAL, withText(INTERVAL));
        table.put(TypeKind.UUID, withText(UUIDS));
        table.put(TypeKind.INET, withText(ADDRESS));
        table.put(TypeKind.CIDR, withText(ADDRESS));
        table.put(TypeKind.ENUM, withText(List.of(Conversion.bound(Enum.class, type -> Texts.labels(type)::write))));
        table.put(TypeKind.ARRAY, withText(ARRAY));
        table.put(
                TypeKind.COMPOSITE,
                withText(List.of(Conversion.bound(Object[].class, type -> new RowLiteral()::write))));
        return table;
    }

    private static List<Conversion<?>> untypedTable() {
        List<Conversion<?>> all = new ArrayList<>(CHARACTERS);
        for (List<Conversion<?>> part :
                List.of(BOOLEANS, BYTES, DATE, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL, UUIDS, ADDRESS, ARRAY)) {
            all.addAll(part);
        }
        // Floats print their own digits here: as decimals they could be neither infinite nor a negative zero.
        all.add(Conversion.of(Float.class, RowWriter::writeFloat));
        all.add(Conversion.of(Double.class, RowWriter::writeDouble));
        all.addAll(NUMERIC);
        return List.copyOf(all);
    }

    private static List<Conversion<?>> withText(List<Conversion<?>> natural) {
        List<Conversion<?>> all = new ArrayList<>(natural);
        all.add(TEXT);
        return List.copyOf(all);
    }

    private static List<Conversion<?>> wholeNumbers(WholeNumber number) {
        return List.of(
                Conversion.of(Byte.class, (row, value) -> number.write(row, value.longValue())),
                Conversion.of(Short.class, (row, value) -> number.write(row, value.longValue())),
                Conversion.of(Integer.class, (row, value) -> number.write(row, value.longValue())),
                Conversion.of(Long.class, (row, value) -> number.write(row, value.longValue())),
                Conversion.of(BigInteger.class, (row, value) -> number.write(row, value)),
                TEXT);
    }

    private static <V> Conversion<V> array(Class<V> javaType) {
        return Conversion.bound(javaType, type -> ArrayLiteral.of(type)::write);
    }

    private static void narrow(RowWriter row, double value) throws InterruptedException {
        float narrowed = (float) value;
        if ((Float.isInfinite(narrowed) && !Double.isInfinite(value)) || (narrowed == 0 && value != 0)) {
            throw new InvalidValueException("the value does not fit float4 (about 1.4e-45 to 3.4e38)");
        }
        row.writeFloat(narrowed);
    }

    private static void narrow(RowWriter row, BigDecimal value) throws InterruptedException {
        float narrowed = value.floatValue();
        if (Float.isInfinite(narrowed) || (narrowed == 0 && value.signum() != 0)) {
            throw new InvalidValueException("the value does not fit float4 (about 1.4e-45 to 3.4e38)");
        }
        row.writeFloat(narrowed);
    }

    private static void approximate(RowWriter row, BigDecimal value) throws InterruptedException {
        double approximated = value.doubleValue();
        if (Double.isInfinite(approximated) || (approximated == 0 && value.signum() != 0)) {
            throw new InvalidValueException("the value does not fit float8 (about 4.9e-324 to 1.8e308)");
        }
        row.writeDouble(approximated);
    }

    private static void writeMoney(RowWriter row, BigDecimal value) throws InterruptedException {
        if (value.abs().compareTo(LARGEST_MONEY) > 0) {
            throw new InvalidValueException(
                    "the value does not fit money (-92233720368547758.07 to 92233720368547758.07)");
        }
        row.writeText(value.toPlainString());
    }

    private static void writeBuffer(RowWriter row, ByteBuffer value) throws InterruptedException {
        ByteBuffer remaining = value.duplicate();
        if (remaining.hasArray()) {
            int from = remaining.arrayOffset() + remaining.position();
            row.writeBytes(remaining.array(), from, from + remaining.remaining());
        } else {
            byte[] bytes = new byte[remaining.remaining()];
            remaining.get(bytes);
            row.writeBytes(bytes, 0, bytes.length);
        }
    }

    private static void writeAddress(RowWriter row, InetAddress value) throws InterruptedException {
        if (value instanceof Inet6Address inet6 && (inet6.getScopedInterface() != null || inet6.getScopeId() != 0)) {
            throw new InvalidValueException("the address has a scope, which inet cannot hold");
        }
        row.writeText(value.getHostAddress());
    }
}
