package io.mppconnect.rows;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Hands blocks of rows from many segments to one reader. Segments wait while too many bytes are unread; a longer block
 * passes alone.
 */
final class RowHandover {

    /** Who is done. */
    enum State {
        OPEN,
        /** Every row was handed over, and all of them count. */
        COMMITTED,
        /** No more rows will come, and those that came do not count. */
        DISCARDED,
        /** The reader wants no more. */
        CLOSED
    }

    private final long memory;
    private final Deque<byte[]> blocks = new ArrayDeque<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private final Condition arrival = lock.newCondition();
    private State state = State.OPEN;
    private long unread;
    private long inReaderHands;

    RowHandover(long memory) {
        this.memory = memory;
    }

    /** Copies the bytes and hands them on, once there is room for them. */
    void put(byte[] bytes, int from, int to) throws InterruptedException {
        int length = to - from;
        lock.lockInterruptibly();
        try {
            while (state == State.OPEN && unread > 0 && unread + length > memory) {
                room.await();
            }
            if (state != State.OPEN) {
                throw new MppConnectException(ErrorCode.CANCELLED, "Cannot hand over rows: their reader wants no more");
            }
            unread += length;
            blocks.add(Arrays.copyOfRange(bytes, from, to));
            arrival.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The next block, null when none came for so long or none will; what was taken before is done with. */
    byte @Nullable [] take(long timeout, TimeUnit unit) throws InterruptedException {
        long nanos = unit.toNanos(timeout);
        lock.lockInterruptibly();
        try {
            unread -= inReaderHands;
            inReaderHands = 0;
            room.signalAll();
            while (blocks.isEmpty() && state == State.OPEN && nanos > 0) {
                nanos = arrival.awaitNanos(nanos);
            }
            byte[] block = blocks.poll();
            inReaderHands = block == null ? 0 : block.length;
            return block;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the handing over; the first end is the one that counts, but for a reader that closes. */
    void end(State end) {
        lock.lock();
        try {
            if (state == State.OPEN || end == State.CLOSED) {
                state = end;
            }
            if (state != State.COMMITTED) {
                blocks.clear();
            }
            room.signalAll();
            arrival.signalAll();
        } finally {
            lock.unlock();
        }
    }

    State state() {
        lock.lock();
        try {
            return state;
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes are held, those in the reader's hands included. */
    long unread() {
        lock.lock();
        try {
            return unread;
        } finally {
            lock.unlock();
        }
    }
}
