package io.mppconnect.transfer.ledger;

import io.mppconnect.spi.Positions;

/**
 * A runner's right to commit for a job, until another claims it.
 *
 * @param source what it loads, or has loaded if it is finished, in words
 * @param epoch how often the job has been claimed, this time included
 * @param runner which process it is, not to be mistaken for any other
 * @param batch the number of the last batch that was committed
 * @param finished whether the whole source was committed
 * @param positions how far the source is read
 */
public record Claim(
        String job, String source, long epoch, String runner, long batch, boolean finished, Positions positions) {

    /** Of a job that several run at once, each parts of its source: it is theirs together. */
    static final String SHARED = "several at once";

    /** Whether others may commit for the job as well. */
    public boolean shared() {
        return runner.equals(SHARED);
    }

    /** After a commit. */
    public Claim committed(long committedBatch, Positions reached) {
        return new Claim(job, source, epoch, runner, committedBatch, finished, positions.and(reached));
    }
}
