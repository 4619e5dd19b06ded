package io.mppconnect.transfer.block;

import io.mppconnect.spi.Block;
import io.mppconnect.text.Newline;
import io.mppconnect.text.RowBoundary;
import io.mppconnect.text.RowFormat;

/**
 * Which rows the lines of a COPY are: the database counts the lines that it reads, whatever blocks they came in. Only the
 * last blocks are remembered, for it complains of what it has just read. Thread safe.
 */
public final class CopiedLines {

    private static final int KEPT = 8192;

    private final RowFormat format;
    private final byte lineEnd;
    /** The lines of the COPY that blocks begin at, and the lines by which their {@link Origins} know these. */
    private final long[] copied = new long[KEPT];

    private final long[] known = new long[KEPT];
    private int blocks;
    private long next = 1;

    public CopiedLines(RowFormat format) {
        this.format = format;
        this.lineEnd = (byte) (format.newline() == Newline.LF ? '\n' : '\r');
    }

    /** The next block of the COPY; from one thread. */
    public void add(Block block) {
        if (!format.isCsv()) {
            add(block.firstRecord(), block.rows());
            return;
        }
        int from = 0;
        long line = block.firstRecord();
        if (blocks == 0 && format.newline() == Newline.LF) {
            // Until it has seen the first row's end, the database takes no line feed in quotes for one.
            RowBoundary boundary = RowBoundary.of(format);
            from = boundary.scanRows(block.bytes(), 0, block.length(), 1);
            add(line, 1);
            line += boundary.lines();
        }
        add(line, lineEnds(block.bytes(), from, block.length()));
    }

    private synchronized void add(long line, long lines) {
        copied[blocks % KEPT] = next;
        known[blocks % KEPT] = line;
        blocks++;
        next += lines;
    }

    /** A quoted field may go over several lines. */
    private long lineEnds(byte[] bytes, int from, int to) {
        long count = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] == lineEnd) {
                count++;
            }
        }
        return count;
    }

    /** By which number the origin of a line of the COPY knows it; the line itself when that is forgotten. */
    public synchronized long find(long line) {
        for (int block = blocks - 1; block >= Math.max(0, blocks - KEPT); block--) {
            if (copied[block % KEPT] <= line) {
                return known[block % KEPT] + line - copied[block % KEPT];
            }
        }
        return line;
    }
}
