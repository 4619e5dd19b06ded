package io.mppconnect.type;

import io.mppconnect.spi.RowReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The table of Java types that values of each kind are read as. {@link ValueReader} shows it to people. */
final class Readings {

    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final int NANOS_PER_MICRO = 1_000;
    private static final long MICROS_PER_DAY = 86_400 * MICROS_PER_SECOND;

    static final Reading<String> TEXT = Reading.of(String.class, text -> text, RowReader::textAt);

    private static final Reading<Short> SHORT = Reading.of(
            Short.class,
            text -> Parsing.narrowToShort(Parsing.wholeNumber(text)),
            (row, column) -> Parsing.narrowToShort(row.longAt(column)));
    private static final Reading<Integer> INTEGER = Reading.of(
            Integer.class,
            text -> Parsing.narrowToInt(Parsing.wholeNumber(text)),
            (row, column) -> Parsing.narrowToInt(row.longAt(column)));
    private static final Reading<Long> LONG = Reading.of(Long.class, Parsing::wholeNumber, RowReader::longAt);
    private static final Reading<Float> FLOAT = Reading.of(Float.class, Parsing::floatOf, RowReader::floatAt);
    private static final Reading<Double> DOUBLE = Reading.of(Double.class, Parsing::doubleOf, RowReader::doubleAt);
    private static final Reading<BigInteger> BIG_INTEGER =
            Reading.of(BigInteger.class, text -> BigInteger.valueOf(Parsing.wholeNumber(text)));
    private static final Reading<BigDecimal> WHOLE_DECIMAL =
            Reading.of(BigDecimal.class, text -> BigDecimal.valueOf(Parsing.wholeNumber(text)));

    private static final Map<TypeKind, List<Reading<?>>> TABLE = table();

    private Readings() {}

    /** What values of this kind can be read as, the natural type first. Arrays are left to {@link ValueReader}. */
    static List<Reading<?>> of(TypeKind kind) {
        return TABLE.getOrDefault(kind, List.of(TEXT));
    }

    private static Map<TypeKind, List<Reading<?>>> table() {
        Map<TypeKind, List<Reading<?>>> table = new EnumMap<>(TypeKind.class);
        put(table, TypeKind.BOOLEAN, Reading.of(Boolean.class, Parsing::booleanOf, RowReader::booleanAt));
        put(table, TypeKind.INT2, SHORT, INTEGER, LONG, BIG_INTEGER, WHOLE_DECIMAL, FLOAT, DOUBLE);
        put(table, TypeKind.INT4, INTEGER, SHORT, LONG, BIG_INTEGER, WHOLE_DECIMAL, DOUBLE);
        put(table, TypeKind.INT8, LONG, SHORT, INTEGER, BIG_INTEGER, WHOLE_DECIMAL);
        put(table, TypeKind.OID, LONG, INTEGER, BIG_INTEGER, WHOLE_DECIMAL);
        put(table, TypeKind.FLOAT4, FLOAT, Reading.of(Double.class, text -> (double) Parsing.floatOf(text)));
        put(table, TypeKind.FLOAT8, DOUBLE);
        put(
                table,
                TypeKind.NUMERIC,
                Reading.of(BigDecimal.class, Parsing::decimal, Readings::decimal),
                Reading.of(BigInteger.class, text -> Parsing.whole(Parsing.decimal(text))),
                Reading.of(Short.class, text -> Parsing.wholeShort(Parsing.decimal(text))),
                Reading.of(Integer.class, text -> Parsing.wholeInt(Parsing.decimal(text))),
                Reading.of(Long.class, text -> Parsing.wholeLong(Parsing.decimal(text))),
                Reading.of(Double.class, Parsing::doubleOf));
        characters(table);
        put(
                table,
                TypeKind.BYTEA,
                Reading.of(byte[].class, Parsing::bytes, RowReader::bytesAt),
                Reading.of(
                        ByteBuffer.class,
                        text -> ByteBuffer.wrap(Parsing.bytes(text)),
                        (row, column) -> ByteBuffer.wrap(row.bytesAt(column))));
        datesAndTimes(table);
        put(table, TypeKind.UUID, Reading.of(UUID.class, Parsing::uuid, RowReader::uuidAt));
        table.put(TypeKind.INET, List.of(TEXT, Reading.of(InetAddress.class, Parsing::address)));
        return table;
    }

    private static void characters(Map<TypeKind, List<Reading<?>>> table) {
        List<Reading<?>> readings = List.of(
                TEXT, Reading.of(Character.class, Parsing::character), Reading.of(char[].class, String::toCharArray));
        table.put(TypeKind.CHAR, readings);
        table.put(TypeKind.VARCHAR, readings);
        table.put(TypeKind.TEXT, readings);
    }

    private static void datesAndTimes(Map<TypeKind, List<Reading<?>>> table) {
        put(
                table,
                TypeKind.DATE,
                Reading.of(LocalDate.class, IsoParsing::date, Readings::date),
                Reading.of(
                        java.sql.Date.class,
                        text -> java.sql.Date.valueOf(IsoParsing.date(text)),
                        (row, column) -> java.sql.Date.valueOf(date(row, column))));
        put(table, TypeKind.TIME, Reading.of(LocalTime.class, IsoParsing::time, Readings::time));
        table.put(TypeKind.TIMETZ, List.of(TEXT, Reading.of(OffsetTime.class, IsoParsing::timeWithZone)));
        put(
                table,
                TypeKind.TIMESTAMP,
                Reading.of(LocalDateTime.class, IsoParsing::timestamp, Readings::timestamp),
                Reading.of(
                        Timestamp.class,
                        text -> Timestamp.valueOf(IsoParsing.timestamp(text)),
                        (row, column) -> Timestamp.valueOf(timestamp(row, column))));
        put(
                table,
                TypeKind.TIMESTAMPTZ,
                Reading.of(Instant.class, IsoParsing::instant, Readings::instant),
                Reading.of(
                        OffsetDateTime.class,
                        text -> IsoParsing.instant(text).atOffset(ZoneOffset.UTC),
                        (row, column) -> instant(row, column).atOffset(ZoneOffset.UTC)),
                Reading.of(
                        Timestamp.class,
                        text -> Timestamp.from(IsoParsing.instant(text)),
                        (row, column) -> Timestamp.from(instant(row, column))));
        table.put(
                TypeKind.INTERVAL,
                List.of(
                        TEXT,
                        Reading.of(Duration.class, IsoParsing::duration),
                        Reading.of(Period.class, IsoParsing::period)));
    }

    private static void put(Map<TypeKind, List<Reading<?>>> table, TypeKind kind, Reading<?>... readings) {
        List<Reading<?>> all = new ArrayList<>(List.of(readings));
        all.add(TEXT);
        table.put(kind, List.copyOf(all));
    }

    private static BigDecimal decimal(RowReader row, int column) {
        if (startsWith(row, column, 'N') || startsWith(row, column, 'I') || isNegativeInfinity(row, column)) {
            throw Parsing.notFinite();
        }
        return row.decimalAt(column);
    }

    private static LocalDate date(RowReader row, int column) {
        if (isInfinite(row, column)) {
            throw IsoParsing.infinite("LocalDate");
        }
        return LocalDate.ofEpochDay(row.epochDayAt(column));
    }

    private static LocalTime time(RowReader row, int column) {
        long micros = row.timeMicrosAt(column);
        if (micros == MICROS_PER_DAY) {
            throw IsoParsing.endOfDay();
        }
        return LocalTime.ofNanoOfDay(micros * NANOS_PER_MICRO);
    }

    private static LocalDateTime timestamp(RowReader row, int column) {
        if (isInfinite(row, column)) {
            throw IsoParsing.infinite("LocalDateTime");
        }
        long micros = row.timestampMicrosAt(column);
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                (int) Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO,
                ZoneOffset.UTC);
    }

    private static Instant instant(RowReader row, int column) {
        if (isInfinite(row, column)) {
            throw IsoParsing.infinite("Instant");
        }
        long micros = row.instantMicrosAt(column);
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND), Math.floorMod(micros, MICROS_PER_SECOND) * NANOS_PER_MICRO);
    }

    private static boolean isInfinite(RowReader row, int column) {
        return startsWith(row, column, 'i') || isNegativeInfinity(row, column);
    }

    private static boolean startsWith(RowReader row, int column, char character) {
        int from = row.valueFrom(column);
        return from < row.valueTo(column) && row.valueBytes()[from] == character;
    }

    private static boolean isNegativeInfinity(RowReader row, int column) {
        int from = row.valueFrom(column);
        byte[] bytes = row.valueBytes();
        return from + 1 < row.valueTo(column) && bytes[from] == '-' && (bytes[from + 1] | ' ') == 'i';
    }
}
