package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.MppConnectException;
import io.mppconnect.RunningTransfer;
import io.mppconnect.SchemaEvolution;
import io.mppconnect.Table;
import io.mppconnect.TableLayout;
import io.mppconnect.catalog.Column;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.RowSource;
import io.mppconnect.rows.Rows;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Conformance
class TableOnDemandTest {

    @TempDir
    private Path directory;

    private static RowSource<Integer> people(int count) {
        return Rows.of(IntStream.rangeClosed(1, count).boxed().toList())
                .ints("id", id -> id)
                .texts("name", id -> "name " + id);
    }

    private static List<String> columns(TestDatabase database, String table) {
        return database.cluster().table(table).columns().stream()
                .map(column -> column.name() + " " + column.type().sql())
                .toList();
    }

    @Test
    void aMissingTableIsCreatedWithTheSourcesTypes(TestDatabase database) {
        String table = database.newTable();

        database.cluster()
                .transfer()
                .from(people(10)
                        .longs("big", id -> id)
                        .doubles("share", id -> id / 2.0)
                        .booleans("even", id -> id % 2 == 0)
                        .decimals("amount", id -> BigDecimal.valueOf(id, 2))
                        .dates("born", id -> LocalDate.of(2000, 1, id))
                        .instants("seen", Instant::ofEpochSecond))
                .into(Table.named(table).createIfMissing().map("Full \"Name\"", "name"))
                .run();

        assertThat(columns(database, table))
                .containsExactly(
                        "id integer",
                        "Full \"Name\" text",
                        "big bigint",
                        "share double precision",
                        "even boolean",
                        "amount numeric",
                        "born date",
                        "seen timestamp with time zone");
        assertThat(database.count(table)).isEqualTo(10);
        assertThat(database.cluster().table(table).distribution().key()).isEmpty();
    }

    @Test
    void aTableThatIsThereIsUsedAsItIs(TestDatabase database) {
        String table = database.table("id bigint, name varchar(20), extra int DEFAULT 7 DISTRIBUTED BY (id)");

        database.cluster()
                .transfer()
                .from(people(3))
                .into(Table.named(table).createIfMissing())
                .run();

        assertThat(database.value("SELECT sum(extra) FROM " + table)).isEqualTo("21");
    }

    @Test
    void aHeaderGivesColumnsOfText(TestDatabase database) throws Exception {
        String table = database.newTable();
        Path file = Files.writeString(directory.resolve("a.csv"), "id,Name\n1,a\n2,b\n");

        database.cluster()
                .transfer()
                .from(DataFiles.csv(file).header())
                .into(Table.named(table).createIfMissing())
                .run();

        assertThat(columns(database, table)).containsExactly("id text", "Name text");
        assertThat(database.count(table)).isEqualTo(2);
    }

    @Test
    void theLayoutIsTheOneAskedFor(TestDatabase database) {
        String table = database.newTable();

        database.cluster()
                .transfer()
                .from(people(20))
                .into(Table.named(table)
                        .createIfMissing(TableLayout.distributedBy("name", "id")
                                .with("appendonly=true, orientation=column")
                                .partitionedBy("RANGE (id) (START (1) END (100) EVERY (50))")))
                .run();

        assertThat(database.cluster().table(table).distribution().key()).hasSize(2);
        assertThat(database.value("SELECT columnstore FROM pg_catalog.pg_appendonly WHERE relid = ?::regclass", table))
                .isEqualTo("t");
        assertThat(database.value("SELECT count(*) FROM pg_catalog.pg_inherits WHERE inhparent = ?::regclass", table))
                .isEqualTo("2");
        assertThat(database.count(table)).isEqualTo(20);
    }

    @Test
    void aReplicatedTableIsOnAllSegments(TestDatabase database) {
        String table = database.newTable();

        database.cluster()
                .transfer()
                .from(people(20))
                .into(Table.named(table).createIfMissing(TableLayout.replicated()))
                .run();

        assertThat(database.value(
                        "SELECT policytype FROM pg_catalog.gp_distribution_policy WHERE localoid = ?::regclass", table))
                .isEqualTo("r");
        assertThat(database.count(table)).isEqualTo(20);
    }

    @Test
    void aFailedLoadLeavesNoTable(TestDatabase database) {
        String table = database.newTable();

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(people(20).ints("zero", id -> id / (id - 7)))
                        .into(Table.named(table).createIfMissing())
                        .run())
                .hasMessageContaining("/ by zero");

        assertThatThrownBy(() -> database.cluster().table(table)).hasMessageContaining("it does not exist");
    }

    @Test
    void aMissingTableThatIsNotToBeCreatedIsAnError(TestDatabase database) {
        String table = database.newTable();

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(people(1))
                        .into(Table.named(table))
                        .run())
                .hasMessageStartingWith("Cannot find table " + table + ": it does not exist");
    }

    @Test
    void loadsThatCreateTheSameTableAtOnceAllSucceed(TestDatabase database) {
        String table = database.newTable();
        List<RunningTransfer> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(database.cluster()
                    .transfer()
                    .from(people(100))
                    .into(Table.named(table).createIfMissing())
                    .start());
        }
        running.forEach(RunningTransfer::await);

        assertThat(database.count(table)).isEqualTo(400);
    }

    @Test
    void whatCannotBeCreatedIsRefused(TestDatabase database) throws Exception {
        String table = database.newTable();
        Path file = Files.writeString(directory.resolve("a.csv"), "1,a\n");

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(DataFiles.csv(file))
                        .into(Table.named(table).createIfMissing())
                        .run())
                .hasMessage("Cannot create table " + table
                        + ": the source does not name its fields; read a header, name the fields, or create it"
                        + " yourself");
        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(people(1))
                        .into(Table.named(table).createIfMissing().compute("twice", "id * 2"))
                        .run())
                .hasMessage("Cannot create table " + table
                        + ": columns that are computed have no type of their own; create it yourself");
        assertThatThrownBy(TableLayout::distributedBy)
                .hasMessage("Invalid distribution: it has no column; name some, or take random()");
    }

    @Test
    void namesThatTheDatabaseWouldCutAreRefused(TestDatabase database) {
        String fits = "n".repeat(61) + "ä";
        String tooLong = fits + "n";
        String table = database.newTable();
        String longTable = table.substring(0, table.indexOf('.') + 1) + tooLong;

        database.cluster()
                .transfer()
                .from(people(1).texts(fits, id -> "x"))
                .into(Table.named(table).createIfMissing())
                .run();

        assertThat(columns(database, table)).containsExactly("id integer", "name text", fits + " text");
        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(people(1))
                        .into(Table.named(longTable).createIfMissing())
                        .run())
                .hasMessage("Cannot create table " + longTable
                        + ": its name is longer than the 63 bytes that the database keeps; shorten it");
        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(people(1).texts(tooLong, id -> "x"))
                        .into(Table.named(table).evolving(SchemaEvolution.ADD_COLUMNS))
                        .run())
                .hasMessage("Cannot load into " + table + ": the name of field " + tooLong
                        + " is longer than the 63 bytes that the database keeps; there is no column for field "
                        + tooLong
                        + " (map it, or choose columns(...) to leave it out)");
        assertThat(columns(database, table)).hasSize(3);
    }

    @Test
    @Timeout(60)
    void aTypeOfItsNameKeepsATableFromBeingCreated(TestDatabase database) {
        String table = database.newTable();
        database.execute("CREATE TYPE " + table + " AS ENUM ('a')");

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(people(1))
                        .into(Table.named(table).createIfMissing())
                        .run())
                .isInstanceOf(MppConnectException.class)
                .hasMessageContaining(" already exists");
    }

    @Test
    void fieldsWithoutAColumnFailTheLoadUnlessToldOtherwise(TestDatabase database) {
        String table = database.table("id int DISTRIBUTED BY (id)");

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(people(1))
                        .into(Table.named(table))
                        .run())
                .hasMessage("Cannot load into " + table
                        + ": there is no column for field name (map it, or choose columns(...) to leave it out)");
        database.cluster()
                .transfer()
                .from(people(2))
                .into(Table.named(table).evolving(SchemaEvolution.NONE))
                .run();

        assertThat(columns(database, table)).containsExactly("id integer");
        assertThat(database.count(table)).isEqualTo(2);
    }

    @Test
    void fieldsWithoutAColumnGetOne(TestDatabase database) {
        List<String> tables = List.of(
                database.table("id int DISTRIBUTED BY (id)"),
                database.table("id int DISTRIBUTED RANDOMLY"),
                appendOptimised(database, "row"),
                appendOptimised(database, "column"));
        for (String table : tables) {
            Table target = Table.named(table).evolving(SchemaEvolution.ADD_COLUMNS);
            database.execute("INSERT INTO " + table + " VALUES (0)");
            database.cluster().transfer().from(people(2)).into(target).run();
            database.cluster()
                    .transfer()
                    .from(people(2).dates("born", id -> LocalDate.of(2000, 1, id)))
                    .into(target)
                    .run();
            database.cluster()
                    .transfer()
                    .from(Rows.of(List.of(9)).ints("id", id -> id))
                    .into(target)
                    .run();

            assertThat(columns(database, table)).containsExactly("id integer", "name text", "born date");
            assertThat(database.query("SELECT count(*), count(name), count(born) FROM " + table))
                    .as(table)
                    .containsExactly(List.of("6", "4", "2"));
        }
    }

    private static String appendOptimised(TestDatabase database, String orientation) {
        String table = database.newTable();
        database.execute("CREATE TABLE " + table + " (id int) WITH (appendonly=true, orientation=" + orientation
                + ") DISTRIBUTED BY (id)");
        return table;
    }

    @Test
    void loadsThatAddTheSameColumnAtOnceAllSucceed(TestDatabase database) {
        String table = database.table("id int DISTRIBUTED BY (id)");
        List<RunningTransfer> running = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            running.add(database.cluster()
                    .transfer()
                    .from(people(100))
                    .into(Table.named(table).evolving(SchemaEvolution.ADD_COLUMNS))
                    .start());
        }
        running.forEach(RunningTransfer::await);

        assertThat(database.cluster().table(table).columns())
                .extracting(Column::name)
                .containsExactly("id", "name");
        assertThat(database.value("SELECT count(name) FROM " + table)).isEqualTo("400");
    }

    @Test
    void aFailedLoadAddsNoColumn(TestDatabase database) {
        String table = database.table("id int DISTRIBUTED BY (id)");

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(people(20).ints("zero", id -> id / (id - 7)))
                        .into(Table.named(table).evolving(SchemaEvolution.ADD_COLUMNS))
                        .run())
                .hasMessageContaining("/ by zero");

        assertThat(columns(database, table)).containsExactly("id integer");
    }
}
