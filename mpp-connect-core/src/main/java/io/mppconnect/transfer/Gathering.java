package io.mppconnect.transfer;

import io.mppconnect.Commits;
import io.mppconnect.RejectedRow;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.Positions;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what split workers read into batches, and tells when one is due. Workers go on filling the next one while the
 * last is being committed; each hands over whole reads with the position they lead to. Thread safe.
 */
final class Gathering {

    private static final int MOST_DUE = 32;

    private final long interval;
    private final long mostRows;
    private final long mostBytes;
    private final long mostMemory;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Gathered> due = new ArrayDeque<>();
    private Gathered current = new Gathered();
    private long since;
    private boolean ended;

    /** @param memory how much memory rows may take at once; half is for the batch that is under way */
    Gathering(Commits commits, long memory) {
        this.interval = commits.interval().toNanos();
        this.mostRows = commits.rows();
        this.mostBytes = commits.bytes();
        this.mostMemory = memory / 2;
    }

    /** As {@link #add(String, List, List, Positions)}, with no row set aside. */
    void add(String split, List<Block> blocks, Positions reached) throws InterruptedException {
        add(split, blocks, List.of(), reached);
    }

    /**
     * Takes what a split has read; after the end, it is too late and dropped. Waits when so much is due that even rows
     * that take no memory, because they are set aside, would pile up. When it throws, no block is taken.
     */
    void add(String split, List<Block> blocks, List<RejectedRow> setAside, Positions reached)
            throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!ended && due.size() >= MOST_DUE) {
                changed.await();
            }
            if (ended) {
                blocks.forEach(Block::release);
                return;
            }
            boolean first = current.isEmpty();
            // Keeping them may fail; the blocks are still the caller's then.
            setAside.forEach(current::add);
            blocks.forEach(block -> current.add(split, block));
            current.reached(reached);
            if (first) {
                since = System.nanoTime();
            }
            if (isFull()) {
                due.add(current);
                current = new Gathered();
                changed.signalAll();
            } else if (first) {
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull() {
        return current.rows() + current.setAside() >= mostRows
                || current.bytes() >= mostBytes
                || current.memory() >= mostMemory;
    }

    /** Nothing more will come: what there is, is due. */
    void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until a batch is due and takes it; null when all are taken. While there is nothing, nothing wakes up. */
    @Nullable
    Gathered take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (!ended && due.isEmpty()) {
                if (current.isEmpty()) {
                    changed.await();
                    continue;
                }
                long left = since + interval - System.nanoTime();
                if (left <= 0) {
                    break;
                }
                changed.await(left, TimeUnit.NANOSECONDS);
            }
            if (!due.isEmpty()) {
                changed.signalAll();
                return due.poll();
            }
            if (current.isEmpty()) {
                return null;
            }
            Gathered taken = current;
            current = new Gathered();
            return taken;
        } finally {
            lock.unlock();
        }
    }

    /** Gives back the memory of what is not taken. */
    void discard() {
        lock.lock();
        try {
            ended = true;
            due.add(current);
            current = new Gathered();
            due.forEach(gathered -> gathered.blocks().forEach(Block::release));
            due.forEach(Gathered::close);
            due.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
