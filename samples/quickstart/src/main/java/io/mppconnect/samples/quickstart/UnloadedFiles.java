package io.mppconnect.samples.quickstart;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Reads what an unload wrote: zstd-compressed CSV files in a directory. */
final class UnloadedFiles {

    private UnloadedFiles() {}

    /**
     * Compares the rows of all files with what they should add up to.
     *
     * @throws QuickstartException when they do not
     */
    static void verify(Path directory, Checksum expected) throws Exception {
        Checksum unloaded = checksum(directory);
        if (!unloaded.equals(expected)) {
            throw new QuickstartException("Cannot confirm the unloaded rows: their checksum is " + unloaded
                    + ", that of the generated ones " + expected);
        }
    }

    /** What the rows of all files add up to. */
    static Checksum checksum(Path directory) throws Exception {
        List<Callable<Checksum>> pieces = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                pieces.add(() -> checksumOfFile(file));
            }
        }
        return Workers.run("verify", Workers.threads(), pieces).stream().reduce(Checksum.NONE, Checksum::plus);
    }

    private static Checksum checksumOfFile(Path file) throws IOException {
        Checksum checksum = Checksum.NONE;
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new ZstdInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                checksum = checksum.plusRow(CsvLine.decode(line));
            }
        }
        return checksum;
    }
}
