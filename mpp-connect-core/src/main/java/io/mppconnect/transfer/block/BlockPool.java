package io.mppconnect.transfer.block;

import io.mppconnect.spi.Block;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The memory of one transfer: blocks of one size, used again and again, and now and then a larger one for a long row.
 * Whoever asks for more than the budget holds waits until segments have taken some.
 *
 * <p>One row at a time may be longer than the whole budget: it gets its memory as soon as no other such row is under
 * way, so that workers that hold started blocks can never wait for each other.
 */
public final class BlockPool implements Block.Owner {

    private final long budget;
    private final int blockSize;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition returned = lock.newCondition();
    private final ArrayDeque<Block> free = new ArrayDeque<>();
    private long used;
    /** The one block that may exceed the budget. */
    private @Nullable Block exempt;

    private long waitedNanos;

    public BlockPool(long budget, int blockSize) {
        this.budget = budget;
        this.blockSize = blockSize;
    }

    Block acquire(int capacity) throws InterruptedException {
        return acquire(capacity, true);
    }

    /**
     * A block, beyond the budget rather than late when the caller must not wait: what it holds already comes free only
     * when it goes on.
     */
    public Block acquire(int capacity, boolean wait) throws InterruptedException {
        if (capacity > blockSize) {
            return acquireLarge(capacity, null, wait);
        }
        lock.lockInterruptibly();
        try {
            while (wait && used + blockSize > budget) {
                long start = System.nanoTime();
                returned.await();
                waitedNanos += System.nanoTime() - start;
            }
            used += blockSize;
            Block block = free.pollLast();
            return block != null ? block : new Block(blockSize, this);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Counts rows that stay in their file as if they were in memory, so that nobody reads far ahead of the segments; one
     * range is let through whatever the budget.
     */
    public void reserve(int length) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (used > 0 && used + length > budget) {
                long start = System.nanoTime();
                returned.await();
                waitedNanos += System.nanoTime() - start;
            }
            used += length;
        } finally {
            lock.unlock();
        }
    }

    /** What was {@linkplain #reserve reserved} is under way no more. */
    public void giveBack(int length) {
        lock.lock();
        try {
            used -= length;
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The same rows in a larger block; the old one is free. */
    Block grow(Block block, int capacity) throws InterruptedException {
        return grow(block, capacity, true);
    }

    public Block grow(Block block, int capacity, boolean wait) throws InterruptedException {
        Block larger;
        try {
            larger = acquireLarge(capacity, block, wait);
        } catch (InterruptedException e) {
            block.release();
            throw e;
        }
        System.arraycopy(block.bytes(), 0, larger.bytes(), 0, block.capacity());
        block.release();
        return larger;
    }

    private Block acquireLarge(int capacity, @Nullable Block held, boolean wait) throws InterruptedException {
        // What the caller holds counts as given back: it is, as soon as the row has moved.
        int given = held == null ? 0 : held.capacity();
        lock.lockInterruptibly();
        try {
            while (wait && used - given + capacity > budget && exempt != null && exempt != held) {
                long start = System.nanoTime();
                returned.await();
                waitedNanos += System.nanoTime() - start;
            }
            Block block = new Block(capacity, this);
            if (used - given + capacity > budget) {
                exempt = block;
            }
            used += capacity;
            return block;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void released(Block block) {
        lock.lock();
        try {
            used -= block.capacity();
            if (block.capacity() == blockSize) {
                free.addLast(block);
            }
            if (exempt == block) {
                exempt = null;
            }
            returned.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** How long workers waited for memory, summed over workers. */
    public long waitedNanos() {
        lock.lock();
        try {
            return waitedNanos;
        } finally {
            lock.unlock();
        }
    }

    /** How much memory is out now. */
    public long used() {
        lock.lock();
        try {
            return used;
        } finally {
            lock.unlock();
        }
    }
}
