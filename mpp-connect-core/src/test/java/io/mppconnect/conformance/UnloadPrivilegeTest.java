package io.mppconnect.conformance;

import static io.mppconnect.conformance.Failures.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.Route;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.catalog.TableName;
import io.mppconnect.rows.Row;
import io.mppconnect.rows.Rows;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user reads who may not unload a table, word for word; and that whoever may is not refused. */
@Conformance
class UnloadPrivilegeTest {

    private static final String ROLE = "mpp_connect_unloader";

    private TestDatabase database;
    private String table;
    private String sql;

    @BeforeEach
    void makeTableAndRole(TestDatabase database) {
        this.database = database;
        this.table = database.table("id integer, name text, note text DISTRIBUTED BY (id)");
        this.sql = TableName.parse(table).sql();
        database.execute(
                "INSERT INTO " + table + " VALUES (1, 'a', 'x')",
                "DROP ROLE IF EXISTS " + ROLE,
                "DROP ROLE IF EXISTS mpp_connect_readers",
                "CREATE ROLE " + ROLE + " LOGIN");
    }

    @AfterEach
    void dropRole() {
        database.execute("DROP OWNED BY " + ROLE, "DROP ROLE " + ROLE);
    }

    private MppCluster connect() {
        return MppCluster.connect(database.url(), ROLE, "");
    }

    private void mayCreateExternalTables() {
        database.execute("ALTER ROLE " + ROLE + " CREATEEXTTABLE (type='writable', protocol='gpfdist')");
    }

    private static long unloaded(MppCluster cluster, Table table, Route route) {
        Queue<Row> rows = new ConcurrentLinkedQueue<>();
        cluster.transfer(TransferOptions.defaults().route(route))
                .from(table)
                .into(Rows.into(rows::add))
                .run();
        return rows.size();
    }

    private static MppConnectException failure(MppCluster cluster, Table table, Route route) {
        return catchThrowableOfType(MppConnectException.class, () -> unloaded(cluster, table, route));
    }

    @Test
    void roleThatMayDoNothingHearsOfAllAtOnce() {
        try (MppCluster cluster = connect()) {
            assertFailed(
                    failure(cluster, Table.named(table), Route.SEGMENTS),
                    ErrorCode.PRIVILEGE_MISSING,
                    "Cannot transfer query SELECT * FROM " + sql + " into rows: role " + ROLE
                            + " may not create writable gpfdist external tables, nor use schema mpp_connect_test, nor"
                            + " SELECT on " + table + "; a superuser can allow it: ALTER ROLE \"" + ROLE
                            + "\" CREATEEXTTABLE(type='writable', protocol='gpfdist'); GRANT USAGE ON SCHEMA"
                            + " \"mpp_connect_test\" TO \"" + ROLE + "\"; GRANT SELECT ON " + sql + " TO \"" + ROLE
                            + "\"");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"AUTO", "RETRIEVE", "COORDINATOR"})
    void otherRoutesNeedNoExternalTables(Route route) {
        try (MppCluster cluster = connect()) {
            assertFailed(
                    failure(cluster, Table.named(table), route),
                    ErrorCode.PRIVILEGE_MISSING,
                    "Cannot transfer query SELECT * FROM " + sql + " into rows: role " + ROLE
                            + " may not use schema mpp_connect_test, nor SELECT on " + table
                            + "; the owner can allow it: GRANT USAGE ON SCHEMA \"mpp_connect_test\" TO \"" + ROLE
                            + "\"; GRANT SELECT ON " + sql + " TO \"" + ROLE + "\"");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SEGMENTS", "COORDINATOR"})
    void privilegesOnColumnsWillDo(Route route) {
        database.execute(
                "GRANT USAGE ON SCHEMA mpp_connect_test TO " + ROLE,
                "GRANT SELECT (id, name) ON " + table + " TO " + ROLE);
        mayCreateExternalTables();
        try (MppCluster cluster = connect()) {
            Table some = Table.named(table).columns("name", "id");

            assertThat(unloaded(cluster, some, route)).isEqualTo(1);
            assertThat(unloaded(cluster, some.where("id = 1"), route)).isEqualTo(1);
            assertFailed(
                    failure(cluster, Table.named(table), route),
                    ErrorCode.PRIVILEGE_MISSING,
                    "Cannot transfer query SELECT * FROM " + sql + " into rows: role " + ROLE
                            + " may not SELECT column note of " + table + "; the owner can allow it: GRANT SELECT"
                            + " (\"note\") ON " + sql + " TO \"" + ROLE + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT", "SELECT (id, name, note)"})
    void privilegesThatAreAnotherRolesOrEverybodysWillDo(String granted) {
        mayCreateExternalTables();
        database.execute(
                "CREATE ROLE mpp_connect_readers",
                "GRANT USAGE ON SCHEMA mpp_connect_test TO " + ROLE,
                "GRANT " + granted + " ON " + table + " TO mpp_connect_readers");
        String shared = database.table("id integer DISTRIBUTED BY (id)");
        database.execute("GRANT SELECT ON " + shared + " TO PUBLIC");
        try (MppCluster cluster = connect()) {
            assertThat(unloaded(cluster, Table.named(shared), Route.SEGMENTS)).isZero();
            assertThat(failure(cluster, Table.named(table), Route.SEGMENTS).code())
                    .isEqualTo(ErrorCode.PRIVILEGE_MISSING);

            database.execute("GRANT mpp_connect_readers TO " + ROLE);

            assertThat(unloaded(cluster, Table.named(table), Route.SEGMENTS)).isEqualTo(1);
        } finally {
            database.execute("DROP OWNED BY mpp_connect_readers", "DROP ROLE mpp_connect_readers");
        }
    }

    @Test
    void aViewIsEnoughForWhoeverMayNotReadItsTable() {
        String view = table + "_view";
        database.execute(
                "CREATE VIEW " + view + " AS SELECT id FROM " + table,
                "GRANT USAGE ON SCHEMA mpp_connect_test TO " + ROLE,
                "GRANT SELECT ON " + view + " TO " + ROLE);
        try (MppCluster cluster = connect()) {
            assertThat(unloaded(cluster, Table.named(view), Route.COORDINATOR)).isEqualTo(1);
        }
    }
}
