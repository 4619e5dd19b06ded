package io.mppconnect.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class ValueWriterTest {

    private enum Mood {
        SAD,
        GLAD
    }

    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    private static Stream<Arguments> values() throws Exception {
        return Stream.of(
                Arguments.of(TypeKind.BOOLEAN, true, "t"),
                Arguments.of(TypeKind.BOOLEAN, false, "f"),
                Arguments.of(TypeKind.INT2, (byte) -7, "-7"),
                Arguments.of(TypeKind.INT2, Short.MIN_VALUE, "-32768"),
                Arguments.of(TypeKind.INT2, 32767L, "32767"),
                Arguments.of(TypeKind.INT4, Integer.MIN_VALUE, "-2147483648"),
                Arguments.of(TypeKind.INT4, BigInteger.TEN, "10"),
                Arguments.of(TypeKind.INT8, Long.MIN_VALUE, "-9223372036854775808"),
                Arguments.of(TypeKind.INT8, BigInteger.valueOf(Long.MAX_VALUE), "9223372036854775807"),
                Arguments.of(TypeKind.OID, 4294967295L, "4294967295"),
                Arguments.of(TypeKind.FLOAT4, 0.1f, "0.1"),
                Arguments.of(TypeKind.FLOAT4, 0.1, "0.1"),
                Arguments.of(TypeKind.FLOAT4, new BigDecimal("2.5"), "2.5"),
                Arguments.of(TypeKind.FLOAT4, BigInteger.TWO, "2.0"),
                Arguments.of(TypeKind.FLOAT4, (byte) 1, "1"),
                Arguments.of(TypeKind.FLOAT4, (short) 2, "2"),
                Arguments.of(TypeKind.FLOAT4, 3, "3"),
                Arguments.of(TypeKind.FLOAT4, 4L, "4"),
                Arguments.of(TypeKind.FLOAT4, Double.NEGATIVE_INFINITY, "-Infinity"),
                Arguments.of(TypeKind.FLOAT4, -0.0, "-0.0"),
                Arguments.of(TypeKind.FLOAT8, 0.30000000000000004, "0.30000000000000004"),
                Arguments.of(TypeKind.FLOAT8, Double.NaN, "NaN"),
                Arguments.of(TypeKind.FLOAT8, 0.5f, "0.5"),
                Arguments.of(TypeKind.FLOAT8, (byte) 1, "1"),
                Arguments.of(TypeKind.FLOAT8, (short) 2, "2"),
                Arguments.of(TypeKind.FLOAT8, 3, "3"),
                Arguments.of(TypeKind.FLOAT8, 4L, "4"),
                Arguments.of(TypeKind.FLOAT8, BigInteger.TWO, "2.0"),
                Arguments.of(TypeKind.FLOAT8, new BigDecimal("0.25"), "0.25"),
                Arguments.of(TypeKind.NUMERIC, new BigDecimal("1E+3"), "1000"),
                Arguments.of(TypeKind.NUMERIC, BigInteger.TEN.pow(30), "1" + "0".repeat(30)),
                Arguments.of(TypeKind.NUMERIC, (byte) 1, "1"),
                Arguments.of(TypeKind.NUMERIC, (short) 2, "2"),
                Arguments.of(TypeKind.NUMERIC, 3, "3"),
                Arguments.of(TypeKind.NUMERIC, 4L, "4"),
                Arguments.of(TypeKind.NUMERIC, 0.1f, "0.1"),
                Arguments.of(TypeKind.NUMERIC, 0.1, "0.1"),
                Arguments.of(TypeKind.NUMERIC, Double.NaN, "NaN"),
                Arguments.of(TypeKind.NUMERIC, Float.NaN, "NaN"),
                Arguments.of(TypeKind.NUMERIC, new AtomicLong(12), "12"),
                Arguments.of(TypeKind.MONEY, new BigDecimal("-12.34"), "-12.34"),
                Arguments.of(TypeKind.MONEY, new BigDecimal("1E+3"), "1000"),
                Arguments.of(TypeKind.MONEY, BigInteger.TEN, "10"),
                Arguments.of(TypeKind.MONEY, (byte) 1, "1"),
                Arguments.of(TypeKind.MONEY, (short) 2, "2"),
                Arguments.of(TypeKind.MONEY, 3, "3"),
                Arguments.of(TypeKind.MONEY, 4L, "4"),
                Arguments.of(TypeKind.CHAR, 'x', "x"),
                Arguments.of(TypeKind.VARCHAR, new char[] {'a', 'b'}, "ab"),
                Arguments.of(TypeKind.TEXT, CharBuffer.wrap("buffer"), "buffer"),
                Arguments.of(TypeKind.TEXT, Mood.GLAD, "GLAD"),
                Arguments.of(TypeKind.BYTEA, new byte[] {0, -1, 10}, "\\x00ff0a"),
                Arguments.of(
                        TypeKind.BYTEA,
                        ByteBuffer.wrap(new byte[] {1, 2, 3, 4}, 1, 2).slice(),
                        "\\x0203"),
                Arguments.of(TypeKind.BYTEA, ByteBuffer.wrap(new byte[] {9}).asReadOnlyBuffer(), "\\x09"),
                Arguments.of(TypeKind.DATE, LocalDate.of(2024, 2, 29), "2024-02-29"),
                Arguments.of(TypeKind.DATE, java.sql.Date.valueOf("2024-02-29"), "2024-02-29"),
                Arguments.of(TypeKind.TIME, LocalTime.of(12, 34, 56, 789_012_000), "12:34:56.789012"),
                Arguments.of(TypeKind.TIME, Time.valueOf("12:34:56"), "12:34:56"),
                Arguments.of(TypeKind.TIME, new Time(Time.valueOf("12:34:56").getTime() + 5), "12:34:56.005"),
                Arguments.of(TypeKind.TIMETZ, OffsetTime.parse("12:34:56.789+05:30"), "12:34:56.789+05:30"),
                Arguments.of(TypeKind.TIMETZ, OffsetTime.parse("01:00-00:00:01"), "01:00:00-00:00:01"),
                Arguments.of(TypeKind.TIMESTAMP, LocalDateTime.parse("2024-02-29T12:34:56"), "2024-02-29 12:34:56"),
                Arguments.of(TypeKind.TIMESTAMP, Timestamp.valueOf("2024-02-29 12:34:56.5"), "2024-02-29 12:34:56.5"),
                Arguments.of(
                        TypeKind.TIMESTAMPTZ,
                        Instant.parse("2024-02-29T12:34:56.789012Z"),
                        "2024-02-29 12:34:56.789012+00"),
                Arguments.of(
                        TypeKind.TIMESTAMPTZ,
                        OffsetDateTime.parse("2024-02-29T12:34:56+05:45"),
                        "2024-02-29 06:49:56+00"),
                Arguments.of(
                        TypeKind.TIMESTAMPTZ,
                        ZonedDateTime.parse("2024-02-29T12:34:56+01:00[Europe/Berlin]"),
                        "2024-02-29 11:34:56+00"),
                Arguments.of(
                        TypeKind.TIMESTAMPTZ,
                        Timestamp.from(Instant.parse("1969-12-31T23:59:59.5Z")),
                        "1969-12-31 23:59:59.5+00"),
                Arguments.of(TypeKind.INTERVAL, Duration.parse("PT-100H-0.5S"), "-100:00:00.5"),
                Arguments.of(TypeKind.INTERVAL, Period.of(1, -2, 3), "+1 years -2 mons +3 days"),
                Arguments.of(
                        TypeKind.UUID,
                        UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                        "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                Arguments.of(TypeKind.INET, InetAddress.getByAddress(new byte[] {10, 1, 2, 3}), "10.1.2.3"),
                Arguments.of(TypeKind.CIDR, InetAddress.getByAddress(IPV6_LOOPBACK), "0:0:0:0:0:0:0:1"),
                Arguments.of(TypeKind.ENUM, Mood.SAD, "SAD"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void writesEachJavaTypeOfTheTable(TypeKind kind, Object value, String text) throws InterruptedException {
        assertThat(written(Types.of(kind), value)).isEqualTo(text);
        assertThat(ValueWriter.objection(Types.of(kind), value.getClass())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TypeKind.class)
    void takesTheTextFormOfEveryType(TypeKind kind) throws InterruptedException {
        assertThat(written(Types.of(kind), "whatever the database parses")).isEqualTo("whatever the database parses");
        assertThat(ValueWriter.objection(Types.of(kind), String.class)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(TypeKind.class)
    void writesNull(TypeKind kind) throws InterruptedException {
        assertThat(written(Types.of(kind), null)).isNull();
    }

    @Test
    void refusesClassesThatTheColumnDoesNotTake() {
        assertThatThrownBy(() -> written(Types.of(TypeKind.DATE), true))
                .hasMessage(
                        "Invalid value: it is date, but the row gives Boolean; give LocalDate, java.sql.Date or text");
        assertThatThrownBy(() -> written(Types.of(TypeKind.TIMESTAMPTZ), LocalDateTime.MAX))
                .hasMessage("Invalid value: it is timestamptz, but the row gives LocalDateTime; give Instant,"
                        + " OffsetDateTime, ZonedDateTime, java.sql.Timestamp or text");
        assertThatThrownBy(() -> written(Types.of(TypeKind.TIMESTAMP), Instant.EPOCH))
                .hasMessage("Invalid value: it is timestamp, but the row gives Instant; give LocalDateTime,"
                        + " java.sql.Timestamp or text");
        assertThatThrownBy(() -> written(Types.of(TypeKind.JSONB), new LinkedHashMap<>(Map.of("a", 1))))
                .hasMessage("Invalid value: it is jsonb, but the row gives LinkedHashMap; give text");
    }

    @Test
    void objectsToDeclaredClassesBeforeAnyRow() {
        assertThat(ValueWriter.objection(Types.of(TypeKind.DATE), boolean.class))
                .contains("it is date, but the mapping gives boolean; give LocalDate, java.sql.Date or text");
        assertThat(ValueWriter.objection(Types.of(TypeKind.INT4), double.class))
                .contains("it is int4, but the mapping gives double; give Byte, Short, Integer, Long, BigInteger or"
                        + " text");
        assertThat(ValueWriter.objection(Types.of(TypeKind.JSON), List.class))
                .contains("it is json, but the mapping gives List; give text");
        assertThat(ValueWriter.objection(Types.of(TypeKind.UUID), long[].class))
                .contains("it is uuid, but the mapping gives long[]; give UUID or text");
    }

    @Test
    void doesNotObjectToClassesWhoseValuesMayFit() {
        assertThat(ValueWriter.objection(Types.of(TypeKind.DATE), Object.class)).isEmpty();
        assertThat(ValueWriter.objection(Types.of(TypeKind.INT4), Number.class)).isEmpty();
        assertThat(ValueWriter.objection(Types.of(TypeKind.INT2), long.class)).isEmpty();
        assertThat(ValueWriter.objection(Types.of(TypeKind.ARRAY), String[].class))
                .isEmpty();
    }

    @Test
    void takesValuesOfChangingClasses() throws InterruptedException {
        ValueWriter writer = ValueWriter.of(Types.of(TypeKind.NUMERIC));
        TextForm form = new TextForm();
        for (Object value : List.of(1, 2L, new BigDecimal("3"), 4, "5")) {
            writer.write(form, value);
            assertThat(form.text()).isEqualTo(value.toString());
        }
    }

    @Test
    void writesPrimitivesLikeTheirObjects() throws InterruptedException {
        TextForm form = new TextForm();
        ValueWriter.of(Types.of(TypeKind.INT8)).writeLong(form, 17);
        assertThat(form.text()).isEqualTo("17");
        ValueWriter.of(Types.numeric(3, 1)).writeLong(form, 99);
        assertThat(form.text()).isEqualTo("99");
        ValueWriter.of(Types.of(TypeKind.FLOAT8)).writeDouble(form, 1.5);
        assertThat(form.text()).isEqualTo("1.5");
        ValueWriter.of(Types.of(TypeKind.FLOAT4)).writeDouble(form, 2.5);
        assertThat(form.text()).isEqualTo("2.5");
        assertThatThrownBy(() -> ValueWriter.of(Types.numeric(3, 1)).writeLong(form, 100))
                .hasMessage("Invalid value: the value does not fit numeric(3,1) (at most 2 digits before the point)");
        assertThatThrownBy(() -> ValueWriter.of(Types.of(TypeKind.DATE)).writeLong(form, 1))
                .hasMessage("Invalid value: it is date, but the row gives Long; give LocalDate, java.sql.Date or text");
    }

    @Test
    void checksEnumConstantsAgainstTheLabels() throws InterruptedException {
        assertThat(written(Types.enumOf("GLAD", "so so"), Mood.GLAD)).isEqualTo("GLAD");
        assertThatThrownBy(() -> written(Types.enumOf("GLAD", "so so"), Mood.SAD))
                .hasMessage("Invalid value: the value is none of the labels of \"Mood\"");
    }

    @Test
    void givesFieldsWithoutAColumnTheirNaturalType() {
        assertThat(Stream.of(long.class, Long.class, String.class, byte[].class, BigInteger.class, int[][].class)
                        .map(javaType -> ValueWriter.naturalType(javaType).sql()))
                .containsExactly("int8", "int8", "text", "bytea", "numeric", "int4[]");
        assertThat(Stream.of(Object.class, List.class, Mood.class, char[].class, String[].class, Period.class)
                        .map(javaType -> ValueWriter.naturalType(javaType).sql()))
                .containsExactly("text", "text", "text", "text", "text[]", "interval");
        assertThat(ValueWriter.naturalType(UUID[].class).element().orElseThrow().kind())
                .isEqualTo(TypeKind.UUID);
    }

    @Test
    void writesUntypedValuesInTheirOwnTextForm() throws InterruptedException {
        ValueWriter writer = ValueWriter.untyped();
        TextForm form = new TextForm();
        Map<Object, String> forms = new LinkedHashMap<>();
        forms.put(1, "1");
        forms.put(true, "t");
        forms.put(Double.POSITIVE_INFINITY, "Infinity");
        forms.put("text", "text");
        forms.put(LocalDate.EPOCH, "1970-01-01");
        forms.put(Instant.EPOCH, "1970-01-01 00:00:00+00");
        forms.put(List.of(1, "a b"), "{1,\"a b\"}");
        for (Map.Entry<Object, String> entry : forms.entrySet()) {
            writer.write(form, entry.getKey());
            assertThat(form.text()).isEqualTo(entry.getValue());
        }
        assertThatThrownBy(() -> writer.write(form, new Object()))
                .hasMessage("Invalid value: there is no text form for Object; give text");
    }

    @Test
    void documentsTheTableAsItIs() throws Exception {
        Map<String, String> documented = documentedTable("ValueWriter");
        Map<String, String> actual = new LinkedHashMap<>();
        for (TypeKind kind : TypeKind.values()) {
            String accepted = Conversions.of(kind).stream()
                    .map(Conversion::javaType)
                    .filter(javaType -> javaType != CharSequence.class)
                    .map(Classes::name)
                    .sorted()
                    .collect(Collectors.joining(", "));
            if (!accepted.isEmpty()) {
                actual.put(kind.name(), accepted);
            }
        }
        assertThat(documented).isEqualTo(actual);
    }

    /** The rows of a class's javadoc table, one for each kind, its types in alphabetical order. */
    static Map<String, String> documentedTable(String className) throws Exception {
        Path source = Path.of("src/main/java/io/mppconnect/type/" + className + ".java");
        Matcher row = Pattern.compile("<tr><td>([A-Z0-9, ]+)</td><td>(.*)</td></tr>")
                .matcher(Files.readString(source, StandardCharsets.UTF_8));
        Map<String, String> documented = new LinkedHashMap<>();
        while (row.find()) {
            String types = Stream.of(row.group(2).split(", ", -1)).sorted().collect(Collectors.joining(", "));
            for (String kind : row.group(1).split(", ", -1)) {
                documented.put(kind, types);
            }
        }
        return documented;
    }

    static String written(ColumnType type, Object value) throws InterruptedException {
        TextForm form = new TextForm();
        ValueWriter.of(type).write(form, value);
        return form.text();
    }
}
