package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.DataSize;
import io.mppconnect.RejectedRow;
import io.mppconnect.Rejects;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.RowSource;
import io.mppconnect.rows.Rows;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that no segment refuses: the transfer itself cannot send them, or the table does not take them. */
@Conformance
class RejectViolationTest {

    @TempDir
    private Path directory;

    private Path file(String... lines) throws Exception {
        return Files.writeString(directory.resolve("people.csv"), String.join("\n", lines) + "\n");
    }

    @Test
    void rowsThatCannotBeWrittenDownAreRejectedToo(TestDatabase database) {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        List<Integer> ids = IntStream.rangeClosed(1, 1000).boxed().toList();
        Map<Long, RejectedRow> rejected = new TreeMap<>();

        TransferReport report = database.cluster()
                .transfer()
                .from(Rows.of(ids).ints("id", id -> 1000 / (id - 500)).texts("name", id -> id == 7 ? "nul \0" : "name"))
                .into(Table.named(table))
                .rejecting(Rejects.rows(2).to(row -> rejected.put(row.record(), row)))
                .run();

        assertThat(report.rows()).isEqualTo(998);
        assertThat(report.rejected()).isEqualTo(2);
        assertThat(rejected).containsOnlyKeys(7L, 500L);
        assertThat(rejected.get(7L).message())
                .isEqualTo(
                        "Cannot write row 7, field name: it contains a NUL character, which the database cannot hold in text");
        assertThat(rejected.get(500L).message()).isEqualTo("java.lang.ArithmeticException: / by zero");
        assertThat(rejected.get(500L).text()).contains("500");
        assertThat(rejected.get(500L).origin()).isEqualTo("rows");
        assertThat(rejected.get(500L).segment()).isEmpty();
    }

    @Test
    void rowsThatAreTooLongAreRejectedWhereTheirEndIsKnown(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        Path file = file("1,a", "2," + "x".repeat(300_000), "3,b", "bad,c", "5," + "y".repeat(100_000), "6,d");
        Map<Long, RejectedRow> rejected = new TreeMap<>();

        TransferReport report = database.cluster()
                .transfer(TransferOptions.defaults().maxRow(DataSize.ofKilobytes(64)))
                .from(DataFiles.csv(file))
                .into(Table.named(table))
                .rejecting(Rejects.rows(3).to(row -> rejected.put(row.record(), row)))
                .run();

        assertThat(report.rows()).isEqualTo(3);
        assertThat(rejected).containsOnlyKeys(2L, 4L, 5L);
        assertThat(rejected.get(2L).message())
                .isEqualTo("Cannot send a row of people.csv, at or after record 2: it is longer than 64 kB;"
                        + " raise TransferOptions.maxRow");
        assertThat(rejected.get(2L).text()).contains("2," + "x".repeat(RejectedRow.MOST_RAW - 2));
    }

    @Test
    void rowsOfFilesThatAreDecodedHereAreRejectedToo(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        Path file = file("1::a", "2", "x::b", "4::c", "5::nul\0");
        Map<Long, String> rejected = new TreeMap<>();

        database.cluster()
                .transfer()
                .from(DataFiles.csv(file).delimiter("::"))
                .into(Table.named(table))
                .rejecting(Rejects.rows(3).to(row -> rejected.put(row.record(), row.message())))
                .run();

        assertThat(rejected)
                .containsExactly(
                        Map.entry(2L, "Cannot read people.csv: row 2 has 1 fields, and 2 are expected"),
                        Map.entry(3L, "invalid input syntax for integer: \"x\", column id"),
                        Map.entry(
                                5L,
                                "Cannot write row 5, field name: it contains a NUL character, which the database cannot"
                                        + " hold in text"));
    }

    @Test
    void rowsThatTheTableRefusesAreFoundWhenAskedFor(TestDatabase database) throws Exception {
        String table =
                database.table("id int PRIMARY KEY, name text NOT NULL, age int CHECK (age >= 0) DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (7, 'there', 1)");
        List<String> lines = IntStream.rangeClosed(1, 300)
                .mapToObj(i -> i + ",\"name\n" + i + "\",1")
                .collect(Collectors.toCollection(ArrayList::new));
        lines.set(9, "10,,1");
        lines.set(19, "20,young,-1");
        lines.set(29, "thirty,\"no\nnumber\",1");
        lines.set(39, "1,twice,1");
        Path file = file(lines.toArray(String[]::new));
        Map<Long, RejectedRow> rejected = new TreeMap<>();

        TransferReport report = database.cluster()
                .transfer()
                .from(DataFiles.csv(file))
                .into(Table.named(table))
                .rejecting(Rejects.rows(5).findingViolations().to(row -> rejected.put(row.record(), row)))
                .run();

        assertThat(report.rows()).isEqualTo(295);
        assertThat(report.rejected()).isEqualTo(5);
        assertThat(database.count(table)).isEqualTo(296);
        // Every row before is two lines long, but for the bad ones on one line.
        assertThat(rejected).containsOnlyKeys(13L, 19L, 38L, 57L, 77L);
        assertThat(rejected.get(13L).message()).startsWith("duplicate key value violates unique constraint \"");
        assertThat(rejected.get(13L).sqlState()).contains("23505");
        assertThat(rejected.get(13L).text()).contains("(7,\"name\n7\",1)");
        assertThat(rejected.get(19L).message()).isEqualTo("null value in column \"name\" violates not-null constraint");
        assertThat(rejected.get(38L).message()).contains("violates check constraint");
        assertThat(rejected.get(57L).message()).isEqualTo("invalid input syntax for integer: \"thirty\", column id");
        assertThat(rejected.get(57L).text()).contains("thirty,\"no\nnumber\",1");
        assertThat(rejected.get(77L).text()).contains("(1,twice,1)");
        assertThat(rejected.values()).allMatch(row -> row.origin().equals("people.csv"));
    }

    @Test
    void rowsThatBreakConstraintsAreFoundByOneQuery(TestDatabase database) {
        String table = database.table(
                "id int PRIMARY KEY, \"Full Name\" varchar(5) NOT NULL, age numeric(4,1) CHECK (age < 100),"
                        + " state text DEFAULT 'new' CHECK (state <> '') DISTRIBUTED BY (id)");
        Map<Long, RejectedRow> rejected = new TreeMap<>();

        TransferReport report = database.cluster()
                .transfer()
                .from(Rows.of(IntStream.rangeClosed(1, 1000).boxed().toList())
                        .ints("id", i -> i == 5 ? 6 : i)
                        .texts("Full Name", i -> i % 10 == 0 ? null : "name")
                        .decimals("age", i -> new BigDecimal(i % 4 == 0 ? "99.95" : "99.94")))
                .into(Table.named(table))
                .rejecting(Rejects.unlimited().findingViolations().to(row -> rejected.put(row.record(), row)))
                .run();

        assertThat(rejected.keySet())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 1000)
                        .filter(i -> i % 10 == 0 || i % 4 == 0 || i == 6)
                        .boxed()
                        .toList());
        assertThat(rejected.get(10L).message())
                .isEqualTo("null value in column \"Full Name\" violates not-null constraint");
        assertThat(rejected.get(10L).sqlState()).contains("23502");
        assertThat(rejected.get(10L).text()).contains("(10,,99.9)");
        assertThat(rejected.get(20L).message())
                .isEqualTo("null value in column \"Full Name\" violates not-null constraint");
        assertThat(rejected.get(4L).message())
                .startsWith("new row for relation ")
                .contains("violates check constraint");
        assertThat(rejected.get(4L).sqlState()).contains("23514");
        assertThat(rejected.get(6L).message()).startsWith("duplicate key value violates unique constraint ");
        assertThat(report.rows()).isEqualTo(1000 - rejected.size());
        assertThat(database.value("SELECT count(*) FROM " + table + " WHERE state = 'new'"))
                .isEqualTo(String.valueOf(report.rows()));
        // All at once, one of each kind, all others at once, and 6 by halving.
        assertThat(report.sql().stream()
                        .filter(sql -> sql.startsWith(
                                "INSERT INTO " + Table.named(table).name().sql())))
                .hasSizeLessThan(30);
    }

    @Test
    void rowsWhoseComputedValueFailsAreFoundWhenAskedFor(TestDatabase database) {
        String table = database.table("id int, share int DISTRIBUTED BY (id)");
        Map<Long, String> rejected = new TreeMap<>();

        database.cluster()
                .transfer()
                .from(Rows.of(List.of(1, 2, 0, 4)).ints("id", i -> i))
                .into(Table.named(table).compute("share", "100 / id"))
                .rejecting(Rejects.rows(1).findingViolations().to(row -> rejected.put(row.record(), row.message())))
                .run();

        assertThat(rejected).containsExactly(Map.entry(3L, "division by zero"));
        assertThat(new Loads(database).rows(table)).containsExactlyInAnyOrder("1|100", "2|50", "4|25");
    }

    @Test
    void rowsThatATriggerMendsAreNoViolations(TestDatabase database) {
        String table = database.table("id int, name text NOT NULL, size int CHECK (size > 0) DISTRIBUTED BY (id)");
        String function = table + "_mend";
        database.execute("CREATE FUNCTION " + function + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                + " NEW.name = coalesce(NEW.name, 'none'); RETURN NEW; END $$");
        database.execute(
                "CREATE TRIGGER mend BEFORE INSERT ON " + table + " FOR EACH ROW EXECUTE PROCEDURE " + function + "()");
        Map<Long, String> rejected = new TreeMap<>();

        database.cluster()
                .transfer()
                .from(Rows.of(List.of(1, 2, 3))
                        .ints("id", i -> i)
                        .texts("name", i -> null)
                        .ints("size", i -> i - 2))
                .into(Table.named(table))
                .rejecting(Rejects.unlimited().findingViolations().to(row -> rejected.put(row.record(), row.message())))
                .run();

        assertThat(rejected).containsOnlyKeys(1L, 2L);
        assertThat(new Loads(database).rows(table)).containsExactly("3|none|1");
    }

    @Test
    void violationsAreFoundAmongRowsThatAreAppendedToOneTableAlone(TestDatabase database) {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        String other = database.table("id int, name text DISTRIBUTED BY (id)");
        Table target = Table.named(table);

        for (List<Table> targets : List.of(
                List.of(target.upsertBy("id")), List.of(target.truncating()), List.of(target, Table.named(other)))) {
            assertThatThrownBy(() -> database.cluster()
                            .transfer()
                            .from(Rows.arrays(List.of("id", "name"), List.<Object[]>of(new Object[] {1, "a"})))
                            .into(
                                    targets.get(0),
                                    targets.subList(1, targets.size()).toArray(Table[]::new))
                            .rejecting(Rejects.rows(1).findingViolations())
                            .run())
                    .hasMessage("Cannot find violations in rows into "
                            + targets.stream().map(Table::toString).collect(Collectors.joining(", "))
                            + ": only rows that are appended to one table can be tried in parts; leave out"
                            + " findingViolations()");
        }
    }

    @Test
    void rowsThatBreakConstraintsInVeryManyWaysAreAllFound(TestDatabase database) {
        int columns = 7;
        String table = database.table("id int"
                + IntStream.range(0, columns)
                        .mapToObj(column -> ", c" + column + " text NOT NULL")
                        .collect(Collectors.joining())
                + " DISTRIBUTED BY (id)");
        List<Integer> ids = IntStream.range(0, 1 << columns).boxed().toList();
        RowSource<Integer> rows = Rows.of(ids).ints("id", id -> id);
        for (int column = 0; column < columns; column++) {
            int bit = 1 << column;
            rows = rows.texts("c" + column, id -> (id & bit) == 0 ? "there" : null);
        }
        List<RejectedRow> rejected = new ArrayList<>();

        TransferReport report = database.cluster()
                .transfer()
                .from(rows)
                .into(Table.named(table))
                .rejecting(Rejects.unlimited().findingViolations().to(rejected::add))
                .run();

        assertThat(report.rows()).isEqualTo(1);
        assertThat(rejected).hasSize(ids.size() - 1);
        assertThat(database.value("SELECT id FROM " + table)).isEqualTo("0");
    }
}
