package io.mppconnect.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.catalog.Distribution.Policy;
import io.mppconnect.catalog.TableInfo.Kind;
import io.mppconnect.catalog.TableInfo.Privilege;
import io.mppconnect.catalog.TableInfo.Storage;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The SQL of the Greenplum dialects, on a PostgreSQL 12 that was given the catalogs which Greenplum adds. That is the
 * base of Greenplum 7; for 5 and 6 it shows how their answers are read.
 */
class GreenplumDialectTest {

    private static EmbeddedPostgres postgres;
    private static Connection connection;

    @BeforeAll
    static void startPostgres() throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder()
                .setServerConfig("allow_system_table_mods", "on")
                .start();
        connection = postgres.getPostgresDatabase().getConnection();
        Sql.run(
                connection,
                "create extension file_fdw",
                "create server gp_exttable_server foreign data wrapper file_fdw",
                "create table pg_catalog.gp_segment_configuration (dbid int2, content int2, role \"char\","
                        + " preferred_role \"char\", mode \"char\", status \"char\", port int, hostname text,"
                        + " address text)",
                "insert into pg_catalog.gp_segment_configuration values (1, -1, 'p', 'p', 's', 'u', 5432, 'm', 'm'),"
                        + " (2, 0, 'p', 'p', 's', 'u', 6000, 's1', 's1'), (3, 1, 'p', 'p', 's', 'u', 6000, 's2', 's2'),"
                        + " (4, 0, 'm', 'm', 's', 'u', 7000, 's2', 's2'), (5, 1, 'm', 'm', 's', 'u', 7000, 's1', 's1')",
                "create table pg_catalog.gp_distribution_policy (localoid oid, policytype \"char\", numsegments int,"
                        + " distkey int2vector, distclass oidvector, attrnums int2[])",
                "create table pg_catalog.pg_appendonly (relid oid, columnstore boolean)",
                "create table pg_catalog.pg_exttable (reloid oid, writable boolean)",
                "create table pg_catalog.pg_partition (parrelid oid)");
    }

    @AfterAll
    static void stopPostgres() throws IOException, SQLException {
        connection.close();
        postgres.close();
    }

    @BeforeEach
    void clean() throws SQLException {
        Sql.run(
                connection,
                "drop schema if exists shop cascade",
                "create schema shop",
                "create type shop.mood as enum ('sad', 'glad')",
                "delete from pg_catalog.gp_distribution_policy",
                "delete from pg_catalog.pg_appendonly",
                "delete from pg_catalog.pg_exttable",
                "delete from pg_catalog.pg_partition",
                "create table shop.t (a int, gone int, b text not null default 'x', c varchar(3), m shop.mood)",
                "alter table shop.t drop column gone");
    }

    private static TableInfo read(CatalogDialect dialect, String name) throws SQLException {
        return new TableQuery(dialect)
                .table(connection, TableName.parse(name))
                .orElseThrow()
                .table();
    }

    private static String stamp(CatalogDialect dialect) throws SQLException {
        TableQuery query = new TableQuery(dialect);
        TableName name = TableName.parse("shop.t");
        return query.stamp(connection, name, query.table(connection, name).orElseThrow())
                .orElseThrow();
    }

    /** A key of columns 3 and 1 by the default classes. */
    private static void hashed() throws SQLException {
        Sql.run(
                connection,
                "insert into pg_catalog.gp_distribution_policy"
                        + " select 'shop.t'::regclass, 'p', 4, '3 1', (text.oid || ' ' || number.oid)::oidvector, '{3,1}'"
                        + " from pg_opclass text, pg_opclass number, pg_am"
                        + " where text.opcname = 'text_ops' and number.opcname = 'int4_ops' and amname = 'hash'"
                        + " and text.opcmethod = pg_am.oid and number.opcmethod = pg_am.oid");
    }

    private static void spread(String policy) throws SQLException {
        Sql.run(
                connection,
                "insert into pg_catalog.gp_distribution_policy values ('shop.t'::regclass, '" + policy
                        + "', 4, '', '', null)");
    }

    @Test
    void version6AndLaterKeepTheKeyWithItsOperatorClasses() throws SQLException {
        hashed();
        Distribution expected = new Distribution(
                Policy.HASHED,
                4,
                List.of(new Distribution.Key("b", "text_ops"), new Distribution.Key("a", "int4_ops")));

        assertThat(read(new Greenplum6Dialect(), "shop.t").distribution()).isEqualTo(expected);
        assertThat(read(new Greenplum7Dialect(), "shop.t").distribution()).isEqualTo(expected);
    }

    @Test
    void version5HashesTheLegacyWayOverAllSegments() throws SQLException {
        hashed();

        assertThat(read(new Greenplum5Dialect(), "shop.t").distribution())
                .isEqualTo(new Distribution(
                        Policy.HASHED,
                        2,
                        List.of(
                                new Distribution.Key("b", "cdbhash_text_ops"),
                                new Distribution.Key("a", "cdbhash_int4_ops"))));
    }

    @Test
    void rowsAreSpreadAtRandomWithoutAKey() throws SQLException {
        spread("p");

        assertThat(read(new Greenplum5Dialect(), "shop.t").distribution())
                .isEqualTo(new Distribution(Policy.RANDOM, 2, List.of()));
        assertThat(read(new Greenplum6Dialect(), "shop.t").distribution())
                .isEqualTo(new Distribution(Policy.RANDOM, 4, List.of()));
        assertThat(read(new Greenplum7Dialect(), "shop.t").distribution())
                .isEqualTo(new Distribution(Policy.RANDOM, 4, List.of()));
    }

    @Test
    void replicatedTablesAreTold() throws SQLException {
        spread("r");

        assertThat(read(new Greenplum6Dialect(), "shop.t").distribution())
                .isEqualTo(new Distribution(Policy.REPLICATED, 4, List.of()));
        assertThat(read(new Greenplum7Dialect(), "shop.t").distribution())
                .isEqualTo(new Distribution(Policy.REPLICATED, 4, List.of()));
    }

    @Test
    void whatHasNoPolicyIsNotDistributed() throws SQLException {
        for (CatalogDialect dialect :
                List.of(new Greenplum5Dialect(), new Greenplum6Dialect(), new Greenplum7Dialect())) {
            assertThat(read(dialect, "shop.t").distribution()).isEqualTo(new Distribution(Policy.NONE, 0, List.of()));
        }
    }

    @Test
    void theColumnsAreThoseOfEveryFamily() throws SQLException {
        List<Column> columns = read(new PostgresqlDialect(), "shop.t").columns();

        assertThat(columns).extracting(Column::name).containsExactly("a", "b", "c", "m");
        for (CatalogDialect dialect :
                List.of(new Greenplum5Dialect(), new Greenplum6Dialect(), new Greenplum7Dialect())) {
            assertThat(read(dialect, "shop.t").columns()).isEqualTo(columns);
            assertThat(read(dialect, "shop.t").privileges()).isEqualTo(EnumSet.allOf(Privilege.class));
        }
    }

    @Test
    void olderVersionsListWhatIsAppendOptimisedExternalAndPartitioned() throws SQLException {
        for (CatalogDialect dialect : List.of(new Greenplum5Dialect(), new Greenplum6Dialect())) {
            clean();
            assertThat(read(dialect, "shop.t").storage()).isEqualTo(Storage.HEAP);
            assertThat(read(dialect, "shop.t").partitioned()).isFalse();

            Sql.run(connection, "insert into pg_catalog.pg_appendonly values ('shop.t'::regclass, false)");
            assertThat(read(dialect, "shop.t").storage()).isEqualTo(Storage.APPEND_OPTIMISED_ROW);

            Sql.run(connection, "update pg_catalog.pg_appendonly set columnstore = true");
            assertThat(read(dialect, "shop.t").storage()).isEqualTo(Storage.APPEND_OPTIMISED_COLUMN);

            Sql.run(
                    connection,
                    "insert into pg_catalog.pg_partition values ('shop.t'::regclass), ('shop.t'::regclass)");
            assertThat(read(dialect, "shop.t").partitioned()).isTrue();
            assertThat(read(dialect, "shop.t").columns()).hasSize(4);

            Sql.run(connection, "insert into pg_catalog.pg_exttable values ('shop.t'::regclass, false)");
            assertThat(read(dialect, "shop.t").kind()).isEqualTo(Kind.EXTERNAL_READABLE);
            assertThat(read(dialect, "shop.t").storage()).isEqualTo(Storage.NONE);

            Sql.run(connection, "update pg_catalog.pg_exttable set writable = true");
            assertThat(read(dialect, "shop.t").kind()).isEqualTo(Kind.EXTERNAL_WRITABLE);
        }
    }

    @Test
    void version7TellsStorageByAccessMethod() throws SQLException {
        CatalogDialect dialect = new Greenplum7Dialect();
        Sql.run(
                connection,
                "create access method ao_row type table handler heap_tableam_handler",
                "create access method ao_column type table handler heap_tableam_handler",
                "create access method pax type table handler heap_tableam_handler",
                "create table shop.r (id int) using ao_row",
                "create table shop.c (id int) using ao_column",
                "create table shop.x (id int) using pax",
                "create table shop.p (id int) partition by range (id)");

        assertThat(read(dialect, "shop.t").storage()).isEqualTo(Storage.HEAP);
        assertThat(read(dialect, "shop.r").storage()).isEqualTo(Storage.APPEND_OPTIMISED_ROW);
        assertThat(read(dialect, "shop.c").storage()).isEqualTo(Storage.APPEND_OPTIMISED_COLUMN);
        assertThat(read(dialect, "shop.x").storage()).isEqualTo(Storage.APPEND_OPTIMISED_COLUMN);
        assertThat(read(dialect, "shop.p").partitioned()).isTrue();
        assertThat(read(dialect, "shop.t").partitioned()).isFalse();
    }

    @Test
    void version7KeepsExternalTablesAsForeignOnesOfAServerOfTheirOwn() throws SQLException {
        CatalogDialect dialect = new Greenplum7Dialect();
        Sql.run(
                connection,
                "drop server if exists files cascade",
                "create server files foreign data wrapper file_fdw",
                "create foreign table shop.f (id int) server files options (filename '/nowhere')",
                "create foreign table shop.r (id int) server gp_exttable_server options (filename '/nowhere')",
                "create foreign table shop.w (id int) server gp_exttable_server options (filename '/nowhere')",
                "update pg_catalog.pg_foreign_table set ftoptions = ftoptions || '{is_writable=true}'::text[]"
                        + " where ftrelid = 'shop.w'::regclass",
                "update pg_catalog.pg_foreign_table set ftoptions = ftoptions || '{is_writable=false}'::text[]"
                        + " where ftrelid = 'shop.r'::regclass");

        assertThat(read(dialect, "shop.f").kind()).isEqualTo(Kind.FOREIGN_TABLE);
        assertThat(read(dialect, "shop.r").kind()).isEqualTo(Kind.EXTERNAL_READABLE);
        assertThat(read(dialect, "shop.w").kind()).isEqualTo(Kind.EXTERNAL_WRITABLE);
    }

    @Test
    void theStampShowsThatThePolicyWasReplaced() throws SQLException {
        for (CatalogDialect dialect :
                List.of(new Greenplum5Dialect(), new Greenplum6Dialect(), new Greenplum7Dialect())) {
            clean();
            hashed();
            String before = stamp(dialect);
            assertThat(stamp(dialect)).isEqualTo(before);

            Sql.run(connection, "update pg_catalog.gp_distribution_policy set distkey = '1', attrnums = '{1}'");

            assertThat(stamp(dialect)).isNotEqualTo(before);
        }
    }

    @Test
    void theStampIsTheOneThatTheTableWasReadWith() throws SQLException {
        for (CatalogDialect dialect : List.of(
                new Greenplum5Dialect(), new Greenplum6Dialect(), new Greenplum7Dialect(), new PostgresqlDialect())) {
            assertThat(new TableQuery(dialect)
                            .table(connection, TableName.parse("shop.t"))
                            .orElseThrow()
                            .stamp())
                    .isEqualTo(stamp(dialect));
        }
    }

    @Test
    void queriesAreDescribedTheSameWayByAllFamilies() throws SQLException {
        for (CatalogDialect dialect :
                List.of(new Greenplum5Dialect(), new Greenplum6Dialect(), new Greenplum7Dialect())) {
            assertThat(new QueryDescriber(dialect).describe(connection, "select c, m from shop.t"))
                    .extracting(described -> described.column().type())
                    .extracting(type -> type.sql() + type.labels())
                    .containsExactly("character varying(3)[]", "shop.mood[sad, glad]");
        }
    }

    @Test
    void eachVersionHasItsDialect() {
        assertThat(dialect("PostgreSQL 8.3.23 (Greenplum Database 5.20.0 build 1) on x86_64"))
                .isInstanceOf(Greenplum5Dialect.class);
        assertThat(dialect("PostgreSQL 9.4.26 (Greenplum Database 6.24.3 build 1) on x86_64"))
                .isExactlyInstanceOf(Greenplum6Dialect.class);
        assertThat(dialect("PostgreSQL 9.4.26 (Greengage Database 6.27.0 build 1) on x86_64"))
                .isExactlyInstanceOf(Greenplum6Dialect.class);
        assertThat(dialect("PostgreSQL 12.12 (Greenplum Database 7.1.0 build 1) on x86_64"))
                .isInstanceOf(Greenplum7Dialect.class);
        assertThat(dialect("PostgreSQL 14.4 (Apache Cloudberry 2.0.0-incubating build 1) on x86_64"))
                .isInstanceOf(Greenplum7Dialect.class);
        assertThat(dialect("PostgreSQL 17.2 on x86_64")).isInstanceOf(PostgresqlDialect.class);
    }

    private static CatalogDialect dialect(String version) {
        return CatalogDialect.of(DatabaseVersion.parse(version));
    }
}
