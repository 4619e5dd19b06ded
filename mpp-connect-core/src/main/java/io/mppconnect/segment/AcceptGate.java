package io.mppconnect.segment;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Lets connections in no faster than I/O threads deal with them; the others wait with the operating system, which keeps
 * a bounded number. Otherwise a flood of handshakes would pile up in memory. Thread safe.
 */
final class AcceptGate {

    private final Runnable shut;
    private final Runnable open;
    private final AtomicInteger busy = new AtomicInteger();

    AcceptGate(Runnable shut, Runnable open) {
        this.shut = shut;
        this.open = open;
    }

    /** A connection has come in: shut until its thread has done all that it has to do by now. */
    void entered(Executor thread) {
        busy.incrementAndGet();
        shut.run();
        thread.execute(() -> {
            if (busy.decrementAndGet() == 0) {
                open.run();
            }
        });
    }
}
