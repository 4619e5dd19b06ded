package io.mppconnect.file;

import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.text.RowFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Writes the rows of every segment into a file of its own. */
final class SegmentFilesWrite implements TargetWrite {

    private static final Pattern PART = Pattern.compile("part-\\d{5,}\\.(csv|txt)(\\.gz|\\.bz2|\\.zst)?");

    private final Path directory;
    private final Staging staging;
    private final FileLayout layout;
    private final boolean overwrite;

    private SegmentFilesWrite(Path directory, Staging staging, FileLayout layout, boolean overwrite) {
        this.directory = directory;
        this.staging = staging;
        this.layout = layout;
        this.overwrite = overwrite;
    }

    /**
     * Starts to write into a directory.
     *
     * @throws io.mppconnect.MppConnectException when the directory is not empty and not to be overwritten, or when
     *     nothing can be written into it
     */
    static SegmentFilesWrite open(Path directory, FileLayout layout, boolean overwrite) {
        Staging staging = Staging.in(directory);
        SegmentFilesWrite write = new SegmentFilesWrite(directory, staging, layout, overwrite);
        try {
            layout.compression()
                    .compress(OutputStream.nullOutputStream(), write.fileName(0))
                    .close();
            List<Path> present = write.entries();
            if (!overwrite && !present.isEmpty()) {
                throw Directories.cannotWriteInto(
                        directory,
                        "it is not empty, " + present.get(0).getFileName()
                                + " is there; choose another directory or give overwrite()",
                        null);
            }
            return write;
        } catch (IOException failure) {
            throw staging.closing(Directories.cannotWriteInto(directory, FailureReason.of(failure), failure));
        } catch (RuntimeException failure) {
            throw staging.closing(failure);
        }
    }

    private String fileName(int segment) {
        return String.format(Locale.ROOT, "part-%05d%s", segment, layout.suffix());
    }

    /** What is in the directory, hidden files left out. */
    private List<Path> entries() throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            for (Path entry : stream) {
                if (!entry.getFileName().toString().startsWith(".")) {
                    entries.add(entry);
                }
            }
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
        entries.sort(null);
        return entries;
    }

    @Override
    public RowFormat format() {
        return layout.wire();
    }

    @Override
    public SegmentWriter open(int segment) {
        PartFile part = layout.start(staging, fileName(segment));
        RowSink rows = layout.sink(part);
        return new SegmentWriter() {
            @Override
            public void write(byte[] bytes, int from, int to) {
                rows.write(bytes, from, to);
            }

            @Override
            public void finish() {
                part.finish();
            }

            @Override
            public void close() throws IOException {
                part.close();
            }
        };
    }

    @Override
    public void commit() throws IOException {
        List<Path> replaced = new ArrayList<>();
        if (overwrite) {
            for (Path entry : entries()) {
                if (PART.matcher(entry.getFileName().toString()).matches()) {
                    replaced.add(entry);
                }
            }
        }
        staging.publish(replaced);
    }

    @Override
    public void close() {
        staging.close();
    }
}
