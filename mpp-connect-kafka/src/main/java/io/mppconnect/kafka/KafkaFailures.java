package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TimeoutException;

/** What exceptions of Kafka's clients mean, whichever client throws them. */
final class KafkaFailures {

    private KafkaFailures() {}

    /** {@link ErrorCode#CONNECTION} for a failure that may pass by itself, or what it is plainly about. */
    static ErrorCode code(Throwable failure, ErrorCode otherwise) {
        if (failure instanceof AuthorizationException) {
            return ErrorCode.PRIVILEGE_MISSING;
        }
        return failure instanceof RetriableException ? ErrorCode.CONNECTION : otherwise;
    }

    /** In words that end a message: the innermost cause that is Kafka's own, and what to look at when nobody answers. */
    static String reason(Throwable failure) {
        Throwable known = failure;
        while (!(known instanceof TimeoutException) && known.getCause() instanceof KafkaException cause) {
            known = cause;
        }
        return known instanceof TimeoutException
                ? "they do not answer; see whether they are there and can be reached from here (" + known.getMessage()
                        + ")"
                : String.valueOf(known.getMessage());
    }

    /** The client sets the thread's flag as well, which nobody is to find later. */
    static InterruptedException interrupted(InterruptException cause, String when) {
        InterruptedException interrupt = new InterruptedException(Thread.interrupted() ? when : "");
        interrupt.initCause(cause);
        return interrupt;
    }
}
