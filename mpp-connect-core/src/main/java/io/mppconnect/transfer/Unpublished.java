package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.transfer.job.TransferJob;

/** Failures to make visible what is outside of a database that has committed. */
final class Unpublished {

    private Unpublished() {}

    /**
     * The failure of the transfer.
     *
     * @param consequence what it means, and what to do then; of a target that does not know what it has published, only its
     *     own words are true
     */
    static MppConnectException failure(TransferJob job, Exception cause, String consequence) {
        if (cause instanceof MppConnectException known && known.code() == ErrorCode.OUTCOME_UNKNOWN) {
            return known;
        }
        return new MppConnectException(
                ErrorCode.TARGET_FAILED,
                "Cannot publish " + job + ", though the database has committed: " + cause.getMessage() + "; "
                        + consequence,
                cause);
    }
}
