package io.mppconnect.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.RowReader;
import io.mppconnect.text.RowDecoder;
import io.mppconnect.text.RowFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ValueReaderTest {

    private enum Mood {
        SAD,
        GLAD
    }

    private static final UUID UUID_VALUE = UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");

    private static Stream<Arguments> naturalValues() {
        return Stream.of(
                Arguments.of(TypeKind.BOOLEAN, "t", true),
                Arguments.of(TypeKind.BOOLEAN, "f", false),
                Arguments.of(TypeKind.INT2, "-32768", Short.MIN_VALUE),
                Arguments.of(TypeKind.INT4, "2147483647", Integer.MAX_VALUE),
                Arguments.of(TypeKind.INT8, "-9223372036854775808", Long.MIN_VALUE),
                Arguments.of(TypeKind.OID, "4294967295", 4294967295L),
                Arguments.of(TypeKind.FLOAT4, "0.100000001", 0.1f),
                Arguments.of(TypeKind.FLOAT4, "1.40129846e-45", Float.MIN_VALUE),
                Arguments.of(TypeKind.FLOAT8, "0.300000000000000044", 0.30000000000000004),
                Arguments.of(TypeKind.FLOAT8, "-Infinity", Double.NEGATIVE_INFINITY),
                Arguments.of(TypeKind.FLOAT8, "NaN", Double.NaN),
                Arguments.of(TypeKind.NUMERIC, "-0.10", new BigDecimal("-0.10")),
                Arguments.of(TypeKind.NUMERIC, "1" + "0".repeat(50), BigDecimal.TEN.pow(50)),
                Arguments.of(TypeKind.MONEY, "-$12.34", "-$12.34"),
                Arguments.of(TypeKind.CHAR, "ab   ", "ab   "),
                Arguments.of(TypeKind.VARCHAR, "", ""),
                Arguments.of(TypeKind.TEXT, "日本\uD83D\uDE80", "日本\uD83D\uDE80"),
                Arguments.of(TypeKind.DATE, "2024-02-29", LocalDate.of(2024, 2, 29)),
                Arguments.of(TypeKind.DATE, "0044-03-15 BC", LocalDate.of(-43, 3, 15)),
                Arguments.of(TypeKind.DATE, "5874897-12-31", LocalDate.of(5874897, 12, 31)),
                Arguments.of(TypeKind.TIME, "12:34:56.789012", LocalTime.of(12, 34, 56, 789_012_000)),
                Arguments.of(TypeKind.TIMETZ, "12:34:56.789+05:30", "12:34:56.789+05:30"),
                Arguments.of(
                        TypeKind.TIMESTAMP,
                        "2024-02-29 12:34:56.789012",
                        LocalDateTime.of(2024, 2, 29, 12, 34, 56, 789_012_000)),
                Arguments.of(TypeKind.TIMESTAMP, "0001-01-01 00:00:00 BC", LocalDateTime.of(0, 1, 1, 0, 0)),
                Arguments.of(
                        TypeKind.TIMESTAMPTZ,
                        "2024-02-29 07:34:56.789012-05",
                        Instant.parse("2024-02-29T12:34:56.789012Z")),
                Arguments.of(TypeKind.TIMESTAMPTZ, "1969-12-31 23:59:59.5+00", Instant.parse("1969-12-31T23:59:59.5Z")),
                Arguments.of(TypeKind.TIMESTAMPTZ, "2000-01-01 05:45:00+05:45", Instant.parse("2000-01-01T00:00:00Z")),
                Arguments.of(TypeKind.INTERVAL, "-1 days +02:03:04", "-1 days +02:03:04"),
                Arguments.of(TypeKind.UUID, UUID_VALUE.toString(), UUID_VALUE),
                Arguments.of(TypeKind.JSONB, "{\"a\": 1}", "{\"a\": 1}"),
                Arguments.of(TypeKind.XML, "<a/>", "<a/>"),
                Arguments.of(TypeKind.INET, "::1/64", "::1/64"),
                Arguments.of(TypeKind.ENUM, "so so", "so so"),
                Arguments.of(TypeKind.COMPOSITE, "(1,a)", "(1,a)"),
                Arguments.of(TypeKind.RANGE, "[1,5)", "[1,5)"),
                Arguments.of(TypeKind.OTHER, "(1,2.5)", "(1,2.5)"));
    }

    @ParameterizedTest
    @MethodSource("naturalValues")
    void readsTheNaturalJavaType(TypeKind kind, String text, Object value) {
        ValueReader<?> reader = ValueReader.of(Types.of(kind));
        assertThat(read(reader, Types.of(kind), text)).isEqualTo(value);
        assertThat((Object) reader.parse(text)).isEqualTo(value);
        assertThat((Object) reader.javaType()).isEqualTo(value.getClass());
    }

    private static Stream<Arguments> wishedValues() throws Exception {
        return Stream.of(
                Arguments.of(TypeKind.BOOLEAN, "t", boolean.class, true),
                Arguments.of(TypeKind.INT2, "7", int.class, 7),
                Arguments.of(TypeKind.INT2, "7", long.class, 7L),
                Arguments.of(TypeKind.INT2, "7", float.class, 7f),
                Arguments.of(TypeKind.INT2, "7", double.class, 7.0),
                Arguments.of(TypeKind.INT4, "7", short.class, (short) 7),
                Arguments.of(TypeKind.INT4, "7", Number.class, 7),
                Arguments.of(TypeKind.INT4, "7", double.class, 7.0),
                Arguments.of(TypeKind.INT8, "7", int.class, 7),
                Arguments.of(TypeKind.INT8, "7", BigInteger.class, BigInteger.valueOf(7)),
                Arguments.of(TypeKind.OID, "7", BigDecimal.class, BigDecimal.valueOf(7)),
                Arguments.of(TypeKind.FLOAT4, "0.5", double.class, 0.5),
                Arguments.of(TypeKind.NUMERIC, "7.00", int.class, 7),
                Arguments.of(TypeKind.NUMERIC, "7", short.class, (short) 7),
                Arguments.of(TypeKind.NUMERIC, "-9223372036854775808", long.class, Long.MIN_VALUE),
                Arguments.of(TypeKind.NUMERIC, "1" + "0".repeat(30), BigInteger.class, BigInteger.TEN.pow(30)),
                Arguments.of(TypeKind.NUMERIC, "0.1", double.class, 0.1),
                Arguments.of(TypeKind.NUMERIC, "NaN", double.class, Double.NaN),
                Arguments.of(TypeKind.NUMERIC, "0.1", Object.class, new BigDecimal("0.1")),
                Arguments.of(TypeKind.TEXT, "x", char.class, 'x'),
                Arguments.of(TypeKind.TEXT, "xy", char[].class, new char[] {'x', 'y'}),
                Arguments.of(TypeKind.TEXT, "SAD", Mood.class, Mood.SAD),
                Arguments.of(TypeKind.ENUM, "GLAD", Mood.class, Mood.GLAD),
                Arguments.of(TypeKind.VARCHAR, "x", CharSequence.class, "x"),
                Arguments.of(TypeKind.BYTEA, "\\x00ff", byte[].class, new byte[] {0, -1}),
                Arguments.of(TypeKind.BYTEA, "\\x00ff", ByteBuffer.class, ByteBuffer.wrap(new byte[] {0, -1})),
                Arguments.of(TypeKind.DATE, "2024-02-29", java.sql.Date.class, java.sql.Date.valueOf("2024-02-29")),
                Arguments.of(TypeKind.DATE, "infinity", String.class, "infinity"),
                Arguments.of(TypeKind.TIMETZ, "12:34:56+05:30", OffsetTime.class, OffsetTime.parse("12:34:56+05:30")),
                Arguments.of(
                        TypeKind.TIMESTAMP,
                        "2024-02-29 12:34:56.5",
                        Timestamp.class,
                        Timestamp.valueOf("2024-02-29 12:34:56.5")),
                Arguments.of(
                        TypeKind.TIMESTAMPTZ,
                        "2024-02-29 07:34:56-05",
                        OffsetDateTime.class,
                        OffsetDateTime.parse("2024-02-29T12:34:56Z")),
                Arguments.of(
                        TypeKind.TIMESTAMPTZ, "1970-01-01 00:00:00+00", Timestamp.class, Timestamp.from(Instant.EPOCH)),
                Arguments.of(TypeKind.INTERVAL, "-100:00:00.5", Duration.class, Duration.parse("PT-100H-0.5S")),
                Arguments.of(TypeKind.INTERVAL, "00:00:00", Duration.class, Duration.ZERO),
                Arguments.of(TypeKind.INTERVAL, "00:00:00", Period.class, Period.ZERO),
                Arguments.of(TypeKind.INTERVAL, "1 year 2 mons -3 days", Period.class, Period.of(1, 2, -3)),
                Arguments.of(TypeKind.INTERVAL, "1 mon 1 day", Period.class, Period.of(0, 1, 1)),
                Arguments.of(
                        TypeKind.INET, "10.0.0.1", InetAddress.class, InetAddress.getByAddress(new byte[] {10, 0, 0, 1
                        })));
    }

    @ParameterizedTest
    @MethodSource("wishedValues")
    void readsWishedJavaTypes(TypeKind kind, String text, Class<?> javaType, Object value) {
        ValueReader<?> reader = ValueReader.of(Types.of(kind), javaType);
        assertThat(read(reader, Types.of(kind), text)).isEqualTo(value);
        assertThat((Object) reader.parse(text)).isEqualTo(value);
        assertThat(ValueReader.objection(Types.of(kind), javaType)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TypeKind.class)
    void readsNullAsNullAndEveryTypeAsItsText(TypeKind kind) {
        ColumnType type = Types.of(kind);
        assertThat(read(ValueReader.of(type), type, null)).isNull();
        assertThat(read(ValueReader.of(type, String.class), type, "any text")).isEqualTo("any text");
    }

    private static Stream<Arguments> unreadable() {
        return Stream.of(
                Arguments.of(
                        TypeKind.DATE,
                        "infinity",
                        LocalDate.class,
                        "the value is infinite, which LocalDate cannot hold; read String"),
                Arguments.of(
                        TypeKind.DATE,
                        "-infinity",
                        LocalDate.class,
                        "the value is infinite, which LocalDate cannot hold; read String"),
                Arguments.of(
                        TypeKind.TIMESTAMP,
                        "infinity",
                        LocalDateTime.class,
                        "the value is infinite, which LocalDateTime cannot hold; read String"),
                Arguments.of(
                        TypeKind.TIMESTAMPTZ,
                        "-infinity",
                        Instant.class,
                        "the value is infinite, which Instant cannot hold; read String"),
                Arguments.of(
                        TypeKind.TIME,
                        "24:00:00",
                        LocalTime.class,
                        "the value is the end of the day, which LocalTime cannot hold; read String"),
                Arguments.of(
                        TypeKind.NUMERIC,
                        "NaN",
                        BigDecimal.class,
                        "the value is not a finite number, which BigDecimal cannot hold; read String"),
                Arguments.of(
                        TypeKind.NUMERIC,
                        "-Infinity",
                        BigDecimal.class,
                        "the value is not a finite number, which BigDecimal cannot hold; read String"),
                Arguments.of(TypeKind.NUMERIC, "0.5", int.class, "the value has a fraction; read BigDecimal"),
                Arguments.of(TypeKind.NUMERIC, "9223372036854775808", long.class, "the value does not fit long"),
                Arguments.of(TypeKind.NUMERIC, "2147483648", int.class, "the value does not fit int"),
                Arguments.of(TypeKind.INT8, "2147483648", int.class, "the value does not fit int"),
                Arguments.of(TypeKind.INT4, "-32769", short.class, "the value does not fit short"),
                Arguments.of(TypeKind.TEXT, "xy", char.class, "the value is not exactly one char; read String"),
                Arguments.of(
                        TypeKind.ENUM,
                        "so so",
                        Mood.class,
                        "the value is no constant of io.mppconnect.type.ValueReaderTest$Mood"),
                Arguments.of(
                        TypeKind.INTERVAL,
                        "1 day 00:00:01",
                        Duration.class,
                        "the value has days or months, which Duration cannot hold; read String"),
                Arguments.of(
                        TypeKind.INTERVAL,
                        "1 day 00:00:01",
                        Period.class,
                        "the value has hours, which Period cannot hold; read String"),
                Arguments.of(
                        TypeKind.INTERVAL, "P1D", Period.class, "the value is no interval in IntervalStyle postgres"),
                Arguments.of(
                        TypeKind.INET, "::1/64", InetAddress.class, "the value is no single address; read String"));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void refusesWhatTheJavaTypeCannotHold(TypeKind kind, String text, Class<?> javaType, String reason) {
        ValueReader<?> reader = ValueReader.of(Types.of(kind), javaType);
        assertThatThrownBy(() -> read(reader, Types.of(kind), text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("Invalid value: " + reason);
        assertThatThrownBy(() -> reader.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("Invalid value: " + reason);
    }

    private static Stream<Arguments> garbage() {
        return Stream.of(
                Arguments.of(TypeKind.BOOLEAN, "maybe", "boolean"),
                Arguments.of(TypeKind.INT4, "1x", "whole number"),
                Arguments.of(TypeKind.FLOAT8, "one", "floating point number"),
                Arguments.of(TypeKind.NUMERIC, "1,5", "decimal number"),
                Arguments.of(TypeKind.BYTEA, "abc", "bytea in hex form"),
                Arguments.of(TypeKind.BYTEA, "\\xabc", "bytea in hex form"),
                Arguments.of(TypeKind.DATE, "29/02/2024", "date"),
                Arguments.of(TypeKind.DATE, "2023-02-29", "date"),
                Arguments.of(TypeKind.TIME, "12.30", "time"),
                Arguments.of(TypeKind.TIMESTAMP, "2024-02-29", "timestamp"),
                Arguments.of(TypeKind.TIMESTAMP, "2024-02-29 00:00:00+00", "timestamp"),
                Arguments.of(TypeKind.TIMESTAMPTZ, "2024-02-29 00:00:00", "timestamptz"),
                Arguments.of(TypeKind.TIMESTAMPTZ, "2024-02-29 00:00:00+99", "offset from UTC"),
                Arguments.of(TypeKind.UUID, "no-uuid", "uuid"));
    }

    @ParameterizedTest
    @MethodSource("garbage")
    void saysWhatATextIsNotAndNeverRepeatsIt(TypeKind kind, String text, String what) {
        assertThatThrownBy(() -> ValueReader.of(Types.of(kind)).parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("Invalid value: the value is no " + what)
                .hasNoCause();
    }

    @Test
    void objectsToJavaTypesThatTheColumnCannotBe() {
        assertThat(ValueReader.objection(Types.of(TypeKind.DATE), boolean.class))
                .contains("it is date, but boolean is wanted; take LocalDate, java.sql.Date or String");
        assertThat(ValueReader.objection(Types.of(TypeKind.FLOAT8), float.class))
                .contains("it is float8, but float is wanted; take Double or String");
        assertThat(ValueReader.objection(Types.of(TypeKind.JSON), Map.class))
                .contains("it is json, but Map is wanted; take String");
        assertThat(ValueReader.objection(Types.of(TypeKind.INT4), Mood.class))
                .contains("it is int4, but io.mppconnect.type.ValueReaderTest$Mood is wanted; take Integer, Short,"
                        + " Long, BigInteger, BigDecimal, Double or String");
        assertThatThrownBy(() -> ValueReader.of(Types.of(TypeKind.DATE), boolean.class))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.COLUMN_MISMATCH))
                .hasMessage("Cannot read the column: it is date, but boolean is wanted; take LocalDate, java.sql.Date"
                        + " or String");
    }

    @Test
    void documentsTheTableAsItIs() throws Exception {
        Map<String, String> documented = ValueWriterTest.documentedTable("ValueReader");
        Map<String, String> actual = new LinkedHashMap<>();
        for (TypeKind kind : TypeKind.values()) {
            List<Class<?>> javaTypes =
                    Readings.of(kind).stream().<Class<?>>map(Reading::javaType).toList();
            Stream<String> names = javaTypes.stream()
                    .filter(javaType -> javaType != String.class || javaTypes.get(0) == String.class)
                    .map(Classes::name);
            Stream<String> enums =
                    ValueReader.objection(Types.of(kind), Mood.class).isEmpty() ? Stream.of("any enum") : Stream.of();
            String all = Stream.concat(names, enums).sorted().collect(Collectors.joining(", "));
            if (!all.equals("String")) {
                actual.put(kind.name(), all);
            }
        }
        actual.put("ARRAY", "List, arrays");
        assertThat(documented).isEqualTo(actual);
    }

    /** Reads one value of a row of the wire's text format. */
    static Object read(ValueReader<?> reader, ColumnType type, String text) {
        String escaped = text == null
                ? "\\N"
                : text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t");
        byte[] line = (escaped + "\n").getBytes(StandardCharsets.UTF_8);
        RowReader row = RowDecoder.of(RowFormat.text(), List.of(Column.of("c", type)));
        row.reset(line, 0, line.length);
        assertThat(row.next()).isTrue();
        return reader.read(row, 0);
    }
}
