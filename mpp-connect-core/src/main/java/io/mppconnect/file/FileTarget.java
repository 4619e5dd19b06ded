package io.mppconnect.file;

import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Target;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.spi.UnloadContext;
import io.mppconnect.text.Newline;
import io.mppconnect.text.RowFormat;
import java.nio.charset.Charset;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files to write, described by {@link DataFiles}. Immutable: every option gives a new target.
 *
 * <p>Rows go to hidden temporary files beside the final ones, and get their names when the database has agreed, all of
 * them or none. An unload that fails leaves nothing behind; one whose JVM dies leaves files that start with
 * {@code .mpp-connect-}, which no reader of the directory takes for data.
 *
 * <p>What segments can write themselves goes to disk as it comes: one ASCII character as delimiter, quote and escape, LF
 * as newline, and an {@linkplain #encoding encoding} the database knows. Anything else is decoded and written anew here,
 * which takes more of this machine.
 *
 * <p>Files are given to the operating system and not forced to the disk: a machine that loses its power soon after may
 * lose them.
 */
public final class FileTarget implements Target {

    private final Path path;
    private final FileFormat format;
    private final boolean header;
    private final @Nullable Compression compression;
    private final boolean oneFile;
    private final boolean overwrite;

    private FileTarget(
            Path path,
            FileFormat format,
            boolean header,
            @Nullable Compression compression,
            boolean oneFile,
            boolean overwrite) {
        this.path = path;
        this.format = format;
        this.header = header;
        this.compression = compression;
        this.oneFile = oneFile;
        this.overwrite = overwrite;
    }

    static FileTarget of(RowFormat defaults, Path path) {
        return new FileTarget(path, FileFormat.of(defaults), false, null, false, false);
    }

    /** One file per segment, in the target's directory, which is made when it is not there. The default. */
    public FileTarget onePerSegment() {
        return new FileTarget(path, format, header, compression, false, overwrite);
    }

    /** One file for all segments, which the target's path names. Rows come in no order. */
    public FileTarget oneFile() {
        return new FileTarget(path, format, header, compression, true, overwrite);
    }

    /** Every file starts with the names of the columns. */
    public FileTarget header() {
        return new FileTarget(path, format, true, compression, oneFile, overwrite);
    }

    /**
     * Replaces what is there: the one file, or all files that unloads wrote into the directory, whose names start with
     * {@code part-}. Without this an unload into a directory that is not empty, or a file that exists, fails.
     */
    public FileTarget overwrite() {
        return new FileTarget(path, format, header, compression, oneFile, true);
    }

    /** How files are compressed: one file as the end of its name tells, others not at all unless given. */
    public FileTarget compression(Compression compression) {
        return new FileTarget(path, format, header, compression, oneFile, overwrite);
    }

    /** What stands between fields: comma in CSV and tab in TEXT unless given. One ASCII character is fastest. */
    public FileTarget delimiter(String delimiter) {
        return with(format.withDelimiter(delimiter));
    }

    /** What stands around CSV fields: {@code "} unless given. */
    public FileTarget quote(char quote) {
        return with(format.withQuote(quote));
    }

    /** What makes the next character plain: the quote in CSV and backslash in TEXT unless given. */
    public FileTarget escape(char escape) {
        return with(format.withEscape(escape));
    }

    /** TEXT without escapes: for values that never hold a delimiter or a line end. */
    public FileTarget withoutEscape() {
        return with(format.withEscape(FileFormat.NO_ESCAPE));
    }

    /** What stands for NULL: nothing without quotes in CSV and {@code \N} in TEXT unless given. */
    public FileTarget nullString(String nullString) {
        return with(format.withNullString(nullString));
    }

    /** What ends a row: LF unless given. */
    public FileTarget newline(Newline newline) {
        return with(format.withNewline(newline));
    }

    /** How the files write characters as bytes: UTF-8 unless given. */
    public FileTarget charset(Charset charset) {
        return with(format.withEncoding(Encoding.of(charset)));
    }

    /**
     * How the files write characters as bytes, by the database's name or Java's: {@code LATIN1}, {@code WIN1252}. UTF8
     * unless given.
     *
     * @throws MppConnectException when neither knows it
     */
    public FileTarget encoding(String name) {
        return with(format.withEncoding(Encoding.named(name)));
    }

    private FileTarget with(FileFormat changed) {
        return new FileTarget(path, changed, header, compression, oneFile, overwrite);
    }

    @Override
    public String name() {
        return (oneFile ? "file " : "files ") + path;
    }

    @Override
    public TargetWrite open(UnloadContext context) {
        if (oneFile) {
            Compression how = compression == null ? Compression.ofName(path.toString()) : compression;
            return SharedFileWrite.open(path, new FileLayout(format, context, how, header), overwrite);
        }
        Compression how = compression == null ? Compression.NONE : compression;
        return SegmentFilesWrite.open(path, new FileLayout(format, context, how, header), overwrite);
    }

    @Override
    public String toString() {
        return name();
    }
}
