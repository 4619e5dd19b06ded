package io.mppconnect.file;

import static io.mppconnect.file.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.text.Newline;
import io.mppconnect.text.RowFormat;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecodedFilesTest {

    @TempDir
    Path directory;

    private Path file(String name, String content, Charset charset) throws IOException {
        return Files.write(directory.resolve(name), content.getBytes(charset));
    }

    private Path file(String name, String content) throws IOException {
        return file(name, content, StandardCharsets.UTF_8);
    }

    private static SourceScan open(FileSource source) throws Exception {
        return source.open(Contexts.load("a", "b"));
    }

    private static List<List<String>> read(FileSource source) throws Exception {
        return new CollectedRows().readAll(open(source)).decoded();
    }

    private static List<String> row(String... values) {
        return Arrays.asList(values);
    }

    @Test
    void delimitersOfManyCharactersSeparateFields() throws Exception {
        Path text = file("a.txt", "1||x|y\n2||\\N\n3||a\\nb\n");
        assertThat(read(DataFiles.text(text).delimiter("||")))
                .containsExactly(row("1", "x|y"), row("2", null), row("3", "a\nb"));
        Path csv = file("a.csv", "1::\"a::b\"\n2::\n3::\"\"\n");
        assertThat(read(DataFiles.csv(csv).delimiter("::")))
                .containsExactly(row("1", "a::b"), row("2", null), row("3", ""));
    }

    @Test
    void charactersBeyondAsciiSeparateAndQuoteFields() throws Exception {
        Path file = file("a.csv", "1¦«a¦b«\n");
        assertThat(read(DataFiles.csv(file).delimiter("¦").quote('«'))).containsExactly(row("1", "a¦b"));
    }

    @Test
    void theFormatIsTheDatabasesText() throws Exception {
        Path file = file("a.txt", "1||x\n");
        assertThat(open(DataFiles.text(file).delimiter("||")).format())
                .usingRecursiveComparison()
                .isEqualTo(RowFormat.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "GB18030", "Shift_JIS"})
    void charsetsThatTheDatabaseCannotTakeAreDecoded(String charset) throws Exception {
        Path file = file("a.csv", "名前,b\r\n\"日\n本\",\r\n語,x", Charset.forName(charset));
        SourceScan scan =
                open(DataFiles.csv(file).charset(Charset.forName(charset)).header());
        assertThat(scan.fields()).extracting(Field::name).containsExactly("名前", "b");
        assertThat(new CollectedRows().readAll(scan).decoded()).containsExactly(row("日\n本", null), row("語", "x"));
    }

    @Test
    void aByteOrderMarkIsNoData() throws Exception {
        Path little = file("le.csv", "\ufeff\"1\",x\n", StandardCharsets.UTF_16LE);
        assertThat(read(DataFiles.csv(little).charset(StandardCharsets.UTF_16LE)))
                .containsExactly(row("1", "x"));
        Path utf8 = file("8.csv", "\ufeff\"1\"||x\n");
        assertThat(read(DataFiles.csv(utf8).delimiter("||"))).containsExactly(row("1", "x"));
    }

    @Test
    void theNewlineIsFoundOut() throws Exception {
        Path file = file("a.txt", "1||x\r2||y\r");
        assertThat(read(DataFiles.text(file).delimiter("||"))).containsExactly(row("1", "x"), row("2", "y"));
        Path given = file("b.txt", "1||x\ry\n");
        assertThat(read(DataFiles.text(given).delimiter("||").newline(Newline.LF)))
                .containsExactly(row("1", "x\ry"));
    }

    @Test
    void rowsAreNumberedWithinTheirFile() throws Exception {
        StringBuilder content = new StringBuilder("a||b\n");
        for (int row = 2; row <= 2500; row++) {
            content.append(row).append("||x\n");
        }
        List<Long> records = new ArrayList<>();
        List<String> names = new ArrayList<>();
        Path file = file("a.txt", content.toString());
        try (var reader = open(DataFiles.text(file).delimiter("||").header())
                .splits()
                .get(0)
                .open()) {
            CollectedRows rows = new CollectedRows();
            boolean more = true;
            while (more) {
                more = reader.read(rows);
                names.add(rows.originName());
                records.add(rows.record());
            }
            assertThat(rows.decoded()).hasSize(2499).last().isEqualTo(row("2500", "x"));
        }
        assertThat(names).containsOnly("a.txt");
        assertThat(records).containsExactly(2L, 1002L, 2002L);
    }

    @Test
    void filesInLargeRangesAreReadByOneWorkerEach() throws Exception {
        Path file = file("a.txt", "1||x\n2||y\n");
        assertThat(open(DataFiles.text(file).delimiter("||").splitSize(DataSize.ofBytes(1)))
                        .splits())
                .hasSize(1);
    }

    @Test
    void compressedFilesAreDecodedToo() throws Exception {
        Path file = Files.write(directory.resolve("a.txt.gz"), Compressed.gzip("1||x\n", "2||y\n"));
        assertThat(read(DataFiles.text(file).delimiter("||"))).containsExactly(row("1", "x"), row("2", "y"));
        byte[] whole = Compressed.gzip("1||x\n");
        Path cut = Files.write(directory.resolve("b.txt.gz"), Arrays.copyOf(whole, whole.length - 1));
        refused(
                ErrorCode.SOURCE_FAILED,
                "Cannot read b.txt.gz: the gzip data ends early at byte " + (whole.length - 1)
                        + "; the file is cut short",
                () -> read(DataFiles.text(cut).delimiter("||")));
    }

    @Test
    void emptyFilesHaveNoRows() throws Exception {
        Path file = file("a.txt", "");
        assertThat(read(DataFiles.text(file).delimiter("||"))).isEmpty();
        Path header = file("b.txt", "a||b");
        assertThat(read(DataFiles.text(header).delimiter("||").header())).isEmpty();
    }

    @Test
    void rowsOfAnotherLengthAreRefused() throws Exception {
        Path file = file("a.txt", "1||x\n2||y||z\n");
        refused(
                ErrorCode.BAD_DATA,
                "Cannot read a.txt: row 2 has 3 fields, and 2 are expected",
                () -> read(DataFiles.text(file).delimiter("||")));
    }

    @Test
    void bytesThatAreNoCharactersAreRefused() throws Exception {
        Path file = Files.write(directory.resolve("a.txt"), new byte[] {'1', '|', '|', 'x', '\n', (byte) 0xff, '\n'});
        assertThatThrownBy(() -> read(DataFiles.text(file).delimiter("||")))
                .isInstanceOf(MppConnectException.class)
                .hasMessageStartingWith("Cannot read a.txt: cannot read on from line ")
                .hasMessageEndingWith("; name the charset that the text is in");
    }

    @Test
    void aQuoteThatIsNeverClosedIsRefused() throws Exception {
        Path file = file("a.csv", "1||x\n2||\"y\n3||z\n");
        refused(
                ErrorCode.BAD_DATA,
                "Cannot read a.csv: cannot read line 2: its quote is never closed",
                () -> read(DataFiles.csv(file).delimiter("||")));
    }

    @Test
    void aRowLongerThanAllowedIsRefused() throws Exception {
        Path file = file("a.csv", "1||x\n2||" + "y".repeat(50_000) + "\n");
        refused(
                ErrorCode.BAD_DATA,
                "Cannot read a.csv: cannot read line 2: its row is longer than 40000 characters",
                () -> new CollectedRows()
                        .readAll(DataFiles.csv(file).delimiter("||").open(Contexts.load(40_000, "a", "b"))));
    }

    @Test
    void aFormatWhoseRowsCannotBeToldApartIsRefused() throws Exception {
        Path file = file("a.csv", "1\n");
        refused(
                ErrorCode.INVALID_OPTION,
                "Invalid delimited CSV format: delimiter and quote must not begin with each other; delimiter and escape must"
                        + " not begin with each other",
                () -> open(DataFiles.csv(file).delimiter("\"\"")));
    }

    @Test
    void aFileThatGrowsIsNoticed() throws Exception {
        Path file = file("a.csv", "1||x\n");
        SourceScan scan = open(DataFiles.csv(file).delimiter("||"));
        Files.writeString(file, "2||y\n", StandardOpenOption.APPEND);
        refused(
                ErrorCode.SOURCE_FAILED,
                "Cannot read a.csv: it changed while it was read: it had 5 bytes and has 10",
                () -> new CollectedRows().readAll(scan));
    }
}
