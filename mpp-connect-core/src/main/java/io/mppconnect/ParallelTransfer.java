package io.mppconnect;

import io.mppconnect.transfer.TransferEngine;
import io.mppconnect.transfer.TransferJob;

/**
 * A transfer between a source and a target, one of which is the database: an immutable description. Running it twice
 * does it twice. Thread safe.
 */
public final class ParallelTransfer {

    private final TransferEngine engine;
    private final TransferJob job;

    ParallelTransfer(TransferEngine engine, TransferJob job) {
        this.engine = engine;
        this.job = job;
    }

    /**
     * Runs the transfer and waits for its commit. Interrupting the thread cancels it.
     *
     * @throws MppConnectException with the first cause; everything is rolled back then
     */
    public TransferReport run() {
        try (RunningTransfer running = start()) {
            return running.await();
        }
    }

    /** Starts the transfer and returns at once. Close what is returned. */
    public RunningTransfer start() {
        return engine.start(job);
    }

    @Override
    public String toString() {
        return job.toString();
    }
}
