package io.mppconnect.file;

import static io.mppconnect.file.Refusals.refused;
import static io.mppconnect.file.Unloads.names;
import static io.mppconnect.file.Unloads.open;
import static io.mppconnect.file.Unloads.unload;
import static io.mppconnect.file.Unloads.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.mppconnect.ErrorCode;
import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.TargetWrite;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileTargetTest {

    @TempDir
    Path directory;

    private Path out() {
        return directory.resolve("out");
    }

    @Test
    void describesItself() {
        assertThat(DataFiles.writeCsv(Path.of("out"))).hasToString("files out");
        assertThat(DataFiles.writeText(Path.of("out.txt")).oneFile().name()).isEqualTo("file out.txt");
    }

    @Test
    void everySegmentHasItsFile() throws Exception {
        unload(DataFiles.writeCsv(out()), "1,a\n", "", "2,b\n3,c\n");
        assertThat(names(out())).containsExactly("part-00000.csv", "part-00001.csv", "part-00002.csv");
        assertThat(out().resolve("part-00000.csv")).hasContent("1,a\n");
        assertThat(out().resolve("part-00001.csv")).isEmptyFile();
        assertThat(out().resolve("part-00002.csv")).hasContent("2,b\n3,c\n");
    }

    @Test
    void nothingShowsBeforeTheCommit() throws Exception {
        try (TargetWrite write = open(DataFiles.writeText(out()))) {
            write(write, 0, "1\ta\n", "2\tb\n");
            assertThat(names(out()))
                    .singleElement()
                    .asString()
                    .matches("\\.mpp-connect-[0-9a-f]{8}-part-00000\\.txt\\.tmp");
            write.finish();
            write.commit();
            assertThat(names(out())).containsExactly("part-00000.txt");
            assertThat(out().resolve("part-00000.txt")).hasContent("1\ta\n2\tb\n");
        }
    }

    @Test
    void withoutCommitNothingStays() throws Exception {
        try (TargetWrite write = open(DataFiles.writeCsv(directory.resolve("deep/er/out")))) {
            write(write, 0, "1,a\n");
            SegmentWriter unfinished = write.open(1);
            unfinished.write(new byte[] {'x', '\n'}, 0, 2);
            assertThat(names(directory)).hasSize(5);
        }
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void directoriesOfOthersStay() throws Exception {
        Files.createDirectory(out());
        try (TargetWrite write = open(DataFiles.writeCsv(out().resolve("mine")))) {
            write(write, 0, "1,a\n");
            Files.writeString(out().resolve("mine/theirs"), "x");
        }
        assertThat(names(directory)).containsExactly("out", "out/mine", "out/mine/theirs");
    }

    @Test
    void closingTwiceIsNoMatter() throws Exception {
        TargetWrite write = open(DataFiles.writeCsv(out()));
        write(write, 0, "1,a\n");
        write.finish();
        write.commit();
        write.close();
        write.close();
        assertThat(names(out())).containsExactly("part-00000.csv");
    }

    @Test
    void afterTheEndNoSegmentStarts() throws Exception {
        TargetWrite write = open(DataFiles.writeCsv(out()));
        write.close();
        refused(
                ErrorCode.TARGET_FAILED,
                "Cannot write part-00000.csv: the unload has ended already",
                () -> write.open(0));
    }

    @Test
    void whatIsNotFinishedIsNotPublished() throws Exception {
        try (TargetWrite write = open(DataFiles.writeCsv(out()))) {
            write(write, 0, "1,a\n");
            write.open(1).write(new byte[] {'x', '\n'}, 0, 2);
            refused(ErrorCode.TARGET_FAILED, "Cannot publish part-00001.csv: it has not been finished", write::commit);
        }
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void oneFileTakesTheRowsOfAllSegments() throws Exception {
        Path file = directory.resolve("new/orders.csv");
        try (TargetWrite write = open(DataFiles.writeCsv(file).oneFile().header())) {
            SegmentWriter first = write.open(0);
            SegmentWriter second = write.open(1);
            byte[] row = "1,a\n2,b\n".getBytes(StandardCharsets.UTF_8);
            first.write(row, 0, 4);
            second.write(row, 4, 8);
            first.write(row, 0, 4);
            first.finish();
            second.finish();
            first.close();
            second.close();
            assertThat(file).doesNotExist();
            write.finish();
            write.commit();
        }
        assertThat(file).hasContent("a,b\n1,a\n2,b\n1,a\n");
        assertThat(names(directory)).containsExactly("new", "new/orders.csv");
    }

    @Test
    void oneFileWithoutCommitLeavesNothing() throws Exception {
        try (TargetWrite write =
                open(DataFiles.writeCsv(out().resolve("orders.csv")).oneFile())) {
            write(write, 0, "1,a\n");
        }
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void oneFileWithoutRowsIsThere() throws Exception {
        unload(DataFiles.writeCsv(directory.resolve("a.csv")).oneFile().header());
        assertThat(directory.resolve("a.csv")).hasContent("a,b\n");
    }

    @Test
    void whatIsThereIsNotTouched() throws Exception {
        Files.createDirectory(out());
        Files.writeString(out().resolve(".hidden"), "x");
        unload(DataFiles.writeCsv(out()), "1,a\n");
        refused(
                ErrorCode.TARGET_FAILED,
                "Cannot write into " + out() + ": it is not empty, part-00000.csv is there; choose another directory or"
                        + " give overwrite()",
                () -> open(DataFiles.writeCsv(out())));
        Path file = out().resolve("part-00000.csv");
        refused(
                ErrorCode.TARGET_FAILED,
                "Cannot write " + file + ": it exists already; choose another name or give overwrite()",
                () -> open(DataFiles.writeCsv(file).oneFile()));
        assertThat(names(out())).containsExactly(".hidden", "part-00000.csv");
    }

    @Test
    void whatCannotBeWrittenIsRefusedAtOnce() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "x");
        refused(
                ErrorCode.TARGET_FAILED,
                "Cannot write into " + file + ": it is not a directory",
                () -> open(DataFiles.writeCsv(file)));
        refused(
                ErrorCode.TARGET_FAILED,
                "Cannot write into " + file + "/deep: it is not a directory",
                () -> open(DataFiles.writeCsv(file.resolve("deep"))));
        refused(
                ErrorCode.TARGET_FAILED,
                "Cannot write " + directory + ": it is a directory; name the one file that shall hold all rows",
                () -> open(DataFiles.writeCsv(directory).oneFile()));
        refused(
                ErrorCode.INVALID_OPTION,
                "Invalid CSV format: delimiter and quote are both '\"'",
                () -> open(DataFiles.writeCsv(out()).delimiter("\"")));
    }

    @Test
    void aDirectoryThatMayNotBeWrittenIsRefused() throws Exception {
        Files.createDirectory(out());
        Files.setPosixFilePermissions(out(), PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(out()), "permissions do not bind this user");
        refused(
                ErrorCode.TARGET_FAILED,
                "Cannot write into " + out() + ": permission denied",
                () -> open(DataFiles.writeCsv(out())));
    }

    @Test
    void overwriteReplacesTheFilesOfFormerUnloads() throws Exception {
        unload(DataFiles.writeCsv(out()).compression(Compression.GZIP), "1,a\n", "2,b\n", "3,c\n");
        Files.writeString(out().resolve("README"), "mine");
        try (TargetWrite write = open(DataFiles.writeCsv(out()).overwrite())) {
            write(write, 0, "4,d\n");
            assertThat(names(out())).contains("part-00000.csv.gz", "part-00001.csv.gz", "part-00002.csv.gz");
            write.finish();
            write.commit();
        }
        assertThat(names(out())).containsExactly("README", "part-00000.csv");
        unload(DataFiles.writeCsv(out()).overwrite(), "5,e\n");
        assertThat(names(out())).containsExactly("README", "part-00000.csv");
        assertThat(out().resolve("part-00000.csv")).hasContent("5,e\n");
    }

    @Test
    void overwriteWithoutCommitKeepsWhatWasThere() throws Exception {
        unload(DataFiles.writeCsv(out()), "1,a\n");
        try (TargetWrite write = open(DataFiles.writeCsv(out()).overwrite())) {
            write(write, 0, "2,b\n");
        }
        assertThat(names(out())).containsExactly("part-00000.csv");
        assertThat(out().resolve("part-00000.csv")).hasContent("1,a\n");
    }

    @Test
    void oneFileIsOverwritten() throws Exception {
        Path file = Files.writeString(directory.resolve("a.csv"), "old\n");
        unload(DataFiles.writeCsv(file).oneFile().overwrite(), "1,a\n");
        unload(DataFiles.writeCsv(directory.resolve("b.csv")).oneFile().overwrite(), "2,b\n");
        assertThat(names(directory)).containsExactly("a.csv", "b.csv");
        assertThat(file).hasContent("1,a\n");
    }

    @Test
    void aFileThatCameMeanwhileIsNotReplaced() throws Exception {
        try (TargetWrite write = open(DataFiles.writeCsv(out()))) {
            write(write, 0, "1,a\n");
            write(write, 1, "2,b\n");
            Files.writeString(out().resolve("part-00001.csv"), "theirs\n");
            refused(
                    ErrorCode.TARGET_FAILED,
                    "Cannot publish part-00001.csv: it came to exist during the unload",
                    write::commit);
        }
        assertThat(names(out())).containsExactly("part-00001.csv");
        assertThat(out().resolve("part-00001.csv")).hasContent("theirs\n");
    }

    @Test
    void aRenameThatFailsUndoesTheOthers() throws Exception {
        unload(DataFiles.writeCsv(out()), "1,a\n", "2,b\n");
        try (TargetWrite write = open(DataFiles.writeCsv(out()).overwrite())) {
            write(write, 0, "3,c\n");
            write(write, 1, "4,d\n");
            Path second = out().resolve(names(out()).get(1));
            Files.delete(second);
            refused(
                    ErrorCode.TARGET_FAILED,
                    "Cannot rename " + second + " to part-00001.csv: no such file",
                    write::commit);
            assertThat(out().resolve("part-00000.csv")).hasContent("1,a\n");
        }
        assertThat(names(out())).containsExactly("part-00000.csv", "part-00001.csv");
        assertThat(out().resolve("part-00000.csv")).hasContent("1,a\n");
        assertThat(out().resolve("part-00001.csv")).hasContent("2,b\n");
    }

    @Test
    void aTemporaryFileThatIsGoneIsNoticed() throws Exception {
        try (TargetWrite write = open(DataFiles.writeCsv(out()));
                SegmentWriter writer = write.open(0)) {
            writer.write(new byte[] {'x', '\n'}, 0, 2);
            writer.finish();
            Path temporary = out().resolve(names(out()).get(0));
            Files.delete(temporary);
            refused(
                    ErrorCode.TARGET_FAILED,
                    "Cannot rename " + temporary + " to part-00000.csv: no such file",
                    write::commit);
        }
        assertThat(names(directory)).isEmpty();
    }

    @Test
    void whatIsClosedTakesNoRows() throws Exception {
        try (TargetWrite write = open(DataFiles.writeCsv(out()))) {
            SegmentWriter writer = write.open(0);
            writer.close();
            refused(
                    ErrorCode.TARGET_FAILED,
                    "Cannot write part-00000.csv: it is closed",
                    () -> writer.write(new byte[100_000], 0, 100_000));
        }
        assertThat(names(directory)).isEmpty();
    }
}
