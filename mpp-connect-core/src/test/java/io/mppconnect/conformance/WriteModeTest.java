package io.mppconnect.conformance;

import static io.mppconnect.conformance.Loads.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.rows.Rows;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that meet rows: upsert, update, delete, truncate, on every kind of table. */
@Conformance
class WriteModeTest {

    private static final List<String> ID_NAME = List.of("id", "name");
    private static final String COLUMNS = "id bigint, name text, note text";

    private TestDatabase database;
    private Loads loads;

    @BeforeEach
    void takeDatabase(TestDatabase database) {
        this.database = database;
        this.loads = new Loads(database);
    }

    @Test
    void upsertUpdatesWhatMatchesAndInsertsTheRest() {
        String table = loads.filled("id bigint, name text, note text DEFAULT 'new' DISTRIBUTED BY (id)");

        TransferReport report =
                loads.load(Table.named(table).upsertBy("id"), ID_NAME, row(2L, "b"), row(3L, "c"), row(4L, "d"));

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|old|kept", "2|b|kept", "3|c|kept", "4|d|new");
        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.tables()).containsExactly(new TablePart(table, 1, 2, 0));
        assertThat(report.inserted() + report.updated() + report.deleted()).isEqualTo(3);
    }

    @Test
    void updateLeavesOutWhatMatchesNothing() {
        String table = loads.filled(COLUMNS + " DISTRIBUTED BY (id)");

        TransferReport report = loads.load(Table.named(table).updateBy("id"), ID_NAME, row(2L, "b"), row(4L, "d"));

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|old|kept", "2|b|kept", "3|old|kept");
        assertThat(report.tables()).containsExactly(new TablePart(table, 0, 1, 0));
    }

    @Test
    void deleteNeedsTheKeyAlone() {
        String table = loads.filled("id bigint NOT NULL, name text NOT NULL, note text DISTRIBUTED BY (id)");

        TransferReport report = loads.load(
                Table.named(table).deleteBy("id"), List.of("id", "reason"), row(2L, "x"), row(2L, "y"), row(9L, "z"));

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|old|kept", "3|old|kept");
        assertThat(report.tables()).containsExactly(new TablePart(table, 0, 0, 1));
    }

    @Test
    void truncatingEmptiesTheTableFirst() {
        String table = loads.filled(COLUMNS + " DISTRIBUTED BY (id)");

        TransferReport report = loads.load(Table.named(table).truncating(), ID_NAME, row(7L, "g"));

        assertThat(loads.rows(table)).containsExactly("7|g|null");
        assertThat(report.tables()).containsExactly(new TablePart(table, 1, 0, 0));
    }

    @Test
    void aTruncatingLoadThatFailsLeavesTheTableAsItWas() {
        String table = loads.filled(COLUMNS + " DISTRIBUTED BY (id)");

        loads.failure(
                Table.named(table).truncating().compute("id", "1 / divisor::int"),
                List.of("divisor", "name"),
                row("1", "a"),
                row("0", "b"));

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|old|kept", "2|old|kept", "3|old|kept");
    }

    @Test
    void everyKindOfTableIsMerged() {
        List<String> tables = List.of(
                loads.filled(COLUMNS + " DISTRIBUTED BY (id)"),
                loads.filled(COLUMNS + " DISTRIBUTED BY (name)"),
                loads.filled(COLUMNS + " DISTRIBUTED RANDOMLY"),
                loads.filled(COLUMNS + " DISTRIBUTED REPLICATED"),
                stored("appendonly=true", ""),
                stored("appendonly=true, orientation=column", ""),
                stored("appendonly=false", " PARTITION BY RANGE (id) (START (0) END (6) EVERY (2))"),
                stored(
                        "appendonly=true, orientation=column",
                        " PARTITION BY RANGE (id) (START (0) END (6) EVERY (2))"));
        for (String table : tables) {
            Table target = Table.named(table)
                    .upsertBy("id")
                    .deleteWhen("name = 'gone'")
                    .latestBy("seq");

            TransferReport report = loads.load(
                    target,
                    List.of("id", "name", "seq"),
                    row(1L, "gone", 1),
                    row(2L, "b", 2),
                    row(2L, "gone", 1),
                    row(4L, "d", 1),
                    row(4L, "e", 2),
                    row(5L, "gone", 1));

            assertThat(loads.rows(table)).as(table).containsExactlyInAnyOrder("2|b|kept", "3|old|kept", "4|e|null");
            assertThat(report.tables()).as(table).containsExactly(new TablePart(table, 1, 1, 1));
            TransferReport deletion =
                    loads.load(Table.named(table).deleteBy("id"), List.of("id"), row(2L), row(2L), row(3L), row(8L));
            assertThat(deletion.deleted()).as(table).isEqualTo(2);
            assertThat(loads.rows(table)).as(table).containsExactly("4|e|null");
        }
    }

    private String stored(String storage, String partitions) {
        String table = database.table("id bigint") + "_stored";
        database.execute(
                "CREATE TABLE " + table + " (" + COLUMNS + ") WITH (" + storage + ") DISTRIBUTED BY (id)" + partitions);
        loads.fill(table);
        return table;
    }

    @Test
    void onlyTheUpdateColumnsOfAMatchingRowAreWritten() {
        String table = loads.filled(COLUMNS + " DISTRIBUTED BY (id)");

        loads.load(
                Table.named(table).upsertBy("id").updating("note"),
                List.of("id", "name", "note"),
                row(3L, "c", "changed"),
                row(4L, "d", "inserted"));

        assertThat(loads.rows(table))
                .containsExactlyInAnyOrder("1|old|kept", "2|old|kept", "3|old|changed", "4|d|inserted");
    }

    @Test
    void aTableOfKeysAloneTakesTheMissingOnes() {
        String table = database.table("a int, b int DISTRIBUTED BY (a)");
        database.execute("INSERT INTO " + table + " VALUES (1, 1)");

        TransferReport report =
                loads.load(Table.named(table).upsertBy("a", "b"), List.of("a", "b"), row(1, 1), row(1, 2));

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|1", "1|2");
        assertThat(report.tables()).containsExactly(new TablePart(table, 1, 0, 0));
    }

    @Test
    void theConditionProtectsRowsFromUpdateAndDeletion() {
        String table = database.table("id int, version int, name text DISTRIBUTED BY (id)");
        database.execute(
                "INSERT INTO " + table + " VALUES (1, 5, 'five'), (2, 5, 'five'), (3, 5, 'five'), (4, 5, 'five')");

        TransferReport report = loads.load(
                Table.named(table)
                        .upsertBy("id")
                        .deleteWhen("op = 'D'")
                        .when("source.version > target.version -- stale events"),
                List.of("id", "version", "name", "op"),
                row(1, 4, "four", "U"),
                row(2, 6, "six", "U"),
                row(3, 4, null, "D"),
                row(4, 6, null, "D"),
                row(5, 1, "one", "U"));

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|5|five", "2|6|six", "3|5|five", "5|1|one");
        assertThat(report.tables()).containsExactly(new TablePart(table, 1, 1, 1));
    }

    @Test
    void theConditionMayUseFieldsWithoutAColumnAndAnyName() {
        String table = database.table("id int, \"Select\" text, note text DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'it''s id', 'a'), (2, 'x', 'a')");

        loads.load(
                Table.named(table)
                        .updateBy("id")
                        .when("target.\"Select\" = 'it''s id' AND source.\"From where\"::int > target.id"),
                List.of("id", "note", "From where"),
                row(1, "b", 7),
                row(2, "b", 7));

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|it's id|b", "2|x|a");
    }

    @Test
    void distributionKeysAreUpdated() {
        for (String table : List.of(
                loads.filled(COLUMNS + " DISTRIBUTED BY (name)"), stored("appendonly=true, orientation=column", ""))) {
            TransferReport report = loads.load(
                    Table.named(table).upsertBy("note").latestBy("id"),
                    List.of("id", "name", "note"),
                    row(8L, "b", "kept"));

            assertThat(loads.rows(table)).containsExactlyInAnyOrder("8|b|kept", "8|b|kept", "8|b|kept");
            assertThat(report.tables()).containsExactly(new TablePart(table, 0, 3, 0));
        }
    }

    @Test
    void rowsMoveToOtherPartitions() {
        for (String storage : List.of("appendonly=false", "appendonly=true, orientation=column")) {
            String table = database.table("id bigint") + "_parts";
            database.execute(
                    "CREATE TABLE " + table + " (id bigint, day int, name text, note text DEFAULT 'new') WITH ("
                            + storage
                            + ") DISTRIBUTED BY (id) PARTITION BY RANGE (day) (START (0) END (30) EVERY (10))",
                    "INSERT INTO " + table + " SELECT i, 5, 'old', 'kept' FROM generate_series(1, 4) AS i");

            TransferReport report = loads.load(
                    Table.named(table).upsertBy("id").deleteWhen("name IS NULL").when("source.id <> 3"),
                    List.of("id", "day", "name"),
                    row(1L, 6, "stays"),
                    row(2L, 25, "moves"),
                    row(3L, 15, "must not"),
                    row(4L, 15, null),
                    row(5L, 15, "inserted"));

            assertThat(loads.rows(table))
                    .containsExactlyInAnyOrder(
                            "1|6|stays|kept", "2|25|moves|kept", "3|5|old|kept", "5|15|inserted|new");
            assertThat(report.tables()).containsExactly(new TablePart(table, 1, 2, 1));
        }
    }

    @Test
    void serialAndOtherDefaultsAreTakenByInsertedRows() {
        String table = database.table("id int, nr serial, added date DEFAULT '2020-01-01' DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " (id) VALUES (1)");

        loads.load(Table.named(table).upsertBy("id"), List.of("id"), row(1), row(2));

        assertThat(database.query("SELECT id, added FROM " + table + " WHERE nr > 0 ORDER BY id"))
                .containsExactly(List.of("1", "2020-01-01"), List.of("2", "2020-01-01"));
    }

    @Test
    void columnsThatMapsDoNotNameKeepTheirValues() {
        String table = loads.filled(COLUMNS + " DISTRIBUTED BY (id)");

        database.cluster()
                .transfer()
                .from(Rows.maps(List.of(Map.of("id", 1, "name", "new"))))
                .into(Table.named(table).updateBy("id"))
                .run();

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|new|kept", "2|old|kept", "3|old|kept");
    }

    @Test
    void noRowsChangeNothing() {
        String table = loads.filled(COLUMNS + " DISTRIBUTED BY (id)");

        TransferReport report = loads.load(Table.named(table).upsertBy("id"), ID_NAME);

        assertThat(report.tables()).containsExactly(new TablePart(table, 0, 0, 0));
    }
}
