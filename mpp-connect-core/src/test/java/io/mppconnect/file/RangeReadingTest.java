package io.mppconnect.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.mppconnect.DataSize;
import io.mppconnect.MppConnectException;
import io.mppconnect.file.CollectedRows.Sent;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import io.mppconnect.text.Newline;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeReadingTest {

    @TempDir
    Path directory;

    private Path file(String name, String content) throws Exception {
        return Files.writeString(directory.resolve(name), content);
    }

    private static SourceScan open(FileSource source, long splitSize) throws Exception {
        return source.splitSize(DataSize.ofBytes(splitSize)).open(Contexts.load("a", "b"));
    }

    /** Rows of all shapes, quoted line ends, escapes and delimiters included. */
    private static List<String> randomRows(Random random, String[] pieces, Newline newline) {
        List<String> rows = new ArrayList<>();
        for (int count = random.nextInt(12); count >= 0; count--) {
            StringBuilder row = new StringBuilder();
            for (int piece = random.nextInt(6); piece > 0; piece--) {
                row.append(pieces[random.nextInt(pieces.length)]);
            }
            rows.add(row.append(newline.characters()).toString());
        }
        return rows;
    }

    /** Reads with ranges of all sizes and small blocks, and holds every block against the rows that were written. */
    private void readsAllRowsOnce(FileSource source, List<String> rows, int headerRows) throws Exception {
        List<String> data = rows.subList(headerRows, rows.size());
        int length = String.join("", rows).length();
        for (int splitSize = 1; splitSize <= length + 1; splitSize += 1 + splitSize / 3) {
            for (int blockSize : new int[] {1, 7, 64}) {
                CollectedRows collected = new CollectedRows(blockSize, 1 << 16);
                SourceScan scan = open(source, splitSize);
                List<Split> splits = new ArrayList<>(scan.splits());
                for (Split split : splits) {
                    collected.read(split);
                }
                String where = "split size " + splitSize + ", block size " + blockSize;
                assertThat(collected.text()).as(where).isEqualTo(String.join("", data));
                assertWholeRows(collected.sent(), data, where);
            }
            CollectedRows ranges = new CollectedRows().takingRanges();
            for (Split split : open(source, splitSize).splits()) {
                ranges.read(split);
            }
            String where = "split size " + splitSize + ", ranges of the file";
            assertThat(ranges.text()).as(where).isEqualTo(String.join("", data));
            assertWholeRows(ranges.sent(), data, where);
        }
    }

    private static void assertWholeRows(List<Sent> sent, List<String> rows, String where) {
        int next = 0;
        for (Sent block : sent) {
            assertThat(block.text()).as(where).isEqualTo(String.join("", rows.subList(next, next + block.rows())));
            next += block.rows();
        }
    }

    /** Rows that end within what is read at once, within a range, and within neither. */
    @ParameterizedTest
    @ValueSource(ints = {1 << 10, 100 << 10, 600 << 10})
    void rowsOfAnyLengthComeWhole(int longest) throws Exception {
        Random random = new Random(longest);
        List<String> rows = new ArrayList<>();
        for (int length = 0; length < 3 << 20; ) {
            String row = "\"" + "x\n\"\"".repeat(random.nextInt(longest) / 4) + "\"\n";
            length += row.length();
            rows.add(row);
        }
        Path file = file("long.csv", String.join("", rows));
        for (long splitSize : new long[] {1 << 20, 1 << 30}) {
            CollectedRows ranges = new CollectedRows().takingRanges().readAll(open(DataFiles.csv(file), splitSize));
            assertThat(ranges.text()).isEqualTo(String.join("", rows));
            assertWholeRows(ranges.sent(), rows, "split size " + splitSize);
        }
    }

    @ParameterizedTest
    @EnumSource
    void csvComesWholeWhereverItIsCut(Newline newline) throws Exception {
        String[] pieces = {"a", ",", "\"\n\"", "\"\r\n\"", "\"\r\"", "\"\"", "\"x\"\"\ny\"", "\\", "\"\\\"", "é"};
        for (int seed = 0; seed < 5; seed++) {
            List<String> rows = randomRows(new Random(seed), pieces, newline);
            Path file = file(seed + ".csv", String.join("", rows));
            readsAllRowsOnce(DataFiles.csv(file).newline(newline), rows, 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void csvWithAnEscapeOfItsOwnComesWhole(Newline newline) throws Exception {
        String[] pieces = {"a", ",", "\"\\\"\n\"", "\"\\\\\"", "\"x\\\ny\"", "\"\"", "\\"};
        for (int seed = 0; seed < 5; seed++) {
            List<String> rows = randomRows(new Random(seed), pieces, newline);
            Path file = file(seed + ".csv", String.join("", rows));
            readsAllRowsOnce(DataFiles.csv(file).escape('\\').newline(newline), rows, 0);
        }
    }

    @ParameterizedTest
    @EnumSource
    void textComesWholeWhereverItIsCut(Newline newline) throws Exception {
        String[] pieces = {"a", "\t", "\\n", "\\\\", "\"", "long value", "é"};
        for (int seed = 0; seed < 5; seed++) {
            List<String> rows = randomRows(new Random(seed), pieces, newline);
            Path file = file(seed + ".txt", String.join("", rows));
            readsAllRowsOnce(DataFiles.text(file).newline(newline), rows, 0);
        }
    }

    @Test
    void theHeaderIsNoRowOfAnyRange() throws Exception {
        List<String> csv = List.of("\"a\nlong header\",b\n", "1,\"\n\n\"\n", "2,x\n", "\n", "3,y\n");
        readsAllRowsOnce(DataFiles.csv(file("a.csv", String.join("", csv))).header(), csv, 1);
        List<String> text = List.of("a long header\tb\n", "1\tx\n", "\n", "2\ty\n");
        readsAllRowsOnce(DataFiles.text(file("a.txt", String.join("", text))).header(), text, 1);
    }

    @Test
    void theLastRangeGetsTheTerminatorThatTheFileLacks() throws Exception {
        for (int splitSize = 1; splitSize < 12; splitSize++) {
            CollectedRows csv =
                    new CollectedRows().readAll(open(DataFiles.csv(file("a.csv", "1\n2\n\"3\n\"")), splitSize));
            assertThat(csv.text()).isEqualTo("1\n2\n\"3\n\"\n");
            CollectedRows text =
                    new CollectedRows().readAll(open(DataFiles.text(file("a.txt", "1\n2\n33")), splitSize));
            assertThat(text.text()).isEqualTo("1\n2\n33\n");
        }
    }

    @Test
    void rangesOfCsvKnowTheirLines() throws Exception {
        Path file = file("a.csv", "h\n\"1\n\"\n2\n3\n4\n");
        SourceScan scan = open(DataFiles.csv(file).header(), 5);
        assertThat(scan.splits())
                .extracting(Split::name, Split::bytes)
                .containsExactly(
                        tuple("a.csv@0", OptionalLong.of(5)),
                        tuple("a.csv@5", OptionalLong.of(5)),
                        tuple("a.csv@10", OptionalLong.of(3)));
        assertThat(new CollectedRows().readAll(scan).sent())
                .containsExactly(
                        new Sent("a.csv", 2, 1, "\"1\n\"\n"),
                        new Sent("a.csv", 4, 2, "2\n3\n"),
                        new Sent("a.csv", 6, 1, "4\n"));
    }

    @Test
    void rangesOfTextCountFromTheirOffset() throws Exception {
        Path file = file("a.txt", "h\nfirst\nsecond\nthird\n");
        assertThat(new CollectedRows()
                        .readAll(open(DataFiles.text(file).header(), 10))
                        .sent())
                .containsExactly(new Sent("a.txt", 2, 2, "first\nsecond\n"), new Sent("a.txt@15", 1, 1, "third\n"));
    }

    @Test
    void aQuoteThatIsNeverClosedIsFoundInItsRange() throws Exception {
        Path file = file("a.csv", "1\n2\n\"3\n4\n5\n6\n");
        assertThatThrownBy(() -> new CollectedRows().readAll(open(DataFiles.csv(file), 3)))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read a.csv: a quote opened in line 3 is never closed");
    }

    @Test
    void compressedFilesAreNotCut() throws Exception {
        Path file = Files.write(directory.resolve("a.csv.gz"), Compressed.gzip("1\n2\n"));
        assertThat(open(DataFiles.csv(file), 1).splits())
                .extracting(Split::name)
                .containsExactly("a.csv.gz");
    }

    @Test
    void aRangeThatShrinksIsNoticed() throws Exception {
        Path file = file("a.txt", "1\n2\n3\n4\n");
        SourceScan scan = open(DataFiles.text(file), 4);
        Split last = scan.splits().get(1);
        try (var reader = last.open()) {
            Files.writeString(file, "1\n2\n3\n");
            assertThatThrownBy(() -> reader.read(new CollectedRows()))
                    .isInstanceOf(MppConnectException.class)
                    .hasMessage("Cannot read a.txt: it changed while it was read: it had 8 bytes and has 6");
        }
    }

    @Test
    void workersMayReadRangesAtOnceAndInAnyOrder() throws Exception {
        StringBuilder content = new StringBuilder();
        List<String> rows = new ArrayList<>();
        Random random = new Random(7);
        for (int row = 0; row < 20_000; row++) {
            String text = row + ",\"" + "x\n".repeat(random.nextInt(20)) + "\"\n";
            rows.add(text);
            content.append(text);
        }
        SourceScan scan = open(DataFiles.csv(file("a.csv", content.toString())), 5000);
        List<Split> splits = new ArrayList<>(scan.splits());
        Collections.shuffle(splits, random);
        ExecutorService workers = Executors.newFixedThreadPool(4);
        try {
            List<Future<CollectedRows>> reads = new ArrayList<>();
            for (Split split : splits) {
                reads.add(workers.submit(() -> new CollectedRows(512, 1 << 20).read(split)));
            }
            List<Sent> sent = new ArrayList<>();
            for (Future<CollectedRows> read : reads) {
                sent.addAll(read.get().sent());
            }
            sent.sort(Comparator.comparingLong(Sent::record));
            assertThat(sent.get(0).record()).isEqualTo(1);
            assertWholeRows(sent, rows, "all");
            assertThat(sent.stream().mapToInt(Sent::rows).sum()).isEqualTo(rows.size());
        } finally {
            workers.shutdownNow();
        }
    }

    @Test
    void aCancelledSearchForRowsStops() throws Exception {
        Path file = file("a.csv", "1\n".repeat(10));
        Split last = open(DataFiles.csv(file), 4).splits().get(3);
        Thread.currentThread().interrupt();
        assertThatThrownBy(last::open).isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void oneByteEncodingsAreCutAsWell() throws Exception {
        byte[] content = "ä\nö\nü\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(directory.resolve("a.txt"), content);
        SourceScan scan = open(DataFiles.text(file).encoding("LATIN1"), 2);
        assertThat(scan.splits()).hasSize(3);
        assertThat(new CollectedRows().readAll(scan).bytes()).isEqualTo(content);
    }
}
