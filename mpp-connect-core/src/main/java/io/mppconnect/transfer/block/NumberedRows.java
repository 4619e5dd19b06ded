package io.mppconnect.transfer.block;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Block;
import io.mppconnect.text.RowBoundary;
import io.mppconnect.text.RowFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts a field before the first of every row: the line number by which its {@link Origins} know it. Used by one worker. */
public final class NumberedRows {

    /** A sign, 19 digits and the delimiter. */
    private static final int MOST_PREFIX = 21;

    private final RowFormat format;
    private final BlockPool pool;
    private final LineRanges ranges;
    private final RowBoundary boundary;
    private final String sign;
    private int[] starts = new int[1024];
    private long[] lines = new long[1024];

    public NumberedRows(RowFormat format, BlockPool pool, LineRanges ranges) {
        this.format = format;
        this.pool = pool;
        this.ranges = ranges;
        this.boundary = RowBoundary.of(format);
        // No number may read as NULL.
        this.sign = format.nullString().chars().allMatch(c -> c >= '0' && c <= '9') ? "+" : "";
    }

    /** Refuses a format in which numbers are not just numbers. */
    public static void check(RowFormat format) {
        boolean digits = isDigit(format.delimiter())
                || isDigit(format.escape().orElse(' '))
                || (format.isCsv() && isDigit(format.quote()));
        if (digits || format.nullString().startsWith("+")) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot find violations in rows of this format: a digit is a special character of it, or its NULL"
                            + " starts with a plus; leave out findingViolations()");
        }
    }

    private static boolean isDigit(int character) {
        return character >= '0' && character <= '9';
    }

    /** The same rows with their numbers, in a larger block; the one given is gone. */
    public Block number(Block block, long firstLine) throws InterruptedException {
        int rows = block.rows();
        int length = block.length();
        String origin = block.origin();
        long firstRecord = block.firstRecord();
        long lastLine = find(block, firstLine);
        Block larger = pool.grow(block, Math.max(block.capacity(), length + rows * MOST_PREFIX));
        int target = insert(larger.bytes(), length, rows);
        larger.filled(target, rows);
        larger.comesFrom(origin, firstRecord);
        ranges.add(firstLine, lastLine);
        return larger;
    }

    /** Finds where rows start, and the last one's line. */
    private long find(Block block, long firstLine) {
        if (starts.length < block.rows()) {
            starts = new int[block.rows()];
            lines = new long[block.rows()];
        }
        boundary.reset();
        long line = firstLine;
        int start = 0;
        for (int row = 0; row < block.rows(); row++) {
            starts[row] = start;
            lines[row] = line;
            start = boundary.scanRows(block.bytes(), start, block.length(), 1);
            line += boundary.lines();
        }
        return lines[block.rows() - 1];
    }

    /** Moves rows apart, the last one first; how long they are then. */
    private int insert(byte[] bytes, int length, int rows) {
        int moved = 0;
        for (int row = 0; row < rows; row++) {
            moved += prefix(lines[row]).length;
        }
        int total = length + moved;
        int end = length;
        for (int row = rows - 1; row >= 0; row--) {
            System.arraycopy(bytes, starts[row], bytes, starts[row] + moved, end - starts[row]);
            byte[] prefix = prefix(lines[row]);
            moved -= prefix.length;
            System.arraycopy(prefix, 0, bytes, starts[row] + moved, prefix.length);
            end = starts[row];
        }
        return total;
    }

    private byte[] prefix(long line) {
        return (sign + line + format.delimiter()).getBytes(StandardCharsets.US_ASCII);
    }

    /** A row of the error log without its number. */
    public static String withoutNumber(String row, RowFormat format) {
        return row.substring(row.indexOf(format.delimiter()) + 1);
    }

    /** A row of the error log without its number. */
    public static byte[] withoutNumber(byte[] row, RowFormat format) {
        int at = 0;
        while (at < row.length && row[at] != format.delimiter()) {
            at++;
        }
        return Arrays.copyOfRange(row, Math.min(at + 1, row.length), row.length);
    }
}
