package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.time.Duration;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidPidMappingException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.jspecify.annotations.Nullable;

/** What it means when a transaction's producer throws. */
record TransactionFailure(String topic, Duration timeout, String transactionalId) {

    private static final int LONGEST_CHAIN = 20;

    /** What brokers name when a transaction's time is too long; the client throws nothing of its own kind. */
    private static final String LIMIT = "transaction.max.timeout.ms";

    /** @param overdue whether the transaction has taken longer than it may */
    MppConnectException of(Exception failure, boolean overdue) {
        if (String.valueOf(root(failure).getMessage()).contains(LIMIT)) {
            return failure(
                    ErrorCode.INVALID_OPTION,
                    "its brokers allow no transactions of " + timeout.toMillis()
                            + " ms; set the property transaction.timeout.ms to at most their " + LIMIT,
                    failure);
        }
        if (in(failure, TransactionalIdAuthorizationException.class) != null) {
            return failure(
                    ErrorCode.PRIVILEGE_MISSING,
                    "this user may not use the transactional id " + transactionalId
                            + "; grant Write on it, or set the property transactional.id to one that it may use",
                    failure);
        }
        if (in(failure, AuthorizationException.class) != null) {
            return TopicCheck.refused(topic, failure);
        }
        if (isOver(failure)) {
            return overdue
                    ? failure(
                            ErrorCode.TIMEOUT,
                            "its brokers have aborted the transaction, which took longer than " + timeout.toMillis()
                                    + " ms; raise their transaction.max.timeout.ms and the property"
                                    + " transaction.timeout.ms, or unload less at once",
                            failure)
                    : failure(
                            ErrorCode.FENCED,
                            "its brokers have ended the transaction; another producer uses the transactional id "
                                    + transactionalId + ", give each its own",
                            failure);
        }
        RecordTooLargeException tooLarge = in(failure, RecordTooLargeException.class);
        if (tooLarge != null) {
            return failure(
                    ErrorCode.BAD_DATA,
                    "a record is too large: " + tooLarge.getMessage()
                            + " Raise the property max.request.size and the topic's max.message.bytes",
                    failure);
        }
        RetriableException passing = in(failure, RetriableException.class);
        Throwable root = passing == null ? root(failure) : passing;
        return failure(
                passing == null ? ErrorCode.TARGET_FAILED : ErrorCode.CONNECTION,
                String.valueOf(root.getMessage()),
                failure);
    }

    /** The answer to the commit was lost, or somebody else has ended the transaction just then. */
    MppConnectException unknown(Exception failure) {
        return new MppConnectException(
                ErrorCode.OUTCOME_UNKNOWN,
                "Cannot tell whether topic " + topic + " has got the rows: its brokers did not say so ("
                        + root(failure).getMessage() + "); look into the topic before you run it again",
                failure);
    }

    MppConnectException notAborted(Exception failure) {
        return new MppConnectException(
                ErrorCode.CONNECTION,
                "Cannot abort the transaction in topic " + topic + ": "
                        + root(failure).getMessage()
                        + "; its brokers do so after " + timeout.toMillis()
                        + " ms, and until then readers of committed records wait",
                failure);
    }

    private MppConnectException failure(ErrorCode code, String reason, Exception cause) {
        return new MppConnectException(code, "Cannot write topic " + topic + ": " + reason, cause);
    }

    /** Whether brokers have ended the transaction, or forgotten it. */
    static boolean isOver(Throwable failure) {
        return in(failure, ProducerFencedException.class) != null
                || in(failure, InvalidProducerEpochException.class) != null
                || in(failure, InvalidTxnStateException.class) != null
                || in(failure, InvalidPidMappingException.class) != null;
    }

    private static <T extends Throwable> @Nullable T in(Throwable failure, Class<T> type) {
        Throwable at = failure;
        for (int i = 0; at != null && i < LONGEST_CHAIN; i++) {
            if (type.isInstance(at)) {
                return type.cast(at);
            }
            at = at.getCause();
        }
        return null;
    }

    private static Throwable root(Throwable failure) {
        Throwable at = failure;
        for (int i = 0; at.getCause() != null && i < LONGEST_CHAIN; i++) {
            at = at.getCause();
        }
        return at;
    }
}
