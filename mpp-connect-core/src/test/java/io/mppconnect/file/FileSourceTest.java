package io.mppconnect.file;

import static io.mppconnect.file.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.mppconnect.ErrorCode;
import io.mppconnect.file.CollectedRows.Sent;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import io.mppconnect.text.Newline;
import io.mppconnect.text.RowFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSourceTest {

    @TempDir
    Path directory;

    private Path file(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private static SourceScan open(Source source, String... columns) throws Exception {
        return source.open(Contexts.load(columns));
    }

    private static String read(Source source) throws Exception {
        try (SourceScan scan = open(source, "a", "b")) {
            return new CollectedRows().readAll(scan).text();
        }
    }

    @Test
    void bytesGoAsTheyAre() throws Exception {
        String content = "1,\"a \"\"quoted\"\" word\"\n2,\\N\n3,x\u0000y\n";
        assertThat(read(DataFiles.csv(file("a.csv", content)))).isEqualTo(content);
    }

    @Test
    void describesItself() throws Exception {
        assertThat(DataFiles.csv("a.csv").name()).isEqualTo("files a.csv");
        assertThat(DataFiles.text("1", "2", "3", "4", "5")).hasToString("files 1, 2, 3 and 2 more");
    }

    @Test
    void optionsMakeNewSources() throws Exception {
        Path file = file("a.csv", "x|y\n");
        FileSource plain = DataFiles.csv(file);
        FileSource piped = plain.delimiter("|");
        assertThat(open(plain, "a").format().delimiter()).isEqualTo(',');
        assertThat(open(piped, "a").format().delimiter()).isEqualTo('|');
    }

    @Test
    void theFormatIsTheDatabasesOwn() throws Exception {
        Path file = file("a.txt", "x\r\n");
        RowFormat format = open(
                        DataFiles.text(file)
                                .delimiter("|")
                                .withoutEscape()
                                .nullString("NIL")
                                .encoding("win1252"),
                        "a")
                .format();
        assertThat(format.kind()).isEqualTo(RowFormat.Kind.TEXT);
        assertThat(format.delimiter()).isEqualTo('|');
        assertThat(format.escape()).isEmpty();
        assertThat(format.nullString()).isEqualTo("NIL");
        assertThat(format.encoding()).isEqualTo("WIN1252");
        assertThat(format.newline()).isEqualTo(Newline.CRLF);
    }

    @Test
    void escapeFollowsTheQuoteUnlessGiven() throws Exception {
        Path file = file("a.csv", "x\n");
        assertThat(open(DataFiles.csv(file).quote('\''), "a").format().escape()).hasValue('\'');
        assertThat(open(DataFiles.csv(file).escape('"').quote('\''), "a")
                        .format()
                        .escape())
                .hasValue('"');
    }

    @Test
    void fieldsAreTheColumnsUnlessNamed() throws Exception {
        Path file = file("a.csv", "1,2\n");
        assertThat(open(DataFiles.csv(file), "a", "b").fields()).containsExactly(Field.of("a"), Field.of("b"));
        assertThat(open(DataFiles.csv(file).fields("x", "y"), "a", "b").fields())
                .containsExactly(Field.of("x"), Field.of("y"));
    }

    @Test
    void aHeaderNamesTheFieldsAndIsNoRow() throws Exception {
        Path file = file("a.csv", "id,\"full, \"\"name\"\"\",\"two\nlines\"\n1,2,3\n");
        SourceScan scan = open(DataFiles.csv(file).header(), "a");
        assertThat(scan.fields()).extracting(Field::name).containsExactly("id", "full, \"name\"", "two\nlines");
        assertThat(new CollectedRows().readAll(scan).sent()).containsExactly(new Sent("a.csv", 3, 1, "1,2,3\n"));
    }

    @Test
    void textHeadersAreUnescaped() throws Exception {
        Path file = file("a.txt", "a\\tb\tc\\\\d\n1\t2\n");
        SourceScan scan = open(DataFiles.text(file).header(), "a");
        assertThat(scan.fields()).extracting(Field::name).containsExactly("a\tb", "c\\d");
    }

    @Test
    void everyFileDropsItsHeaderOnce() throws Exception {
        file("1.csv", "a,b\n1,a\n");
        file("2.csv", "a,b\na,b\n");
        file("3.csv", "a,b");
        file("4.csv", "");
        assertThat(read(DataFiles.csv(directory).header())).isEqualTo("1,a\na,b\n");
    }

    @Test
    void namesThatAreGivenWinOverTheHeader() throws Exception {
        Path file = file("a.csv", "ID,NAME\n1,x\n");
        SourceScan scan = open(DataFiles.csv(file).header().fields("id", "name"), "a");
        assertThat(scan.fields()).extracting(Field::name).containsExactly("id", "name");
        assertThat(new CollectedRows().readAll(scan).text()).isEqualTo("1,x\n");
    }

    @Test
    void anEmptyFileHasNoRows() throws Exception {
        Path file = file("a.csv", "");
        assertThat(read(DataFiles.csv(file))).isEmpty();
        assertThat(read(DataFiles.csv(file).header().fields("a"))).isEmpty();
        refused(
                ErrorCode.BAD_DATA,
                "Cannot read a.csv: it is empty and has no header; name the fields with fields(...)",
                () -> open(DataFiles.csv(file).header(), "a"));
    }

    @Test
    void theLastRowGetsTheTerminatorThatItLacks() throws Exception {
        assertThat(read(DataFiles.csv(file("lf.csv", "1,a\n2,b")))).isEqualTo("1,a\n2,b\n");
        assertThat(read(DataFiles.csv(file("crlf.csv", "1,a\r\n2,b")))).isEqualTo("1,a\r\n2,b\r\n");
        assertThat(read(DataFiles.csv(file("half.csv", "1,a\r\n2,b\r")))).isEqualTo("1,a\r\n2,b\r\n");
        assertThat(read(DataFiles.csv(file("cr.csv", "1,a\r2,b")))).isEqualTo("1,a\r2,b\r");
        assertThat(read(DataFiles.csv(file("none.csv", "1")))).isEqualTo("1\n");
        assertThat(read(DataFiles.text(file("a.txt", "1\\")))).isEqualTo("1\\\n");
    }

    @Test
    void aGivenNewlineIsNotQuestioned() throws Exception {
        Path file = file("a.csv", "1\r2\n3");
        SourceScan scan = open(DataFiles.csv(file).newline(Newline.LF), "a");
        assertThat(scan.format().newline()).isEqualTo(Newline.LF);
        assertThat(new CollectedRows().readAll(scan).rowCount()).isEqualTo(2);
    }

    @Test
    void theNewlineIsFoundBehindALongFirstRow() throws Exception {
        Path file = file("a.csv", "x".repeat(100_000) + "\r\n1\r\n");
        assertThat(open(DataFiles.csv(file), "a").format().newline()).isEqualTo(Newline.CRLF);
        refused(
                ErrorCode.BAD_DATA,
                "Cannot read a.csv: its first row is longer than 50000 bytes",
                () -> DataFiles.csv(file).open(Contexts.load(50_000, "a")));
    }

    @Test
    void aByteOrderMarkIsNoData() throws Exception {
        Path file = file("a.csv", "\ufeff\"id\",b\n1,2\n");
        SourceScan scan = open(DataFiles.csv(file).header(), "a");
        assertThat(scan.fields()).extracting(Field::name).containsExactly("id", "b");
        assertThat(read(DataFiles.csv(file))).isEqualTo("\"id\",b\n1,2\n");
        assertThat(read(DataFiles.csv(file("empty.csv", "\ufeff")))).isEmpty();
    }

    @Test
    void rowsAreNumberedWithinTheirFile() throws Exception {
        Path file = file("a.csv", "h\n1\n2\n3\n4\n5\n");
        CollectedRows rows = new CollectedRows(5, 100);
        rows.readAll(open(DataFiles.csv(file).header(), "a"));
        assertThat(rows.sent())
                .containsExactly(
                        new Sent("a.csv", 2, 2, "1\n2\n"),
                        new Sent("a.csv", 4, 2, "3\n4\n"),
                        new Sent("a.csv", 6, 1, "5\n"));
    }

    @Test
    void namesakesAreToldApartByTheirPaths() throws Exception {
        Files.createDirectories(directory.resolve("x"));
        Files.createDirectories(directory.resolve("y"));
        Path x = file("x/part.csv", "1\n");
        Path y = file("y/part.csv", "2\n");
        Path other = file("other.csv", "3\n");
        assertThat(open(DataFiles.csv(x, y, other), "a").splits())
                .extracting(Split::name)
                .containsExactly(x.toString(), y.toString(), "other.csv");
    }

    @Test
    void aLongRowGetsALargerBlock() throws Exception {
        String content = "1\n" + "x".repeat(1000) + "\n2\n" + "\"" + "\n".repeat(500) + "\"\n";
        CollectedRows rows = new CollectedRows(16, 2000).readAll(open(DataFiles.csv(file("a.csv", content)), "a"));
        assertThat(rows.text()).isEqualTo(content);
        assertThat(rows.rowCount()).isEqualTo(4);
    }

    @Test
    void largeFilesComeFirst() throws Exception {
        file("1.csv", "1\n");
        file("2.csv", "1\n2\n3\n");
        file("3.csv", "1\n2\n");
        assertThat(open(DataFiles.csv(directory), "a").splits())
                .extracting(Split::name, Split::bytes)
                .containsExactly(
                        tuple("2.csv", OptionalLong.of(6)),
                        tuple("3.csv", OptionalLong.of(4)),
                        tuple("1.csv", OptionalLong.of(2)));
    }

    @Test
    void encodingsOfTheDatabaseGoAsTheyAre() throws Exception {
        byte[] content = "größe,b\n1,ä\n".getBytes(StandardCharsets.ISO_8859_1);
        Path file = Files.write(directory.resolve("a.csv"), content);
        SourceScan scan =
                open(DataFiles.csv(file).charset(StandardCharsets.ISO_8859_1).header(), "a");
        assertThat(scan.format().encoding()).isEqualTo("LATIN1");
        assertThat(scan.fields()).extracting(Field::name).containsExactly("größe", "b");
        assertThat(new CollectedRows().readAll(scan).text(StandardCharsets.ISO_8859_1))
                .isEqualTo("1,ä\n");
    }
}
