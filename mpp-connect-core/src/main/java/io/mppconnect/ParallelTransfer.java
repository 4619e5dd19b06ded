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
     * The same load, which sets bad rows aside instead of failing because of the first.
     *
     * @throws MppConnectException when this is no load
     */
    public ParallelTransfer rejecting(Rejects rejects) {
        if (!(job instanceof TransferJob.Load load)) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Cannot reject rows of " + job + ": only a load has rows to reject");
        }
        return new ParallelTransfer(
                engine,
                new TransferJob.Load(load.source(), load.table(), load.options().rejecting(rejects)));
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
