package io.mppconnect.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.mppconnect.catalog.Distribution.Policy;
import io.mppconnect.catalog.TableInfo.Kind;
import io.mppconnect.catalog.TableInfo.Privilege;
import io.mppconnect.catalog.TableInfo.Storage;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The catalog of a real cluster, when one is named. */
@EnabledIfEnvironmentVariable(named = "MPP_CONNECT_TEST_URL", matches = ".+")
class GreenplumClusterTest {

    private Connection connection;
    private Catalog catalog;

    @BeforeEach
    void connect() throws SQLException {
        connection = DriverManager.getConnection(
                System.getenv("MPP_CONNECT_TEST_URL"),
                System.getenv().getOrDefault("MPP_CONNECT_TEST_USER", "gpadmin"),
                "");
        Sql.run(
                connection,
                "set client_min_messages = warning",
                "drop schema if exists mpp_connect_catalog cascade",
                "create schema mpp_connect_catalog",
                "set search_path = mpp_connect_catalog");
        catalog = Catalog.read(connection);
        assumeThat(catalog.version().hasSegments()).isTrue();
    }

    @AfterEach
    void disconnect() throws SQLException {
        Sql.run(connection, "drop schema if exists mpp_connect_catalog cascade");
        connection.close();
    }

    private TableInfo table(String name) {
        return catalog.table(connection, TableName.parse(name));
    }

    private String role() {
        return catalog.role();
    }

    @Test
    void theClusterIsKnown() {
        assertThat(catalog.primaries()).isNotEmpty();
        assertThat(catalog.primaries()).extracting(Segment::content).isSorted().doesNotHaveDuplicates();
        assertThat(catalog.segments().stream().filter(Segment::coordinator).filter(Segment::primary))
                .hasSize(1);
        assertThat(catalog.externalTablePrivileges()).isEqualTo(new ExternalTablePrivileges(true, true, true));

        List<Segment> before = catalog.segments();
        catalog.refreshSegments(connection);

        assertThat(catalog.segments()).isEqualTo(before);
    }

    @Test
    void distributionsAreRead() throws SQLException {
        int segments = catalog.primaries().size();
        Sql.run(
                connection,
                "create table hashed (id int8, s text) distributed by (id)",
                "create table several (a int, b text, c date) distributed by (b, a)",
                "create table random (id int) distributed randomly",
                "create table replicated (id int) distributed replicated",
                "create table legacy (id int) distributed by (id cdbhash_int4_ops)",
                "create view seen as select * from hashed");

        assertThat(table("hashed").distribution())
                .isEqualTo(new Distribution(Policy.HASHED, segments, List.of(new Distribution.Key("id", "int8_ops"))));
        assertThat(table("several").distribution())
                .isEqualTo(new Distribution(
                        Policy.HASHED,
                        segments,
                        List.of(new Distribution.Key("b", "text_ops"), new Distribution.Key("a", "int4_ops"))));
        assertThat(table("random").distribution()).isEqualTo(new Distribution(Policy.RANDOM, segments, List.of()));
        assertThat(table("replicated").distribution())
                .isEqualTo(new Distribution(Policy.REPLICATED, segments, List.of()));
        assertThat(table("legacy").distribution())
                .isEqualTo(new Distribution(
                        Policy.HASHED, segments, List.of(new Distribution.Key("id", "cdbhash_int4_ops"))));
        assertThat(table("seen").distribution()).isEqualTo(new Distribution(Policy.NONE, 0, List.of()));
        assertThat(table("seen").kind()).isEqualTo(Kind.VIEW);
    }

    @Test
    void storageKindsAndPartitionsAreRead() throws SQLException {
        Sql.run(
                connection,
                "create table rows (id int) with (appendonly=true) distributed by (id)",
                "create table columns (id int) with (appendonly=true, orientation=column) distributed by (id)",
                "create table parts (id int8, d date) distributed by (id) partition by range (d)"
                        + " (start (date '2024-01-01') end (date '2024-03-01') every (interval '1 month'))",
                "create external table readable (id int) location ('gpfdist://127.0.0.1:1/x') format 'text'",
                "create writable external table writable (id int) location ('gpfdist://127.0.0.1:1/x') format 'text'",
                "create external temp table passing (id int) location ('gpfdist://127.0.0.1:1/x') format 'text'");

        assertThat(table("rows").storage()).isEqualTo(Storage.APPEND_OPTIMISED_ROW);
        assertThat(table("columns").storage()).isEqualTo(Storage.APPEND_OPTIMISED_COLUMN);
        assertThat(table("parts").storage()).isEqualTo(Storage.HEAP);
        assertThat(table("parts").partitioned()).isTrue();
        assertThat(table("parts").distribution().key()).containsExactly(new Distribution.Key("id", "int8_ops"));
        assertThat(table("rows").partitioned()).isFalse();
        assertThat(table("readable").kind()).isEqualTo(Kind.EXTERNAL_READABLE);
        assertThat(table("readable").storage()).isEqualTo(Storage.NONE);
        assertThat(table("writable").kind()).isEqualTo(Kind.EXTERNAL_WRITABLE);
        assertThat(table("passing").kind()).isEqualTo(Kind.EXTERNAL_READABLE);
    }

    @Test
    void columnsAreRead() throws SQLException {
        Sql.run(
                connection,
                "create type mood as enum ('sad', 'glad')",
                "create domain price as numeric(10,2)",
                "create domain net as price not null",
                "create table t (id bigint not null, gone int, \"Mixed Case\" varchar(20) default 'x', mood mood,"
                        + " prices numeric(6,1)[], net net, at timestamptz(3), ip inet, js json, vb varbit(5)) distributed by (id)",
                "alter table t drop column gone");

        assertThat(table("t").columns())
                .extracting(column -> column.name() + " " + column.type() + " "
                        + column.type().kind() + (column.nullable() ? "" : " not null"))
                .containsExactly(
                        "id bigint INT8 not null",
                        "Mixed Case character varying(20) VARCHAR",
                        "mood mood ENUM",
                        "prices numeric(6,1)[] ARRAY",
                        "net net NUMERIC not null",
                        "at timestamp(3) with time zone TIMESTAMPTZ",
                        "ip inet INET",
                        "js json JSON",
                        "vb bit varying(5) VARBIT");
        assertThat(table("t").column("mood").orElseThrow().type().labels()).containsExactly("sad", "glad");
        assertThat(table("t").column("Mixed Case").orElseThrow().defaultExpression())
                .contains("'x'::character varying");
        assertThat(table("t").column("net").orElseThrow().type())
                .extracting(ColumnType::sql, ColumnType::precision, ColumnType::scale)
                .containsExactly("numeric(10,2)", 10, 2);
    }

    @Test
    void aConstantOfAQueryIsText() {
        assertThat(catalog.describe(connection, "select 'x' as constant, 1.5::numeric(3,1) as number")
                        .columns())
                .extracting(column -> column.type().kind() + " " + column.type())
                .containsExactly("TEXT text", "NUMERIC numeric(3,1)");
    }

    @Test
    void privilegesAreTheRolesOwn() throws SQLException {
        Sql.run(
                connection,
                "drop role if exists mpp_connect_loader",
                "create role mpp_connect_loader createexttable (type='readable', protocol='gpfdist')",
                "create table t (id int) distributed by (id)",
                "grant usage on schema mpp_connect_catalog to mpp_connect_loader",
                "grant select, insert on t to mpp_connect_loader",
                "set role mpp_connect_loader");
        try {
            assertThat(table("t").privileges())
                    .containsExactlyInAnyOrder(Privilege.USE_SCHEMA, Privilege.SELECT, Privilege.INSERT);
            assertThat(Catalog.read(connection).externalTablePrivileges())
                    .isEqualTo(new ExternalTablePrivileges(true, false, true));
        } finally {
            Sql.run(connection, "reset role", "drop owned by mpp_connect_loader", "drop role mpp_connect_loader");
        }
    }

    @Test
    void aRoleMayBeAllowedToInsertIntoSomeColumns() throws SQLException {
        Sql.run(
                connection,
                "drop role if exists mpp_connect_loader",
                "create role mpp_connect_loader",
                "create table t (id int, note text) distributed by (id)",
                "grant usage on schema mpp_connect_catalog to mpp_connect_loader",
                "grant insert (id) on t to mpp_connect_loader",
                "set role mpp_connect_loader");
        try {
            assertThat(table("t").privileges()).containsExactly(Privilege.USE_SCHEMA);
            assertThat(table("t").columns()).extracting(Column::insertable).containsExactly(true, false);

            Sql.run(
                    connection,
                    "reset role",
                    "grant insert (note) on t to mpp_connect_loader",
                    "set role mpp_connect_loader");

            assertThat(table("t").columns()).extracting(Column::insertable).containsExactly(true, true);
        } finally {
            Sql.run(connection, "reset role", "drop owned by mpp_connect_loader", "drop role mpp_connect_loader");
        }
    }

    @Test
    void aReplacedPolicyIsNoticed() throws SQLException {
        Sql.run(connection, "create table t (id int, other int) distributed by (id)");
        TableInfo before = table("t");
        assertThat(table("t")).isSameAs(before);

        Sql.run(connection, "alter table t set with (reorganize=false) distributed randomly");
        assertThat(table("t").distribution().policy()).isEqualTo(Policy.RANDOM);

        Sql.run(connection, "alter table t set distributed by (other)");
        assertThat(table("t").distribution().key()).containsExactly(new Distribution.Key("other", "int4_ops"));
    }

    @Test
    void aMissingTableIsNamed() throws SQLException {
        Sql.run(connection, "create table orders (id int) distributed by (id)");

        assertThatThrownBy(() -> table("mpp_connect_catalog.order"))
                .hasMessage("Cannot find table mpp_connect_catalog.order: it does not exist, or role " + role()
                        + " may not use its schema; did you mean mpp_connect_catalog.orders?");
    }

    /** Also those types and hashes that the recorded vectors leave out. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            int8; int8_ops; (i * 7919)::int8
            int4; cdbhash_int4_ops; i
            numeric(12,3); numeric_ops; (i * 1.2345)::numeric(12,3)
            numeric(12,3); cdbhash_numeric_ops; (i * 10000.5)::numeric(12,3)
            text; text_ops; repeat('x', i % 40) || i
            varchar(30); cdbhash_text_ops; repeat('é', i % 13) || i || repeat(' ', i % 3)
            char(12); bpchar_ops; i::text
            char(12); cdbhash_bpchar_ops; repeat('a', i % 12)
            float8; float8_ops; sqrt(i)
            float4; cdbhash_float4_ops; (sqrt(i))::float4
            date; date_ops; date '1990-01-01' + i
            date; cdbhash_date_ops; date '1990-01-01' + i
            time; time_ops; time '00:00' + i * interval '1.25 second'
            timetz; timetz_ops; (time '00:00' + i * interval '1.25 second') at time zone interval '03:30'
            timetz; cdbhash_timetz_ops; (time '00:00' + i * interval '1.25 second') at time zone interval '-05:00'
            timestamp(3); timestamp_ops; timestamp '1999-12-31' + i * interval '0.0007 second'
            timestamptz; cdbhash_timestamptz_ops; timestamptz '1999-12-31' + i * interval '1.000001 hour'
            interval; interval_ops; i * interval '1 month 1 day 1.5 seconds'
            interval; cdbhash_interval_ops; i * interval '-1 month 1 day 1.5 seconds'
            uuid; uuid_ops; md5(i::text)::uuid
            uuid; cdbhash_uuid_ops; md5(i::text)::uuid
            bytea; bytea_ops; decode(md5(i::text), 'hex')
            bit(11); bit_ops; (i % 2048)::bit(11)
            varbit; varbit_ops; (i % 64)::bit(6)::varbit
            varbit; cdbhash_varbit_ops; (i % 512)::bit(9)::varbit
            inet; inet_ops; inet '10.1.2.3' + i
            inet; cdbhash_inet_ops; inet 'fe80::1' + i
            cidr; inet_ops; set_masklen(inet '10.0.0.0' + i * 256, 24)::cidr
            macaddr; macaddr_ops; ('08:00:2b:01:02:' || lpad(to_hex(i % 256), 2, '0'))::macaddr
            macaddr; cdbhash_macaddr_ops; ('08:00:2b:01:02:' || lpad(to_hex(i % 256), 2, '0'))::macaddr
            oid; oid_ops; (i * 65537::int8)::oid
            bool; cdbhash_bool_ops; i % 2 = 0
            text[]; array_ops; array['a"b', i::text, null, 'NULL', 'c d']
            """)
    void placesRowsWhereTheClusterDoes(String type, String operatorClass, String value) throws SQLException {
        Sql.run(
                connection,
                "set datestyle = 'ISO'",
                "set intervalstyle = 'postgres'",
                "set extra_float_digits = 3",
                "set bytea_output = 'hex'",
                "set timezone = 'Asia/Kathmandu'",
                "create table placed (k " + type + ") distributed by (k " + operatorClass + ")",
                "insert into placed select " + value + " from generate_series(1, 300) i",
                "insert into placed values (null)");
        Placement placement = catalog.segmentMap().placement(table("placed"));
        boolean bool = type.equals("bool");
        int rows = 0;
        try (PreparedStatement statement = connection.prepareStatement("select k, gp_segment_id from placed");
                ResultSet result = statement.executeQuery()) {
            while (result.next()) {
                rows++;
                String key = bool ? booleanText(result) : result.getString(1);
                assertThat(placement.segmentOf((Object) key)).as(key).isEqualTo(result.getInt(2));
            }
        }
        assertThat(rows).isEqualTo(301);
    }

    private static String booleanText(ResultSet row) throws SQLException {
        return row.getObject(1) == null ? null : String.valueOf(row.getBoolean(1));
    }

    @Test
    void kindsHaveTheHashesThatTheClusterGivesThemByDefault() throws SQLException {
        for (String type :
                List.of("int2", "int4", "text", "varchar(3)", "char(3)", "cidr", "varbit", "int4[]", "timetz")) {
            Sql.run(connection, "drop table if exists kinds", "create table kinds (k " + type + ") distributed by (k)");
            assertThat(catalog.segmentMap().segmentOf(table("kinds"), (Object) null))
                    .as(type)
                    .isZero();
            assertThat(table("kinds").column("k").orElseThrow().type().kind())
                    .as(type)
                    .isNotEqualTo(TypeKind.OTHER);
        }
    }
}
