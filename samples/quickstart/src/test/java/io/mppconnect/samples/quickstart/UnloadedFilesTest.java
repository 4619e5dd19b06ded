package io.mppconnect.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnloadedFilesTest {

    private static final Checksum EXPECTED = Checksum.NONE
            .plusRow(List.of("1", "ironic, final"))
            .plusRow(List.of("2", "TRUCK     "))
            .plusRow(List.of("3", ""));

    @TempDir
    private Path directory;

    @Test
    void addsUpTheRowsOfAllFiles() throws Exception {
        write("part-00000.csv.zst", "3,\n1,\"ironic, final\"\n");
        write("part-00001.csv.zst", "");
        write("part-00002.csv.zst", "2,TRUCK     \n");

        assertThat(UnloadedFiles.checksum(directory)).isEqualTo(EXPECTED);
        UnloadedFiles.verify(directory, EXPECTED);
    }

    @Test
    void oneLostBlankFailsTheVerification() throws Exception {
        write("part-00000.csv.zst", "3,\n1,\"ironic, final\"\n2,TRUCK    \n");

        assertThatThrownBy(() -> UnloadedFiles.verify(directory, EXPECTED))
                .isInstanceOf(QuickstartException.class)
                .hasMessage("Cannot confirm the unloaded rows: their checksum is " + UnloadedFiles.checksum(directory)
                        + ", that of the generated ones " + EXPECTED);
    }

    @Test
    void aFileThatIsCutShortFails() throws Exception {
        Path file = write("part-00000.csv.zst", "1,\"ironic, final\"\n");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 6));

        assertThatThrownBy(() -> UnloadedFiles.checksum(directory)).isInstanceOf(IOException.class);
    }

    private Path write(String name, String text) throws IOException {
        Path file = directory.resolve(name);
        try (OutputStream out = new ZstdOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }
}
