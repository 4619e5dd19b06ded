package io.mppconnect.transfer.session;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends what the coordinator does for a session, and lets it begin nothing more. Thread safe. */
final class Cancellation {

    private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

    private @Nullable Cancellable running;
    private boolean cancelled;

    /** Something that the coordinator does and can be asked to end. */
    @FunctionalInterface
    interface Cancellable {
        void cancel() throws SQLException;
    }

    /**
     * Something is about to run.
     *
     * @throws MppConnectException {@link ErrorCode#CANCELLED} when nothing more may
     */
    synchronized void begins(Cancellable work) {
        running = work;
        if (cancelled) {
            throw new MppConnectException(ErrorCode.CANCELLED, "Cannot run another statement: it is cancelled");
        }
    }

    /** Nothing runs. */
    synchronized void ended() {
        running = null;
    }

    /** To be repeated: what is about to start hears it only once it has. */
    void cancel() {
        Cancellable work;
        synchronized (this) {
            cancelled = true;
            work = running;
        }
        if (work != null) {
            try {
                work.cancel();
            } catch (SQLException e) {
                LOG.debug("The coordinator did not take the cancel request", e);
            }
        }
    }

    /** Lets statements run again: those that clean up. */
    synchronized void lift() {
        cancelled = false;
    }
}
