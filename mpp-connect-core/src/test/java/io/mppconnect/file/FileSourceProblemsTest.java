package io.mppconnect.file;

import static io.mppconnect.file.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.Newline;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceProblemsTest {

    @TempDir
    Path directory;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static SourceScan open(Source source, String... columns) throws Exception {
        return source.open(Contexts.load(columns));
    }

    @Test
    void aHeaderThatIsOneNameForWantOfItsDelimiterIsRefused() throws Exception {
        Path file = file("1.csv", "id;name\n");
        refused(
                ErrorCode.COLUMN_MISMATCH,
                "Cannot read 1.csv: its header is the one name id;name; if it is several, give delimiter(\";\"), and"
                        + " else name the field with fields(...)",
                () -> open(DataFiles.csv(file).header()));
        assertThat(open(DataFiles.csv(file).header().fields("id;name")).fields())
                .containsExactly(Field.of("id;name"));

        Path quoted = file("2.csv", "\"last, first\"\n");
        assertThat(open(DataFiles.csv(quoted).header()).fields()).containsExactly(Field.of("last, first"));
    }

    @Test
    void differentHeadersAreRefused() throws Exception {
        file("1.csv", "a,b\n");
        file("2.csv", "b,a\n");
        file("3.csv", "a,b,c\n");
        refused(
                ErrorCode.COLUMN_MISMATCH,
                "Cannot read 2.csv: its header differs from that of 1.csv, name 1 is b and not a; load them apart;"
                        + " cannot read 3.csv: its header differs from that of 1.csv, 3 names against 2; load them"
                        + " apart",
                () -> open(DataFiles.csv(directory).header(), "a"));
    }

    @Test
    void namesThatCannotNameFieldsAreRefused() throws Exception {
        Path twice = file("twice.csv", "a,b,a\n");
        Path none = file("none.csv", "a,,c\n");
        refused(
                ErrorCode.COLUMN_MISMATCH,
                "Cannot name fields by the header of twice.csv: two fields are called a",
                () -> open(DataFiles.csv(twice).header(), "a"));
        refused(
                ErrorCode.COLUMN_MISMATCH,
                "Cannot name fields by the header of none.csv: field 2 has no name",
                () -> open(DataFiles.csv(none).header(), "a"));
        refused(
                ErrorCode.COLUMN_MISMATCH,
                "Cannot name fields by the given fields: two fields are called x",
                () -> open(DataFiles.csv(twice).fields("x", "x"), "a"));
        refused(
                ErrorCode.COLUMN_MISMATCH,
                "Cannot read twice.csv: its header has 3 names, and 2 fields are given",
                () -> open(DataFiles.csv(twice).header().fields("x", "y"), "a"));
    }

    @Test
    void filesThatEndRowsDifferentlyAreRefused() throws Exception {
        file("1.csv", "");
        file("2.csv", "a\n");
        file("3.csv", "a\r\n");
        refused(
                ErrorCode.BAD_DATA,
                "Cannot read 3.csv: its rows end in CRLF, those of 2.csv in LF; load them apart",
                () -> open(DataFiles.csv(directory), "a"));
    }

    @Test
    void aRowLongerThanAllowedFailsAsTheTransferSays() throws Exception {
        Path file = file("a.csv", "1\n" + "x".repeat(1000) + "\n");
        refused(
                ErrorCode.BAD_DATA,
                "too long",
                () -> new CollectedRows(16, 500).readAll(open(DataFiles.csv(file), "a")));
    }

    @Test
    void aQuoteThatIsNeverClosedIsNamed() throws Exception {
        Path file = file("a.csv", "h\n1\n2,\"x\n3\n4\n");
        refused(
                ErrorCode.BAD_DATA,
                "Cannot read a.csv: a quote opened in line 3 is never closed",
                () -> new CollectedRows().readAll(open(DataFiles.csv(file).header(), "a")));
        refused(
                ErrorCode.BAD_DATA,
                "Cannot read a.csv: line 3 is too long, and ends inside quotes; look for a quote that is never closed",
                () -> new CollectedRows(4, 6).readAll(open(DataFiles.csv(file).header(), "a")));
        refused(
                ErrorCode.BAD_DATA,
                "Cannot read b.csv: a quote opened in line 1 is never closed",
                () -> open(DataFiles.csv(file("b.csv", "\"a,b\n1,2\n")).header().newline(Newline.LF), "a"));
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() throws Exception {
        Path good = file("good.csv", "1\n");
        Path empty = Files.createDirectory(directory.resolve("empty"));
        Path missing = directory.resolve("missing.csv");
        refused(
                ErrorCode.SOURCE_FAILED,
                "Cannot read " + missing + ": no such file; cannot read " + empty
                        + ": the directory holds no files; cannot read " + directory + "/*.gz: no file matches",
                () -> open(DataFiles.csv(missing, good, empty, directory.resolve("*.gz")), "a"));
    }

    @Test
    void manyProblemsAreCounted() {
        Path[] missing = new Path[12];
        for (int index = 0; index < missing.length; index++) {
            missing[index] = directory.resolve("x" + index);
        }
        assertThatThrownBy(() -> open(DataFiles.csv(directory.resolve("x"), missing), "a"))
                .hasMessageStartingWith("Cannot read " + directory.resolve("x") + ": no such file; cannot read "
                        + missing[0] + ": no such file; ")
                .hasMessageEndingWith(missing[8] + ": no such file; and 3 more");
    }

    @Test
    void contentThatBeliesTheNameIsRefused() throws Exception {
        Path gzip = directory.resolve("a.csv");
        Files.write(gzip, Compressed.gzip("1\n"));
        refused(
                ErrorCode.SOURCE_FAILED,
                "Cannot read a.csv: it holds gzip data; end its name in .gz or give compression(Compression.GZIP)",
                () -> open(DataFiles.csv(gzip), "a"));
        Path utf16 = Files.write(directory.resolve("b.csv"), "1\n".getBytes(StandardCharsets.UTF_16));
        refused(
                ErrorCode.BAD_DATA,
                "Cannot read b.csv: it starts as UTF-16 does; give charset(StandardCharsets.UTF_16)",
                () -> open(DataFiles.csv(utf16), "a"));
    }

    @Test
    void aFormatThatTheDatabaseRefusesIsRefusedAtOnce() throws Exception {
        Path file = file("a.csv", "1\n");
        refused(
                ErrorCode.INVALID_OPTION,
                "Invalid CSV format: delimiter and quote are both '\"'",
                () -> open(DataFiles.csv(file).delimiter("\""), "a"));
        refused(
                ErrorCode.INVALID_OPTION,
                "Invalid TEXT format: only CSV has a quote",
                () -> DataFiles.text(file).quote('"'));
        refused(
                ErrorCode.INVALID_OPTION,
                "Invalid CSV format: CSV needs an escape character",
                () -> DataFiles.csv(file).withoutEscape());
        refused(
                ErrorCode.INVALID_OPTION,
                "Invalid CSV format: the delimiter must be one or more characters, none of them a line end",
                () -> DataFiles.csv(file).delimiter(""));
        refused(
                ErrorCode.INVALID_OPTION,
                "Invalid encoding: KLINGON; give a name that the database or Java knows, such as UTF8, LATIN1 or"
                        + " WIN1252",
                () -> DataFiles.csv(file).encoding("KLINGON"));
        refused(
                ErrorCode.INVALID_OPTION,
                "Invalid split size: 0 B",
                () -> DataFiles.csv(file).splitSize(DataSize.ofBytes(0)));
    }

    @Test
    void aFileThatGrowsIsNoticed() throws Exception {
        Path file = file("a.csv", "1\n2\n");
        SourceScan scan = open(DataFiles.csv(file), "a");
        Files.writeString(file, "3\n", StandardOpenOption.APPEND);
        refused(
                ErrorCode.SOURCE_FAILED,
                "Cannot read a.csv: it changed while it was read: it had 4 bytes and has 6",
                () -> new CollectedRows().readAll(scan));
    }

    @Test
    void aFileThatIsWrittenAnewIsNoticed() throws Exception {
        Path file = file("a.csv", "1\n2\n");
        SourceScan scan = open(DataFiles.csv(file), "a");
        try (SplitReader reader = scan.splits().get(0).open()) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(1));
            refused(
                    ErrorCode.SOURCE_FAILED,
                    "Cannot read a.csv: it changed while it was read",
                    () -> reader.read(new CollectedRows()));
        }
    }

    @Test
    void aFileThatDisappearsIsNoticed() throws Exception {
        Path file = file("a.csv", "1\n2\n");
        SourceScan scan = open(DataFiles.csv(file), "a");
        try (SplitReader reader = scan.splits().get(0).open()) {
            Files.delete(file);
            refused(
                    ErrorCode.SOURCE_FAILED,
                    "Cannot read a.csv: it changed while it was read: no such file",
                    () -> reader.read(new CollectedRows()));
        }
        refused(
                ErrorCode.SOURCE_FAILED,
                "Cannot read a.csv: it changed while it was read: no such file",
                () -> scan.splits().get(0).open());
    }
}
