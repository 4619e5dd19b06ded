package io.mppconnect.file;

import io.mppconnect.spi.BlockWriter;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.RowBoundary;
import io.mppconnect.text.RowFormat;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Has segments get the bytes of an uncompressed file from the file itself; here they are only searched for row ends. Where
 * that does not do, {@link WireSplitReader} goes on: for a transfer that needs the bytes, from the first row that does
 * not end within a range, and for a last row without a terminator.
 */
final class FileRangeReader implements SplitReader {

    /** Enough for segments to be served in few turns, little enough for all of them to get their share of a small file. */
    private static final int RANGE = 256 * 1024;

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
        BlockWriter blocks = output.blocks();
        if (rest == null && (!blocks.takesRanges() || !sendRange(output, blocks))) {
            file.checkUnchanged();
            rest = new WireSplitReader(file, FileInput.open(file, position, end), format, origin, line);
        }
        if (rest != null) {
            return rest.read(output);
        }
        return position < end;
    }

    /** Whether there was a range of whole rows to send. */
    private boolean sendRange(SplitOutput output, BlockWriter blocks) throws InterruptedException {
        int length = 0;
        int rowsEnd = 0;
        int rows = 0;
        int lines = 0;
        boundary.reset();
        while (length < RANGE && position + length < end) {
            int read = load(position + length);
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
        if (position + rowsEnd == end) {
            file.checkUnchanged();
        }
        output.origin(origin, line);
        shared.use();
        blocks.sendRange(shared.channel(), position, rowsEnd, rows, shared::leave);
        position += rowsEnd;
        line += lines;
        return true;
    }

    private int load(long from) {
        buffer.clear().limit((int) Math.min(READ, end - from));
        try {
            int read = shared.channel().read(buffer, from);
            if (read < 0) {
                throw file.shrunk();
            }
            return read;
        } catch (IOException failure) {
            throw file.failure(FailureReason.of(failure), failure);
        }
    }

    @Override
    public void close() {
        try (WireSplitReader closing = rest) {
            shared.leave();
        }
    }
}
