package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.RejectedRow;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.Newline;
import io.mppconnect.text.RowBoundary;
import io.mppconnect.text.RowFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
    private long line;
    private byte[] tail = {};
    private int tailLength;
    /** How many bytes of the tail, at its end, have not been searched for row ends. */
    private int unsearched;

    private boolean ended;

    private @Nullable Block block;
    private int filled;
    private int rowsEnd;
    private int rows;
    private int lines;

    /**
     * @param input at the start of a row
     * @param line the number of that row's line within {@code origin}
     */
    WireSplitReader(DataFile file, FileInput input, RowFormat format, String origin, long line) {
        this.file = file;
        this.input = input;
        this.format = format;
        this.boundary = RowBoundary.of(format);
        this.origin = origin;
        this.line = line;
    }

    @Override
    public boolean read(SplitOutput output) throws InterruptedException {
        if (ended) {
            return false;
        }
        output.origin(origin, line);
        BlockWriter blocks = output.blocks();
        try {
            fill(output, blocks);
            send(blocks);
        } finally {
            if (block != null) {
                blocks.discard(taken());
            }
        }
        return !ended;
    }

    private void fill(SplitOutput output, BlockWriter blocks) throws InterruptedException {
        Block current = start(blocks);
        while (!ended) {
            if (filled == current.capacity()) {
                if (rowsEnd > 0) {
                    return;
                }
                byte[] head = Arrays.copyOf(current.bytes(), Math.min(filled, RejectedRow.MOST_RAW));
                try {
                    current = grow(blocks, current.capacity() + 1L);
                } catch (MppConnectException tooLong) {
                    if (boundary.insideQuotes()) {
                        throw tooLong;
                    }
                    output.failRow(tooLong, head, 0, head.length);
                    skipRow();
                    return;
                }
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
        lines = 0;
        if (tailLength > current.capacity()) {
            current = grow(blocks, tailLength);
        }
        System.arraycopy(tail, 0, current.bytes(), 0, tailLength);
        filled = tailLength - unsearched;
        if (unsearched > 0) {
            search(current, unsearched);
            unsearched = 0;
        }
        return current;
    }

    /** Passes over the rest of a row that is too long; what was read beyond it comes first in the next block. */
    private void skipRow() throws InterruptedException {
        byte[] bytes = new byte[READ];
        tailLength = 0;
        for (int read = input.read(bytes, 0, READ); read >= 0; read = input.read(bytes, 0, READ)) {
            int end = boundary.scanRows(bytes, 0, read, 1);
            if (end >= 0) {
                line += boundary.lines();
                keepTail(bytes, end, read);
                unsearched = tailLength;
                return;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        ended = true;
        file.checkUnchanged();
        if (boundary.insideQuotes()) {
            throw file.badData("a quote opened in " + place(line) + " is never closed");
        }
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
                    "Cannot read " + file.name() + ": " + place(line) + " is too long, and ends inside quotes; look for"
                            + " a quote that is never closed",
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
            lines += boundary.lines();
        }
        filled += read;
    }

    /** Gives the last row the terminator that the file leaves out. */
    private void terminate(BlockWriter blocks) throws InterruptedException {
        if (filled == rowsEnd) {
            return;
        }
        if (boundary.insideQuotes()) {
            throw file.badData("a quote opened in " + place(line + lines) + " is never closed");
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
        keepTail(full.bytes(), rowsEnd, filled);
        full.filled(rowsEnd, rows);
        line += lines;
        blocks.send(full);
    }

    private void keepTail(byte[] bytes, int from, int to) {
        tailLength = to - from;
        if (tail.length < tailLength) {
            tail = new byte[Math.max(tailLength, 2 * tail.length)];
        }
        System.arraycopy(bytes, from, tail, 0, tailLength);
    }

    private String place(long number) {
        return origin.equals(file.name()) ? "line " + number : "line " + number + " of " + origin;
    }

    @Override
    public void close() {
        input.close();
    }
}
