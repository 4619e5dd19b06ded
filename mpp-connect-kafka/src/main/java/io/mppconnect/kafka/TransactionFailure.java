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
        if (message(failure).contains(LIMIT)) {
            return failure(
                    ErrorCode.INVALID_OPTION,
                    "its brokers allow no transactions of " + timeout.toMillis()
                            + " ms; set the property transaction.timeout.ms to at most their " + LIMIT,
                    failure);
        }
        if (isRefused(failure)) {
            return refused(failure);
        }
        if (isOver(failure)) {
            return overdue ? overdue(failure) : fenced(failure);
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
        return passing == null
                ? failure(ErrorCode.TARGET_FAILED, message(failure), failure)
                : failure(ErrorCode.CONNECTION, String.valueOf(passing.getMessage()), failure);
    }

    /**
     * Of a commit that was asked for once.
     *
     * @param overdue whether the transaction had taken longer than it may before that
     */
    MppConnectException ofCommit(Exception failure, boolean overdue) {
        return isRefused(failure) || (overdue && isOver(failure)) ? of(failure, overdue) : unknown(failure);
    }

    /** The answer to the commit was lost, or somebody else has ended the transaction just then. */
    MppConnectException unknown(Exception failure) {
        return new MppConnectException(
                ErrorCode.OUTCOME_UNKNOWN,
                "Cannot tell whether topic " + topic + " has got the rows: its brokers did not say so ("
                        + message(failure) + "); look into the topic before you run it again",
                failure);
    }

    private MppConnectException refused(Exception failure) {
        return in(failure, TransactionalIdAuthorizationException.class) == null
                ? TopicCheck.refused(topic, failure)
                : failure(
                        ErrorCode.PRIVILEGE_MISSING,
                        "this user may not use the transactional id " + transactionalId
                                + "; grant Write on it, or set the property transactional.id to one that it may use",
                        failure);
    }

    private MppConnectException overdue(Exception failure) {
        return failure(
                ErrorCode.TIMEOUT,
                "its brokers have aborted the transaction, which took longer than " + timeout.toMillis()
                        + " ms; raise their transaction.max.timeout.ms and the property"
                        + " transaction.timeout.ms, or unload less at once",
                failure);
    }

    private MppConnectException fenced(Exception failure) {
        return failure(
                ErrorCode.FENCED,
                "its brokers have ended the transaction; another producer uses the transactional id " + transactionalId
                        + ", give each its own",
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

    private static boolean isRefused(Throwable failure) {
        return in(failure, AuthorizationException.class) != null;
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

    /** The innermost one that there is. */
    static String message(Throwable failure) {
        String message = null;
        Throwable at = failure;
        for (int i = 0; at != null && i < LONGEST_CHAIN; i++) {
            message = at.getMessage() == null ? message : at.getMessage();
            at = at.getCause();
        }
        return String.valueOf(message);
    }
}
