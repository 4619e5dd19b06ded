package io.mppconnect.conformance;

import static io.mppconnect.conformance.Loads.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.rows.Rows;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What cannot be written is refused, word for word, and mostly before a row moves; nothing gets lost without a word. */
@Conformance
class WriteRefusalTest {

    private static final List<String> ID_NAME = List.of("id", "name");

    private TestDatabase database;
    private Loads loads;
    private String table;

    @BeforeEach
    void makeTable(TestDatabase database) {
        this.database = database;
        this.loads = new Loads(database);
        this.table = database.table("id int, name text DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'old')");
    }

    private void assertRefused(Table target, ErrorCode code, String message) {
        MppConnectException failure = loads.failure(target, ID_NAME, row(1, "new"), row(2, "new"));

        assertThat(failure).hasMessage(message);
        assertThat(failure.code()).isEqualTo(code);
        assertThat(loads.rows(table)).containsExactly("1|old");
    }

    @Test
    void aViolationByAnUpsertIsNotToBeFoundByTryingParts() {
        database.execute("ALTER TABLE " + table + " ADD CONSTRAINT short CHECK (name <> 'new')");

        MppConnectException failure =
                loads.failure(Table.named(table).upsertBy("id"), ID_NAME, row(1, "new"), row(2, "new"));

        assertThat(failure.code()).isEqualTo(ErrorCode.STATEMENT_FAILED);
        assertThat(failure.getMessage())
                .contains(" violates check constraint \"short\"")
                .doesNotContain("findingViolations");
        assertThat(loads.rows(table)).containsExactly("1|old");
    }

    @Test
    void aPartitionsTriggerThatDropsRows() {
        String parts = database.table("id int, name text DISTRIBUTED BY (id)"
                + " PARTITION BY RANGE (id) (START (0) END (5), START (5) END (9))");
        String part = database.value(
                "SELECT min(inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = '" + parts + "'::regclass");
        database.execute(
                "CREATE FUNCTION " + parts + "_drop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                "CREATE TRIGGER t BEFORE INSERT ON " + part + " FOR EACH ROW EXECUTE PROCEDURE " + parts + "_drop()");

        MppConnectException failure =
                loads.failure(Table.named(parts).upsertBy("id"), ID_NAME, row(1, "new"), row(6, "new"));

        assertThat(failure)
                .hasMessage("Cannot commit rows into table " + parts + ": INSERT was to change 2 rows of " + parts
                        + " and changed 1; a trigger of the table drops rows");
    }

    @Test
    void expressionsThatAreNotSql() {
        assertRefused(
                Table.named(table)
                        .upsertBy("id")
                        .compute("name", "upper(nmae)")
                        .filter("id >")
                        .deleteWhen("name + 1"),
                ErrorCode.INVALID_OPTION,
                "Cannot load into " + table
                        + ": the expression for column name is not valid: column \"nmae\" does not exist;"
                        + " filter(...) is not valid: syntax error at or near \")\";"
                        + " deleteWhen(...) is not valid: operator does not exist: text + integer");
    }

    @Test
    void aConditionThatDoesNotSayWhichSideItMeans() {
        assertRefused(
                Table.named(table).upsertBy("id").when("name <> 'x'"),
                ErrorCode.INVALID_OPTION,
                "Cannot load into " + table + ": when(...) is not valid: column reference \"name\" is ambiguous");
    }

    @Test
    void aRuleThatDoesSomethingElseInstead() {
        database.execute("CREATE RULE keep_out AS ON INSERT TO " + table + " DO INSTEAD NOTHING");
        String message = "Cannot load into " + table
                + ": its rule keep_out does something else instead, so that rows cannot be accounted for";

        assertRefused(Table.named(table).upsertBy("id"), ErrorCode.COLUMN_MISMATCH, message);
        assertRefused(Table.named(table).filter("id > 1"), ErrorCode.COLUMN_MISMATCH, message);
        MppConnectException append = loads.failure(Table.named(table), ID_NAME, row(2, "new"));
        assertThat(append.code()).isEqualTo(ErrorCode.COUNT_MISMATCH);
        assertThat(loads.load(Table.named(table).updateBy("id"), ID_NAME, row(1, "new"))
                        .updated())
                .isEqualTo(1);
    }

    @Test
    void aTriggerThatDropsRows() {
        database.execute(
                "CREATE FUNCTION " + table + "_drop() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN IF NEW.id = 2 THEN RETURN NULL; END IF; RETURN NEW; END'",
                "CREATE TRIGGER t BEFORE INSERT OR UPDATE ON " + table + " FOR EACH ROW EXECUTE PROCEDURE " + table
                        + "_drop()");

        assertRefused(
                Table.named(table).upsertBy("id"),
                ErrorCode.COUNT_MISMATCH,
                "Cannot commit rows into table " + table + ": INSERT was to change 1 rows of " + table
                        + " and changed 0; a trigger of the table drops rows");
        assertRefused(
                Table.named(table).filter("id = 2"),
                ErrorCode.COUNT_MISMATCH,
                "Cannot commit rows into table " + table + ": of 1 rows for " + table
                        + " the database inserted 0; a rule or trigger of the table may drop rows");
        assertThat(loads.load(Table.named(table).upsertBy("id"), ID_NAME, row(1, "new"), row(3, "new"))
                        .tables()
                        .get(0)
                        .inserted())
                .isEqualTo(1);
    }

    @Test
    void aDistributionKeyThatTriggersKeepInPlace() {
        String byName = database.table("id int, name text DISTRIBUTED BY (name)");
        database.execute(
                "CREATE FUNCTION " + byName + "_pass() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TRIGGER t BEFORE UPDATE ON " + byName + " FOR EACH ROW EXECUTE PROCEDURE " + byName
                        + "_pass()");

        MppConnectException failure = loads.failure(Table.named(byName).updateBy("id"), ID_NAME, row(1, "new"));

        assertThat(failure)
                .hasMessage("Cannot load into " + byName
                        + ": column name tells where a row lies, which cannot be updated because the table has triggers"
                        + " for updates; leave the column out with updating(...)");
    }

    @Test
    void aViewIsNoTableToBeMatched() {
        database.execute("CREATE VIEW " + table + "_view AS SELECT * FROM " + table);

        assertRefused(
                Table.named(table + "_view").upsertBy("id"),
                ErrorCode.NO_SUCH_TABLE,
                "Cannot load into " + table + "_view: it is a view; name a table");
    }

    @Test
    void missingPrivilegesAreNamed() {
        database.execute(
                "DROP ROLE IF EXISTS mpp_connect_writer",
                "CREATE ROLE mpp_connect_writer LOGIN CREATEEXTTABLE (type='readable', protocol='gpfdist')",
                "GRANT USAGE ON SCHEMA mpp_connect_test TO mpp_connect_writer",
                "GRANT INSERT ON " + table + " TO mpp_connect_writer");
        try (MppCluster cluster = MppCluster.connect(database.url(), "mpp_connect_writer", "")) {
            assertMissing(cluster, Table.named(table).upsertBy("id"), "SELECT, UPDATE");
            assertMissing(
                    cluster, Table.named(table).upsertBy("id").deleteWhen("name = 'x'"), "SELECT, UPDATE, DELETE");
            assertMissing(cluster, Table.named(table).deleteBy("id"), "SELECT, DELETE");
            assertMissing(cluster, Table.named(table).truncating(), "TRUNCATE");
            database.execute("GRANT SELECT, UPDATE ON " + table + " TO mpp_connect_writer");
            cluster.transfer()
                    .from(Rows.arrays(ID_NAME, List.of(row(1, "new"), row(2, "new"))))
                    .into(Table.named(table).upsertBy("id"))
                    .run();
        } finally {
            database.execute("DROP OWNED BY mpp_connect_writer", "DROP ROLE mpp_connect_writer");
        }
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|new", "2|new");
    }

    private void assertMissing(MppCluster cluster, Table target, String privileges) {
        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> cluster.transfer()
                        .from(Rows.arrays(ID_NAME, List.<Object[]>of(row(1, "new"))))
                        .into(target)
                        .run());

        assertThat(failure)
                .hasMessage(
                        "Cannot transfer rows into table " + table + ": role mpp_connect_writer may not " + privileges
                                + " on " + table + "; the owner can allow it: GRANT " + privileges
                                + " ON \"mpp_connect_test\".\""
                                + table.substring(table.indexOf('.') + 1) + "\" TO \"mpp_connect_writer\"");
        assertThat(failure.code()).isEqualTo(ErrorCode.PRIVILEGE_MISSING);
    }
}
