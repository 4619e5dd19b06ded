package io.mppconnect.transfer;

import io.mppconnect.spi.Positions;
import io.mppconnect.transfer.ledger.Claim;
import org.jspecify.annotations.Nullable;

/**
 * How far a load that commits many times has come.
 *
 * @param claim the right to commit for the job, if there is a job
 * @param number of the last committed batch
 * @param positions up to which all is committed
 * @param inDoubt what is committed or not, while the answer to its commit is out
 */
record StreamState(
        @Nullable Claim claim,
        long number,
        Positions positions,
        @Nullable Gathered inDoubt) {

    static StreamState start(@Nullable Claim claim) {
        return claim == null
                ? new StreamState(null, 0, Positions.none(), null)
                : new StreamState(claim, claim.batch(), claim.positions(), null);
    }

    /** Positions that need no commit. */
    StreamState reached(Positions changed) {
        return new StreamState(claim, number, positions.and(changed), inDoubt);
    }

    StreamState committing(Gathered gathered) {
        return new StreamState(claim, number, positions, gathered);
    }

    StreamState committed() {
        Gathered done = inDoubt;
        Positions reached = done == null ? positions : positions.and(done.positions());
        Claim mine = claim;
        return new StreamState(mine == null ? null : mine.committed(number + 1, reached), number + 1, reached, null);
    }

    /** Nothing that is not committed counts, and the source knows where it is. */
    StreamState withoutPositions() {
        return new StreamState(claim, number, Positions.none(), null);
    }

    /** The commit was not made. */
    StreamState undone() {
        return new StreamState(claim, number, positions, null);
    }

    /** What the ledger says counts. */
    StreamState settled(Claim renewed) {
        return new StreamState(renewed, renewed.batch(), renewed.positions(), null);
    }
}
