package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.text.RowFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the rows of all segments into one file, as they come. */
final class SharedFileWrite implements TargetWrite {

    private final Staging staging;
    private final PartFile file;
    private final FileLayout layout;
    private final boolean overwrite;

    private SharedFileWrite(Staging staging, PartFile file, FileLayout layout, boolean overwrite) {
        this.staging = staging;
        this.file = file;
        this.layout = layout;
        this.overwrite = overwrite;
    }

    /**
     * Starts to write a file.
     *
     * @throws MppConnectException when it exists and is not to be overwritten, or cannot be written
     */
    static SharedFileWrite open(Path path, FileLayout layout, boolean overwrite) {
        if (Files.isDirectory(path)) {
            throw cannotWrite(path, "it is a directory; name the one file that shall hold all rows");
        }
        if (!overwrite && Files.exists(path)) {
            throw cannotWrite(path, "it exists already; choose another name or give overwrite()");
        }
        Path absolute = path.toAbsolutePath();
        Staging staging = Staging.in(absolute.resolveSibling(""));
        try {
            PartFile file = layout.start(staging, absolute.getFileName().toString());
            return new SharedFileWrite(staging, file, layout, overwrite);
        } catch (RuntimeException failure) {
            throw staging.closing(failure);
        }
    }

    private static MppConnectException cannotWrite(Path path, String reason) {
        return new MppConnectException(ErrorCode.TARGET_FAILED, "Cannot write " + path + ": " + reason);
    }

    @Override
    public RowFormat format() {
        return layout.wire();
    }

    @Override
    public SegmentWriter open(int segment) {
        RowSink rows = layout.sink(file);
        return new SegmentWriter() {
            @Override
            public void write(byte[] bytes, int from, int to) {
                synchronized (file) {
                    rows.write(bytes, from, to);
                }
            }

            @Override
            public void finish() {
                // The file is finished when all segments are.
            }

            @Override
            public void close() {
                // The file is the other segments' too.
            }
        };
    }

    @Override
    public void finish() {
        synchronized (file) {
            file.finish();
        }
    }

    @Override
    public void commit() {
        staging.publish(overwrite ? List.of(file.target()) : List.of());
    }

    @Override
    public void close() {
        synchronized (file) {
            staging.close();
        }
    }
}
