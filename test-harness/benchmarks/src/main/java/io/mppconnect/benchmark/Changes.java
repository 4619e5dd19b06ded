package io.mppconnect.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A TEXT file of changes to {@code lineitem}: every fifth of its rows with another comment, every second of these for an
 * order that is not there yet.
 *
 * @param rows how many there are
 * @param added how many of them are new
 * @param bytes how long the file is
 */
record Changes(Path file, long rows, long added, long bytes) {

    private static final int EVERY = 5;

    /** Keys that are there have the rest 0 to 7 by 32. */
    private static final int TO_A_FREE_KEY = 8;

    /** Writes the file beside that of the rows. */
    static Changes to(LineItems items) throws IOException {
        Path file = items.file().resolveSibling(items.file().getFileName() + ".changes");
        long read = 0;
        long rows = 0;
        long added = 0;
        try (BufferedReader lines = Files.newBufferedReader(items.file(), StandardCharsets.US_ASCII);
                BufferedWriter writer = Files.newBufferedWriter(file, StandardCharsets.US_ASCII)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (read++ % EVERY == 0) {
                    boolean adding = rows++ % 2 == 1;
                    added += adding ? 1 : 0;
                    writer.append(changed(line, adding)).append('\n');
                }
            }
        }
        return new Changes(file, rows, added, Files.size(file));
    }

    private static String changed(String line, boolean adding) {
        int key = line.indexOf('\t');
        long order = Long.parseLong(line.substring(0, key));
        return (adding ? order + TO_A_FREE_KEY : order) + line.substring(key, line.lastIndexOf('\t') + 1) + "changed";
    }
}
