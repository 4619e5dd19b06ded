package io.mppconnect.benchmark;

import io.mppconnect.spi.Block;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/** Blocks of one size, used again and again; whoever asks when all are out waits. */
final class BoundedBlocks implements Block.Owner {

    /** What the engine's blocks are. */
    static final int BLOCK = 64 * 1024;

    private final Semaphore free;
    private final ConcurrentLinkedDeque<Block> spare = new ConcurrentLinkedDeque<>();

    BoundedBlocks(long memory) {
        this.free = new Semaphore((int) (memory / BLOCK));
    }

    Block acquire() throws InterruptedException {
        free.acquire();
        Block block = spare.pollLast();
        return block == null ? new Block(BLOCK, this) : block;
    }

    /** Waits until so many bytes may be under way outside of blocks. */
    void reserve(int bytes) throws InterruptedException {
        free.acquire(blocks(bytes));
    }

    void free(int bytes) {
        free.release(blocks(bytes));
    }

    private static int blocks(int bytes) {
        return (bytes + BLOCK - 1) / BLOCK;
    }

    @Override
    public void released(Block block) {
        if (block.capacity() == BLOCK) {
            spare.addLast(block);
        }
        free.release();
    }
}
