package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CatalogTest extends ClusterTest {

    private static final String POLICIES = "select relname, policytype, numsegments, distkey, array(select opcname"
            + " from unnest(distclass::oid[]) with ordinality k(id, i) join pg_opclass o on o.oid = k.id order by i) from gp_distribution_policy p"
            + " join pg_class c on c.oid = localoid where relname like 'c\\_%' order by relname";

    private static final String EXTERNALS =
            "select count(*) from pg_exttable join pg_class c on c.oid = reloid where relname like 'c\\_%'";

    @AfterEach
    void dropTables() throws Exception {
        if (!connection.getAutoCommit()) {
            connection.rollback();
        }
        run("drop table if exists c_1, c_2, c_3, c_4, c_5, c_6, c_7, c_hash, c_legacy, c_multi, c_rand, c_repl, c_part,"
                + " c_list");
    }

    @Test
    @EmbeddedOnly
    void posesAsGreenplum6() throws Exception {
        assertThat(rows("select version()"))
                .containsExactly("PostgreSQL 9.4.26 (Greenplum Database 6.24.3 build"
                        + " commit:25d3498a400ca5230e81abb94861f23389315213) on x86_64-unknown-linux-gnu, compiled by"
                        + " gcc (Debian 12.2.0-14+deb12u1) 12.2.0, 64-bit ");
        assertThat(rows("show server_version")).containsExactly("9.4.26");
        assertThat(rows("select current_setting('server_version_num')")).containsExactly("90426");
        DatabaseMetaData metaData = connection.getMetaData();
        assertThat(metaData.getDatabaseProductVersion()).isEqualTo("9.4.26");
        assertThat(metaData.getDatabaseMajorVersion()).isEqualTo(9);
        assertThat(metaData.getConnection()).isSameAs(connection);
    }

    @Test
    @EmbeddedOnly
    void listsItsSegments() throws Exception {
        int port = cluster.port();
        assertThat(rows("select * from gp_segment_configuration order by content"))
                .containsExactly(
                        "1|-1|p|p|n|u|" + port + "|localhost|127.0.0.1|/data/seg-1",
                        "2|0|p|p|n|u|" + (port + 1) + "|localhost|127.0.0.1|/data/seg0",
                        "3|1|p|p|n|u|" + (port + 2) + "|localhost|127.0.0.1|/data/seg1",
                        "4|2|p|p|n|u|" + (port + 3) + "|localhost|127.0.0.1|/data/seg2",
                        "5|3|p|p|n|u|" + (port + 4) + "|localhost|127.0.0.1|/data/seg3");
    }

    @Test
    void distributionIsRecorded() throws Exception {
        run("create table c_hash(id int8, s text) distributed by (id)");
        run("create table c_legacy(id int) distributed by (id cdbhash_int4_ops)");
        run("create table c_multi(a int, b text, c date) distributed by (b, a)");
        run("create table c_rand(id int) distributed randomly");
        run("create table c_repl(id int) distributed replicated");

        assertThat(rows(POLICIES))
                .containsExactly(
                        "c_hash|p|4|1|{int8_ops}",
                        "c_legacy|p|4|1|{cdbhash_int4_ops}",
                        "c_multi|p|4|2 1|{text_ops,int4_ops}",
                        "c_rand|p|4||{}",
                        "c_repl|r|4||{}");
        assertThat(rows("select pg_get_table_distributedby('c_multi'::regclass),"
                        + " pg_get_table_distributedby('c_rand'::regclass),"
                        + " pg_get_table_distributedby('c_repl'::regclass)"))
                .containsExactly("DISTRIBUTED BY (b, a)|DISTRIBUTED RANDOMLY|DISTRIBUTED REPLICATED");
    }

    @Test
    void distributionHasADefault() throws Exception {
        run("create table c_1(a point, b int)");
        run("create table c_2(a int, b int primary key)");
        run("create table c_3 as select 1 a, 2 b");
        run("create table c_4(a point)");
        run("create table c_5(b int, a varchar unique)");
        run("create table c_6(like c_2)");
        run("create table c_7(like c_1) distributed randomly");

        assertThat(rows(POLICIES))
                .containsExactly(
                        "c_1|p|4|2|{int4_ops}",
                        "c_2|p|4|2|{int4_ops}",
                        "c_3|p|4|1|{int4_ops}",
                        "c_4|p|4||{}",
                        "c_5|p|4|2|{text_ops}",
                        "c_6|p|4|2|{int4_ops}",
                        "c_7|p|4||{}");
    }

    @Test
    void badDistributionsAreRefused() throws Exception {
        assertThat(failure("create table c_1(a int) distributed by (nosuch)"))
                .isEqualTo("42703: column \"nosuch\" named in 'DISTRIBUTED BY' clause does not exist");
        assertThat(failure("create table c_1(a int) distributed by (a, a)"))
                .isEqualTo("42701: duplicate column in DISTRIBUTED BY clause");
        assertThat(failure("create table c_1(a int primary key, b int) distributed by (b)"))
                .startsWith("42P16: PRIMARY KEY and DISTRIBUTED BY definitions are incompatible / ");
        assertThat(rows(POLICIES)).isEmpty();
    }

    @Test
    void storageIsRecorded() throws Exception {
        run("create table c_1(a int) with (appendonly=true, orientation=column, compresstype=zlib, compresslevel=5,"
                + " fillfactor=50) distributed by (a)");
        run("create table c_2(a int) with (appendoptimized=true)");
        run("create table c_3(a int) with (appendonly=false)");

        assertThat(rows("select relid::regclass, columnstore, compresstype, compresslevel, blocksize, checksum"
                        + " from pg_appendonly order by 1"))
                .containsExactly("c_1|t|zlib|5|32768|t", "c_2|f||0|32768|t");
        assertThat(rows("select 'fillfactor=50' = any(reloptions) from pg_class where relname = 'c_1'"))
                .containsExactly("t");
    }

    @Test
    void rangesArePartitioned() throws Exception {
        run("create table c_part(id int8, d date) with (appendonly=true, orientation=column) distributed by (id)"
                + " partition by range (d) (start (date '2024-01-01') inclusive end (date '2024-04-01') exclusive"
                + " every (interval '1 month'), default partition other)");

        run("insert into c_part values (1, '2024-02-29'), (2, '2025-01-01')");

        assertThat(rows("select tableoid::regclass, id from c_part order by id"))
                .containsExactly("c_part_1_prt_3|1", "c_part_1_prt_other|2");
        assertThat(rows(POLICIES))
                .containsExactly(
                        "c_part|p|4|1|{int8_ops}",
                        "c_part_1_prt_2|p|4|1|{int8_ops}",
                        "c_part_1_prt_3|p|4|1|{int8_ops}",
                        "c_part_1_prt_4|p|4|1|{int8_ops}",
                        "c_part_1_prt_other|p|4|1|{int8_ops}");
        assertThat(rows("select count(*) from pg_appendonly")).containsExactly("5");
        assertThat(rows("select parrelid::regclass, parkind, parnatts, paratts from pg_partition"))
                .containsExactly("c_part|r|1|2");
    }

    @Test
    void listsArePartitioned() throws Exception {
        run("create table c_list(id int, k text) distributed by (id) partition by list (k)"
                + " (partition ab values ('a', 'b'), partition c values ('c'))");

        run("insert into c_list values (1, 'b'), (2, 'c')");

        assertThat(rows("select tableoid::regclass, id from c_list order by id"))
                .containsExactly("c_list_1_prt_ab|1", "c_list_1_prt_c|2");
    }

    @Test
    @EmbeddedOnly
    void subpartitionsAreRefused() throws Exception {
        assertThat(failure("create table c_1(a int, b int) partition by range (a) subpartition by range (b)"
                        + " (start (1) end (2))"))
                .isEqualTo("0A000: subpartitions are not emulated");
    }

    @Test
    void externalTablesFollowTheTransaction() throws Exception {
        connection.setAutoCommit(false);
        run("create external table c_ext(a int) location('gpfdist://h:1/a') format 'text'");
        assertThat(rows(EXTERNALS)).containsExactly("1");

        connection.rollback();
        assertThat(rows(EXTERNALS)).containsExactly("0");

        run("create external table c_ext(a int) location('gpfdist://h:1/a') format 'text'");
        connection.commit();
        run("drop external table c_ext");
        connection.rollback();
        assertThat(rows("select reloid::regclass from pg_exttable where reloid = 'c_ext'::regclass"))
                .containsExactly("c_ext");

        run("drop external table c_ext");
        connection.commit();
        assertThat(rows(EXTERNALS)).containsExactly("0");
    }

    @Test
    void otherSessionsSeeAnExternalTable() throws Exception {
        server.serve("x", Frames.data("1\n"), Frames.end());
        run("create external table c_ext(a int) location('" + server.url("x") + "') format 'text'");
        try (Connection other = connect();
                Statement statement = other.createStatement();
                ResultSet rows = statement.executeQuery("select a from public.c_ext c where c.a = 1")) {
            assertThat(rows.next()).isTrue();
        }
        run("drop external table c_ext");
    }

    @Test
    void externalTableMayBeLikeAnother() throws Exception {
        run("create table c_1(id int8, amount numeric(10, 2), \"Odd name\" varchar(5)) distributed by (id)");
        run("create external temp table x(like c_1, more date) location('gpfdist://h:1/a') format 'text'");

        assertThat(rows("select attname, format_type(atttypid, atttypmod) from pg_attribute"
                        + " where attrelid = 'x'::regclass and attnum > 0 order by attnum"))
                .containsExactly("id|bigint", "amount|numeric(10,2)", "Odd name|character varying(5)", "more|date");
    }

    @Test
    void dropExternalTableDropsNothingElse() throws Exception {
        run("create table c_1(a int)");

        assertThat(failure("drop external table c_1"))
                .isEqualTo("42809: \"c_1\" is not an external table / Use DROP TABLE to remove a base table.");
        assertThat(failure("drop external table nosuch")).isEqualTo("42P01: table \"nosuch\" does not exist");
        run("drop external table if exists nosuch");
    }

    @Test
    void definitionsAreCheckedAsByTheDatabase() throws Exception {
        String table = "create external temp table x(a int) location('gpfdist://h:1/a') format ";
        assertThat(failure(table + "'xml'")).startsWith("42601: unsupported format 'xml' / ");
        assertThat(failure(table + "'text' (delimiter 'ab')")).isEqualTo("22023: COPY delimiter cannot be \"ab\"");
        assertThat(failure(table + "'text' (quote '\"')")).isEqualTo("0A000: COPY quote available only in CSV mode");
        assertThat(failure(table + "'text' (newline 'XX')"))
                .isEqualTo("0A000: invalid value for NEWLINE (XX) / valid options are: 'LF', 'CRLF', 'CR'");
        assertThat(failure(table + "'csv' (null 'a' null 'b')")).isEqualTo("42601: conflicting or redundant options");
        assertThat(failure(table + "'text' encoding 'nope'")).isEqualTo("42704: nope is not a valid encoding name");
        assertThat(failure(table + "'text' segment reject limit 1"))
                .isEqualTo("22023: invalid (ROWS) reject limit. Should be 2 or larger");
        assertThat(failure(table + "'text' log errors")).startsWith("42601: syntax error");
        assertThat(failure("create external table x(a int primary key) location('gpfdist://h:1/a') format 'text'"))
                .isEqualTo("42601: syntax error at or near \"primary\"");
        assertThat(failure("create external table x(a int) location('gpfdist://h:1/a','gpfdist://h:1/a')"
                        + " format 'text'"))
                .isEqualTo("42P16: duplicate location uri");
        assertThat(failure("create writable external table x(a int) location('gpfdist://h:1/a') format 'csv' (header)"))
                .isEqualTo("0AM01: HEADER is not yet supported for writable external tables");
    }

    @Test
    void rolesNeedARightToCreateExternalTables() throws Exception {
        run("create role plain login");
        try {
            String readable = "create external temp table x(id int) location('gpfdist://h:1/a') format 'text'";
            String writable = "create writable external temp table y(id int) location('gpfdist://h:1/a') format 'text'";
            assertThat(failure("set role plain; " + readable))
                    .isEqualTo("42501: permission denied: no privilege to create a readable gpfdist(s) external table");
            run("alter role plain createexttable(type='readable', protocol='gpfdist')");
            try (Connection plain = connect("plain");
                    Statement statement = plain.createStatement()) {
                statement.execute(readable);
                statement.execute("drop external table x");
            }
            run("set role plain");
            assertThat(failure(writable))
                    .isEqualTo("42501: permission denied: no privilege to create a writable gpfdist(s) external table");
            run("reset role");
            run("alter user plain with createexttable(type='writable') nocreateexttable");
            assertThat(rows("select rolcreaterextgpfd, rolcreatewextgpfd, rolcreaterexthttp from pg_roles"
                            + " where rolname = 'plain'"))
                    .containsExactly("f|t|f");
        } finally {
            run("reset role");
            run("drop role plain");
        }
    }

    @Test
    void rolesNeedARightToReadAnExternalTable() throws Exception {
        run("create external table c_ext(a int) location('gpfdist://h:1/a') format 'text'");
        run("create role reader");
        try {
            run("set role reader");
            assertThat(failure("select * from c_ext")).isEqualTo("42501: permission denied for relation c_ext");
        } finally {
            run("reset role");
            run("drop role reader");
            run("drop external table c_ext");
        }
    }

    @Test
    void settingsHaveTheirDefaults() throws Exception {
        assertThat(rows("show gpfdist_retry_timeout")).containsExactly("5min");
        assertThat(rows("show writable_external_table_bufsize")).containsExactly("64kB");
        assertThat(rows("show readable_external_table_timeout")).containsExactly("0");
        assertThat(rows("select current_setting('gp_external_max_segs'), current_setting('verify_gpfdists_cert')"))
                .containsExactly("64|on");
        assertThat(rows("select name, setting, unit from pg_settings where name = 'gpfdist_retry_timeout'"))
                .containsExactly("gpfdist_retry_timeout|300|s");
    }

    @Test
    void settingsAreSetForTheSessionOrTheTransaction() throws Exception {
        run("set gpfdist_retry_timeout = 120");
        assertThat(rows("show gpfdist_retry_timeout")).containsExactly("2min");
        connection.setAutoCommit(false);
        run("set local gpfdist_retry_timeout to '90s'");
        assertThat(rows("show gpfdist_retry_timeout")).containsExactly("90s");
        connection.commit();
        assertThat(rows("show gpfdist_retry_timeout")).containsExactly("2min");
        try (PreparedStatement statement =
                connection.prepareStatement("select set_config(?, '3', true), set_config('datestyle', 'ISO', true)")) {
            statement.setString(1, "gpfdist_retry_timeout");
            statement.execute();
        }
        assertThat(rows("select current_setting('gpfdist_retry_timeout')")).containsExactly("3s");
        connection.commit();
        run("reset gpfdist_retry_timeout");
        assertThat(rows("show gpfdist_retry_timeout")).containsExactly("5min");
    }

    @Test
    void badSettingsAreRefused() throws Exception {
        assertThat(failure("set gpfdist_retry_timeout = 'abc'"))
                .isEqualTo("22023: invalid value for parameter \"gpfdist_retry_timeout\": \"abc\"");
        assertThat(failure("set writable_external_table_bufsize = 1"))
                .isEqualTo("22023: 1 is outside the valid range for parameter \"writable_external_table_bufsize\""
                        + " (32 .. 131072)");
        assertThat(failure("set gp_nosuch = 1")).isEqualTo("42704: unrecognized configuration parameter \"gp_nosuch\"");
    }
}
