package io.mppconnect.transfer.session;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the coordinator to cancel until the statement has ended: one that is just about to start does not hear it the
 * first time. A coordinator that does not answer within seconds is cut off.
 */
public final class StatementCanceller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatementCanceller.class);
    private static final long REPEAT_MILLIS = 100;
    private static final long SEVER_AFTER_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long GRACE_MILLIS = 30_000;

    private final Supplier<@Nullable Session> session;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;

    public StatementCanceller(String name, Supplier<@Nullable Session> session) {
        this.session = session;
        this.thread = new Thread(this::run, "mpp-connect-" + name + "-cancel");
    }

    public void start() {
        thread.start();
    }

    private void run() {
        long start = System.nanoTime();
        try {
            do {
                Session current = session.get();
                if (current != null && System.nanoTime() - start < SEVER_AFTER_NANOS) {
                    current.cancel();
                } else if (current != null) {
                    current.sever();
                }
            } while (!over.await(REPEAT_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Nobody has this thread but close(), which does not interrupt it.
            LOG.debug("Interrupted while cancelling", e);
        }
    }

    /** The statement has ended: waits until nothing more is asked. */
    @Override
    public void close() {
        over.countDown();
        Threads.join(
                List.of(thread),
                GRACE_MILLIS,
                straggler -> LOG.warn("{} still waits for the coordinator", straggler.getName()));
    }
}
