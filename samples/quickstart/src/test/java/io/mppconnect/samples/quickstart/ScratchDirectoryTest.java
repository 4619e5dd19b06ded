package io.mppconnect.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ScratchDirectoryTest {

    @Test
    void isDeletedWithAllThatIsInIt() throws IOException {
        Path path;
        try (ScratchDirectory scratch = ScratchDirectory.create(false)) {
            path = scratch.path();
            Files.writeString(Files.createDirectories(path.resolve("a/b")).resolve("file"), "text");
        }

        assertThat(path).doesNotExist();
    }

    @Test
    void staysWhenItIsToBeKept() throws IOException {
        Path path;
        try (ScratchDirectory scratch = ScratchDirectory.create(true)) {
            path = scratch.path();
        }

        assertThat(path).isDirectory();
        Files.delete(path);
    }
}
