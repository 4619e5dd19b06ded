package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.rows.Rows;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rows that meet rows: upsert, update, delete, truncate, on every kind of table. */
@Conformance
class WriteModeTest {

    private TestDatabase database;

    @BeforeEach
    void takeDatabase(TestDatabase database) {
        this.database = database;
    }

    private TransferReport load(Table table, List<String> fields, Object[]... rows) {
        return database.cluster()
                .transfer()
                .from(Rows.arrays(fields, List.of(rows)))
                .into(table)
                .run();
    }

    private static Object[] row(Object... values) {
        return values;
    }

    private List<String> rows(String table) {
        List<String> rows = new ArrayList<>();
        database.query("SELECT * FROM " + table).forEach(row -> rows.add(String.join("|", row.stream()
                .map(String::valueOf)
                .toList())));
        return rows;
    }

    private String filled(String columns) {
        String table = database.table(columns);
        database.execute("INSERT INTO " + table + " SELECT i, 'old', 'kept' FROM generate_series(1, 3) AS i");
        return table;
    }

    private static final List<String> ID_NAME = List.of("id", "name");

    @Test
    void upsertUpdatesWhatMatchesAndInsertsTheRest() {
        String table = filled("id bigint, name text, note text DEFAULT 'new' DISTRIBUTED BY (id)");

        TransferReport report =
                load(Table.named(table).upsertBy("id"), ID_NAME, row(2L, "b"), row(3L, "c"), row(4L, "d"));

        assertThat(rows(table)).containsExactlyInAnyOrder("1|old|kept", "2|b|kept", "3|c|kept", "4|d|new");
        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.tables()).containsExactly(new TransferReport.TablePart(table, 1, 2, 0));
    }

    @Test
    void updateLeavesOutWhatMatchesNothing() {
        String table = filled("id bigint, name text, note text DISTRIBUTED BY (id)");

        TransferReport report = load(Table.named(table).updateBy("id"), ID_NAME, row(2L, "b"), row(4L, "d"));

        assertThat(rows(table)).containsExactlyInAnyOrder("1|old|kept", "2|b|kept", "3|old|kept");
        assertThat(report.tables()).containsExactly(new TransferReport.TablePart(table, 0, 1, 0));
    }

    @Test
    void deleteNeedsTheKeyAlone() {
        String table = filled("id bigint NOT NULL, name text NOT NULL, note text DISTRIBUTED BY (id)");

        TransferReport report = load(
                Table.named(table).deleteBy("id"), List.of("id", "reason"), row(2L, "x"), row(2L, "y"), row(9L, "z"));

        assertThat(rows(table)).containsExactlyInAnyOrder("1|old|kept", "3|old|kept");
        assertThat(report.tables()).containsExactly(new TransferReport.TablePart(table, 0, 0, 1));
    }

    @Test
    void truncatingEmptiesTheTableFirst() {
        String table = filled("id bigint, name text, note text DISTRIBUTED BY (id)");

        TransferReport report = load(Table.named(table).truncating(), ID_NAME, row(7L, "g"));

        assertThat(rows(table)).containsExactly("7|g|null");
        assertThat(report.inserted()).isEqualTo(1);
    }

    @Test
    void everyKindOfTableIsMerged() {
        List<String> tables = List.of(
                filled("id bigint, name text, note text DISTRIBUTED BY (id)"),
                filled("id bigint, name text, note text DISTRIBUTED BY (name)"),
                filled("id bigint, name text, note text DISTRIBUTED RANDOMLY"),
                filled("id bigint, name text, note text DISTRIBUTED REPLICATED"),
                stored("appendonly=true", ""),
                stored("appendonly=true, orientation=column", ""),
                stored("appendonly=false", " PARTITION BY RANGE (id) (START (0) END (6) EVERY (2))"),
                stored("appendonly=true, orientation=column", " PARTITION BY RANGE (id) (START (0) END (6) EVERY (2))"));
        for (String table : tables) {
            Table target =
                    Table.named(table).upsertBy("id").deleteWhen("name = 'gone'").latestBy("seq");

            TransferReport report = load(
                    target,
                    List.of("id", "name", "seq"),
                    row(1L, "gone", 1),
                    row(2L, "b", 2),
                    row(2L, "gone", 1),
                    row(4L, "d", 1),
                    row(4L, "e", 2),
                    row(5L, "gone", 1));

            assertThat(rows(table))
                    .as(table)
                    .containsExactlyInAnyOrder("2|b|kept", "3|old|kept", "4|e|null");
            assertThat(report.tables()).containsExactly(new TransferReport.TablePart(table, 1, 1, 1));
        }
    }

    private String stored(String storage, String partitions) {
        String table = database.table("id bigint") + "_stored";
        database.execute(
                "CREATE TABLE " + table + " (id bigint, name text, note text) WITH (" + storage + ") DISTRIBUTED BY (id)"
                        + partitions,
                "INSERT INTO " + table + " SELECT i, 'old', 'kept' FROM generate_series(1, 3) AS i");
        return table;
    }

    @Test
    void nullEqualsNull() {
        String table = database.table("a int, b text, v int DISTRIBUTED BY (a)");
        database.execute("INSERT INTO " + table + " VALUES (NULL, NULL, 1), (NULL, '', 2), (1, NULL, 3), (1, '', 4)");

        TransferReport report = load(
                Table.named(table).upsertBy("a", "b"),
                List.of("a", "b", "v"),
                row(null, null, 11),
                row(null, "", 12),
                row(1, null, 13),
                row(1, "", 14),
                row(null, "x", 15),
                row(2, null, 16));

        assertThat(rows(table))
                .containsExactlyInAnyOrder(
                        "null|null|11", "null||12", "1|null|13", "1||14", "null|x|15", "2|null|16");
        assertThat(report.tables()).containsExactly(new TransferReport.TablePart(table, 2, 4, 0));
    }
}
