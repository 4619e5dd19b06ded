package io.mppconnect.transfer.reject;

import io.mppconnect.RejectedRow;
import io.mppconnect.Rejects.Destination;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.session.Session;

/** Where the rejected rows of one run go. Used by the transfer's own thread. */
interface RejectDestination extends AutoCloseable {

    /** Prepares to take rows; nothing of it is visible before the commit. */
    static RejectDestination open(Destination destination, TransferJob job, Session session) throws Exception {
        if (destination instanceof Destination.Callback callback) {
            return new RejectCallback(callback.consumer());
        }
        return destination instanceof Destination.Outside outside
                ? RejectTarget.open(
                        outside.target(), (int) job.options().maxRow().bytes())
                : RejectTable.open(
                        ((Destination.InTable) destination).table().name(),
                        job.options().name(),
                        session);
    }

    /** Whether it wants the rows of a load that fails because of them, too. */
    boolean wantsFailed();

    void take(RejectedRow row) throws Exception;

    /** All rows are there: the last moment to refuse. */
    void finish() throws Exception;

    /** The database has committed. */
    void publish() throws Exception;

    @Override
    void close() throws Exception;
}
