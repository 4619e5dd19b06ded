package io.mppconnect.file;

import static io.mppconnect.file.Refusals.refused;
import static io.mppconnect.file.Unloads.names;
import static io.mppconnect.file.Unloads.open;
import static io.mppconnect.file.Unloads.unload;
import static io.mppconnect.file.Unloads.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.ErrorCode;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.text.Newline;
import io.mppconnect.text.RowFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FileTargetFormatTest {

    @TempDir
    Path directory;

    private Path out() {
        return directory.resolve("out");
    }

    private static String text(Path file, Compression compression) throws IOException {
        try (InputStream in = compression.decompress(Files.newInputStream(file), "file")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @EnumSource
    void filesAreCompressed(Compression compression) throws Exception {
        unload(DataFiles.writeCsv(out()).header().compression(compression), "1,a\n", "2,b\n");
        Path second = out().resolve("part-00001.csv" + compression.suffix());
        assertThat(text(second, compression)).isEqualTo("a,b\n2,b\n");
        assertThat(names(out())).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource
    void theNameOfOneFileTellsItsCompression(Compression compression) throws Exception {
        Path file = directory.resolve("orders.csv" + compression.suffix());
        unload(DataFiles.writeCsv(file).oneFile(), "1,a\n", "2,b\n");
        assertThat(text(file, compression)).isEqualTo("1,a\n2,b\n");
    }

    @Test
    void namesOfAHeaderAreWrittenAsTheFormatWants() throws Exception {
        FileTarget csv =
                DataFiles.writeCsv(directory.resolve("a.csv")).oneFile().header();
        try (TargetWrite write = csv.open(Contexts.unload("plain", "co,mma", "quo\"te", "li\nne", " space"))) {
            write.finish();
            write.commit();
        }
        assertThat(Files.readString(directory.resolve("a.csv")))
                .isEqualTo("plain,\"co,mma\",\"quo\"\"te\",\"li\nne\", space\n");
        FileTarget text =
                DataFiles.writeText(directory.resolve("a.txt")).oneFile().header();
        try (TargetWrite write = text.open(Contexts.unload("plain", "t\tab", "back\\slash", "li\nne"))) {
            write.finish();
            write.commit();
        }
        assertThat(Files.readString(directory.resolve("a.txt"))).isEqualTo("plain\tt\\\tab\tback\\\\slash\tli\\nne\n");
        assertThat(DataFiles.text(directory.resolve("a.txt"))
                        .header()
                        .open(Contexts.load("x"))
                        .fields())
                .extracting(field -> field.name())
                .containsExactly("plain", "t\tab", "back\\slash", "li\nne");
    }

    @Test
    void namesThatNoHeaderCanHoldAreRefused() {
        FileTarget text = DataFiles.writeText(out()).header().withoutEscape();
        refused(
                ErrorCode.INVALID_OPTION,
                "Cannot write the header: the name of column t\tab holds a delimiter or a line end, which the format has"
                        + " no escape for",
                () -> text.open(Contexts.unload("t\tab")));
        FileTarget latin = DataFiles.writeCsv(out()).header().encoding("LATIN1");
        refused(
                ErrorCode.INVALID_OPTION,
                "Cannot write the header: the name of column 名 holds a character that ISO-8859-1 does not have",
                () -> latin.open(Contexts.unload("名")));
        assertThat(out()).doesNotExist();
    }

    @Test
    void segmentsWriteWhatTheyCan() throws Exception {
        try (TargetWrite write =
                open(DataFiles.writeText(out()).delimiter("|").nullString("NIL").encoding("LATIN9"))) {
            RowFormat format = write.format();
            assertThat(format.delimiter()).isEqualTo('|');
            assertThat(format.nullString()).isEqualTo("NIL");
            assertThat(format.encoding()).isEqualTo("LATIN9");
        }
    }

    @Test
    void whatSegmentsCannotWriteIsWrittenAnew() throws Exception {
        FileTarget target = DataFiles.writeCsv(out()).delimiter("||").header();
        try (TargetWrite write = open(target)) {
            assertThat(write.format()).usingRecursiveComparison().isEqualTo(RowFormat.text());
            write(write, 0, "1\ta|\n\\N\tx\"y\n", "2\t\n3\tli\\nne\\\\\n");
            write.finish();
            write.commit();
        }
        assertThat(Files.readString(out().resolve("part-00000.csv")))
                .isEqualTo("a||b\n1||\"a|\"\n||\"x\"\"y\"\n2||\"\"\n3||\"li\nne\\\"\n");
    }

    @Test
    void rowsMayEndAsOthersWant() throws Exception {
        unload(DataFiles.writeCsv(out()).newline(Newline.CRLF).header(), "1\ta\n2\tb\n");
        assertThat(Files.readString(out().resolve("part-00000.csv"))).isEqualTo("a,b\r\n1,a\r\n2,b\r\n");
    }

    @Test
    void charsetsThatTheDatabaseDoesNotKnowAreWritten() throws Exception {
        Path file = directory.resolve("a.txt.gz");
        unload(DataFiles.writeText(file).oneFile().header().charset(StandardCharsets.UTF_16), "1\tä\n", "2\t語\n");
        try (InputStream in = Compression.GZIP.decompress(Files.newInputStream(file), "file")) {
            assertThat(in.readAllBytes()).isEqualTo("a\tb\n1\tä\n2\t語\n".getBytes(StandardCharsets.UTF_16));
        }
    }

    @Test
    void whatIsWrittenAnewIsReadAgain() throws Exception {
        String rows = "1\tplain\n\\N\t\\\\N\n2\t||\n3\t|\n4\tx|\n5\t\\tt\\nn\\rr\n6\t\n7\t\"q\"\n";
        for (boolean csv : new boolean[] {true, false}) {
            Path file = directory.resolve(csv ? "a.csv" : "a.txt");
            FileTarget target = csv ? DataFiles.writeCsv(file) : DataFiles.writeText(file);
            unload(target.oneFile().delimiter("||"), rows);
            FileSource source = csv ? DataFiles.csv(file) : DataFiles.text(file);
            CollectedRows read = new CollectedRows();
            read.readAll(source.delimiter("||").open(Contexts.load("a", "b")));
            assertThat(read.decoded())
                    .containsExactly(
                            List.of("1", "plain"),
                            Arrays.asList(null, "\\N"),
                            List.of("2", "||"),
                            List.of("3", "|"),
                            List.of("4", "x|"),
                            List.of("5", "\tt\nn\rr"),
                            List.of("6", ""),
                            List.of("7", "\"q\""));
        }
    }

    @Test
    void valuesThatCannotBeWrittenAreRefused() throws Exception {
        try (TargetWrite write = open(DataFiles.writeText(out()).delimiter("||").withoutEscape())) {
            refused(
                    ErrorCode.BAD_DATA,
                    "Cannot write column b of row 2 of a segment into part-00000.txt: it holds a delimiter or a line end,"
                            + " which the format has no escape for",
                    () -> write(write, 0, "1\tx\n2\ty|\n"));
        }
        try (TargetWrite write = open(DataFiles.writeCsv(out()).charset(Charset.forName("Shift_JIS")))) {
            refused(
                    ErrorCode.BAD_DATA,
                    "Cannot write column a of row 1 of a segment into part-00000.csv: it holds a character that"
                            + " Shift_JIS does not have",
                    () -> write(write, 0, "ä\tx\n"));
        }
        refused(
                ErrorCode.INVALID_OPTION,
                "Invalid TEXT format: the delimiter must not start with a letter or digit",
                () -> open(DataFiles.writeText(out()).delimiter("and")));
        assertThat(names(directory)).isEmpty();
    }
}
