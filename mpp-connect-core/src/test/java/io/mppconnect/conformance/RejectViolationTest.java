package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.DataSize;
import io.mppconnect.RejectedRow;
import io.mppconnect.Rejects;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
}
