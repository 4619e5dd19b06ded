package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.file.DataFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type at its edges: what the database holds goes out to files and in again, and is the same, byte for byte. */
@Conformance
class TypeRoundTripTest {

    @TempDir
    Path directory;

    @BeforeAll
    static void makeTypes(TestDatabase database) {
        database.execute(
                "CREATE TYPE mpp_connect_test.mood AS ENUM ('sad', 'so so', 'it''s \"fine\"')",
                "CREATE TYPE mpp_connect_test.pair AS (a int, \"B b\" text)",
                "CREATE DOMAIN mpp_connect_test.price AS numeric(12,3) CHECK (VALUE > 0)",
                "CREATE DOMAIN mpp_connect_test.tags AS text[]");
    }

    static Stream<Arguments> types() {
        return Stream.of(
                type("boolean", "true", "false"),
                type("smallint", "-32768", "32767", "0"),
                type("integer", "-2147483648", "2147483647"),
                type("bigint", "-9223372036854775808", "9223372036854775807"),
                type("oid", "'0'", "'4294967295'"),
                type("real", "'NaN'", "'Infinity'", "'-Infinity'", "'-0'", "'3.4028235e38'", "'1e-45'", "0.1"),
                type(
                        "double precision",
                        "'NaN'",
                        "'Infinity'",
                        "'-Infinity'",
                        "'-0'",
                        "'1.7976931348623157e308'",
                        "'5e-324'",
                        "'0.30000000000000004'",
                        "'123456789.123456789'"),
                type(
                        "numeric",
                        "'NaN'",
                        "0",
                        "-0.000000000000000000001",
                        "'" + "9".repeat(1000) + "'",
                        "'-" + "1".repeat(500) + "." + "7".repeat(500) + "'",
                        "1.50"),
                type("numeric(10,2)", "-99999999.99", "0.01", "'NaN'"),
                type("money", "'-92233720368547758.08'", "'0.01'"),
                type("char(5)", "''", "'ab'", "'abcde'", "E'\\\\N'", "'é漢🚀'"),
                type("varchar(20)", "''", "' x '", "E'\\\\N'", "'NULL'", "E'a\\tb'"),
                type(
                        "text",
                        "''",
                        "' '",
                        "E'\\\\N'",
                        "E'\\\\.'",
                        "'NULL'",
                        "'null'",
                        "E'\\\\'",
                        "E'\\\\\\\\'",
                        "E'\\n'",
                        "E'\\r'",
                        "E'\\r\\n'",
                        "E'a\\nb\\r\\nc\\rd'",
                        "E'\\t'",
                        "E'\\b\\f\\x0b\\x01\\x7f'",
                        "','",
                        "'|'",
                        "'\"'",
                        "'\"\"'",
                        "'say \"hi\", then go'",
                        "''''",
                        "E'ends with a backslash\\\\'",
                        "E'\\\\n is not a line end'",
                        "'日本 🚀 ñ'",
                        "repeat('0123456789', 1000)",
                        "repeat(E'a\"\\n,\\\\', 2000)"),
                type("text", "repeat('é', 5 * 1024 * 1024)", "repeat(E'\\n', 1024 * 1024)"),
                type("bytea", "''", "'\\x00'", "'\\x00ff5c0a0d2c22'", "decode(repeat('00ff', 1000), 'hex')"),
                type(
                        "date",
                        "'infinity'",
                        "'-infinity'",
                        "'0044-03-15 BC'",
                        "'4713-01-01 BC'",
                        "'5874897-12-31'",
                        "'2024-02-29'"),
                type("time", "'00:00:00'", "'24:00:00'", "'12:34:56.789012'"),
                type("time with time zone", "'12:34:56.789+05:30'", "'00:00:00-15:59'"),
                type(
                        "timestamp",
                        "'infinity'",
                        "'-infinity'",
                        "'0001-01-01 00:00:00 BC'",
                        "'294276-12-31 23:59:59.999999'",
                        "'2024-02-29 12:34:56.7'"),
                type(
                        "timestamp with time zone",
                        "'infinity'",
                        "'4713-01-01 00:00:00+00 BC'",
                        "'294276-12-31 23:59:59.999999+00'",
                        "'1900-01-01 00:00:00+05:53:28'"),
                type(
                        "interval",
                        "'0'",
                        "'1 year 2 mons 3 days 04:05:06.789'",
                        "'-1 day +02:03:04'",
                        "'178000000 years'",
                        "'-00:00:00.000001'"),
                type("uuid", "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", "'00000000-0000-0000-0000-000000000000'"),
                type("json", "'{\"a\": [1, 2, {\"b\": null}], \"a\": \"d\\u0075p\\n\"}'", "'\"\"'", "'null'"),
                type("jsonb", "'{\"b\": 1, \"a\": \"x\\ty\"}'", "'[]'"),
                type("xml", "'<a b=\"1\">&amp;<![CDATA[,\n]]></a>'"),
                type("bit(5)", "B'10101'", "B'00000'"),
                type("bit varying", "B''", "B'1'", "repeat('10', 500)::bit varying"),
                type("inet", "'::1/64'", "'10.1.2.3'"),
                type("cidr", "'10.0.0.0/8'", "'::ffff:1.2.3.0/120'"),
                type("macaddr", "'08:00:2b:01:02:03'"),
                type("point", "'(1,2.5)'"),
                type("int4range", "'[1,5)'", "'empty'", "'(,)'"),
                type("tsvector", "'a fat ''c\\\\at'':1A,2'::tsvector"),
                type("integer[]", "'{1,NULL,3}'", "'{}'", "'{{1,2},{3,4}}'", "'[0:1]={7,8}'"),
                type(
                        "text[]",
                        "ARRAY['a,b', E'c\"d\\\\', NULL, 'NULL', '', E'\\n', '{}', ' ']",
                        "ARRAY[ARRAY['x'], ARRAY[E'\\t']]"),
                type("numeric(6,2)[]", "'{1.25,NULL}'"),
                type("timestamp with time zone[]", "ARRAY['2024-02-29 12:00:00+02'::timestamptz, NULL]"),
                type("mpp_connect_test.mood", "'sad'", "'it''s \"fine\"'"),
                type("mpp_connect_test.pair", "ROW(1, NULL)", "ROW(NULL, E'a,\"b\\\\\\n')"),
                type("mpp_connect_test.pair[]", "ARRAY[ROW(1, 'x y')::mpp_connect_test.pair, NULL]"),
                type("mpp_connect_test.price", "0.001", "999999999.999"),
                type("mpp_connect_test.tags", "'{a,b}'"));
    }

    private static Arguments type(String type, String... literals) {
        return Arguments.of(type, List.of(literals));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("types")
    void goesOutAndComesBack(String type, List<String> literals, TestDatabase database) throws IOException {
        String original = database.table("id int, v " + type + " DISTRIBUTED BY (id)");
        List<String> rows = new ArrayList<>(literals);
        rows.add("NULL");
        for (int i = 0; i < rows.size(); i++) {
            database.execute("INSERT INTO " + original + " VALUES (" + i + ", " + rows.get(i) + ")");
        }
        for (String format : List.of("text", "csv")) {
            String copy = database.table("id int, v " + type + " DISTRIBUTED BY (id)");

            List<String> out = unload(database, original, format, "out");
            load(database, copy, format, rows.size());
            List<String> again = unload(database, copy, format, "again");

            assertThat(again).as("%s as %s", type, format).isEqualTo(out);
            assertThat(differences(database, original, copy))
                    .as("%s as %s", type, format)
                    .isEmpty();
        }
    }

    private List<String> unload(TestDatabase database, String table, String format, String name) throws IOException {
        Path target = directory.resolve(format + "-" + name);
        database.cluster()
                .transfer()
                .from(Table.named(table))
                .into(format.equals("csv") ? DataFiles.writeCsv(target) : DataFiles.writeText(target))
                .run();
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(target)) {
            for (Path file : files.toList()) {
                Collections.addAll(
                        lines, Files.readString(file, StandardCharsets.UTF_8).split("\n", -1));
            }
        }
        lines.removeIf(String::isEmpty);
        Collections.sort(lines);
        return lines;
    }

    private void load(TestDatabase database, String table, String format, int rows) {
        Path source = directory.resolve(format + "-out");
        TransferReport report = database.cluster()
                .transfer()
                .from(format.equals("csv") ? DataFiles.csv(source) : DataFiles.text(source))
                .into(Table.named(table))
                .run();
        assertThat(report.rows()).isEqualTo(rows);
    }

    private static List<List<String>> differences(TestDatabase database, String left, String right) {
        return database.query(
                "SELECT a.id, left(a.v::text, 50), left(b.v::text, 50) FROM " + left + " a FULL JOIN " + right
                        + " b ON a.id = b.id WHERE a.id IS NULL OR b.id IS NULL OR a.v::text IS DISTINCT FROM b.v::text");
    }
}
