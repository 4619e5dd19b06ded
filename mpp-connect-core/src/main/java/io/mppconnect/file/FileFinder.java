package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the files that patterns name, each once. */
final class FileFinder {

    private final @Nullable Compression compression;
    private final Problems problems;

    /**
     * Collects problems as it goes.
     *
     * @param compression that of all files; absent to take it from their names
     */
    FileFinder(@Nullable Compression compression, Problems problems) {
        this.compression = compression;
        this.problems = problems;
    }

    /** The files in the order of the patterns; what cannot be found or read is a problem. */
    List<DataFile> find(List<FilePattern> patterns) {
        List<Path> paths = paths(patterns);
        Map<String, Integer> namesakes = new HashMap<>();
        paths.forEach(path -> namesakes.merge(shortName(path), 1, Integer::sum));
        List<DataFile> files = new ArrayList<>();
        for (Path path : paths) {
            String name = shortName(path);
            Compression how = compression == null ? Compression.ofName(name) : compression;
            try {
                files.add(DataFile.of(path, namesakes.getOrDefault(name, 1) == 1 ? name : path.toString(), how));
            } catch (IOException failure) {
                problems.add(cannotRead(path.toString(), failure));
            }
        }
        return files;
    }

    private List<Path> paths(List<FilePattern> patterns) {
        List<Path> paths = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (FilePattern pattern : patterns) {
            try {
                for (Path path : pattern.files()) {
                    if (!Files.readAttributes(path, BasicFileAttributes.class).isRegularFile()) {
                        problems.add(cannotRead(path.toString(), new IOException("it is not a regular file")));
                    } else if (seen.add(path.toRealPath())) {
                        paths.add(path);
                    }
                }
            } catch (FileSystemException failure) {
                problems.add(cannotRead(failure.getFile() == null ? pattern.text() : failure.getFile(), failure));
            } catch (IOException failure) {
                problems.add(cannotRead(pattern.text(), failure));
            }
        }
        return paths;
    }

    private static String shortName(Path path) {
        return path.getFileName().toString();
    }

    private static MppConnectException cannotRead(String what, IOException failure) {
        return new MppConnectException(
                ErrorCode.SOURCE_FAILED, "Cannot read " + what + ": " + FailureReason.of(failure), failure);
    }
}
