package io.mppconnect.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CompressedFilesTest {

    @TempDir
    Path directory;

    private Path file(Compression compression, byte[] content) throws IOException {
        return Files.write(directory.resolve("orders.csv" + compression.suffix()), content);
    }

    private static String read(FileSource source) throws Exception {
        try (SourceScan scan = source.open(Contexts.load("a"))) {
            return new CollectedRows().readAll(scan).text();
        }
    }

    private static String manyRows() {
        StringBuilder rows = new StringBuilder();
        Random random = new Random(3);
        for (int row = 0; row < 30_000; row++) {
            rows.append(row).append(',').append(random.nextLong()).append('\n');
        }
        return rows.toString();
    }

    @ParameterizedTest
    @EnumSource
    void theNameTellsTheCompression(Compression compression) throws Exception {
        String rows = manyRows();
        Path file = file(compression, Compressed.of(compression, rows));
        assertThat(read(DataFiles.csv(file))).isEqualTo(rows);
    }

    @ParameterizedTest
    @EnumSource
    void allPartsOfAFileAreRead(Compression compression) throws Exception {
        Path file = file(compression, Compressed.of(compression, "h\n1\n", "2\n3", "3\n"));
        assertThat(read(DataFiles.csv(file).header())).isEqualTo("1\n2\n33\n");
    }

    @Test
    void aGivenCompressionNeedsNoName() throws Exception {
        Path file = Files.write(directory.resolve("orders"), Compressed.gzip("1\n"));
        assertThat(read(DataFiles.csv(file).compression(Compression.GZIP))).isEqualTo("1\n");
        Path plain = Files.writeString(directory.resolve("plain.gz"), "1\n");
        assertThat(read(DataFiles.csv(plain).compression(Compression.NONE))).isEqualTo("1\n");
    }

    @ParameterizedTest
    @CsvSource({"GZIP, gzip", "BZIP2, bzip2", "ZSTD, zstd"})
    void aFileThatIsCutShortIsNamed(Compression compression, String label) throws Exception {
        byte[] whole = Compressed.of(compression, manyRows());
        Path file = file(compression, Arrays.copyOf(whole, whole.length - 5));
        assertThatThrownBy(() -> read(DataFiles.csv(file)))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read orders.csv" + compression.suffix() + ": the " + label + " data ends early at"
                        + " byte " + (whole.length - 5) + "; the file is cut short")
                .extracting(failure -> ((MppConnectException) failure).code())
                .isEqualTo(ErrorCode.SOURCE_FAILED);
    }

    @ParameterizedTest
    @CsvSource({"GZIP, gzip", "BZIP2, bzip2", "ZSTD, zstd"})
    void damageIsToldFromAnEarlyEnd(Compression compression, String label) throws Exception {
        byte[] content = Compressed.of(compression, manyRows());
        for (int index = content.length / 2; index < content.length / 2 + 40; index++) {
            content[index] = (byte) ~content[index];
        }
        Path file = file(compression, content);
        assertThatThrownBy(() -> read(DataFiles.csv(file)))
                .isInstanceOf(MppConnectException.class)
                .hasMessageStartingWith("Cannot read orders.csv" + compression.suffix() + ": the " + label
                        + " data is damaged before byte ");
    }

    @Test
    void whatIsNotCompressedAtAllIsDamaged() throws Exception {
        Path file = file(Compression.GZIP, "1,2\n".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> read(DataFiles.csv(file)))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read orders.csv.gz: the gzip data is damaged before byte 4: it does not start as"
                        + " gzip does");
    }

    @Test
    void anEmptyCompressedFileIsCutShort() throws Exception {
        Path file = file(Compression.GZIP, new byte[0]);
        assertThatThrownBy(() -> read(DataFiles.csv(file)))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot read orders.csv.gz: the gzip data ends early at byte 0; the file is cut short");
    }

    @ParameterizedTest
    @CsvSource({
        "BZIP2, bzip2, org.apache.commons:commons-compress, org.apache.commons.compress",
        "ZSTD, zstd, com.github.luben:zstd-jni, com.github.luben"
    })
    void theArtifactThatIsMissingIsNamed(Compression compression, String label, String artifact, String hidden)
            throws Exception {
        Path file = file(compression, Compressed.of(compression, "1\n"));
        try (URLClassLoader without = new Without(hidden)) {
            Object files = without.loadClass(DataFiles.class.getName())
                    .getMethod("csv", Path.class, Path[].class)
                    .invoke(null, file, new Path[0]);
            assertThatThrownBy(() -> ((Source) files).open(Contexts.load("a")))
                    .isInstanceOf(MppConnectException.class)
                    .hasMessage("Cannot read orders.csv" + compression.suffix() + ": " + label + " needs " + artifact
                            + "; add it to the application's dependencies");
        }
    }

    /** Loads this package anew and finds no class of one library. */
    private static final class Without extends URLClassLoader {

        private final String hidden;

        Without(String hidden) {
            super(new URL[0], CompressedFilesTest.class.getClassLoader());
            this.hidden = hidden;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(hidden)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.mppconnect.file.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded == null ? define(name) : loaded;
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException failure) {
                throw new ClassNotFoundException(name, failure);
            }
        }
    }
}
