package io.mppconnect.file;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.text.Newline;
import io.mppconnect.text.RowFormat;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Files to read, described by {@link DataFiles}. Immutable: every option gives a new source.
 *
 * <p>Bytes that the database can read itself go to the segments untouched: one ASCII character as delimiter, quote and
 * escape, and an {@linkplain #encoding encoding} the database knows. Anything else is decoded here and written anew as
 * the database's own TEXT, which takes more of this machine.
 *
 * <p>Rows are named by their file and by the line they start in, headers counted, also in the database's error log;
 * rows that are decoded here by their number. Where a large TEXT file is read in {@linkplain #splitSize ranges}, lines
 * after the first range are counted within theirs, and the range is named by the offset of its first row:
 * {@code orders.txt@67108912}.
 *
 * <p>All files are looked at before a row moves: each has to exist, to be what its name says, to end its rows alike and,
 * with {@link #header}, to have the same header. A file that changes while it is read fails the transfer.
 */
public final class FileSource implements Source {

    private static final DataSize DEFAULT_SPLIT_SIZE = DataSize.ofMegabytes(64);
    private static final int PATTERNS_SHOWN = 3;

    private final List<FilePattern> patterns;
    private final FileFormat format;
    private final boolean header;
    private final List<String> names;
    private final @Nullable Compression compression;
    private final DataSize splitSize;

    private FileSource(
            List<FilePattern> patterns,
            FileFormat format,
            boolean header,
            List<String> names,
            @Nullable Compression compression,
            DataSize splitSize) {
        this.patterns = patterns;
        this.format = format;
        this.header = header;
        this.names = names;
        this.compression = compression;
        this.splitSize = splitSize;
    }

    static FileSource of(RowFormat defaults, List<FilePattern> patterns) {
        return new FileSource(patterns, FileFormat.of(defaults), false, List.of(), null, DEFAULT_SPLIT_SIZE);
    }

    /**
     * Every file starts with a row of names, which is no data. They name the fields unless {@link #fields} does, and are
     * the same in all files. A file without any byte has no header to miss.
     */
    public FileSource header() {
        return new FileSource(patterns, format, true, names, compression, splitSize);
    }

    /**
     * Names the fields, in the order in which rows hold them. Without this and {@link #header} they are the columns that
     * are loaded, in the table's order.
     */
    public FileSource fields(String... names) {
        return new FileSource(patterns, format, header, List.of(names), compression, splitSize);
    }

    /** What stands between fields: comma in CSV and tab in TEXT unless given. One ASCII character is fastest. */
    public FileSource delimiter(String delimiter) {
        return with(format.withDelimiter(delimiter));
    }

    /** What stands around CSV fields: {@code "} unless given. */
    public FileSource quote(char quote) {
        return with(format.withQuote(quote));
    }

    /** What makes the next character plain: the quote in CSV and backslash in TEXT unless given. */
    public FileSource escape(char escape) {
        return with(format.withEscape(escape));
    }

    /** TEXT in which a backslash is a backslash and every line end ends a row. */
    public FileSource withoutEscape() {
        return with(format.withEscape(FileFormat.NO_ESCAPE));
    }

    /** What stands for NULL: nothing without quotes in CSV and {@code \N} in TEXT unless given. */
    public FileSource nullString(String nullString) {
        return with(format.withNullString(nullString));
    }

    /** What ends a row; found out from the first line end of the files unless given. */
    public FileSource newline(Newline newline) {
        return with(format.withNewline(newline));
    }

    /** How the files write characters as bytes: UTF-8 unless given. */
    public FileSource charset(Charset charset) {
        return with(format.withEncoding(Encoding.of(charset)));
    }

    /**
     * How the files write characters as bytes, by the database's name or Java's: {@code LATIN1}, {@code WIN1252},
     * {@code UTF-16LE}. UTF8 unless given.
     *
     * @throws MppConnectException when neither knows it
     */
    public FileSource encoding(String name) {
        return with(format.withEncoding(Encoding.named(name)));
    }

    /** How all files are compressed; told by the end of each file's name unless given. */
    public FileSource compression(Compression compression) {
        return new FileSource(patterns, format, header, names, compression, splitSize);
    }

    /**
     * How large a part of a file is that one worker reads: 64 MB unless given. Compressed files and those that are
     * decoded here are read by one worker each. To find the rows that parts of a CSV file start with, each of its bytes
     * is looked at twice.
     */
    public FileSource splitSize(DataSize size) {
        if (size.bytes() == 0) {
            throw new MppConnectException(ErrorCode.INVALID_OPTION, "Invalid split size: " + size);
        }
        return new FileSource(patterns, format, header, names, compression, size);
    }

    private FileSource with(FileFormat changed) {
        return new FileSource(patterns, changed, header, names, compression, splitSize);
    }

    @Override
    public String name() {
        String shown = patterns.stream()
                .limit(PATTERNS_SHOWN)
                .map(FilePattern::text)
                .collect(Collectors.joining(", ", "files ", ""));
        int more = patterns.size() - PATTERNS_SHOWN;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    @Override
    public SourceScan open(LoadContext context) {
        return new ScanPlanner(format, header, names, splitSize.bytes(), context).plan(patterns, compression);
    }

    @Override
    public String toString() {
        return name();
    }
}
