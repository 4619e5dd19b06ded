package io.mppconnect.kafka;

import io.mppconnect.catalog.Column;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.RecordEncoder;
import io.mppconnect.format.RecordEncoding;
import io.mppconnect.spi.RowReader;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.Awaitility;

/** The first column as text; so many rows pass, and then all wait until the test opens the gate, or fails them. */
final class GatedEncoding implements RecordEncoding {

    private final int pass;
    private final AtomicInteger rows = new AtomicInteger();
    private final CountDownLatch gate = new CountDownLatch(1);
    private volatile boolean failing;

    GatedEncoding(int pass) {
        this.pass = pass;
    }

    void awaitGate() {
        Awaitility.await().until(() -> rows.get() > pass);
    }

    void open() {
        gate.countDown();
    }

    void fail() {
        failing = true;
        open();
    }

    @Override
    public String name() {
        return "gated text";
    }

    @Override
    public Supplier<RecordEncoder> open(List<Column> columns) {
        return () -> new RecordEncoder() {
            @Override
            public byte[] encode(RowReader row) throws InterruptedException, BadRecordException {
                if (rows.incrementAndGet() > pass) {
                    gate.await();
                    if (failing) {
                        throw new BadRecordException("the test says so");
                    }
                }
                return TestTopics.bytes(row.textAt(0));
            }

            @Override
            public void close() {
                // Holds nothing.
            }
        };
    }
}
