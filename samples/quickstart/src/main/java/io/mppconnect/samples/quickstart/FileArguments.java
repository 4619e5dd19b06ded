package io.mppconnect.samples.quickstart;

import io.mppconnect.Table;
import io.mppconnect.file.DataFiles;
import io.mppconnect.file.FileSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The arguments that describe the user's own file and where it goes. */
final class FileArguments {

    /** How rows are written in a file. */
    enum Format {
        CSV,
        TEXT
    }

    @Option(names = "--file", paramLabel = "PATH", description = "The file, or a directory or glob of several.")
    private @Nullable String file;

    @Option(names = "--table", paramLabel = "TABLE", description = "The table, such as public.orders")
    private @Nullable String table;

    @Option(names = "--format", paramLabel = "FORMAT", description = "csv or text. Default: csv")
    private @Nullable Format format;

    @Option(
            names = "--delimiter",
            paramLabel = "CHARACTER",
            description = "What stands between fields; \\t for tab. Default: comma in csv, tab in text")
    private @Nullable String delimiter;

    @Option(names = "--header", description = "The first row of each file names its fields.")
    private boolean header;

    @Option(
            names = "--null",
            paramLabel = "TEXT",
            description = "What stands for NULL. Default: nothing in csv, \\N in text")
    private @Nullable String nullString;

    boolean given() {
        return file != null;
    }

    /** What is wrong with the arguments, in words. */
    List<String> problems(ClusterArguments cluster) {
        List<String> problems = new ArrayList<>();
        if (file != null && cluster.embedded()) {
            problems.add("--file needs a real cluster that has its table; name it with --url");
        }
        if (file != null && table == null) {
            problems.add("--file needs the table that it goes into; name it with --table");
        }
        if (file == null && (table != null || format != null || delimiter != null || header || nullString != null)) {
            problems.add("--table, --format, --delimiter, --header and --null are of a file; name it with --file");
        }
        return problems;
    }

    /** The file or files to load. */
    FileSource source() {
        String path = Objects.requireNonNull(file);
        FileSource source = format == Format.TEXT ? DataFiles.text(path) : DataFiles.csv(path);
        if (delimiter != null) {
            source = source.delimiter(delimiter.equals("\\t") ? "\t" : delimiter);
        }
        if (nullString != null) {
            source = source.nullString(nullString);
        }
        return header ? source.header() : source;
    }

    /** The table to load into. */
    Table target() {
        return Table.named(Objects.requireNonNull(table));
    }
}
