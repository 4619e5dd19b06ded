package io.mppconnect.kafka;

import io.mppconnect.kafka.TopicDirectory.Topic;
import io.mppconnect.spi.Positions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.common.Uuid;

/**
 * Looks, while rows are on their way, whether they are of the topics that were planned: a consumer goes on reading when a
 * topic is deleted, created again and filled beyond its offset. A look begins after the records were fetched, and any broker
 * answers it: that narrows a swap that goes unseen to the time in which brokers tell each other of topics. Thread safe.
 */
final class TopicIdentity {

    private final TopicOptions source;
    private final TopicDirectory directory;
    private final Map<String, Uuid> planned;

    TopicIdentity(TopicOptions source, TopicDirectory directory, List<Topic> topics) {
        this.source = source;
        this.directory = directory;
        Map<String, Uuid> ids = new HashMap<>();
        topics.forEach(topic -> ids.put(topic.name(), topic.id()));
        this.planned = Map.copyOf(ids);
    }

    /** Fails when one is not the same any more: of the topics of these positions, or of all that were planned. */
    CompletionStage<Void> check(Positions reached) {
        Map<String, Uuid> ids = new HashMap<>();
        reached.asMap()
                .forEach((part, place) -> ids.put(
                        TopicPlace.partition(part).topic(),
                        TopicPlace.parse(part, place).topicId()));
        Map<String, Uuid> wanted = ids.isEmpty() ? planned : ids;
        return directory.describe(wanted.keySet()).handle((topics, problem) -> {
            if (problem != null) {
                throw directory.failure(problem);
            }
            topics.forEach(topic -> compare(wanted.getOrDefault(topic.name(), topic.id()), topic));
            return null;
        });
    }

    private void compare(Uuid before, Topic now) {
        if (!before.equals(now.id())) {
            throw PartPlanner.recreated(now.name(), before, now.id(), source.name());
        }
    }
}
