package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks brokers whether a topic can be written to, before a row moves. */
final class TopicCheck {

    private static final Duration CLOSING = Duration.ofMillis(200);

    private TopicCheck() {}

    /**
     * @param clients the properties of clients that ask
     * @param brokers what messages call those who are asked
     * @throws MppConnectException when there is no such topic, or this user may not write to it
     */
    static void requireWritable(String topic, Map<String, Object> clients, String brokers) throws InterruptedException {
        Admin admin = admin(topic, clients, brokers);
        try {
            Map<String, TopicDescription> found = admin.describeTopics(
                            List.of(topic), new DescribeTopicsOptions().includeAuthorizedOperations(true))
                    .allTopicNames()
                    .get();
            for (TopicDescription description : found.values()) {
                @Nullable Set<AclOperation> allowed = description.authorizedOperations();
                // Old brokers do not tell.
                if (allowed != null && !allowed.contains(AclOperation.WRITE)) {
                    throw refused(topic, null);
                }
            }
        } catch (ExecutionException e) {
            throw failure(topic, brokers, e.getCause() == null ? e : e.getCause());
        } finally {
            admin.close(CLOSING);
        }
    }

    private static Admin admin(String topic, Map<String, Object> clients, String brokers) {
        try {
            return Admin.create(clients);
        } catch (KafkaException e) {
            throw failure(topic, brokers, e);
        }
    }

    private static MppConnectException failure(String topic, String brokers, Throwable cause) {
        if (cause instanceof UnknownTopicOrPartitionException) {
            return new MppConnectException(
                    ErrorCode.TARGET_FAILED,
                    "Cannot write topic " + topic + ": brokers at " + brokers
                            + " have no such topic, or this user may not see it; create it, or correct the name",
                    cause);
        }
        if (cause instanceof AuthorizationException) {
            return refused(topic, cause);
        }
        if (cause instanceof InvalidTopicException) {
            return new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Cannot write topic " + topic + ": no topic can have that name", cause);
        }
        return new MppConnectException(
                KafkaFailures.code(cause, ErrorCode.TARGET_FAILED),
                "Cannot look at topic " + topic + " of brokers at " + brokers + ": " + KafkaFailures.reason(cause),
                cause);
    }

    static MppConnectException refused(String topic, @Nullable Throwable cause) {
        return new MppConnectException(
                ErrorCode.PRIVILEGE_MISSING,
                "Cannot write topic " + topic + ": this user may not; grant Write on it",
                cause);
    }
}
