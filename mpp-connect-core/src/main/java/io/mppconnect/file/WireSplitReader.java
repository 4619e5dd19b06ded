package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.Newline;
import io.mppconnect.text.RowBoundary;
import io.mppconnect.text.RowFormat;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Hands over the bytes of a file as they are, cut between rows. */
final class WireSplitReader implements SplitReader {

    /** Small enough for what was just read to be in the processor's cache when it is searched for row ends. */
    private static final int READ = 256 * 1024;

    private final DataFile file;
    private final FileInput input;
    private final RowFormat format;
    private final RowBoundary boundary;
    private final String origin;
    private long record;
    private byte[] tail = {};
    private int tailLength;
    private boolean ended;

    private @Nullable Block block;
    private int filled;
    private int rowsEnd;
    private int rows;

    /**
     * @param input at the start of a row
     * @param record the number of that row within {@code origin}
     */
    WireSplitReader(DataFile file, FileInput input, RowFormat format, String origin, long record) {
        this.file = file;
        this.input = input;
        this.format = format;
        this.boundary = RowBoundary.of(format);
        this.origin = origin;
        this.record = record;
    }

    @Override
    public boolean read(SplitOutput output) throws InterruptedException {
        if (ended) {
            return false;
        }
        output.origin(origin, record);
        BlockWriter blocks = output.blocks();
        try {
            fill(blocks);
            send(blocks);
        } finally {
            if (block != null) {
                blocks.discard(taken());
            }
        }
        return !ended;
    }

    private void fill(BlockWriter blocks) throws InterruptedException {
        Block current = start(blocks);
        while (!ended) {
            if (filled == current.capacity()) {
                if (rowsEnd > 0) {
                    return;
                }
                current = grow(blocks, current.capacity() + 1L);
            }
            int read = input.read(current.bytes(), filled, Math.min(READ, current.capacity() - filled));
            if (read < 0) {
                ended = true;
                file.checkUnchanged();
                terminate(blocks);
            } else {
                search(current, read);
            }
        }
    }

    private Block start(BlockWriter blocks) throws InterruptedException {
        Block current = blocks.acquire(0);
        block = current;
        filled = 0;
        rowsEnd = 0;
        rows = 0;
        if (tailLength > current.capacity()) {
            current = grow(blocks, tailLength);
        }
        System.arraycopy(tail, 0, current.bytes(), 0, tailLength);
        filled = tailLength;
        return current;
    }

    private Block grow(BlockWriter blocks, long capacity) throws InterruptedException {
        try {
            Block grown = blocks.grow(taken(), Math.toIntExact(capacity));
            block = grown;
            return grown;
        } catch (MppConnectException tooLong) {
            if (!boundary.insideQuotes()) {
                throw tooLong;
            }
            throw new MppConnectException(
                    ErrorCode.BAD_DATA,
                    "Cannot read " + file.name() + ": " + place(record)
                            + " is too long, and ends inside quotes; look for" + " a quote that is never closed",
                    tooLong);
        }
    }

    private Block taken() {
        Block current = block;
        if (current == null) {
            throw new IllegalStateException("no block is held");
        }
        block = null;
        return current;
    }

    private void search(Block current, int read) {
        int end = boundary.scan(current.bytes(), filled, filled + read);
        if (end >= 0) {
            rowsEnd = end;
            rows += boundary.rows();
        }
        filled += read;
    }

    /** Gives the last row the terminator that the file leaves out. */
    private void terminate(BlockWriter blocks) throws InterruptedException {
        if (filled == rowsEnd) {
            return;
        }
        if (boundary.insideQuotes()) {
            throw file.badData("a quote opened in " + place(record + rows) + " is never closed");
        }
        Block current = heldBlock();
        byte[] newline = format.newline().characters().getBytes(StandardCharsets.US_ASCII);
        boolean halfThere = format.newline() == Newline.CRLF && current.bytes()[filled - 1] == '\r';
        int missing = halfThere ? newline.length - 1 : newline.length;
        if (filled + missing > current.capacity()) {
            current = grow(blocks, filled + (long) missing);
        }
        System.arraycopy(newline, newline.length - missing, current.bytes(), filled, missing);
        search(current, missing);
    }

    private Block heldBlock() {
        Block current = taken();
        block = current;
        return current;
    }

    private void send(BlockWriter blocks) throws InterruptedException {
        if (rowsEnd == 0) {
            return;
        }
        Block full = taken();
        keepTail(full);
        full.filled(rowsEnd, rows);
        record += rows;
        blocks.send(full);
    }

    private void keepTail(Block full) {
        tailLength = filled - rowsEnd;
        if (tail.length < tailLength) {
            tail = new byte[Math.max(tailLength, 2 * tail.length)];
        }
        System.arraycopy(full.bytes(), rowsEnd, tail, 0, tailLength);
    }

    private String place(long row) {
        return origin.equals(file.name()) ? "row " + row : "row " + row + " of " + origin;
    }

    @Override
    public void close() {
        input.close();
    }
}
