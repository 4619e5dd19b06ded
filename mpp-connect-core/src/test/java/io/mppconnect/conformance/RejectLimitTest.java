package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Rejects;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.Rows;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many bad rows a load stands, and what is left of one that does not. */
@Conformance
class RejectLimitTest {

    @TempDir
    private Path directory;

    private Path file(String... lines) throws Exception {
        return Files.writeString(directory.resolve("people.csv"), String.join("\n", lines) + "\n");
    }

    @Test
    void oneRowTooManyFailsTheLoadAndLoadsNothing(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        Path file = file("1,a", "x,b", "y,c", "z,d", "5,e");
        List<String> seen = new ArrayList<>();

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(DataFiles.csv(file))
                        .into(Table.named(table))
                        .rejecting(Rejects.rows(2).to(row -> seen.add(row.record() + ": " + row.message())))
                        .run())
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot transfer files " + file + " into table " + table
                        + ": 3 rows are bad, and rows(2) is the limit; one is line 2 of people.csv,"
                        + " invalid input syntax for integer, column id")
                .extracting(e -> ((MppConnectException) e).code())
                .isEqualTo(ErrorCode.REJECT_LIMIT);

        assertThat(database.count(table)).isZero();
        assertThat(seen)
                .containsExactlyInAnyOrder(
                        "2: invalid input syntax for integer: \"x\", column id",
                        "3: invalid input syntax for integer: \"y\", column id",
                        "4: invalid input syntax for integer: \"z\", column id");
    }

    @Test
    void theLimitIsThatOfAllSegmentsTogether(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        for (int i = 0; i < 8; i++) {
            Files.writeString(directory.resolve(i + ".csv"), "1,x\nbad,y\n");
        }

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(DataFiles.csv(directory.resolve("*.csv").toString()))
                        .into(Table.named(table))
                        .rejecting(Rejects.rows(7))
                        .run())
                .hasMessageContaining(": 8 rows are bad, and rows(7) is the limit; one is line 2 of ");
    }

    @Test
    void aPercentageIsOfAllRows(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        List<String> lines =
                IntStream.rangeClosed(1, 200).mapToObj(i -> i + ",a").collect(Collectors.toCollection(ArrayList::new));
        lines.set(0, "x,first");
        lines.set(199, "y,last");
        Path file = file(lines.toArray(String[]::new));

        TransferReport report = database.cluster()
                .transfer()
                .from(DataFiles.csv(file))
                .into(Table.named(table))
                .rejecting(Rejects.percent(1))
                .run();

        assertThat(report.rejected()).isEqualTo(2);
        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(DataFiles.csv(file))
                        .into(Table.named(table))
                        .rejecting(Rejects.percent(0.9))
                        .run())
                .hasMessageContaining(": 2 of 200 rows are bad, and percent(0.9) is the limit; one is line ");
    }

    @Test
    void aSegmentMayHaveALimitOfItsOwn(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        Path file = file("x,a", "y,b", "z,c");

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(DataFiles.csv(file))
                        .into(Table.named(table))
                        .rejecting(Rejects.unlimited().perSegment(1))
                        .run())
                .hasMessageMatching("(?s).*: 2 of the rows that segment \\d has read are bad, and perSegment\\(1\\) is"
                        + " the limit; one is line 1 of people.csv, invalid input syntax for integer, column id");
    }

    @Test
    void nothingButBadRowsIsNoReasonToStopByItself(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        Path file = file(IntStream.range(0, 1500).mapToObj(i -> "x,y").toArray(String[]::new));

        TransferReport report = database.cluster()
                .transfer()
                .from(DataFiles.csv(file))
                .into(Table.named(table))
                .rejecting(Rejects.unlimited())
                .run();

        assertThat(report.rows()).isZero();
        assertThat(report.rejected()).isEqualTo(1500);
    }

    @Test
    void rowsThatCannotBeWrittenDownCountTowardsTheSameLimit(TestDatabase database) {
        String table = database.table("id smallint DISTRIBUTED BY (id)");
        List<String> seen = new ArrayList<>();

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(Rows.of(List.of("1", "40000", "3", "\0")).texts("id", text -> text))
                        .into(Table.named(table))
                        .rejecting(Rejects.rows(1).to(row -> seen.add(row.record() + "")))
                        .run())
                .hasMessageContaining("rows into table " + table + ": 2 rows are bad, and rows(1) is the limit");

        assertThat(seen).containsExactlyInAnyOrder("2", "4");
    }

    @Test
    void violationsCountTowardsTheSameLimit(TestDatabase database) {
        String table = database.table("id int, age int CHECK (age >= 0) DISTRIBUTED BY (id)");

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(Rows.of(List.of(1, -2, 3, -4)).ints("id", i -> i).ints("age", i -> i))
                        .into(Table.named(table))
                        .rejecting(Rejects.rows(1).findingViolations())
                        .run())
                .hasMessageMatching("(?s)Cannot transfer rows into table " + table
                        + ": 2 rows are bad, and rows\\(1\\) is the limit; one is line 2 of rows, new row for relation"
                        + " \".*\" violates check constraint \".*\"");

        assertThat(database.count(table)).isZero();
    }

    @Test
    void theDatabasesErrorLogIsGoneWhetherTheLoadSucceedsOrFails(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        Path file = file("1,a", "x,b", "y,c");
        database.cluster()
                .transfer()
                .from(DataFiles.csv(file))
                .into(Table.named(table))
                .rejecting(Rejects.rows(2))
                .run();
        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(DataFiles.csv(file))
                        .into(Table.named(table))
                        .rejecting(Rejects.rows(1))
                        .run())
                .hasMessageContaining("2 rows are bad");
        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(DataFiles.csv(file))
                        .into(Table.named(table).compute("name", "(1 / (id - 1))::text"))
                        .rejecting(Rejects.rows(2))
                        .run())
                .hasMessageContaining("division by zero");

        assertThat(database.leftErrorLogs()).isEmpty();
    }

    @Test
    void aCancelledLoadLeavesNoErrorLog(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        CountDownLatch sent = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        Iterator<String> ids = IntStream.range(0, 200_000)
                .mapToObj(i -> {
                    if (i == 150_000) {
                        sent.countDown();
                        awaitQuietly(goOn);
                    }
                    return i % 1000 == 0 ? "x" : String.valueOf(i);
                })
                .iterator();
        try (RunningTransfer running = database.cluster()
                .transfer()
                .from(Rows.of(ids).texts("id", id -> id))
                .into(Table.named(table))
                .rejecting(Rejects.unlimited())
                .start()) {
            sent.await();
            running.cancel();
            goOn.countDown();
            assertThatThrownBy(running::await).hasMessageContaining("it was cancelled");
        }

        assertThat(database.leftErrorLogs()).isEmpty();
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void onlyALoadHasRowsToReject(TestDatabase database) {
        String table = database.table("id int DISTRIBUTED BY (id)");

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(Table.named(table))
                        .into(Rows.into(row -> {}))
                        .rejecting(Rejects.rows(1)))
                .hasMessageStartingWith("Cannot reject rows of ")
                .hasMessageEndingWith(": only a load has rows to reject");
    }
}
