package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.Collection;
import java.util.TreeSet;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.jspecify.annotations.Nullable;

/** What a user of brokers may not do who reads. */
final class Denied {

    private Denied() {}

    /** @param topics those of the source that it is about */
    static MppConnectException reading(String source, Collection<String> topics, @Nullable Throwable cause) {
        return new MppConnectException(
                ErrorCode.PRIVILEGE_MISSING,
                "Cannot read " + source + ": this user may not read " + String.join(", ", new TreeSet<>(topics))
                        + "; grant Read on " + (topics.size() == 1 ? "it" : "them"),
                cause);
    }

    /** Of a group by which the topics are shared. */
    static MppConnectException sharing(String source, String group, Throwable cause) {
        return new MppConnectException(
                ErrorCode.PRIVILEGE_MISSING,
                "Cannot read " + source + " for group " + group + ": this user may not; grant Read on the group",
                cause);
    }

    /** Null when it is about something else. */
    static @Nullable MppConnectException of(Throwable failure, String source) {
        if (failure instanceof TopicAuthorizationException topics
                && !topics.unauthorizedTopics().isEmpty()) {
            return reading(source, topics.unauthorizedTopics(), failure);
        }
        return failure instanceof GroupAuthorizationException group && group.groupId() != null
                ? sharing(source, group.groupId(), failure)
                : null;
    }
}
