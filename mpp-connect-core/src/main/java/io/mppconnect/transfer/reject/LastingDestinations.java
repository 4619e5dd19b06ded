package io.mppconnect.transfer.reject;

import io.mppconnect.RejectedRow;
import io.mppconnect.Rejects.Destination;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.session.Session;
import java.util.IdentityHashMap;

/**
 * Where the rejected rows of a load go that commits many times. Targets outside of the database are opened once, by the
 * first attempt, take rows before each commit, and are published when the load ends, however it does: what was committed
 * stays. Used by the transfer's own thread.
 */
public final class LastingDestinations implements AutoCloseable {

    private final IdentityHashMap<Destination, RejectTarget> targets = new IdentityHashMap<>();

    RejectDestination open(Destination destination, TransferJob job, Session session) throws Exception {
        if (!(destination instanceof Destination.Outside outside)) {
            return RejectDestination.open(destination, job, session);
        }
        RejectTarget target = targets.get(destination);
        if (target == null) {
            target = RejectTarget.open(
                    outside.target(), (int) job.options().maxRow().bytes());
            targets.put(destination, target);
        }
        return new Shared(target);
    }

    /** Makes visible what the targets have taken: of all that can, even when one fails. */
    public void publish() throws Exception {
        each(target -> {
            target.finish();
            target.publish();
        });
    }

    @Override
    public void close() throws Exception {
        try {
            each(RejectTarget::close);
        } finally {
            targets.clear();
        }
    }

    @FunctionalInterface
    private interface Step {
        void take(RejectTarget target) throws Exception;
    }

    /** Throws the first failure, with the others. */
    private void each(Step step) throws Exception {
        Exception failure = null;
        for (RejectTarget target : targets.values()) {
            try {
                step.take(target);
            } catch (Exception e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /** A target as one attempt has it: it does not end with the attempt. */
    private record Shared(RejectTarget target) implements RejectDestination {

        @Override
        public boolean wantsFailed() {
            return false;
        }

        @Override
        public void take(RejectedRow row) throws Exception {
            target.take(row);
        }

        @Override
        public void finish() throws Exception {
            target.flush();
        }

        @Override
        public void publish() {
            // It is published when the load ends.
        }

        @Override
        public void close() {
            // It is closed when the load ends.
        }
    }
}
