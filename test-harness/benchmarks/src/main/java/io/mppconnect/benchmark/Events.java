package io.mppconnect.benchmark;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Events as a file of TEXT, which tools without topics load.
 *
 * @param file the rows
 * @param rows how many there are
 * @param bytes how long the file is
 */
record Events(Path file, int rows, long bytes) {

    /** Generates the file, unless a former run left it in the directory. */
    static Events in(Path directory, int rows) throws IOException {
        Path file = Files.createDirectories(directory).resolve("events-" + rows + ".txt");
        if (!Files.exists(file)) {
            Path partial = file.resolveSibling(file.getFileName() + ".partial");
            try (BufferedWriter writer = Files.newBufferedWriter(partial, StandardCharsets.US_ASCII)) {
                for (int i = 0; i < rows; i++) {
                    writer.append(Event.of(i).text());
                }
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return new Events(file, rows, Files.size(file));
    }
}
