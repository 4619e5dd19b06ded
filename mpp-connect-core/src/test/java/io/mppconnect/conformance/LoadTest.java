package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mppconnect.DataSize;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.SegmentPart;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.Rows;
import io.mppconnect.spi.Source;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows from files and memory into tables, mapped, computed and left to defaults. */
@Conformance
class LoadTest {

    @TempDir
    Path directory;

    record Order(long id, String customerName) {}

    @Test
    void recordsGoIntoColumnsOfTheirNames(TestDatabase database) {
        String table =
                database.table("id bigint, customer_name text, added date DEFAULT '2020-01-01' DISTRIBUTED BY (id)");

        TransferReport report = database.cluster()
                .transfer()
                .from(Rows.records(Order.class, List.of(new Order(1, "Ada"), new Order(2, "line\nend\t\\"))))
                .into(Table.named(table))
                .run();

        assertThat(report.rows()).isEqualTo(2);
        assertThat(database.query("SELECT * FROM " + table + " ORDER BY id"))
                .containsExactly(List.of("1", "Ada", "2020-01-01"), List.of("2", "line\nend\t\\", "2020-01-01"));
    }

    @Test
    void aLoadOfAFileThatIsStoppedCommitsWhatItHasRead(TestDatabase database) throws Exception {
        Path file = Files.writeString(
                directory.resolve("rows.txt"), "x".repeat(1000).concat("\n").repeat(20_000));
        String table = database.table("line text DISTRIBUTED RANDOMLY");

        try (RunningTransfer running = database.cluster()
                .transfer(TransferOptions.defaults().memory(DataSize.ofMegabytes(1)))
                .from(DataFiles.text(file).fields("line"))
                .into(Table.named(table))
                .start()) {
            await().until(() -> running.progress().rows() > 0);
            running.stop();

            assertThat(running.await().rows()).isPositive().isEqualTo(database.count(table));
        }
    }

    @Test
    void mapsAndArraysGoIntoTheColumnsTheyName(TestDatabase database) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");

        database.cluster()
                .transfer()
                .from(Rows.maps(List.of(Map.of("id", 1, "name", "a"), Map.of("id", 2L))))
                .into(Table.named(table))
                .run();
        database.cluster()
                .transfer()
                .from(Rows.arrays(List.of("name", "id"), List.of(new Object[] {"c", 3}, new Object[] {null, 4})))
                .into(Table.named(table))
                .run();

        assertThat(database.query("SELECT id, coalesce(name, '(null)') FROM " + table + " ORDER BY id"))
                .containsExactly(List.of("1", "a"), List.of("2", "(null)"), List.of("3", "c"), List.of("4", "(null)"));
    }

    @Test
    void expressionsComputeColumnsFromFields(TestDatabase database) throws IOException {
        Path file = Files.writeString(directory.resolve("a.csv"), "nr;price;day\n7;1.50;31/12/2024\n");
        String table = database.table("id bigint, total numeric(10,2), day date DISTRIBUTED BY (id)");

        database.cluster()
                .transfer()
                .from(DataFiles.csv(file).header().delimiter(";"))
                .into(Table.named(table)
                        .map("id", "nr")
                        .compute("total", "price::numeric * 2")
                        .compute("day", "to_date(day, 'DD/MM/YYYY')"))
                .run();

        assertThat(database.query("SELECT * FROM " + table)).containsExactly(List.of("7", "3.00", "2024-12-31"));
    }

    @Test
    void settingsOfTheTransferShapeWhatIsRead(TestDatabase database) throws IOException {
        Path file = Files.writeString(directory.resolve("a.csv"), "1,03/04/2024\n");
        String table = database.table("id bigint, day date DISTRIBUTED BY (id)");

        database.cluster()
                .transfer(TransferOptions.defaults().setting("DateStyle", "ISO, DMY"))
                .from(DataFiles.csv(file))
                .into(Table.named(table))
                .run();

        assertThat(database.value("SELECT day FROM " + table)).isEqualTo("2024-04-03");
    }

    @Test
    void aLargeFileFeedsAllSegmentsExactlyOnce(TestDatabase database) throws IOException {
        Path file = directory.resolve("big.txt");
        int rows = 300_000;
        try (Writer writer = Files.newBufferedWriter(file)) {
            for (int i = 0; i < rows; i++) {
                writer.write(i + "\tname of row " + i + "\n");
            }
        }
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");

        TransferReport report = database.cluster()
                .transfer()
                .from(DataFiles.text(file).splitSize(DataSize.ofMegabytes(1)))
                .into(Table.named(table))
                .run();

        assertThat(report.rows()).isEqualTo(rows);
        assertThat(report.bytes()).isEqualTo(Files.size(file));
        assertThat(report.splits()).hasSizeGreaterThan(4);
        assertThat(report.segments()).extracting(SegmentPart::segment).containsExactly(0, 1, 2, 3);
        assertThat(report.segments().stream().mapToLong(SegmentPart::rows).sum())
                .isEqualTo(rows);
        assertThat(report.sql()).anyMatch(sql -> sql.startsWith("INSERT INTO"));
        assertThat(database.query("SELECT count(*), count(DISTINCT id), sum(id) FROM " + table))
                .containsExactly(List.of("300000", "300000", "44999850000"));
    }

    @Test
    void compressedFilesOfADirectoryAreOneSource(TestDatabase database) throws IOException {
        for (int file = 0; file < 3; file++) {
            StringBuilder content = new StringBuilder("id,name\n");
            for (int i = 0; i < 100; i++) {
                content.append(file * 100 + i)
                        .append(",\"multi\nline \"\"")
                        .append(i)
                        .append("\"\"\"\n");
            }
            try (OutputStream out =
                    new GZIPOutputStream(Files.newOutputStream(directory.resolve("part-" + file + ".csv.gz")))) {
                out.write(content.toString().getBytes(StandardCharsets.UTF_8));
            }
        }
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");

        TransferReport report = database.cluster()
                .transfer()
                .from(DataFiles.csv(directory).header())
                .into(Table.named(table))
                .run();

        assertThat(report.rows()).isEqualTo(300);
        assertThat(database.value("SELECT name FROM " + table + " WHERE id = 299"))
                .isEqualTo("multi\nline \"99\"");
    }

    @Test
    void aRowOfManyMegabytesTravelsWithASmallBudget(TestDatabase database) {
        String table = database.table("id bigint, body text DISTRIBUTED BY (id)");
        String body = "x".repeat(24 * 1024 * 1024);

        TransferReport report = database.cluster()
                .transfer(TransferOptions.defaults().memory(DataSize.ofMegabytes(1)))
                .from(Rows.of(List.of(1L, 2L, 3L)).longs("id", Long::longValue).texts("body", id -> body))
                .into(Table.named(table))
                .run();

        assertThat(report.rows()).isEqualTo(3);
        assertThat(database.value("SELECT sum(length(body)) FROM " + table)).isEqualTo("75497472");
    }

    @Test
    void noRowsAreNoProblem(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");

        TransferReport report = database.cluster()
                .transfer()
                .from(Rows.of(List.<Long>of()).longs("id", Long::longValue))
                .into(Table.named(table))
                .run();

        assertThat(report.rows()).isZero();
    }

    @Test
    void quotedNamesOfAllKindsWork(TestDatabase database) {
        String table = database.table("\"Odd \"\"Name\"\"\" bigint, \"select\" text DISTRIBUTED RANDOMLY");

        database.cluster()
                .transfer()
                .from(Rows.arrays(List.of("select", "Odd \"Name\""), List.<Object[]>of(new Object[] {"x", 1L})))
                .into(Table.named(table))
                .run();

        assertThat(database.query("SELECT \"Odd \"\"Name\"\"\", \"select\" FROM " + table))
                .containsExactly(List.of("1", "x"));
    }

    @Test
    void everyKindOfTableTakesRows(TestDatabase database) {
        List<String> tables = List.of(
                database.table("id bigint DISTRIBUTED BY (id)"),
                database.table("id bigint DISTRIBUTED RANDOMLY"),
                database.table("id bigint DISTRIBUTED REPLICATED"),
                appendOptimised(database, "row"),
                appendOptimised(database, "column"));
        List<Long> ids = LongStream.range(0, 1000).boxed().toList();
        for (String table : tables) {
            database.cluster()
                    .transfer()
                    .from(Rows.of(ids).longs("id", Long::longValue))
                    .into(Table.named(table))
                    .run();
            assertThat(database.query("SELECT count(*), sum(id) FROM " + table))
                    .as(table)
                    .containsExactly(List.of("1000", "499500"));
        }
    }

    private static String appendOptimised(TestDatabase database, String orientation) {
        String table = database.table("id bigint DISTRIBUTED BY (id)") + "_ao_" + orientation;
        database.execute("CREATE TABLE " + table + " (id bigint) WITH (appendonly=true, orientation=" + orientation
                + ") DISTRIBUTED BY (id)");
        return table;
    }

    @Test
    void eachLoadReadsItsOwnFormat(TestDatabase database) throws IOException {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        Path file = Files.writeString(directory.resolve("a.csv"), "1,'a,b'\n");
        Path other = Files.writeString(directory.resolve("b.csv"), "2,\"c,d\"\n");

        for (Source source : List.<Source>of(
                DataFiles.csv(file).quote('\''),
                DataFiles.csv(other),
                DataFiles.csv(file).quote('\''))) {
            database.cluster().transfer().from(source).into(Table.named(table)).run();
        }

        assertThat(database.query("SELECT name, count(*) FROM " + table + " GROUP BY name ORDER BY name"))
                .containsExactly(List.of("a,b", "2"), List.of("c,d", "1"));
    }

    @Test
    void aTableThatChangedIsSeenAsItIs(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        Table target = Table.named(table);
        database.cluster()
                .transfer()
                .from(Rows.of(List.of(1L)).longs("id", Long::longValue))
                .into(target)
                .run();

        database.execute("ALTER TABLE " + table + " ADD COLUMN name text");
        database.cluster()
                .transfer()
                .from(Rows.of(List.of(2L)).longs("id", Long::longValue).texts("name", id -> "two"))
                .into(target)
                .run();

        assertThat(database.value("SELECT name FROM " + table + " WHERE id = 2"))
                .isEqualTo("two");
    }

    @Test
    void manyTransfersRunAtOnce(TestDatabase database) {
        int transfers = 64;
        int rows = 2000;
        List<String> tables = IntStream.range(0, 8)
                .mapToObj(i -> database.table("id bigint, job int DISTRIBUTED BY (id)"))
                .toList();
        List<Long> ids = LongStream.range(0, rows).boxed().toList();
        var running = IntStream.range(0, transfers)
                .mapToObj(job -> database.cluster()
                        .transfer()
                        .from(Rows.of(ids).longs("id", Long::longValue).ints("job", id -> job))
                        .into(Table.named(tables.get(job % tables.size())))
                        .start())
                .toList();

        assertThat(running.stream().map(transfer -> transfer.await().rows()).collect(Collectors.toSet()))
                .containsExactly((long) rows);
        for (String table : tables) {
            assertThat(database.query("SELECT count(*), count(DISTINCT job) FROM " + table))
                    .containsExactly(List.of(String.valueOf(rows * transfers / tables.size()), "8"));
        }
    }

    @Test
    void typesAreSpelledForTheSearchPathOfEachLoad(TestDatabase database) {
        String mood = database.newTable() + "_mood";
        database.execute("CREATE TYPE " + mood + " AS ENUM ('well')");
        String table = database.table("id int, v " + mood + " DISTRIBUTED BY (id)");
        List<TransferOptions> options = List.of(
                TransferOptions.defaults(),
                TransferOptions.defaults().before("SET LOCAL search_path TO mpp_connect_test"),
                TransferOptions.defaults());

        for (TransferOptions each : options) {
            database.cluster()
                    .transfer(each)
                    .from(Rows.maps(List.of(Map.of("id", 1, "v", "well"))))
                    .into(Table.named(table))
                    .run();
        }

        assertThat(database.count(table)).isEqualTo(3);
    }
}
