package io.mppconnect.file;

import io.mppconnect.spi.FileRange;
import io.mppconnect.spi.RangeWriter;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.RowBoundary;
import io.mppconnect.text.RowFormat;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has segments get the bytes of an uncompressed file from the file itself; here they are only searched for row ends. Where
 * that does not do, {@link WireSplitReader} goes on: for a transfer that needs the bytes, from the first row that does
 * not end within a range, and for a last row without a terminator.
 */
final class FileRangeReader implements SplitReader {

    /** Small enough for what was just read to be in the processor's cache when it is searched. */
    private static final int READ = 64 * 1024;

    private final DataFile file;
    private final RowFormat format;
    private final RowBoundary boundary;
    private final String origin;
    private final long end;
    private final SharedFile shared;
    private final ByteBuffer buffer = ByteBuffer.allocate(READ);
    private long position;
    private long line;
    private @Nullable WireSplitReader rest;

    /**
     * @param start where a row starts
     * @param end where the last row ends
     * @param line the number of the first row's line within {@code origin}
     */
    FileRangeReader(DataFile file, RowFormat format, long start, long end, String origin, long line) {
        this.file = file;
        this.format = format;
        this.boundary = RowBoundary.of(format);
        this.origin = origin;
        this.end = end;
        this.position = start;
        this.line = line;
        this.shared = SharedFile.open(file);
    }

    @Override
    public boolean read(SplitOutput output) throws InterruptedException {
        Optional<RangeWriter> ranges = output.ranges();
        if (rest == null && (ranges.isEmpty() || !sendRange(output, ranges.get()))) {
            file.checkUnchanged();
            rest = new WireSplitReader(file, FileInput.open(file, position, end), format, origin, line);
        }
        if (rest != null) {
            return rest.read(output);
        }
        return position < end;
    }

    /** Whether there was a range of whole rows to send. */
    private boolean sendRange(SplitOutput output, RangeWriter ranges) throws InterruptedException {
        int length = 0;
        int rowsEnd = 0;
        int rows = 0;
        int lines = 0;
        boundary.reset();
        while (length < FileRange.MOST && position + length < end) {
            buffer.clear().limit((int) Math.min(Math.min(READ, FileRange.MOST - length), end - position - length));
            int read = shared.read(buffer, position + length);
            int last = boundary.scan(buffer.array(), 0, read);
            if (last >= 0) {
                rowsEnd = length + last;
                rows += boundary.rows();
                lines += boundary.lines();
            }
            length += read;
        }
        if (rowsEnd == 0) {
            return false;
        }
        output.origin(origin, line);
        shared.send(ranges, position, rowsEnd, rows);
        position += rowsEnd;
        line += lines;
        return true;
    }

    @Override
    public void close() {
        try (SharedFile closing = shared) {
            if (rest != null) {
                rest.close();
            }
        }
    }
}
