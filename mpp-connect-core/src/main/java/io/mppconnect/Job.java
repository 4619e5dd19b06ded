package io.mppconnect;

import io.mppconnect.spi.Positions;
import io.mppconnect.transfer.ledger.JobStore;
import java.util.Optional;

/**
 * One job of {@link ParallelTransfer#exactlyOnce}, by its name, as the database has it. Each call asks the database.
 * Thread safe.
 */
public final class Job {

    private final JobStore store;
    private final String name;

    Job(JobStore store, String name) {
        this.store = store;
        this.name = name;
    }

    /** The name that it was given with {@code exactlyOnce}. */
    public String name() {
        return name;
    }

    /** What is known of it; empty when it has never run, or was pruned. */
    public Optional<JobInfo> info() {
        return store.find(name);
    }

    /** How far its source is read; none when it has never run. */
    public Positions positions() {
        return info().map(JobInfo::positions).orElse(Positions.none());
    }

    /**
     * Forgets how far the source is read: the next run begins as the first one did. A runner that is under way fails
     * with {@link ErrorCode#FENCED} at its next commit. Rows that were loaded stay.
     *
     * @return whether there was such a job
     */
    public boolean reset() {
        return reset(Positions.none());
    }

    /** As {@link #reset()}, and the next run goes on from these positions, as the source writes them. */
    public boolean reset(Positions positions) {
        return store.reset(name, positions);
    }
}
