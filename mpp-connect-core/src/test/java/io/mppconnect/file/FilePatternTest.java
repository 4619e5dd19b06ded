package io.mppconnect.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.mppconnect.spi.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePatternTest {

    @TempDir
    Path directory;

    @BeforeEach
    void makeFiles() throws IOException {
        for (String name : List.of(
                "a.csv", "b.csv", "b.txt", ".hidden.csv", "x/c.csv", "x/y/d.csv", ".z/e.csv", "x/.f.csv", "z1/g.csv")) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, "1\n");
        }
    }

    private List<String> files(String pattern) throws IOException {
        return relative(FilePattern.of(directory + "/" + pattern).files());
    }

    private List<String> relative(List<Path> files) {
        return files.stream()
                .map(file -> directory.relativize(file).toString().replace('\\', '/'))
                .toList();
    }

    @Test
    void aFileNamesItself() throws IOException {
        assertThat(files("a.csv")).containsExactly("a.csv");
        assertThat(files(".hidden.csv")).containsExactly(".hidden.csv");
    }

    @Test
    void aDirectoryNamesItsFiles() throws IOException {
        assertThat(relative(FilePattern.of(directory).files())).containsExactly("a.csv", "b.csv", "b.txt");
    }

    @Test
    void globsMatchNamesInOneDirectory() throws IOException {
        assertThat(files("*.csv")).containsExactly("a.csv", "b.csv");
        assertThat(files("?.txt")).containsExactly("b.txt");
        assertThat(files("[b-z].*")).containsExactly("b.csv", "b.txt");
        assertThat(files("{a,b}.csv")).containsExactly("a.csv", "b.csv");
        assertThat(files(".h*")).containsExactly(".hidden.csv");
    }

    @Test
    void globsMatchDirectoriesOnTheWay() throws IOException {
        assertThat(files("*/*.csv")).containsExactly("x/c.csv", "z1/g.csv");
        assertThat(files("z[0-9]/g.csv")).containsExactly("z1/g.csv");
        assertThat(files("{x,z1}/")).containsExactly("x/c.csv", "z1/g.csv");
    }

    @Test
    void twoStarsAreAnyNumberOfDirectories() throws IOException {
        assertThat(files("**/*.csv")).containsExactlyInAnyOrder("a.csv", "b.csv", "x/c.csv", "x/y/d.csv", "z1/g.csv");
        assertThat(files("x/**/d.csv")).containsExactly("x/y/d.csv");
        assertThat(files("x/**")).containsExactly("x/c.csv", "x/y/d.csv");
    }

    @Test
    void aPathMayBeAGlob() throws IOException {
        assertThat(relative(FilePattern.of(directory.resolve("*.txt")).files())).containsExactly("b.txt");
    }

    @Test
    void aFileThatExistsIsNoGlob() throws IOException {
        Files.writeString(directory.resolve("[b].csv"), "1\n");
        assertThat(files("[b].csv")).containsExactly("[b].csv");
    }

    @Test
    void linksAreFollowedButNotAtAnyDepth() throws IOException {
        Files.createSymbolicLink(directory.resolve("x/link.csv"), directory.resolve("a.csv"));
        Files.createSymbolicLink(directory.resolve("loop"), directory);
        assertThat(files("x/*.csv")).containsExactly("x/c.csv", "x/link.csv");
        assertThat(files("loop/*.csv")).containsExactly("loop/a.csv", "loop/b.csv");
        assertThat(files("**/d.csv")).containsExactly("x/y/d.csv");
    }

    @Test
    void whatNamesNothingIsRefused() {
        assertThatThrownBy(() -> files("*.parquet"))
                .isInstanceOf(IOException.class)
                .hasMessage("no file matches");
        assertThatThrownBy(() -> files("nowhere/*.csv"))
                .isInstanceOf(IOException.class)
                .hasMessage("no file matches");
        assertThatThrownBy(() -> files("nowhere.csv")).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> files("[a.csv"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("it is not a glob: ");
    }

    @Test
    void aFileThatSeveralPatternsNameIsReadOnce() throws Exception {
        FileSource source = DataFiles.csv(directory + "/b.csv", directory + "/*.csv", directory + "/x/../a.csv");
        assertThat(source.open(Contexts.load("a")).splits())
                .extracting(Split::name)
                .containsExactly("b.csv", "a.csv");
    }

    @Test
    void whatIsNoFileIsRefused() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("broken.csv"), directory.resolve("gone"));
        assertThatThrownBy(() -> DataFiles.csv(directory.resolve("br*.csv")).open(Contexts.load("a")))
                .hasMessage("Cannot read " + link + ": no such file");
        Path device = Path.of("/dev/null");
        assumeFalse(Files.notExists(device));
        assertThatThrownBy(() -> DataFiles.csv(device).open(Contexts.load("a")))
                .hasMessage("Cannot read /dev/null: it is not a regular file");
    }

    @Test
    void whatMayNotBeReadIsRefused() throws IOException {
        Path file = directory.resolve("a.csv");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "permissions do not bind this user");
        assertThatThrownBy(() -> DataFiles.csv(file).open(Contexts.load("a")))
                .hasMessage("Cannot read a.csv: permission denied");
    }
}
