package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.Query;
import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.SegmentPart;
import io.mppconnect.file.Compression;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.Row;
import io.mppconnect.rows.RowStream;
import io.mppconnect.rows.Rows;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows of tables and queries to files, records, streams. */
@Conformance
class UnloadTest {

    private static final int ROWS = 20_000;

    @TempDir
    Path directory;

    record Item(long id, String name) {}

    private TestDatabase database;
    private String table;

    @BeforeEach
    void makeTable(TestDatabase database) {
        this.database = database;
        this.table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " SELECT n, 'name ' || n FROM generate_series(1, " + ROWS + ") AS n");
    }

    @Test
    void everySegmentWritesAFileOfItsOwn() throws IOException {
        Path target = directory.resolve("out");

        TransferReport report = database.cluster()
                .transfer()
                .from(Table.named(table))
                .into(DataFiles.writeCsv(target).header().compression(Compression.GZIP))
                .run();

        assertThat(report.rows()).isEqualTo(ROWS);
        assertThat(report.segments()).hasSize(4);
        assertThat(report.segments().stream().mapToLong(SegmentPart::rows).sum())
                .isEqualTo(ROWS);
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(target)) {
            for (Path file : files.toList()) {
                assertThat(file.getFileName().toString()).matches("part-0000[0-3]\\.csv\\.gz");
                List<String> content = unzipped(file);
                assertThat(content.remove(0)).isEqualTo("id,name");
                lines.addAll(content);
            }
        }
        assertThat(lines).hasSize(ROWS).doesNotHaveDuplicates().contains("1,name 1", ROWS + ",name " + ROWS);
    }

    private static List<String> unzipped(Path file) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file));
                BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            return new ArrayList<>(reader.lines().toList());
        }
    }

    @Test
    void viewsAndSystemTablesAreUnloadedAsTablesAre() throws IOException {
        database.execute("CREATE VIEW " + table + "_v AS SELECT name FROM " + table + " WHERE id <= 10");
        Path target = directory.resolve("view.txt");

        TransferReport ofView = database.cluster()
                .transfer()
                .from(Table.named(table + "_v"))
                .into(DataFiles.writeText(target).oneFile())
                .run();
        TransferReport ofSystem = database.cluster()
                .transfer()
                .from(Table.named("pg_catalog.pg_namespace").columns("nspname").where("nspname = 'pg_catalog'"))
                .into(DataFiles.writeText(directory.resolve("system.txt")).oneFile())
                .run();

        assertThat(ofView.rows()).isEqualTo(10);
        assertThat(Files.readAllLines(target)).hasSize(10).contains("name 7");
        assertThat(ofSystem.rows()).isEqualTo(1);
    }

    @Test
    void oneFileTakesTheRowsOfAllSegments() throws IOException {
        Path target = directory.resolve("all.txt");

        database.cluster()
                .transfer()
                .from(Table.named(table).columns("name", "id").where("id <= 100"))
                .into(DataFiles.writeText(target).oneFile().delimiter("|"))
                .run();

        assertThat(Files.readAllLines(target)).hasSize(100).contains("name 7|7");
    }

    @Test
    void aQueryBindsItsValues() {
        List<Item> items = new ArrayList<>();

        database.cluster()
                .transfer()
                .from(Query.sql("SELECT id, upper(name) AS name FROM " + table + " WHERE id BETWEEN ? AND ?", 10, 12))
                .into(Rows.into(Item.class, items::add))
                .run();

        assertThat(items)
                .containsExactlyInAnyOrder(new Item(10, "NAME 10"), new Item(11, "NAME 11"), new Item(12, "NAME 12"));
    }

    @Test
    void rowsStreamAsTheyCome() {
        long sum = 0;
        try (RowStream<Row> rows = database.cluster().transfer().from(Table.named(table)).stream()) {
            while (rows.hasNext()) {
                sum += rows.next().longAt("id");
            }
        }
        assertThat(sum).isEqualTo((long) ROWS * (ROWS + 1) / 2);
    }

    @Test
    void recordsStreamAsTheyCome() {
        try (RowStream<Item> items = database.cluster().transfer().from(Table.named(table)).stream(Item.class)) {
            assertThat(items.stream().filter(item -> item.name().equals("name " + item.id())))
                    .hasSize(ROWS);
        }
    }

    @Test
    void rowsGoOutFromWhereTheyLie() {
        TransferReport report = database.cluster()
                .transfer()
                .from(Query.sql("SELECT upper(name) AS name, id AS number FROM " + table))
                .into(Rows.into(row -> {}))
                .run();
        TransferReport elsewhere = database.cluster()
                .transfer()
                .from(Query.sql("SELECT name FROM " + table))
                .into(Rows.into(row -> {}))
                .run();

        assertThat(report.sql()).anyMatch(sql -> sql.endsWith(" DISTRIBUTED BY (\"number\")"));
        assertThat(elsewhere.sql()).anyMatch(sql -> sql.endsWith(" DISTRIBUTED RANDOMLY"));
        assertThat(report.rows()).isEqualTo(ROWS).isEqualTo(elsewhere.rows());
    }

    @Test
    void aQueryWithoutRowsGivesNone() {
        List<Row> rows = new ArrayList<>();

        TransferReport report = database.cluster()
                .transfer()
                .from(Table.named(table).where("id < 0"))
                .into(Rows.into(rows::add))
                .run();

        assertThat(report.rows()).isZero();
        assertThat(rows).isEmpty();
    }

    @Test
    void aLoadedTableUnloadsToWhatWentIn() {
        String copy = database.table("id bigint, name text DISTRIBUTED BY (id)");
        try (RowStream<Item> items = database.cluster().transfer().from(Table.named(table)).stream(Item.class)) {
            database.cluster()
                    .transfer()
                    .from(Rows.records(Item.class, items))
                    .into(Table.named(copy))
                    .run();
        }

        assertThat(database.query("SELECT * FROM " + table + " EXCEPT SELECT * FROM " + copy))
                .isEmpty();
        assertThat(database.count(copy)).isEqualTo(ROWS);
    }
}
