package io.mppconnect.file;

import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.TargetWrite;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Unloads rows of two columns as the engine does. */
final class Unloads {

    private Unloads() {}

    static TargetWrite open(FileTarget target) throws Exception {
        return target.open(Contexts.unload("a", "b"));
    }

    static void unload(FileTarget target, String... parts) throws Exception {
        try (TargetWrite write = open(target)) {
            for (int segment = 0; segment < parts.length; segment++) {
                write(write, segment, parts[segment]);
            }
            write.finish();
            write.commit();
        }
    }

    static void write(TargetWrite write, int segment, String... posts) throws Exception {
        try (SegmentWriter writer = write.open(segment)) {
            for (String post : posts) {
                byte[] bytes = ("#" + post + "#").getBytes(StandardCharsets.UTF_8);
                writer.write(bytes, 1, bytes.length - 1);
            }
            writer.finish();
        }
    }

    /** Everything below a directory, hidden files too. */
    static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.walk(directory)) {
            return entries.filter(path -> !path.equals(directory))
                    .map(path -> directory.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }
}
