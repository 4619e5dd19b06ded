package io.mppconnect.conformance;

import static io.mppconnect.conformance.Loads.row;
import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.rows.Rows;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What makes a row of the source and one of the table the same row. */
@Conformance
class KeyTest {

    private TestDatabase database;
    private Loads loads;

    @BeforeEach
    void takeDatabase(TestDatabase database) {
        this.database = database;
        this.loads = new Loads(database);
    }

    @Test
    void nullEqualsNullAndNothingElse() {
        String table = database.table("a int, b text, v int DISTRIBUTED BY (a)");
        database.execute("INSERT INTO " + table + " VALUES (NULL, NULL, 1), (NULL, '', 2), (1, NULL, 3), (1, '', 4)");
        Table target = Table.named(table).upsertBy("a", "b");
        List<String> fields = List.of("a", "b", "v");
        Object[][] rows = {
            row(null, null, 11),
            row(null, "", 12),
            row(1, null, 13),
            row(1, "", 14),
            row(null, "x", 15),
            row(2, null, 16)
        };
        String[] expected = {"null|null|11", "null||12", "1|null|13", "1||14", "null|x|15", "2|null|16"};

        TransferReport first = loads.load(target, fields, rows);
        assertThat(loads.rows(table)).containsExactlyInAnyOrder(expected);
        TransferReport second = loads.load(target, fields, rows);

        assertThat(loads.rows(table)).containsExactlyInAnyOrder(expected);
        assertThat(first.tables()).containsExactly(new TablePart(table, 2, 4, 0));
        assertThat(second.tables()).containsExactly(new TablePart(table, 0, 6, 0));
    }

    @Test
    void nullKeysAreDeletedByNull() {
        String table = database.table("a int, v int DISTRIBUTED BY (a)");
        database.execute("INSERT INTO " + table + " VALUES (NULL, 1), (NULL, 2), (1, 3)");

        loads.load(Table.named(table).deleteBy("a"), List.of("a"), row((Object) null));

        assertThat(loads.rows(table)).containsExactly("1|3");
    }

    @Test
    void namesOfAllKindsMatch() {
        String table = database.table("\"Order\" bigint, \"select\" text, \"Odd \"\"Name\"\"\" text, \"ünï\" text"
                + " DISTRIBUTED BY (\"Order\")");
        Table target = Table.named(table).upsertBy("Order", "select").latestBy("Odd \"Name\"");
        List<String> fields = List.of("select", "Order", "Odd \"Name\"", "ünï");

        loads.load(target, fields, row("from", 1L, "a", "x"));
        loads.load(target, fields, row("from", 1L, "b", "y"), row("from", 1L, "a", "z"), row("where", 1L, "c", "v"));

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|from|b|y", "1|where|c|v");
    }

    @Test
    void keysAreComparedAsTheirColumnsHoldThem() {
        String table = database.table("code char(6), amount numeric(6,2), v text DISTRIBUTED BY (code)");
        Table target = Table.named(table)
                .upsertBy("code", "amount")
                .compute("code", "trim(raw)")
                .map("v", "note");
        List<String> fields = List.of("raw", "amount", "note");

        loads.load(target, fields, row(" ab", new BigDecimal("1.005"), "first"));
        loads.load(target, fields, row("ab  ", new BigDecimal("1.01"), "second"));

        assertThat(database.query("SELECT rtrim(code), amount, v FROM " + table))
                .containsExactly(List.of("ab", "1.01", "second"));
    }

    @Test
    void valuesTooLongForTheirColumnAreRefusedAndNotCut() {
        String table = database.table("id int, name varchar(3) DISTRIBUTED BY (id)");

        MppConnectException failure = loads.failure(
                Table.named(table).upsertBy("id").compute("name", "raw || 'x'"), List.of("id", "raw"), row(1, "abc"));

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
        assertThat(failure).hasMessageContaining("value too long for type character varying(3)");
        assertThat(database.count(table)).isZero();
    }

    @Test
    void theLatestRowOfAKeyCountsWhateverTheOrderOfArrival() {
        String table = database.table("id int, seq bigint, name text DISTRIBUTED BY (id)");
        int rows = 30_000;

        TransferReport report = database.cluster()
                .transfer()
                .from(Rows.of(IntStream.range(0, rows).boxed().toList())
                        .ints("id", n -> n % 1000)
                        .longs("seq", n -> (n * 7919L) % rows)
                        .texts("name", n -> "row " + n))
                .into(Table.named(table).upsertBy("id").latestBy("seq"))
                .run();

        assertThat(report.tables()).containsExactly(new TablePart(table, 1000, 0, 0));
        assertThat(database.value("SELECT count(*) FROM " + table + " t WHERE seq <> (SELECT max((n * 7919::bigint) % "
                        + rows + ") FROM generate_series(0, " + (rows - 1) + ") n WHERE n % 1000 = 7) AND id = 7"))
                .isEqualTo("0");
        assertThat(database.value("SELECT count(*) FROM " + table + " WHERE seq < " + (rows - 1000)))
                .isEqualTo("0");
    }

    @Test
    void aRowWithoutAnOrderCountsLeastAndEqualOnesAreChosenAlwaysTheSame() {
        String table = database.table("id int, seq int, j json DISTRIBUTED BY (id)");
        Table target = Table.named(table).upsertBy("id").latestBy("seq");
        List<String> fields = List.of("id", "seq", "j");

        loads.load(target, fields, row(1, null, "{\"a\":3}"), row(1, 1, "{\"a\":1}"), row(1, 1, "{\"a\":2}"));
        assertThat(loads.rows(table)).containsExactly("1|1|{\"a\":2}");
        loads.load(target, fields, row(1, 1, "{\"a\":2}"), row(1, 1, "{\"a\":1}"), row(1, null, "{\"a\":3}"));

        assertThat(loads.rows(table)).containsExactly("1|1|{\"a\":2}");
    }

    @Test
    void aDeletionThatIsNotTheLatestDoesNotCount() {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'old'), (2, 'old')");

        loads.load(
                Table.named(table).upsertBy("id").deleteWhen("op = 'D'").latestBy("seq"),
                List.of("id", "name", "op", "seq"),
                row(1, null, "D", 1),
                row(1, "back", "I", 2),
                row(2, "changed", "U", 3),
                row(2, null, "D", 4));

        assertThat(loads.rows(table)).containsExactly("1|back");
    }

    @Test
    void severalRowsOfOneKeyWithoutAnOrderAreRefused() {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");

        MppConnectException failure = loads.failure(
                Table.named(table).upsertBy("id"), List.of("id", "name"), row(1, "a"), row(1, "b"), row(2, "c"));

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
        assertThat(failure)
                .hasMessage("Cannot transfer rows into table " + table
                        + ": 1 row has the same id as another row; say with Table.latestBy which of them counts");
        assertThat(database.count(table)).isZero();
    }

    @Test
    void everyRowOfTheTableThatMatchesIsUpdated() {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'a'), (1, 'b'), (2, 'c')");

        TransferReport report = loads.load(Table.named(table).upsertBy("id"), List.of("id", "name"), row(1, "new"));

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|new", "1|new", "2|c");
        assertThat(report.tables()).containsExactly(new TablePart(table, 0, 2, 0));
    }

    @Test
    void aNullForAKeyThatMustNotBeNullIsRefusedAndNotLost() {
        String table = database.table("id int NOT NULL, name text DISTRIBUTED BY (id)");

        MppConnectException failure =
                loads.failure(Table.named(table).upsertBy("id"), List.of("id", "name"), row(null, "a"));

        assertThat(failure.sqlState()).contains("23502");
        assertThat(database.count(table)).isZero();
    }
}
