package io.mppconnect.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Distribution.Policy;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
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
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlacementTest {

    /** Many segments, so that two hashes hardly meet on one by chance. */
    private static final int SPREAD = 1_000_003;

    private record Vector(String type, String operatorClass, int segments, String value, int segment) {

        String group() {
            return type + " by " + operatorClass;
        }
    }

    private static List<Vector> recorded() throws IOException {
        List<Vector> vectors = new ArrayList<>();
        try (InputStream stream = Objects.requireNonNull(
                        PlacementTest.class.getResourceAsStream("/greenplum6/hash-vectors.tsv"));
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith("#")) {
                    String[] fields = line.split("\t", -1);
                    vectors.add(new Vector(
                            fields[0], fields[1], Integer.parseInt(fields[2]), fields[3], Integer.parseInt(fields[4])));
                }
            }
        }
        return vectors;
    }

    @Test
    void theRecordIsComplete() throws IOException {
        assertThat(recorded()).hasSize(1228);
    }

    @TestFactory
    Stream<DynamicTest> placesEveryRowWhereTheClusterDid() throws IOException {
        List<Vector> all = recorded();
        return all.stream()
                .map(Vector::group)
                .distinct()
                .map(group -> DynamicTest.dynamicTest(group, () -> {
                    for (Vector vector : all) {
                        if (vector.group().equals(group)) {
                            assertThat(placed(vector)).as(vector.toString()).isEqualTo(vector.segment());
                        }
                    }
                }));
    }

    private static int placed(Vector vector) {
        boolean several = vector.type().startsWith("(");
        String[] types = several
                ? vector.type().substring(1, vector.type().length() - 1).split(",")
                : new String[] {vector.type()};
        String[] values = several ? vector.value().split("\\|", -1) : new String[] {vector.value()};
        List<Column> columns = new ArrayList<>();
        List<Distribution.Key> key = new ArrayList<>();
        for (String name : types) {
            Column column = Column.of("c" + columns.size(), type(name));
            columns.add(column);
            key.add(new Distribution.Key(
                    column.name(),
                    vector.operatorClass().equals("default") ? defaultClass(column.type()) : vector.operatorClass()));
        }
        Object[] texts = Arrays.stream(values)
                .map(value -> value.equals("\\N") ? null : value)
                .toArray();
        return map().segmentOf(table(columns, new Distribution(Policy.HASHED, vector.segments(), key)), texts);
    }

    private static SegmentMap map() {
        return new SegmentMap(List.of(), "UTF8");
    }

    private static TableInfo table(List<Column> columns, Distribution distribution) {
        return new TableInfo(
                1,
                TableName.parse("public.t"),
                TableInfo.Kind.TABLE,
                TableInfo.Storage.HEAP,
                false,
                columns,
                distribution,
                Set.of());
    }

    private static ColumnType type(String name) {
        return switch (name) {
            case "bool" -> ColumnType.of(TypeKind.BOOLEAN, "boolean");
            case "varchar(20)" -> sized(TypeKind.VARCHAR, name, 20);
            case "char(8)" -> sized(TypeKind.CHAR, name, 8);
            case "int4[]" ->
                new ColumnType(
                        TypeKind.ARRAY,
                        name,
                        Optional.empty(),
                        -1,
                        -1,
                        -1,
                        Optional.of(ColumnType.of(TypeKind.INT4, "integer")),
                        List.of());
            case "numeric(10,2)" ->
                new ColumnType(TypeKind.NUMERIC, name, Optional.empty(), -1, 10, 2, Optional.empty(), List.of());
            case "timestamp(3)" -> ColumnType.of(TypeKind.TIMESTAMP, "timestamp(3) without time zone");
            default -> ColumnType.of(TypeKind.valueOf(name.toUpperCase(Locale.ROOT)), name);
        };
    }

    private static ColumnType sized(TypeKind kind, String name, int length) {
        return new ColumnType(kind, name, Optional.empty(), length, -1, -1, Optional.empty(), List.of());
    }

    private static String defaultClass(ColumnType type) {
        return switch (type.kind()) {
            case BOOLEAN -> "bool_ops";
            case VARCHAR -> "text_ops";
            case CHAR -> "bpchar_ops";
            default -> type.kind().name().toLowerCase(Locale.ROOT) + "_ops";
        };
    }

    private static Placement placement(String typeName, boolean legacy) {
        ColumnType type = type(typeName);
        String modern = defaultClass(type);
        Distribution.Key key = new Distribution.Key("k", legacy ? "cdbhash_" + modern : modern);
        return map().placement(
                        table(List.of(Column.of("k", type)), new Distribution(Policy.HASHED, SPREAD, List.of(key))));
    }

    private static void assertSame(String type, Object value, Object other) {
        assertThat(placement(type, false).segmentOf(value))
                .as(type)
                .isEqualTo(placement(type, false).segmentOf(other));
        if (!type.endsWith("]")) {
            assertThat(placement(type, true).segmentOf(value))
                    .as(type + ", legacy")
                    .isEqualTo(placement(type, true).segmentOf(other));
        }
    }

    @Test
    void javaValuesAreWhatTheirTextIs() throws Exception {
        assertSame("int2", (short) -7, "-7");
        assertSame("int4", 4711, "4711");
        assertSame("int8", -98_765_432_109L, "-98765432109");
        assertSame("int8", BigInteger.valueOf(12), "12");
        assertSame("oid", 4_294_967_295L, "4294967295");
        assertSame("bool", true, "t");
        assertSame("float4", 1.5f, "1.5");
        assertSame("float8", 0.1, "0.1");
        assertSame("float8", Double.NEGATIVE_INFINITY, "-Infinity");
        assertSame("numeric", new BigDecimal("123.4500"), "123.45");
        assertSame("numeric", 100_000, "100000");
        assertSame("numeric", Double.NaN, "NaN");
        assertSame("bytea", new byte[] {(byte) 0xde, (byte) 0xad}, "\\xdead");
        assertSame("date", LocalDate.of(2024, 2, 29), "2024-02-29");
        assertSame("date", LocalDate.of(-43, 3, 15), "0044-03-15 BC");
        assertSame("time", LocalTime.of(12, 34, 56, 789_000_000), "12:34:56.789");
        assertSame("timetz", OffsetTime.parse("12:34:56+05:45"), "12:34:56+05:45");
        assertSame("timestamp", LocalDateTime.parse("1969-07-20T20:17:40.5"), "1969-07-20 20:17:40.5");
        assertSame("timestamptz", Instant.parse("2024-02-29T12:00:00Z"), "2024-02-29 17:45:00+05:45");
        assertSame("timestamptz", OffsetDateTime.parse("2024-02-29T12:00:00+02:00"), "2024-02-29 10:00:00+00");
        assertSame(
                "timestamptz", ZonedDateTime.parse("2024-02-29T12:00:00+02:00[Europe/Kyiv]"), "2024-02-29 10:00:00Z");
        assertSame("interval", Duration.ofMinutes(-90), "-01:30:00");
        assertSame("interval", Period.of(1, 2, 3), "1 year 2 mons 3 days");
        assertSame("interval", "P1Y2M3DT4H5M6.5S", "1 year 2 mons 3 days 04:05:06.5");
        assertSame(
                "uuid",
                UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"),
                "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11");
        assertSame("inet", InetAddress.getByAddress(new byte[] {10, 0, 0, 1}), "10.0.0.1/32");
        assertSame("inet", InetAddress.getByAddress(new byte[16]), "::");
        assertSame("int4[]", Arrays.asList(1, null, 3), "{1,NULL,3}");
        assertSame("int4[]", new Object[] {List.of(1, 2), List.of(3, 4)}, "[0:1][1:2]={{1,2},{3,4}}");
    }

    @Test
    void valuesAreTakenAsTheColumnKeepsThem() {
        assertSame("numeric(10,2)", new BigDecimal("1.005"), "1.01");
        assertSame("numeric(10,2)", new BigDecimal("-1.005"), "-1.01");
        assertSame("timestamp(3)", "2024-02-29 12:00:00.0015", "2024-02-29 12:00:00.002");
        assertSame("timestamp", LocalDateTime.parse("2024-02-29T12:00:00.000001900"), "2024-02-29 12:00:00.000002");
        assertSame("char(8)", "a", "a       ");
        assertSame("char(8)", "", "        ");
        assertSame("varchar(20)", "a".repeat(20) + "   ", "a".repeat(20));
        assertSame("float8", -0.0, 0.0);
        assertSame("interval", "-1 day +02:03:04", "-1 days 02:03:04");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aPrimitiveKeyIsPlacedAsItsBoxedOne(boolean legacy) {
        Placement placement = placement("int8", legacy);

        for (long key : new long[] {0, 1, -1, 4711, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(placement.segmentOf(key)).isEqualTo(placement.segmentOf((Object) key));
        }
        assertThat(placement("numeric", legacy).segmentOf(4711L))
                .isEqualTo(placement("numeric", legacy).segmentOf(new BigDecimal(4711)));
    }

    @Test
    void textIsHashedInTheEncodingOfTheDatabase() {
        TableInfo table = table(
                List.of(Column.of("k", type("text"))),
                new Distribution(Policy.HASHED, SPREAD, List.of(new Distribution.Key("k", "text_ops"))));
        SegmentMap latin = new SegmentMap(List.of(), "LATIN1");

        assertThat(latin.segmentOf(table, "plain")).isEqualTo(map().segmentOf(table, "plain"));
        assertThat(latin.segmentOf(table, "été")).isNotEqualTo(map().segmentOf(table, "été"));
        assertFails(
                ErrorCode.BAD_DATA,
                "Invalid key: its value for column k is no text",
                () -> latin.segmentOf(table, "日"));
        assertFails(
                ErrorCode.INVALID_OPTION,
                "Cannot place rows by a key: the encoding of the database, MULE_INTERNAL, is not known here",
                () -> new SegmentMap(List.of(), "MULE_INTERNAL").segmentOf(table, "plain"));
    }

    @Test
    void tablesWithoutAHashedKeyAreRefused() {
        List<Column> columns = List.of(Column.of("id", type("int4")));

        assertFails(
                ErrorCode.INVALID_OPTION,
                "Cannot place rows of public.t by a key: they are spread at random",
                () -> map().placement(table(columns, new Distribution(Policy.RANDOM, 4, List.of()))));
        assertFails(
                ErrorCode.INVALID_OPTION,
                "Cannot place rows of public.t by a key: every segment has all of them",
                () -> map().placement(table(columns, new Distribution(Policy.REPLICATED, 4, List.of()))));
        assertFails(
                ErrorCode.INVALID_OPTION,
                "Cannot place rows of public.t by a key: it is not distributed",
                () -> map().placement(table(columns, new Distribution(Policy.NONE, 0, List.of()))));
    }

    @Test
    void hashesThatAreNotKnownAreRefused() {
        ColumnType mood =
                new ColumnType(TypeKind.ENUM, "mood", Optional.empty(), -1, -1, -1, Optional.empty(), List.of("sad"));

        assertFails(
                ErrorCode.INVALID_OPTION,
                "Cannot place rows by column k: the hash of mood by operator class enum_ops is not known; ask the"
                        + " database for gp_segment_id",
                () -> map().placement(keyed(mood, "enum_ops")));
        assertFails(
                ErrorCode.INVALID_OPTION,
                "Cannot place rows by column k: the hash of int4 by operator class my_ops is not known; ask the"
                        + " database for gp_segment_id",
                () -> map().placement(keyed(type("int4"), "my_ops")));
        assertFails(
                ErrorCode.INVALID_OPTION,
                "Cannot place rows by column k: the hash of int4[] by operator class cdbhash_array_ops is not known;"
                        + " ask the database for gp_segment_id",
                () -> map().placement(keyed(type("int4[]"), "cdbhash_array_ops")));
        assertFails(
                ErrorCode.INVALID_OPTION,
                "Cannot place rows of public.t by a key: its columns are hashed by legacy and other operator classes",
                () -> map().placement(keyed(type("int4"), "int4_ops", "cdbhash_int4_ops")));
    }

    private static TableInfo keyed(ColumnType type, String... operatorClasses) {
        List<Distribution.Key> key = Arrays.stream(operatorClasses)
                .map(name -> new Distribution.Key("k", name))
                .toList();
        return table(List.of(Column.of("k", type)), new Distribution(Policy.HASHED, 4, key));
    }

    @Test
    void aKeyThatDoesNotFitIsRefusedWithoutBeingShown() {
        Placement placement = placement("int4", false);

        assertFails(
                ErrorCode.COLUMN_MISMATCH,
                "Cannot place a row of public.t: its key has 1 columns, and 2 values were given",
                () -> placement.segmentOf(1, 2));
        assertFails(
                ErrorCode.COLUMN_MISMATCH,
                "Cannot place a row by column k: it is int4, which is not made of java.time.LocalDate; the text that"
                        + " SQL would read always is",
                () -> placement.segmentOf(LocalDate.of(2024, 1, 1)));
        assertFails(
                ErrorCode.BAD_DATA,
                "Invalid key: its value for column k is no int4",
                () -> placement.segmentOf("secret"));
        assertFails(
                ErrorCode.BAD_DATA,
                "Invalid key: its value for column k is no int4",
                () -> placement.segmentOf(Integer.MAX_VALUE + 1L));
        assertFails(
                ErrorCode.BAD_DATA,
                "Invalid key: its value for column k is no varchar(20)",
                () -> placement("varchar(20)", false).segmentOf("x".repeat(21)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date|2024-02-30",
                "date|29.02.2024",
                "time|25:00:00",
                "timestamp|2024-02-29 12:00:00+00",
                "timestamptz|2024-02-29 12:00:00",
                "interval|a while",
                "interval|1.5 days",
                "interval|",
                "uuid|42",
                "inet|localhost",
                "macaddr|08:00:2b",
                "bytea|dead",
                "bit|012",
                "bool|maybe",
                "numeric|1,5",
                "int4[]|{1,2",
                "int4[]|{1}}"
            })
    void malformedTextIsRefused(String example) {
        String[] parts = example.split("\\|", -1);

        assertThatThrownBy(() -> placement(parts[0], false).segmentOf(parts[1]))
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.BAD_DATA));
    }

    private static void assertFails(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }
}
