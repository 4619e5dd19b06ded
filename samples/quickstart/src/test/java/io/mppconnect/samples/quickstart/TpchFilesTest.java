package io.mppconnect.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TpchFilesTest {

    /** What TPC-H prescribes for the smallest scale. */
    private static final int ORDERS = 1500;

    @TempDir
    private Path directory;

    @Test
    void everyOrderIsInOneFileWithAllOfItsItems() throws Exception {
        TpchFiles files = TpchFiles.generate(directory, 0.001);

        Map<String, List<String>> orders = new HashMap<>();
        for (List<String> order : rows(files.orders(), DemoTable.ORDERS)) {
            assertThat(orders.put(order.get(0), order)).isNull();
        }
        List<List<String>> items = rows(files.lineitem(), DemoTable.LINEITEM);

        assertThat(orders).hasSize(ORDERS);
        assertThat(files.orderRows()).isEqualTo(ORDERS);
        assertThat(files.lineitemRows()).isEqualTo(items.size());
        assertThat(items).extracting(item -> item.get(0)).hasSameElementsAs(orders.keySet());
        assertThat(new HashSet<>(items.stream().map(item -> item.subList(0, 4)).toList()))
                .hasSameSizeAs(items);
    }

    @Test
    void theJoinIsWhatTheFilesJoinTo() throws Exception {
        TpchFiles files = TpchFiles.generate(directory, 0.001);

        Map<String, List<String>> orders = new HashMap<>();
        rows(files.orders(), DemoTable.ORDERS).forEach(order -> orders.put(order.get(0), order));
        Checksum join = Checksum.NONE;
        for (List<String> item : rows(files.lineitem(), DemoTable.LINEITEM)) {
            List<String> joined = new ArrayList<>(padded(item, DemoTable.LINEITEM));
            joined.addAll(padded(orders.get(item.get(0)), DemoTable.ORDERS));
            join = join.plusRow(joined);
        }

        assertThat(files.join()).isEqualTo(join);
    }

    @Test
    void thereAreSeveralFilesForSeveralWorkers() throws Exception {
        TpchFiles files = TpchFiles.generate(directory, 0.001);

        assertThat(files.files()).isGreaterThanOrEqualTo(8);
        assertThat(files.orders()).isDirectoryContaining("glob:**/orders-001.csv.gz");
        assertThat(files.orders().toFile().list()).hasSize(files.files());
        assertThat(files.lineitem().toFile().list()).hasSize(files.files());
    }

    private static List<List<String>> rows(Path directory, DemoTable<?> table) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                List<String> lines = lines(file);
                assertThat(CsvLine.decode(lines.get(0))).isEqualTo(table.columnNames());
                lines.stream().skip(1).map(CsvLine::decode).forEach(rows::add);
            }
        }
        return rows;
    }

    private static List<String> lines(Path file) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    private static List<String> padded(List<String> values, DemoTable<?> table) {
        List<String> padded = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            int length = table.columns().get(i).length();
            padded.add(values.get(i)
                    + " ".repeat(Math.max(0, length - values.get(i).length())));
        }
        return padded;
    }
}
