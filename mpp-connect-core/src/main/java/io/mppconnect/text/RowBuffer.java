package io.mppconnect.text;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import org.jspecify.annotations.Nullable;

/**
 * The block that rows are being written into: whole rows, then the started one. When something is thrown from here, the
 * started row is gone and the buffer is ready for the next.
 */
final class RowBuffer {

    private static final byte[] NOTHING = {};
    private static final int MAX_ROW = Integer.MAX_VALUE - Long.BYTES;

    private final BlockWriter blocks;

    /** The block's bytes; to be written at {@link #position} after {@link #reserve}. */
    byte[] bytes = NOTHING;

    int position;

    /** How many values the started row has. */
    int values;

    private @Nullable Block block;
    private byte[] started = NOTHING;
    private int rowStart;
    private int valueOffset;
    private int blockRows;
    private long rows;
    private long before;

    RowBuffer(BlockWriter blocks) {
        this.blocks = blocks;
    }

    /** How many rows were ended. */
    long rows() {
        return rows;
    }

    /** The number of the started row, from 1 unless {@link #numberRows} says else. */
    long rowNumber() {
        return before + rows + 1;
    }

    /** Gives the started row, and those that follow it, other numbers. */
    void numberRows(long next) {
        before = next - rows - 1;
    }

    boolean has(int count) {
        return bytes.length - position >= count;
    }

    /** Makes room for so many bytes more; the started row may be elsewhere afterwards. */
    void reserve(int count) throws InterruptedException {
        if (bytes.length - position < count) {
            makeRoom(count);
        }
    }

    void startValue() {
        valueOffset = position - rowStart;
    }

    /** Where the value now being written starts. */
    int valueStart() {
        return rowStart + valueOffset;
    }

    void endRow() {
        rowStart = position;
        valueOffset = 0;
        values = 0;
        blockRows++;
        rows++;
    }

    /** Takes the started row back. */
    void abandonRow() {
        position = rowStart;
        valueOffset = 0;
        values = 0;
    }

    /** Sends the whole rows; a started one stays started. */
    void flush() throws InterruptedException {
        if (blockRows > 0 && values > 0) {
            moveRow(0);
        } else if (blockRows > 0) {
            send();
        } else if (values == 0) {
            discard();
        }
    }

    /** Gives up everything that was not sent. */
    void discard() {
        Block pending = block;
        clear();
        if (pending != null) {
            blocks.discard(pending);
        }
    }

    private void makeRoom(int count) throws InterruptedException {
        int length = position - rowStart;
        if (count > MAX_ROW - length) {
            long row = rowNumber();
            abandonRow();
            throw new MppConnectException(
                    ErrorCode.BAD_DATA, "Cannot write row " + row + ": it is longer than a block can be, 2 GB");
        }
        if (blockRows > 0) {
            moveRow(count);
            return;
        }
        // Cleared until there is room, so that no half a row stays behind when there will be none.
        Block old = block;
        int rowValues = values;
        int rowValueOffset = valueOffset;
        clear();
        Block room = old == null ? blocks.acquire(0) : old;
        if (room.capacity() < length + count) {
            room.filled(length, 0);
            room = blocks.grow(room, length + count);
        }
        use(room, length, rowValues, rowValueOffset);
    }

    private void moveRow(int count) throws InterruptedException {
        int length = position - rowStart;
        int rowValues = values;
        int rowValueOffset = valueOffset;
        if (started.length < length) {
            started = new byte[length];
        }
        System.arraycopy(bytes, rowStart, started, 0, length);
        send();
        Block room = blocks.acquire(0);
        if (room.capacity() < length + count) {
            room.filled(0, 0);
            room = blocks.grow(room, length + count);
        }
        System.arraycopy(started, 0, room.bytes(), 0, length);
        use(room, length, rowValues, rowValueOffset);
    }

    private void send() throws InterruptedException {
        Block full = block;
        int length = rowStart;
        int count = blockRows;
        clear();
        if (full != null) {
            full.filled(length, count);
            blocks.send(full);
        }
    }

    private void use(Block room, int length, int rowValues, int rowValueOffset) {
        block = room;
        bytes = room.bytes();
        position = length;
        values = rowValues;
        valueOffset = rowValueOffset;
    }

    private void clear() {
        block = null;
        bytes = NOTHING;
        position = 0;
        rowStart = 0;
        blockRows = 0;
        values = 0;
        valueOffset = 0;
    }
}
