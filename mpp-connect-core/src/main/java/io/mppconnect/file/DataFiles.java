package io.mppconnect.file;

import io.mppconnect.text.RowFormat;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Files in the database's CSV or TEXT format, and in most others of that kind, as sources and targets.
 *
 * <pre>{@code
 * cluster.transfer()
 *         .from(DataFiles.csv("data/orders-*.csv.gz").header())
 *         .into(Table.named("public.orders"))
 *         .run();
 * }</pre>
 *
 * <p>What is read is named by files, by directories (all files in them that are not hidden) and by globs: {@code *} and
 * {@code ?} within a name, {@code [a-z]}, <code>{a,b}</code>, and {@code **} for any number of directories. A file that
 * several of them name is read once.
 */
public final class DataFiles {

    private DataFiles() {}

    /** CSV files; a path that does not exist as it is written may be a glob. */
    public static FileSource csv(Path path, Path... more) {
        return FileSource.of(RowFormat.csv(), patterns(path, more));
    }

    /** CSV files, by path or glob. */
    public static FileSource csv(String pathOrGlob, String... more) {
        return FileSource.of(RowFormat.csv(), patterns(pathOrGlob, more));
    }

    /** TEXT files, tab separated with backslash escapes; a path that does not exist as it is written may be a glob. */
    public static FileSource text(Path path, Path... more) {
        return FileSource.of(RowFormat.text(), patterns(path, more));
    }

    /** TEXT files, tab separated with backslash escapes, by path or glob. */
    public static FileSource text(String pathOrGlob, String... more) {
        return FileSource.of(RowFormat.text(), patterns(pathOrGlob, more));
    }

    /**
     * CSV files to write: {@code part-00000.csv}, one per segment, in a directory.
     *
     * @param path the directory, or the file itself with {@link FileTarget#oneFile()}
     */
    public static FileTarget writeCsv(Path path) {
        return FileTarget.of(RowFormat.csv(), path);
    }

    /**
     * TEXT files to write: {@code part-00000.txt}, one per segment, in a directory.
     *
     * @param path the directory, or the file itself with {@link FileTarget#oneFile()}
     */
    public static FileTarget writeText(Path path) {
        return FileTarget.of(RowFormat.text(), path);
    }

    private static List<FilePattern> patterns(Path first, Path[] more) {
        return Stream.concat(Stream.of(first), Arrays.stream(more))
                .map(FilePattern::of)
                .toList();
    }

    private static List<FilePattern> patterns(String first, String[] more) {
        return Stream.concat(Stream.of(first), Arrays.stream(more))
                .map(FilePattern::of)
                .toList();
    }
}
