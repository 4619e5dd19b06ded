package io.mppconnect;

import io.mppconnect.transfer.ledger.JobStore;
import java.time.Duration;
import java.util.List;

/** All jobs of {@link ParallelTransfer#exactlyOnce} that a database knows. Thread safe. */
public final class Jobs {

    private final JobStore store;

    Jobs(JobStore store) {
        this.store = store;
    }

    /** What is known of each, in the order of their names. */
    public List<JobInfo> list() {
        return store.list();
    }

    /**
     * Forgets the jobs that have neither been claimed nor committed for that long; if one of them runs again, it starts
     * from the beginning.
     *
     * @return how many jobs there were
     */
    public int prune(Duration unused) {
        return store.prune(unused);
    }
}
