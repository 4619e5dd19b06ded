package io.mppconnect.samples.quickstart;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts a thread when the JVM is told to end, and gives it some seconds to roll back, drop its tables and delete
 * its files. Closed when the thread's work is done.
 */
final class InterruptOnExit implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 20;

    private final Thread worker = Thread.currentThread();
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interruptWorker, "quickstart-interrupt");

    private InterruptOnExit() {}

    static InterruptOnExit ofThisThread() {
        InterruptOnExit interrupt = new InterruptOnExit();
        Runtime.getRuntime().addShutdownHook(interrupt.hook);
        return interrupt;
    }

    private void interruptWorker() {
        if (done.getCount() == 0) {
            return;
        }
        worker.interrupt();
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("quickstart: could not clean up within " + PATIENCE_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
