package io.mppconnect.distributed;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import org.jspecify.annotations.Nullable;

/** What an attempt's rows are encoded into. Used by one thread, which holds one block at a time. */
final class AttemptBlocks implements BlockWriter {

    /** Each attempt has so many line numbers of its own, by which the database knows its rows. */
    private static final long LINES = 1_000_000_000_000L;

    private final Outbox outbox;
    private final AttemptState state;
    private final String name;
    private final int number;
    private final int maxRow;
    private @Nullable RetainedBlock held;
    private long rows;
    private long bytes;
    private long count;

    AttemptBlocks(Outbox outbox, AttemptState state, String name, int number, int maxRow) {
        this.outbox = outbox;
        this.state = state;
        this.name = name;
        this.number = number;
        this.maxRow = maxRow;
    }

    /** The number of the attempt that a line belongs to. */
    static int attempt(long line) {
        return (int) (line / LINES);
    }

    /** Which of its rows it is, from 1. */
    static long row(long line) {
        return line % LINES;
    }

    @Override
    public Block acquire(int capacity) throws InterruptedException {
        checkLength(capacity);
        RetainedBlock block = outbox.acquire(capacity, null);
        held = block;
        return block.block();
    }

    @Override
    public Block grow(Block block, int capacity) throws InterruptedException {
        RetainedBlock larger;
        try {
            checkLength(capacity);
            long doubled = Math.min(maxRow, 2L * block.capacity());
            larger = outbox.acquire((int) Math.max(capacity, doubled), held);
        } catch (InterruptedException | MppConnectException e) {
            discard(block);
            throw e;
        }
        System.arraycopy(block.bytes(), 0, larger.block().bytes(), 0, block.capacity());
        block.release();
        held = larger;
        return larger.block();
    }

    private void checkLength(int capacity) {
        if (capacity > maxRow) {
            throw new MppConnectException(
                    ErrorCode.BAD_DATA,
                    "Cannot send a row of " + name + ": it is longer than " + DataSize.ofBytes(maxRow)
                            + "; raise TransferOptions.maxRow");
        }
    }

    @Override
    public void send(Block block) {
        RetainedBlock full = held;
        held = null;
        if (full == null || block.length() == 0) {
            block.release();
            return;
        }
        block.comesFrom(name, number * LINES + rows + 1);
        rows += block.rows();
        bytes += block.length();
        count++;
        outbox.send(full, state);
    }

    @Override
    public void discard(Block block) {
        held = null;
        block.release();
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    long count() {
        return count;
    }
}
