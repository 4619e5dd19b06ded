package io.mppconnect.conformance;

import static io.mppconnect.conformance.Loads.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.Rows;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Upserts that delete and insert instead of updating, where nobody can tell, and those that may not. */
@Conformance
class ReplaceTest {

    private static final List<String> FIELDS = List.of("id", "name", "note");
    private static final String KEYED = "id bigint PRIMARY KEY, name text, note text DISTRIBUTED BY (id)";

    private TestDatabase database;
    private Loads loads;

    @BeforeEach
    void takeDatabase(TestDatabase database) {
        this.database = database;
        this.loads = new Loads(database);
    }

    private TransferReport upsert(Table table) {
        return loads.load(table, FIELDS, row(2L, "b", "x"), row(3L, "c", null), row(4L, "d", "y"));
    }

    private static void assertReplaced(TransferReport report) {
        assertThat(report.sql()).noneMatch(ReplaceTest::updates).anyMatch(sql -> sql.contains("DELETE FROM "));
    }

    private static void assertUpdated(TransferReport report) {
        assertThat(report.sql()).anyMatch(ReplaceTest::updates);
    }

    private static boolean updates(String sql) {
        return sql.startsWith("UPDATE ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                KEYED,
                "id bigint PRIMARY KEY, name text, note text DISTRIBUTED REPLICATED",
                "id bigint NOT NULL UNIQUE, note text, name text DISTRIBUTED BY (id)",
                "id bigint, name text, note text DISTRIBUTED BY (id)",
                "id bigint, name text, note text DISTRIBUTED BY (name)",
                "id bigint, name text, note text DISTRIBUTED RANDOMLY",
                KEYED + " PARTITION BY RANGE (id) (START (0) END (6) EVERY (2))",
                "id bigint, name text, note text DISTRIBUTED BY (id) PARTITION BY LIST (name)"
                        + " (PARTITION was VALUES ('old'), DEFAULT PARTITION other)",
            })
    void wholeRowsAreReplaced(String columns) {
        String table = database.table(columns);
        database.execute("INSERT INTO " + table + " (id, name, note) SELECT i, 'old', 'kept'"
                + " FROM generate_series(1, 3) AS i");

        TransferReport report = upsert(Table.named(table).upsertBy("id"));

        assertReplaced(report);
        assertThat(report.sql()).as("few rows").noneMatch(sql -> sql.contains("appendonly=true"));
        assertThat(report.tables()).containsExactly(new TablePart(table, 1, 2, 0));
        assertThat(loads.rows("(SELECT id, name, note FROM " + table + ") AS t"))
                .containsExactlyInAnyOrder("1|old|kept", "2|b|x", "3|c|null", "4|d|y");
    }

    /** Of these tables the database does not tell how many rows of a key it deletes: they are counted before. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH (appendonly=true) DISTRIBUTED BY (id)",
                "WITH (appendonly=true, orientation=column) DISTRIBUTED BY (id)",
                "WITH (appendonly=true) DISTRIBUTED RANDOMLY",
                "WITH (appendonly=true) DISTRIBUTED BY (name)",
                "WITH (appendonly=true, orientation=column) DISTRIBUTED BY (id)"
                        + " PARTITION BY RANGE (id) (START (0) END (6) EVERY (2))",
                "DISTRIBUTED REPLICATED",
            })
    void rowsThatAreNotReturnedAreCountedAndReplaced(String clauses) {
        String single = stored(clauses);
        String twins = stored(clauses);
        database.execute("INSERT INTO " + twins + " VALUES (2, 'old', 'twin')");

        TransferReport replacement = upsert(Table.named(single).upsertBy("id"));
        TransferReport update = upsert(Table.named(twins).upsertBy("id"));

        assertReplaced(replacement);
        assertUpdated(update);
        assertThat(replacement.tables()).containsExactly(new TablePart(single, 1, 2, 0));
        assertThat(update.tables()).containsExactly(new TablePart(twins, 1, 3, 0));
        assertThat(loads.rows(single)).containsExactlyInAnyOrder("1|old|kept", "2|b|x", "3|c|null", "4|d|y");
        assertThat(loads.rows(twins)).containsExactlyInAnyOrder("1|old|kept", "2|b|x", "2|b|x", "3|c|null", "4|d|y");
    }

    private String stored(String clauses) {
        String table = database.newTable();
        database.execute("CREATE TABLE " + table + " (id bigint, name text, note text) " + clauses);
        loads.fill(table);
        return table;
    }

    @ParameterizedTest
    @ValueSource(strings = {KEYED, "id bigint, name text, note text DISTRIBUTED RANDOMLY"})
    void manyRowsAtOnceAreStagedAppendOptimised(String columns, @TempDir Path directory) throws IOException {
        String table = loads.filled(columns);
        String note = "x".repeat(10_000);
        Path file = Files.write(
                directory.resolve("many.txt"),
                IntStream.rangeClosed(2, 1_800)
                        .mapToObj(id -> id + "\tnew\t" + note)
                        .toList());

        TransferReport report = database.cluster()
                .transfer()
                .from(DataFiles.text(file).fields("id", "name", "note"))
                .into(Table.named(table).upsertBy("id"))
                .run();

        assertReplaced(report);
        assertThat(report.sql())
                .anyMatch(sql -> sql.startsWith("CREATE TEMP TABLE ") && sql.contains("appendonly=true"));
        assertThat(report.tables()).containsExactly(new TablePart(table, 1_797, 2, 0));
        assertThat(loads.rows(
                        "(SELECT min(id), max(id), count(*), sum(length(note)), min(name) FROM " + table + ") AS t"))
                .containsExactly("1|1800|1800|17990004|new");
    }

    @Test
    void moreThanTheKeyMayBeMatched() {
        String table = loads.filled("id bigint PRIMARY KEY, name text NOT NULL, note text DISTRIBUTED BY (id)");

        TransferReport report =
                loads.load(Table.named(table).upsertBy("name", "id"), FIELDS, row(1L, "old", "x"), row(9L, "new", "y"));

        assertReplaced(report);
        assertThat(report.tables()).containsExactly(new TablePart(table, 1, 1, 0));
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|old|x", "2|old|kept", "3|old|kept", "9|new|y");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(id bigint PRIMARY KEY, name text, note text) DISTRIBUTED BY (id)",
                "(id bigint, name text, note text) WITH (appendonly=true) DISTRIBUTED BY (id)",
                "(id bigint, name text, note text) DISTRIBUTED REPLICATED",
            })
    void theLatestRowOfAKeyReplacesOrDeletes(String definition) {
        String replaced = database.newTable();
        database.execute("CREATE TABLE " + replaced + " " + definition);
        loads.fill(replaced);
        String updated = loads.filled(KEYED);
        database.execute("CREATE RULE also AS ON DELETE TO " + updated + " WHERE false DO ALSO NOTHING");

        TransferReport replacement = change(replaced);
        TransferReport update = change(updated);

        assertReplaced(replacement);
        assertUpdated(update);
        assertThat(replacement.tables()).containsExactly(new TablePart(replaced, 1, 1, 1));
        assertThat(update.tables()).containsExactly(new TablePart(updated, 1, 1, 1));
        assertThat(loads.rows(replaced)).containsExactlyInAnyOrder("1|back|x", "3|old|kept", "4|second|y");
        assertThat(loads.rows(updated)).containsExactlyInAnyOrderElementsOf(loads.rows(replaced));
    }

    private TransferReport change(String table) {
        return loads.load(
                Table.named(table).upsertBy("id").latestBy("seq").deleteWhen("op = 'D'"),
                List.of("id", "name", "note", "seq", "op"),
                row(1L, null, null, 1, "D"),
                row(1L, "back", "x", 2, "I"),
                row(2L, "gone", "x", 1, "U"),
                row(2L, null, null, 2, "D"),
                row(4L, "second", "y", 2, "U"),
                row(4L, "first", "y", 1, "I"),
                row(5L, null, null, 1, "D"));
    }

    @Test
    void rowsThatComeAgainAreReplacedAgain() {
        String table = loads.filled(KEYED);

        upsert(Table.named(table).upsertBy("id"));
        TransferReport report = upsert(Table.named(table).upsertBy("id"));

        assertThat(report.tables()).containsExactly(new TablePart(table, 0, 3, 0));
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|old|kept", "2|b|x", "3|c|null", "4|d|y");
    }

    @Test
    void aNullKeyIsRefused() {
        String table = loads.filled(KEYED);

        MppConnectException failure =
                loads.failure(Table.named(table).upsertBy("id"), FIELDS, row(1L, "a", "x"), row(null, "b", "y"));

        assertThat(failure.sqlState()).contains("23502");
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|old|kept", "2|old|kept", "3|old|kept");
    }

    @Test
    void whatIsLeftOutIsKept() {
        String table = loads.filled(KEYED);

        TransferReport missing = loads.load(Table.named(table).upsertBy("id"), List.of("id", "name"), row(2L, "b"));
        TransferReport unwanted =
                loads.load(Table.named(table).upsertBy("id").updating("note"), FIELDS, row(3L, "c", "x"));
        TransferReport protectedRow =
                loads.load(Table.named(table).upsertBy("id").when("target.note = 'x'"), FIELDS, row(1L, "d", "y"));

        assertThat(List.of(missing, unwanted, protectedRow)).allSatisfy(ReplaceTest::assertUpdated);
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|old|kept", "2|b|kept", "3|old|x");
    }

    @Test
    void keysWithNothingElseAreLeftAlone() {
        String table = database.table("id bigint PRIMARY KEY DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (1)");

        TransferReport report = loads.load(Table.named(table).upsertBy("id"), List.of("id"), row(1L), row(2L));

        assertThat(report.tables()).containsExactly(new TablePart(table, 1, 0, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE %1$s_child () INHERITS (%1$s)",
                "CREATE RULE also AS ON DELETE TO %1$s WHERE false DO ALSO NOTHING",
            })
    void whereSomebodyCouldTellRowsAreUpdated(String statement) {
        String table = loads.filled(KEYED);
        database.execute(String.format(statement, table));

        TransferReport report = upsert(Table.named(table).upsertBy("id"));

        assertUpdated(report);
        assertThat(report.tables()).containsExactly(new TablePart(table, 1, 2, 0));
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|old|kept", "2|b|x", "3|c|null", "4|d|y");
    }

    /** Indexes that hold for some rows only, or for more than the key, let a key have several rows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE INDEX ON %s (id)",
                "CREATE UNIQUE INDEX ON %s (id, note)",
                "CREATE UNIQUE INDEX ON %s (id) WHERE note = 'kept'",
                "CREATE UNIQUE INDEX ON %s (id, (note || name))",
            })
    void everyRowOfAKeyIsUpdated(String index) {
        String table = loads.filled("id bigint NOT NULL, name text, note text DISTRIBUTED BY (id)");
        database.execute(String.format(index, table), "INSERT INTO " + table + " VALUES (2, 'old', 'twin')");

        TransferReport report = upsert(Table.named(table).upsertBy("id").updating("name"));

        assertUpdated(report);
        assertThat(report.tables()).containsExactly(new TablePart(table, 1, 3, 0));
        assertThat(loads.rows(table))
                .containsExactlyInAnyOrder("1|old|kept", "2|b|kept", "2|b|twin", "3|c|kept", "4|d|y");
    }

    @Test
    void wholeRowsOfTheSameKeyStayAsManyAsTheyAre() {
        String table = loads.filled("id bigint, name text, note text DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (2, 'old', 'twin')");

        TransferReport report = upsert(Table.named(table).upsertBy("id"));

        assertUpdated(report);
        assertThat(report.tables()).containsExactly(new TablePart(table, 1, 3, 0));
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|old|kept", "2|b|x", "2|b|x", "3|c|null", "4|d|y");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DISTRIBUTED BY (id)", "WITH (appendonly=true) DISTRIBUTED BY (id)"})
    void aKeyThatDeletesMayHaveSeveralRows(String clauses) {
        String table = stored(clauses);
        database.execute("INSERT INTO " + table + " VALUES (2, 'old', 'twin')");

        TransferReport report = change(table);

        assertReplaced(report);
        assertThat(report.tables()).containsExactly(new TablePart(table, 1, 1, 2));
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|back|x", "3|old|kept", "4|second|y");
    }

    /** To the database 1.0 and 1.00 are the same number, and an update would leave the one that is there. */
    @ParameterizedTest
    @CsvSource({"numeric, 2.0, false", "'numeric(5,2)', 2.00, true", "float8, 2, false"})
    void aKeyThatMayBeSpelledOtherwiseIsLeftAsItIs(String type, String kept, boolean replaced) {
        String table = database.table("id " + type + ", name text, note text DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (2.0, 'old', 'kept')");

        TransferReport report =
                loads.load(Table.named(table).upsertBy("id"), FIELDS, row(new BigDecimal("2.00"), "b", "x"));

        assertThat(report.sql().stream().noneMatch(ReplaceTest::updates)).isEqualTo(replaced);
        assertThat(loads.rows("(SELECT id::text, name, note FROM " + table + ") AS t"))
                .containsExactly(kept + "|b|x");
    }

    @Test
    void rowsWithoutAKeyAreUpdated() {
        String table = loads.filled("id bigint, name text, note text DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (NULL, 'old', 'none')");

        TransferReport report =
                loads.load(Table.named(table).upsertBy("id"), FIELDS, row(2L, "b", "x"), row(null, "c", "y"));

        assertUpdated(report);
        assertThat(report.tables()).containsExactly(new TablePart(table, 0, 2, 0));
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|old|kept", "2|b|x", "3|old|kept", "null|c|y");
    }

    @Test
    void aPartitionThatCouldTellHasItsRowsUpdated() {
        String table = loads.filled(KEYED + " PARTITION BY RANGE (id) (START (0) END (6) EVERY (2))");
        database.execute("CREATE RULE also AS ON DELETE TO " + table + "_1_prt_2 WHERE false DO ALSO NOTHING");

        TransferReport report = upsert(Table.named(table).upsertBy("id"));

        assertUpdated(report);
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|old|kept", "2|b|x", "3|c|null", "4|d|y");
    }

    @Test
    void triggersSeeUpdates() {
        String table = loads.filled(KEYED);
        database.execute(
                "CREATE FUNCTION " + table + "_mark() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN NEW.note = TG_OP || '' of '' || OLD.name; RETURN NEW; END'",
                "CREATE TRIGGER t BEFORE UPDATE ON " + table + " FOR EACH ROW EXECUTE PROCEDURE " + table + "_mark()");

        TransferReport report = upsert(Table.named(table).upsertBy("id"));

        assertUpdated(report);
        assertThat(loads.rows(table))
                .containsExactlyInAnyOrder("1|old|kept", "2|b|UPDATE of old", "3|c|UPDATE of old", "4|d|y");
    }

    @Test
    void whoMayNotDeleteUpdates() {
        String table = loads.filled(KEYED);
        database.execute(
                "DROP ROLE IF EXISTS mpp_connect_updater",
                "CREATE ROLE mpp_connect_updater LOGIN CREATEEXTTABLE (type='readable', protocol='gpfdist')",
                "GRANT USAGE ON SCHEMA mpp_connect_test TO mpp_connect_updater",
                "GRANT SELECT, INSERT, UPDATE ON " + table + " TO mpp_connect_updater");
        try (MppCluster cluster = MppCluster.connect(database.url(), "mpp_connect_updater", "")) {
            TransferReport report = cluster.transfer()
                    .from(Rows.arrays(FIELDS, List.of(row(1L, "a", "x"), row(4L, "d", "y"))))
                    .into(Table.named(table).upsertBy("id"))
                    .run();

            assertUpdated(report);
        } finally {
            database.execute("DROP OWNED BY mpp_connect_updater", "DROP ROLE mpp_connect_updater");
        }
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|a|x", "2|old|kept", "3|old|kept", "4|d|y");
    }

    @Test
    void whoMayNotUseThePartitionsUpsertsByTheTable() {
        String table = loads.filled("id bigint, name text, note text DISTRIBUTED BY (id)"
                + " PARTITION BY RANGE (id) (START (0) END (3), START (3) END (9))");
        String part = database.value(
                "SELECT min(inhrelid::regclass::text) FROM pg_inherits WHERE inhparent = '" + table + "'::regclass");
        database.execute(
                "DROP ROLE IF EXISTS mpp_connect_outsider",
                "CREATE ROLE mpp_connect_outsider LOGIN CREATEEXTTABLE (type='readable', protocol='gpfdist')",
                "GRANT USAGE ON SCHEMA mpp_connect_test TO mpp_connect_outsider",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON " + table + " TO mpp_connect_outsider",
                "REVOKE ALL ON " + part + " FROM mpp_connect_outsider");
        try (MppCluster cluster = MppCluster.connect(database.url(), "mpp_connect_outsider", "")) {
            cluster.transfer()
                    .from(Rows.arrays(FIELDS, List.of(row(1L, "a", "x"), row(4L, "d", "y"))))
                    .into(Table.named(table).upsertBy("id"))
                    .run();
        } finally {
            database.execute("DROP OWNED BY mpp_connect_outsider", "DROP ROLE mpp_connect_outsider");
        }
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|a|x", "2|old|kept", "3|old|kept", "4|d|y");
    }

    @Test
    void aColumnThatIsAddedMeanwhileKeepsItsValues() throws InterruptedException {
        String table = database.table("id bigint PRIMARY KEY, name text DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (0, 'old')");
        GatedRows rows = new GatedRows(1, 2);
        try (RunningTransfer running = database.cluster()
                .transfer()
                .from(rows.source())
                .into(Table.named(table).upsertBy("id").compute("name", "'new'"))
                .start()) {
            rows.awaitGate();
            database.execute(
                    "ALTER TABLE " + table + " ADD COLUMN note text", "UPDATE " + table + " SET note = 'kept'");
            rows.open();

            assertUpdated(running.await());
        }
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("0|new|kept", "1|new|null");
    }
}
