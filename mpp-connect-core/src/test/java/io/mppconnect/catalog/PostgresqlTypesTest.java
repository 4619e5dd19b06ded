package io.mppconnect.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Types of tables' columns and of queries' results, on a real PostgreSQL. */
class PostgresqlTypesTest {

    private static EmbeddedPostgres postgres;

    private Connection connection;
    private Catalog catalog;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = EmbeddedPostgres.start();
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = postgres.getPostgresDatabase().getConnection();
        Sql.run(connection, "drop schema if exists shop cascade", "create schema shop");
        catalog = Catalog.read(connection);
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    private TableInfo table(String name) {
        return catalog.table(connection, TableName.parse(name));
    }

    private static ColumnType sized(TypeKind kind, String sql, int length) {
        return new ColumnType(kind, sql, Optional.empty(), length, -1, -1, Optional.empty(), List.of());
    }

    private static ColumnType numeric(String sql, int precision, int scale) {
        return new ColumnType(
                TypeKind.NUMERIC, sql, Optional.empty(), -1, precision, scale, Optional.empty(), List.of());
    }

    private static ColumnType array(String sql, ColumnType element) {
        return new ColumnType(TypeKind.ARRAY, sql, Optional.empty(), -1, -1, -1, Optional.of(element), List.of());
    }

    private static ColumnType labelled(String sql, String... labels) {
        return new ColumnType(TypeKind.ENUM, sql, Optional.empty(), -1, -1, -1, Optional.empty(), List.of(labels));
    }

    private static ColumnType domain(String name, ColumnType base) {
        return new ColumnType(
                base.kind(),
                base.sql(),
                Optional.of(name),
                base.length(),
                base.precision(),
                base.scale(),
                base.element(),
                base.labels());
    }

    @Test
    void everyBuiltInTypeHasItsKindAndModifiers() throws SQLException {
        Sql.run(
                connection,
                "create table shop.plain (bo boolean, i2 smallint, i4 integer, i8 bigint, oi oid, f4 real,"
                        + " f8 double precision, nu numeric, nd numeric(10,2), ni numeric(5), mo money, ch char(8),"
                        + " bp bpchar, c1 char, vc varchar(20), vx varchar, te text, by bytea, da date, ti time,"
                        + " tp time(3), tz timetz, ts timestamp, sz timestamptz, sp timestamptz(3), iv interval,"
                        + " uu uuid, js json, jb jsonb, xm xml, bi bit(3), vb varbit(5), vy varbit, ip inet, ci cidr,"
                        + " ma macaddr, ra int4range, po point, qc \"char\", na name, ve int2vector)");

        assertThat(table("shop.plain").columns())
                .extracting(Column::type)
                .containsExactly(
                        ColumnType.of(TypeKind.BOOLEAN, "boolean"),
                        ColumnType.of(TypeKind.INT2, "smallint"),
                        ColumnType.of(TypeKind.INT4, "integer"),
                        ColumnType.of(TypeKind.INT8, "bigint"),
                        ColumnType.of(TypeKind.OID, "oid"),
                        ColumnType.of(TypeKind.FLOAT4, "real"),
                        ColumnType.of(TypeKind.FLOAT8, "double precision"),
                        ColumnType.of(TypeKind.NUMERIC, "numeric"),
                        numeric("numeric(10,2)", 10, 2),
                        numeric("numeric(5,0)", 5, 0),
                        ColumnType.of(TypeKind.MONEY, "money"),
                        sized(TypeKind.CHAR, "character(8)", 8),
                        ColumnType.of(TypeKind.CHAR, "bpchar"),
                        sized(TypeKind.CHAR, "character(1)", 1),
                        sized(TypeKind.VARCHAR, "character varying(20)", 20),
                        ColumnType.of(TypeKind.VARCHAR, "character varying"),
                        ColumnType.of(TypeKind.TEXT, "text"),
                        ColumnType.of(TypeKind.BYTEA, "bytea"),
                        ColumnType.of(TypeKind.DATE, "date"),
                        ColumnType.of(TypeKind.TIME, "time without time zone"),
                        ColumnType.of(TypeKind.TIME, "time(3) without time zone"),
                        ColumnType.of(TypeKind.TIMETZ, "time with time zone"),
                        ColumnType.of(TypeKind.TIMESTAMP, "timestamp without time zone"),
                        ColumnType.of(TypeKind.TIMESTAMPTZ, "timestamp with time zone"),
                        ColumnType.of(TypeKind.TIMESTAMPTZ, "timestamp(3) with time zone"),
                        ColumnType.of(TypeKind.INTERVAL, "interval"),
                        ColumnType.of(TypeKind.UUID, "uuid"),
                        ColumnType.of(TypeKind.JSON, "json"),
                        ColumnType.of(TypeKind.JSONB, "jsonb"),
                        ColumnType.of(TypeKind.XML, "xml"),
                        sized(TypeKind.BIT, "bit(3)", 3),
                        sized(TypeKind.VARBIT, "bit varying(5)", 5),
                        ColumnType.of(TypeKind.VARBIT, "bit varying"),
                        ColumnType.of(TypeKind.INET, "inet"),
                        ColumnType.of(TypeKind.CIDR, "cidr"),
                        ColumnType.of(TypeKind.MACADDR, "macaddr"),
                        ColumnType.of(TypeKind.RANGE, "int4range"),
                        ColumnType.of(TypeKind.OTHER, "point"),
                        ColumnType.of(TypeKind.OTHER, "\"char\""),
                        ColumnType.of(TypeKind.OTHER, "name"),
                        ColumnType.of(TypeKind.OTHER, "int2vector"));
    }

    @Test
    void madeTypesAreResolvedThroughDomainsAndArrays() throws SQLException {
        Sql.run(
                connection,
                "create type shop.\"Mood\" as enum ('sad', 'so, so', 'it''s \"fine\"')",
                "create type shop.pair as (a int, b text)",
                "create domain shop.price as numeric(10,2)",
                "create domain shop.net as shop.price not null",
                "create domain shop.prices as numeric(6,1)[]",
                "create domain shop.moods as shop.\"Mood\"[]",
                "create table shop.made (mood shop.\"Mood\", pair shop.pair, price shop.price, net shop.net,"
                        + " prices shop.prices, moods shop.moods, ints int[], codes varchar(3)[][],"
                        + " amounts numeric(12,4)[], of_domain shop.net[], pairs shop.pair[])");
        ColumnType mood = labelled("shop.\"Mood\"", "sad", "so, so", "it's \"fine\"");
        ColumnType pair = ColumnType.of(TypeKind.COMPOSITE, "shop.pair");

        TableInfo made = table("shop.made");

        assertThat(made.columns())
                .extracting(Column::type)
                .containsExactly(
                        mood,
                        pair,
                        domain("shop.price", numeric("numeric(10,2)", 10, 2)),
                        domain("shop.net", numeric("numeric(10,2)", 10, 2)),
                        domain("shop.prices", array("numeric(6,1)[]", numeric("numeric(6,1)", 6, 1))),
                        domain("shop.moods", array("shop.\"Mood\"[]", mood)),
                        array("integer[]", ColumnType.of(TypeKind.INT4, "integer")),
                        array("character varying(3)[]", sized(TypeKind.VARCHAR, "character varying(3)", 3)),
                        array("numeric(12,4)[]", numeric("numeric(12,4)", 12, 4)),
                        array("shop.net[]", domain("shop.net", numeric("numeric(10,2)", 10, 2))),
                        array("shop.pair[]", pair));
        assertThat(made.columns().stream().filter(column -> !column.nullable()))
                .extracting(Column::name)
                .containsExactly("net");
    }

    @Test
    void aTypeNestedBeyondReasonTravelsAsText() throws SQLException {
        Sql.run(
                connection,
                "create domain shop.d1 as int",
                "create domain shop.d2 as shop.d1",
                "create domain shop.d3 as shop.d2",
                "create domain shop.d4 as shop.d3",
                "create domain shop.d5 as shop.d4",
                "create table shop.deep (a shop.d4, b shop.d5)");

        assertThat(table("shop.deep").columns())
                .extracting(Column::type)
                .containsExactly(
                        domain("shop.d4", ColumnType.of(TypeKind.INT4, "integer")),
                        domain("shop.d5", ColumnType.of(TypeKind.OTHER, "shop.d1")));
    }

    @Test
    void aQueryIsDescribedWithoutBeingRun() throws SQLException {
        Sql.run(
                connection,
                "create type shop.mood as enum ('sad', 'glad')",
                "create domain shop.price as numeric(10,2)",
                "create table shop.orders (id bigint not null, price shop.price, codes varchar(3)[], mood shop.mood,"
                        + " at timestamptz(3))");

        List<Column> columns = catalog.describe(
                        connection,
                        "select id, price, codes, mood, at, 'x' as constant, null as nothing, 1 / (id - id) as never,"
                                + " id as \"Mixed Case\" from shop.orders where at >= ? order by id")
                .columns();

        assertThat(columns)
                .containsExactly(
                        Column.of("id", ColumnType.of(TypeKind.INT8, "bigint")),
                        Column.of("price", numeric("numeric(10,2)", 10, 2)),
                        Column.of(
                                "codes",
                                array("character varying(3)[]", sized(TypeKind.VARCHAR, "character varying(3)", 3))),
                        Column.of("mood", labelled("shop.mood", "sad", "glad")),
                        Column.of("at", ColumnType.of(TypeKind.TIMESTAMPTZ, "timestamp(3) with time zone")),
                        Column.of("constant", ColumnType.of(TypeKind.TEXT, "text")),
                        Column.of("nothing", ColumnType.of(TypeKind.TEXT, "text")),
                        Column.of("never", ColumnType.of(TypeKind.INT8, "bigint")),
                        Column.of("Mixed Case", ColumnType.of(TypeKind.INT8, "bigint")));
        assertThat(catalog.describe(connection, "values (1, date '2024-01-01')").columns())
                .containsExactly(
                        Column.of("column1", ColumnType.of(TypeKind.INT4, "integer")),
                        Column.of("column2", ColumnType.of(TypeKind.DATE, "date")));
    }

    @Test
    void describingLeavesTheTransactionAlone() throws SQLException {
        connection.setAutoCommit(false);
        Sql.run(connection, "create table shop.fresh (id int)");

        assertThat(catalog.describe(connection, "select * from shop.fresh").columns())
                .hasSize(1);

        connection.rollback();
        connection.setAutoCommit(true);
        assertFails(
                ErrorCode.NO_SUCH_TABLE,
                "Cannot find table shop.fresh: it does not exist, or role postgres may not use its schema",
                () -> table("shop.fresh"));
    }

    @Test
    void aQueryWhoseColumnsCannotBeNamedIsRefused() {
        assertFails(
                ErrorCode.COLUMN_MISMATCH,
                "Cannot read from query: column 1 has no name; column 3 is called a as another one is; name each column"
                        + " by AS",
                () -> catalog.describe(connection, "select 1 + 1, 2 as a, 3 as a"));
        assertFails(
                ErrorCode.COLUMN_MISMATCH,
                "Cannot read from query create table shop.t (id int): it gives no columns",
                () -> catalog.describe(connection, "create table shop.t (id int)"));
        assertFails(
                ErrorCode.INVALID_OPTION,
                "Cannot read from query select 1 as a; select 2 as b: it is not exactly one statement",
                () -> catalog.describe(connection, "select 1 as a; select 2 as b"));
        assertFails(
                ErrorCode.INVALID_OPTION,
                "Cannot read from query : it is not exactly one statement",
                () -> catalog.describe(connection, ""));
    }

    @Test
    void aQueryThatTheDatabaseRefusesFailsWithItsReason() {
        assertThatThrownBy(() -> catalog.describe(connection, "select * from nowhere"))
                .isInstanceOfSatisfying(MppConnectException.class, e -> {
                    assertThat(e.code()).isEqualTo(ErrorCode.STATEMENT_FAILED);
                    assertThat(e.sqlState()).contains("42P01");
                })
                .hasMessage("Cannot read the columns of query select * from nowhere from the catalog:"
                        + " relation \"nowhere\" does not exist");
    }

    private static void assertFails(ErrorCode code, String message, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessage(message);
    }
}
