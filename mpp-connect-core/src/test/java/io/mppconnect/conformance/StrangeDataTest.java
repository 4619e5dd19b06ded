package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.Query;
import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.Row;
import io.mppconnect.rows.RowStream;
import io.mppconnect.rows.Rows;
import io.mppconnect.spi.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that looks like something else, and files of which there are few or many. */
@Conformance
class StrangeDataTest {

    @TempDir
    Path directory;

    private TestDatabase database;
    private String table;

    @BeforeEach
    void makeTable(TestDatabase database) {
        this.database = database;
        this.table = database.table("line text DISTRIBUTED RANDOMLY");
    }

    private Path file(String name, String content) throws IOException {
        return Files.write(directory.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    private TransferReport load(Source source) {
        return database.cluster()
                .transfer()
                .from(source)
                .into(Table.named(table))
                .run();
    }

    /** What the table holds, in no particular order. */
    private List<String> lines() {
        return database.query("SELECT line FROM " + table).stream()
                .map(row -> row.get(0))
                .toList();
    }

    private List<String> unloaded() {
        try (RowStream<Row> rows = database.cluster().transfer().from(Table.named(table)).stream()) {
            List<String> lines = new ArrayList<>();
            rows.forEachRemaining(row -> lines.add(row.textAt("line")));
            return lines;
        }
    }

    @Test
    void valuesThatLookLikeTheEndOfData() {
        List<String> values =
                Arrays.asList("\\.", "a\\.", "\\N", "", null, " ", "\"", "\\", "\r", "\n", "a\r\nb", "\t");

        load(Rows.of(IntStream.range(0, values.size()).boxed().toList()).texts("line", values::get));

        assertThat(lines()).containsExactlyInAnyOrderElementsOf(values);
        assertThat(unloaded()).containsExactlyInAnyOrderElementsOf(values);
    }

    @Test
    void nothingButNulls() {
        load(Rows.of(List.of(1, 2, 3)).texts("line", number -> null));

        assertThat(lines()).containsExactlyElementsOf(Collections.nCopies(3, null));
        assertThat(unloaded()).containsExactlyElementsOf(Collections.nCopies(3, null));
    }

    @Test
    void aCsvFileWithALoneEndOfDataMark() throws IOException {
        load(DataFiles.csv(file("a.csv", "x\n\"\\.\"\ny\n")));

        assertThat(lines()).containsExactlyInAnyOrder("x", "\\.", "y");
    }

    @Test
    void aFileOfBlankLines() throws IOException {
        load(DataFiles.csv(file("a.csv", "\n\nx\n\n")));

        assertThat(lines()).containsExactlyInAnyOrder(null, null, "x", null);
    }

    @Test
    void aByteOrderMarkAndAHeaderAndNothingElse() throws IOException {
        assertThat(load(DataFiles.csv(file("a.csv", "\ufeffline\n")).header()).rows())
                .isZero();
        assertThat(load(DataFiles.csv(file("b.csv", "\ufeffline\r\nx\r\n")).header())
                        .rows())
                .isEqualTo(1);

        assertThat(lines()).containsExactly("x");
    }

    @Test
    void emptyFilesAmongOthers() throws IOException {
        file("1.csv", "");
        file("2.csv", "x");
        file("3.csv", "");

        load(DataFiles.csv(directory.resolve("*.csv")));

        assertThat(lines()).containsExactly("x");
    }

    @Test
    void thousandsOfFiles() throws IOException {
        for (int i = 0; i < 3000; i++) {
            file(i + ".csv", "line\n" + i + "\n");
        }

        load(DataFiles.csv(directory.resolve("*.csv")).header());

        assertThat(database.value("SELECT count(DISTINCT line) FROM " + table)).isEqualTo("3000");
    }

    @Test
    void asManyColumnsAsATableCanHave() {
        int columns = 1600;
        String wide = database.table(IntStream.range(0, columns)
                .mapToObj(i -> "c" + i + " int")
                .collect(Collectors.joining(", ", "", " DISTRIBUTED BY (c0)")));
        List<String> names = IntStream.range(0, columns).mapToObj(i -> "c" + i).toList();

        database.cluster()
                .transfer()
                .from(Rows.arrays(
                        names,
                        List.<Object[]>of(IntStream.range(0, columns).boxed().toArray())))
                .into(Table.named(wide))
                .run();

        try (RowStream<Row> rows =
                database.cluster().transfer().from(Query.sql("SELECT c0, c1599 FROM " + wide)).stream()) {
            assertThat(rows.next().longAt("c1599")).isEqualTo(1599);
        }
    }
}
