package io.mppconnect.conformance;

import io.mppconnect.rows.Rows;
import io.mppconnect.spi.Source;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Rows with an id that stop half-way until the test lets them go on, so that faults hit a transfer in mid-stream. */
final class GatedRows implements Iterator<Long> {

    private final long before;
    private final long total;
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch gate = new CountDownLatch(1);
    private long next;

    GatedRows(long before, long total) {
        this.before = before;
        this.total = total;
    }

    Source source() {
        return Rows.of(this).longs("id", Long::longValue);
    }

    /** Waits until the rows before the gate are taken; a transfer that never gets there fails the test. */
    void awaitGate() throws InterruptedException {
        if (!reached.await(60, TimeUnit.SECONDS)) {
            throw new AssertionError("The transfer does not take the rows before the gate");
        }
    }

    void open() {
        gate.countDown();
    }

    @Override
    public boolean hasNext() {
        return next < total;
    }

    @Override
    public Long next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        if (next == before) {
            reached.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted at the gate", e);
            }
        }
        return next++;
    }
}
