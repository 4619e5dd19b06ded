package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.RejectedRow;
import io.mppconnect.Rejects;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.Rows;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Conformance
class RejectTest {

    @TempDir
    private Path directory;

    private Path file(String... lines) throws Exception {
        return Files.writeString(directory.resolve("people.csv"), String.join("\n", lines) + "\n");
    }

    @Test
    void everyBadRowComesBackWithItsLineAndReason(TestDatabase database) {
        int rows = Integer.getInteger("mppconnect.test.rejectRows", 20_000);
        String table = database.table(BadRowsFile.COLUMNS);
        BadRowsFile file = BadRowsFile.write(directory.resolve("people.csv"), rows, Math.min(1000, rows / 100));
        List<RejectedRow> rejected = new ArrayList<>();

        TransferReport report = database.cluster()
                .transfer()
                .from(DataFiles.csv(file.path()).header())
                .into(Table.named(table))
                .rejecting(Rejects.rows(file.badRows()).to(rejected::add))
                .run();

        assertThat(report.rows()).isEqualTo(file.goodRows());
        assertThat(report.rejected()).isEqualTo(file.badRows());
        assertThat(database.count(table)).isEqualTo(file.goodRows());
        assertThat(rejected).allMatch(row -> row.origin().equals("people.csv"));
        assertThat(rejected).allMatch(row -> row.segment().isPresent());
        Map<Long, String> complaints =
                rejected.stream().collect(Collectors.toMap(RejectedRow::record, RejectedRow::message));
        assertThat(complaints).hasSize(file.badRows());
        assertThat(file.differences(complaints)).isEmpty();
        Map<Long, byte[]> raw = rejected.stream().collect(Collectors.toMap(RejectedRow::record, RejectTest::raw));
        file.badBytes()
                .forEach((line, bytes) ->
                        assertThat(raw.get(line)).as("line %s", line).isEqualTo(bytes));
    }

    private static byte[] raw(RejectedRow row) {
        if (row.text().isPresent()) {
            return row.text().get().getBytes(StandardCharsets.UTF_8);
        }
        ByteBuffer buffer = row.bytes().orElseThrow();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    @Test
    void rowsOfSeveralFilesAreToldApart(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        for (String name : List.of("a.csv", "b.csv", "c.csv")) {
            Files.writeString(directory.resolve(name), "1,x\n2,y\nbad,of " + name + "\n");
        }
        Map<String, String> rejected = new TreeMap<>();

        database.cluster()
                .transfer()
                .from(DataFiles.csv(directory.resolve("*.csv").toString()))
                .into(Table.named(table))
                .rejecting(Rejects.rows(3)
                        .to(row -> rejected.put(
                                row.origin() + ":" + row.record(), row.text().orElseThrow())))
                .run();

        assertThat(rejected)
                .containsExactly(
                        Map.entry("a.csv:3", "bad,of a.csv"),
                        Map.entry("b.csv:3", "bad,of b.csv"),
                        Map.entry("c.csv:3", "bad,of c.csv"));
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
    void rejectedRowsGoIntoAFileWhenTheLoadIsCommitted(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        Path rejected = directory.resolve("out").resolve("rejected.csv");

        database.cluster()
                .transfer()
                .from(DataFiles.csv(file("1,a", "x,\"b \"\"quoted\"\"\"")))
                .into(Table.named(table))
                .rejecting(Rejects.rows(1).toFile(rejected))
                .run();

        List<String> lines = Files.readAllLines(rejected);
        assertThat(lines.get(0)).isEqualTo("origin,record,segment,sqlstate,message,raw,raw_bytes");
        assertThat(lines.get(1))
                .matches("people\\.csv,2,\\d,,\"invalid input syntax for integer: \"\"x\"\", column id\","
                        + "\"x,\"\"b \"\"\"\"quoted\"\"\"\"\"\"\",");
        assertThat(lines).hasSize(2);
        assertThat(rejected.getParent()).isDirectoryContaining("glob:**/rejected.csv");
    }

    @Test
    void aFailedLoadLeavesNoFile(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        Path rejected = directory.resolve("out").resolve("rejected.csv");
        Path file = file("x,a", "y,b");

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(DataFiles.csv(file))
                        .into(Table.named(table))
                        .rejecting(Rejects.rows(1).toFile(rejected))
                        .run())
                .hasMessageContaining("2 rows are bad");

        assertThat(rejected.getParent()).doesNotExist();
    }

    @Test
    void rejectedRowsGoIntoATableThatIsMadeForThem(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        String rejects = table + "_rejects";
        Path file = file("1,a", "x,b", "y,c");
        for (int run = 1; run <= 2; run++) {
            database.cluster()
                    .transfer(TransferOptions.defaults().name("run-" + run))
                    .from(DataFiles.csv(file))
                    .into(Table.named(table))
                    .rejecting(Rejects.rows(2).toTable(rejects))
                    .run();
        }

        assertThat(database.query("SELECT transfer, origin, record, segment BETWEEN 0 AND 3, sqlstate, message, raw,"
                        + " raw_bytes, rejected_at <= now() FROM " + rejects + " ORDER BY transfer, record"))
                .hasSize(4)
                .startsWith(Arrays.asList(
                        "run-1",
                        "people.csv",
                        "2",
                        "t",
                        null,
                        "invalid input syntax for integer: \"x\", column id",
                        "x,b",
                        null,
                        "t"));
    }

    @Test
    void aFailedLoadLeavesNoTable(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        Path file = file("x,a", "y,b");

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(DataFiles.csv(file))
                        .into(Table.named(table))
                        .rejecting(Rejects.rows(1).toTable(table + "_rejects"))
                        .run())
                .hasMessageContaining("2 rows are bad");

        assertThat(database.value(
                        "SELECT count(*) FROM pg_catalog.pg_class WHERE oid::regclass::text = ?", table + "_rejects"))
                .isEqualTo("0");
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
    void aConsumerThatFailsFailsTheLoad(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        Path file = file("1,a", "x,b");

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(DataFiles.csv(file))
                        .into(Table.named(table))
                        .rejecting(Rejects.rows(1).to(row -> {
                            throw new IllegalStateException("no room");
                        }))
                        .run())
                .hasMessage("Cannot transfer files " + file + " into table " + table
                        + ": whatever takes its rejected rows failed: java.lang.IllegalStateException: no room");

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
    void linesAreThoseOfTheFileThoughRowsHoldLineEnds(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        Path file = file("id,name", "1,\"two", "lines\"", "x,\"bad", "too\"", "\"5", "\",y", "3,plain", "z,last");
        Map<Long, String> rejected = new TreeMap<>();

        database.cluster()
                .transfer()
                .from(DataFiles.csv(file).header())
                .into(Table.named(table))
                .rejecting(Rejects.unlimited()
                        .to(row -> rejected.put(row.record(), row.text().orElseThrow())))
                .run();

        assertThat(rejected).containsExactly(Map.entry(4L, "x,\"bad\ntoo\""), Map.entry(9L, "z,last"));
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
    void transfersAtOnceSeeTheirOwnRowsAlone(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        List<List<String>> seen = new ArrayList<>();
        List<RunningTransfer> running = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Path file = Files.writeString(directory.resolve(i + ".csv"), "1,a\nbad,of " + i + "\n");
            List<String> texts = new ArrayList<>();
            seen.add(texts);
            running.add(database.cluster()
                    .transfer()
                    .from(DataFiles.csv(file))
                    .into(Table.named(table))
                    .rejecting(Rejects.rows(1).to(row -> texts.add(row.text().orElseThrow())))
                    .start());
        }
        running.forEach(RunningTransfer::await);

        for (int i = 0; i < 6; i++) {
            assertThat(seen.get(i)).containsExactly("bad,of " + i);
        }
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
