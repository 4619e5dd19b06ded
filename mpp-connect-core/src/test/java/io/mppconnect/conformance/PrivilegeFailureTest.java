package io.mppconnect.conformance;

import static io.mppconnect.conformance.Failures.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.Rejects;
import io.mppconnect.Table;
import io.mppconnect.TableLayout;
import io.mppconnect.TransferOptions;
import io.mppconnect.catalog.TableName;
import io.mppconnect.rows.Rows;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a user reads who may not do what a transfer needs, word for word; and that nothing of it stays. */
@Conformance
class PrivilegeFailureTest {

    private TestDatabase database;
    private String table;

    @BeforeEach
    void makeTable(TestDatabase database) {
        this.database = database;
        this.table = database.table("id integer, name text DISTRIBUTED BY (id)");
    }

    @AfterEach
    void noRowIsThere() {
        assertThat(database.count(table)).isZero();
    }

    private MppConnectException failure(MppCluster cluster) {
        return Failures.of(
                cluster, Rows.of(List.of(1L)).longs("id", Long::longValue), table, TransferOptions.defaults());
    }

    @Test
    void roleThatMayInsertIntoSomeColumnsOnly() {
        database.execute(
                "DROP ROLE IF EXISTS mpp_connect_columns",
                "CREATE ROLE mpp_connect_columns LOGIN CREATEEXTTABLE (type='readable', protocol='gpfdist')",
                "GRANT USAGE ON SCHEMA mpp_connect_test TO mpp_connect_columns",
                "GRANT INSERT (id) ON " + table + " TO mpp_connect_columns");
        try (MppCluster cluster = MppCluster.connect(database.url(), "mpp_connect_columns", "")) {
            assertFailed(
                    Failures.of(
                            cluster,
                            Rows.of(List.of(1L)).longs("id", Long::longValue).texts("name", String::valueOf),
                            table,
                            TransferOptions.defaults()),
                    ErrorCode.PRIVILEGE_MISSING,
                    "Cannot transfer rows into table " + table + ": role mpp_connect_columns may not INSERT into column"
                            + " name of " + table + "; the owner can allow it: GRANT INSERT (\"name\") ON "
                            + TableName.parse(table).sql() + " TO \"mpp_connect_columns\"");
            assertThat(failure(cluster)).isNull();
            database.execute("DELETE FROM " + table);
        } finally {
            database.execute("DROP OWNED BY mpp_connect_columns", "DROP ROLE mpp_connect_columns");
        }
    }

    @Test
    void roleThatMayNotCreateExternalTables() {
        database.execute(
                "DROP ROLE IF EXISTS mpp_connect_plain",
                "CREATE ROLE mpp_connect_plain LOGIN",
                "GRANT USAGE ON SCHEMA mpp_connect_test TO mpp_connect_plain",
                "GRANT ALL ON " + table + " TO mpp_connect_plain");
        try (MppCluster cluster = MppCluster.connect(database.url(), "mpp_connect_plain", "")) {
            assertFailed(
                    failure(cluster),
                    ErrorCode.PRIVILEGE_MISSING,
                    "Cannot transfer rows into table " + table
                            + ": role mpp_connect_plain may not create readable gpfdist"
                            + " external tables; a superuser can allow it: ALTER ROLE \"mpp_connect_plain\""
                            + " CREATEEXTTABLE(type='readable', protocol='gpfdist')");
        } finally {
            database.execute("DROP OWNED BY mpp_connect_plain", "DROP ROLE mpp_connect_plain");
        }
    }

    @Test
    void roleThatMayDoNothingHearsOfAllAtOnce() {
        database.execute("DROP ROLE IF EXISTS mpp_connect_nothing", "CREATE ROLE mpp_connect_nothing LOGIN");
        try (MppCluster cluster = MppCluster.connect(database.url(), "mpp_connect_nothing", "")) {
            assertFailed(
                    failure(cluster),
                    ErrorCode.PRIVILEGE_MISSING,
                    "Cannot transfer rows into table " + table + ": role mpp_connect_nothing may not create readable"
                            + " gpfdist external tables, nor use schema mpp_connect_test, nor INSERT on " + table
                            + "; a superuser can allow it: ALTER ROLE \"mpp_connect_nothing\""
                            + " CREATEEXTTABLE(type='readable', protocol='gpfdist'); GRANT USAGE ON SCHEMA"
                            + " \"mpp_connect_test\" TO \"mpp_connect_nothing\"; GRANT INSERT ON "
                            + TableName.parse(table).sql() + " TO \"mpp_connect_nothing\"");
        } finally {
            database.execute("DROP ROLE mpp_connect_nothing");
        }
    }

    @Test
    void roleThatMayNotCreateTheTableOfALoad() {
        String created = database.newTable();
        database.execute(
                "DROP ROLE IF EXISTS mpp_connect_nothing",
                "CREATE ROLE mpp_connect_nothing LOGIN CREATEEXTTABLE (type='readable', protocol='gpfdist')",
                "GRANT USAGE ON SCHEMA mpp_connect_test TO mpp_connect_nothing");
        try (MppCluster cluster = MppCluster.connect(database.url(), "mpp_connect_nothing", "")) {
            MppConnectException failure = catchThrowableOfType(
                    MppConnectException.class,
                    () -> cluster.transfer()
                            .from(Rows.of(List.of(1L)).longs("id", Long::longValue))
                            .into(Table.named(created).createIfMissing(TableLayout.random()))
                            .run());

            assertFailed(
                    failure,
                    ErrorCode.PRIVILEGE_MISSING,
                    "Cannot transfer rows into table " + created + ": role mpp_connect_nothing may not create tables in"
                            + " schema mpp_connect_test; the owner can allow it: GRANT CREATE ON SCHEMA"
                            + " \"mpp_connect_test\" TO \"mpp_connect_nothing\"");
        } finally {
            database.execute("DROP OWNED BY mpp_connect_nothing", "DROP ROLE mpp_connect_nothing");
        }
    }

    @Test
    void roleThatMayNotEvenUseTheSchemaOfTheTableOfALoad() {
        String created = database.newTable();
        database.execute(
                "DROP ROLE IF EXISTS mpp_connect_nothing",
                "CREATE ROLE mpp_connect_nothing LOGIN CREATEEXTTABLE (type='readable', protocol='gpfdist')");
        try (MppCluster cluster = MppCluster.connect(database.url(), "mpp_connect_nothing", "")) {
            MppConnectException failure = catchThrowableOfType(
                    MppConnectException.class,
                    () -> cluster.transfer()
                            .from(Rows.of(List.of(1L)).longs("id", Long::longValue))
                            .into(Table.named(created).createIfMissing(TableLayout.random()))
                            .run());

            assertFailed(
                    failure,
                    ErrorCode.PRIVILEGE_MISSING,
                    "Cannot transfer rows into table " + created + ": role mpp_connect_nothing may not use schema"
                            + " mpp_connect_test, nor create tables in schema mpp_connect_test; the owner can allow it:"
                            + " GRANT USAGE ON SCHEMA \"mpp_connect_test\" TO \"mpp_connect_nothing\"; GRANT CREATE ON"
                            + " SCHEMA \"mpp_connect_test\" TO \"mpp_connect_nothing\"");
        } finally {
            database.execute("DROP OWNED BY mpp_connect_nothing", "DROP ROLE mpp_connect_nothing");
        }
    }

    private MppConnectException rejecting(MppCluster cluster, String rejects) {
        return catchThrowableOfType(
                MppConnectException.class,
                () -> cluster.transfer()
                        .from(Rows.of(List.of("1", "x")).texts("id", row -> row))
                        .into(Table.named(table))
                        .rejecting(Rejects.rows(1).toTable(rejects))
                        .run());
    }

    private String rejectTable() {
        return database.table(
                "rejected_at timestamptz NOT NULL DEFAULT now(), transfer text, origin text, record bigint,"
                        + " segment integer, sqlstate text, message text, raw text, raw_bytes bytea DISTRIBUTED RANDOMLY");
    }

    @Test
    void roleThatMayNotWriteIntoATableOfRejectedRows() {
        String rejects = rejectTable();
        database.execute(
                "DROP ROLE IF EXISTS mpp_connect_nothing",
                "CREATE ROLE mpp_connect_nothing LOGIN CREATEEXTTABLE (type='readable', protocol='gpfdist')");
        try (MppCluster cluster = MppCluster.connect(database.url(), "mpp_connect_nothing", "")) {
            assertFailed(
                    rejecting(cluster, rejects),
                    ErrorCode.PRIVILEGE_MISSING,
                    "Cannot transfer rows into table " + table + ": role mpp_connect_nothing may not use schema"
                            + " mpp_connect_test, nor INSERT on " + rejects + ", nor INSERT on " + table
                            + "; the owner can allow it: GRANT USAGE ON SCHEMA \"mpp_connect_test\" TO"
                            + " \"mpp_connect_nothing\"; GRANT INSERT ON "
                            + TableName.parse(rejects).sql() + " TO \"mpp_connect_nothing\"; GRANT INSERT ON "
                            + TableName.parse(table).sql() + " TO \"mpp_connect_nothing\"");
        } finally {
            database.execute("DROP OWNED BY mpp_connect_nothing", "DROP ROLE mpp_connect_nothing");
        }
    }

    @Test
    void roleThatMayNotCreateATableOfRejectedRows() {
        database.execute(
                "DROP ROLE IF EXISTS mpp_connect_nothing",
                "CREATE ROLE mpp_connect_nothing LOGIN CREATEEXTTABLE (type='readable', protocol='gpfdist')",
                "GRANT USAGE ON SCHEMA mpp_connect_test TO mpp_connect_nothing",
                "GRANT INSERT ON " + table + " TO mpp_connect_nothing");
        try (MppCluster cluster = MppCluster.connect(database.url(), "mpp_connect_nothing", "")) {
            assertFailed(
                    rejecting(cluster, database.newTable()),
                    ErrorCode.PRIVILEGE_MISSING,
                    "Cannot transfer rows into table " + table + ": role mpp_connect_nothing may not create tables in"
                            + " schema mpp_connect_test; the owner can allow it: GRANT CREATE ON SCHEMA"
                            + " \"mpp_connect_test\" TO \"mpp_connect_nothing\"");
        } finally {
            database.execute("DROP OWNED BY mpp_connect_nothing", "DROP ROLE mpp_connect_nothing");
        }
    }

    @Test
    void roleThatMayWriteIntoTheColumnsOfRejectedRowsOnly() {
        String rejects = rejectTable();
        database.execute(
                "DROP ROLE IF EXISTS mpp_connect_columns",
                "CREATE ROLE mpp_connect_columns LOGIN CREATEEXTTABLE (type='readable', protocol='gpfdist')",
                "GRANT USAGE ON SCHEMA mpp_connect_test TO mpp_connect_columns",
                "GRANT INSERT ON " + table + " TO mpp_connect_columns",
                "GRANT INSERT (transfer, origin, record, segment, sqlstate, message, raw, raw_bytes) ON " + rejects
                        + " TO mpp_connect_columns");
        try (MppCluster cluster = MppCluster.connect(database.url(), "mpp_connect_columns", "")) {
            assertThat(rejecting(cluster, rejects)).isNull();

            assertThat(database.count(rejects)).isEqualTo(1);
            database.execute("DELETE FROM " + table);
        } finally {
            database.execute("DROP OWNED BY mpp_connect_columns", "DROP ROLE mpp_connect_columns");
        }
    }
}
