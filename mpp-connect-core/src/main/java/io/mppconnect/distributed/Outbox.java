package io.mppconnect.distributed;

import io.mppconnect.MppConnectException;
import io.mppconnect.segment.LoadExchange;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one JVM on their way into one plan, within a budget of memory: blocks being written, full ones that wait for
 * a round, and those of the round under way, which are kept until it has succeeded. Thread safe.
 *
 * <p>It wishes for a round when a good part of the budget is full, when somebody waits for memory, and when an attempt
 * waits for its rows to be in the database.
 */
final class Outbox {

    static final int BLOCK_BYTES = 64 * 1024;

    /** A round is worth its statement when so much of the memory waits for it; the rest is filled meanwhile. */
    private static final int WORTH_A_ROUND = 4;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final long budget;
    private final Runnable wish;
    private final Deque<RetainedBlock> free = new ArrayDeque<>();
    private final Deque<RetainedBlock> ready = new ArrayDeque<>();
    private List<RetainedBlock> round = List.of();
    private long used;
    private long readyBytes;
    /** The one block that may exceed the budget. */
    private @Nullable RetainedBlock exempt;

    private boolean wished;
    private @Nullable MppConnectException failure;

    /** @param wish tells whoever starts rounds, maybe more often than needed; may block, nothing is locked then */
    Outbox(long budget, Runnable wish) {
        this.budget = budget;
        this.wish = wish;
    }

    /**
     * An empty block; waits for memory as long as any will come free.
     *
     * @param held what the caller gives back as soon as it has the other
     */
    RetainedBlock acquire(int capacity, @Nullable RetainedBlock held) throws InterruptedException {
        int size = Math.max(BLOCK_BYTES, capacity);
        while (true) {
            synchronized (this) {
                check();
                boolean fits = used + size <= budget;
                boolean alone = size > BLOCK_BYTES && (exempt == null || exempt == held);
                // What is left then are blocks that others have begun, and may leave so for long.
                boolean nothingMoves = ready.isEmpty() && round.isEmpty();
                if (fits || alone || nothingMoves) {
                    return take(size, !fits);
                }
                if (!wants()) {
                    wait();
                    continue;
                }
            }
            wish.run();
        }
    }

    private RetainedBlock take(int size, boolean beyond) {
        used += size;
        RetainedBlock block = size == BLOCK_BYTES ? free.pollLast() : null;
        if (block == null) {
            block = new RetainedBlock(this, size);
        }
        if (beyond && size > BLOCK_BYTES) {
            exempt = block;
        }
        return block;
    }

    /** The block is full, or its attempt has no more rows. */
    void send(RetainedBlock block, AttemptState attempt) {
        boolean wants;
        synchronized (this) {
            check();
            block.keepFor(attempt);
            attempt.sent();
            ready.add(block);
            readyBytes += block.length();
            wants = readyBytes >= budget / WORTH_A_ROUND && wants();
        }
        if (wants) {
            wish.run();
        }
    }

    /** Returns when all rows that the attempt has sent are in the database. */
    void awaitDurable(AttemptState attempt) throws InterruptedException {
        while (true) {
            synchronized (this) {
                check();
                if (attempt.pending() == 0) {
                    return;
                }
                if (!wants()) {
                    wait();
                    continue;
                }
            }
            wish.run();
        }
    }

    /** Nobody wants the attempt's rows any more; those on their way may still arrive, and will not count. */
    synchronized void drop(AttemptState attempt) {
        attempt.drop();
        forgetDropped();
        notifyAll();
    }

    private void forgetDropped() {
        List<RetainedBlock> kept = new ArrayList<>();
        for (RetainedBlock block : ready) {
            if (block.attempt() != null && block.attempt().isDropped()) {
                readyBytes -= block.length();
                settle(block);
            } else {
                kept.add(block);
            }
        }
        ready.clear();
        ready.addAll(kept);
    }

    /**
     * Serves all full blocks; how many rows they hold. What an earlier, closed exchange still holds of them is waited for.
     */
    synchronized long serve(LoadExchange exchange) throws InterruptedException {
        awaitBack();
        wished = false;
        round = new ArrayList<>(ready);
        ready.clear();
        readyBytes = 0;
        long rows = 0;
        for (RetainedBlock block : round) {
            rows += block.rows();
            block.offerTo(exchange);
        }
        exchange.finish();
        return rows;
    }

    private void awaitBack() throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (ready.stream().anyMatch(RetainedBlock::isOut)) {
            check();
            long left = deadline - System.nanoTime();
            if (left <= 0) {
                throw new IllegalStateException("A closed exchange keeps blocks");
            }
            TimeUnit.NANOSECONDS.timedWait(this, left);
        }
    }

    /** The round's rows are in the database. */
    synchronized void durable() {
        for (RetainedBlock block : round) {
            if (block.attempt() != null) {
                block.attempt().durable();
            }
            settle(block);
        }
        round = List.of();
        notifyAll();
    }

    /** The round has failed: its rows wait for another. */
    synchronized void again() {
        for (int i = round.size() - 1; i >= 0; i--) {
            ready.addFirst(round.get(i));
            readyBytes += round.get(i).length();
        }
        round = List.of();
        forgetDropped();
        notifyAll();
    }

    private void settle(RetainedBlock block) {
        block.finish();
        if (!block.isOut()) {
            recycle(block);
        }
    }

    /** Whoever had the block has no more use for it. */
    synchronized void returned(RetainedBlock block) {
        boolean served = block.isOut();
        block.back();
        if (!served || block.isDone()) {
            recycle(block);
        }
        notifyAll();
    }

    private void recycle(RetainedBlock block) {
        used -= block.capacity();
        if (exempt == block) {
            exempt = null;
        }
        if (block.capacity() == BLOCK_BYTES) {
            block.reset();
            free.addLast(block);
        }
        notifyAll();
    }

    /** Whether a round is to be wished for, by the caller, and has not been yet. */
    private boolean wants() {
        boolean wants = !wished && !ready.isEmpty();
        wished |= wants;
        return wants;
    }

    /** Nothing moves any more: everybody who waits, or comes, gets this. The first one counts. */
    synchronized void fail(MppConnectException cause) {
        if (failure == null) {
            failure = cause;
            ready.clear();
            round = List.of();
            free.clear();
            notifyAll();
        }
    }

    /**
     * Throws what has ended the plan, if it has ended.
     *
     * @throws MppConnectException a new one each time, for each caller has a stack of its own
     */
    synchronized void check() {
        MppConnectException cause = failure;
        if (cause != null) {
            throw new MppConnectException(cause.code(), cause.getMessage(), cause);
        }
    }

    /** How much memory is out now. */
    synchronized long used() {
        return used;
    }
}
