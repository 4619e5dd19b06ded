package io.mppconnect.distributed;

import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.transfer.block.Origins;
import io.mppconnect.transfer.block.RowLimit;
import org.jspecify.annotations.Nullable;

/** What an attempt's rows are encoded into. Used by one thread, which holds one block at a time. */
final class AttemptBlocks implements BlockWriter {

    private final Outbox outbox;
    private final AttemptState state;
    private final String name;
    private final int number;
    private final RowLimit limit;
    private @Nullable RetainedBlock held;
    private long rows;
    private long bytes;
    private long count;

    AttemptBlocks(Outbox outbox, AttemptState state, String name, int number, RowLimit limit) {
        this.outbox = outbox;
        this.state = state;
        this.name = name;
        this.number = number;
        this.limit = limit;
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
            larger = outbox.acquire(limit.grown(block.capacity(), capacity), held);
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
        if (!limit.allows(capacity)) {
            throw limit.exceeded(name);
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
        block.comesFrom(name, Origins.line(number, rows + 1));
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
