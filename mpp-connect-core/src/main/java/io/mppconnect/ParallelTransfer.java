package io.mppconnect;

import io.mppconnect.transfer.TransferEngine;
import io.mppconnect.transfer.job.Delivery;
import io.mppconnect.transfer.job.TransferJob;
import java.time.Duration;
import java.util.function.UnaryOperator;

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
     * Loads each row once, whatever happens in between, as the job of that name: how far the source is read is kept in
     * the database and committed with the rows, and the next run goes on from there. A source that cannot resume is
     * committed as a whole; once it is, the job is done, and running it again loads nothing until it is
     * {@linkplain Job#reset reset}.
     *
     * <p>A job has one runner: when another starts, it takes the job over, and the one before fails with
     * {@link ErrorCode#FENCED}. Positions are kept in tables of the schema {@code mpp_connect}
     * ({@link ClusterOptions#jobSchema}), made by the first job.
     *
     * @throws MppConnectException {@link ErrorCode#INVALID_OPTION} of an unload, or of a source that has no end and
     *     cannot resume
     */
    public ParallelTransfer exactlyOnce(String jobName) {
        return delivered("load exactly once", delivery -> delivery.exactlyOnce(jobName));
    }

    /**
     * Loads by many commits, each that long after its first row was read; the rows of a failed run that were committed
     * stay. Default: a source that ends is loaded by one commit, one that does not commits every second.
     *
     * @throws MppConnectException {@link ErrorCode#INVALID_OPTION} of an unload, and of a source that cannot resume
     *     together with {@link #exactlyOnce}
     */
    public ParallelTransfer committingEvery(Duration interval) {
        return committing(Commits.every(interval));
    }

    /** As {@link #committingEvery}, by rows and bytes too. */
    public ParallelTransfer committing(Commits commits) {
        return delivered("commit many times", delivery -> delivery.committing(commits));
    }

    /**
     * Tries again after failures that pass by themselves. Default: {@link Retries#none()} for one commit; for many, ten
     * minutes when the source can resume.
     *
     * @throws MppConnectException {@link ErrorCode#INVALID_OPTION} of an unload, or of a source that commits many times
     *     and cannot resume
     */
    public ParallelTransfer retrying(Retries retries) {
        return delivered("be retried", delivery -> delivery.retrying(retries));
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
                new TransferJob.Load(
                        load.source(), load.tables(), load.options().rejecting(rejects), load.delivery()));
    }

    private ParallelTransfer delivered(String what, UnaryOperator<Delivery> change) {
        if (job instanceof TransferJob.Load load) {
            return new ParallelTransfer(engine, load.delivered(change.apply(load.delivery())));
        }
        throw new MppConnectException(ErrorCode.INVALID_OPTION, "Cannot " + what + ": " + job + " is an unload");
    }

    /**
     * Runs the transfer and waits for its last commit. Interrupting the thread cancels it.
     *
     * @throws MppConnectException with the first cause; everything that is not committed is rolled back then
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
