package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.RejectedRow;
import io.mppconnect.Rejects;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.file.DataFiles;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where rejected rows go, and where they say that they come from. */
@Conformance
class RejectDestinationTest {

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
        Map<Long, byte[]> raw =
                rejected.stream().collect(Collectors.toMap(RejectedRow::record, RejectDestinationTest::raw));
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
}
