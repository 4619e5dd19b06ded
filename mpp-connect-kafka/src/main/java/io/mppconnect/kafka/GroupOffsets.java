package io.mppconnect.kafka;

import io.mppconnect.kafka.TopicDirectory.Topic;
import io.mppconnect.spi.Positions;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** How far a member of a consumer group is, and what of that the group is yet to be told. Thread safe. */
final class GroupOffsets {

    private final String group;
    /** Nobody else has these, those among them that this member is about to lose. */
    private final Set<TopicPartition> held = new HashSet<>();

    private final Map<TopicPartition, OffsetAndMetadata> untold = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();

    GroupOffsets(String group) {
        this.group = group;
    }

    synchronized void gained(Collection<TopicPartition> partitions) {
        held.addAll(partitions);
    }

    /** Others have these, and say themselves how far they are. */
    synchronized void lost(Collection<TopicPartition> partitions) {
        held.removeAll(partitions);
        untold.keySet().removeAll(partitions);
        reached.keySet().removeAll(partitions);
    }

    /** None is this member's any more. */
    synchronized void lostAll() {
        lost(Set.copyOf(held));
    }

    synchronized void committed(TopicPartition partition, TopicPlace place) {
        if (held.contains(partition)) {
            OffsetAndMetadata offset =
                    new OffsetAndMetadata(place.offset(), place.topicId().toString());
            untold.put(partition, offset);
            reached.put(partition, offset);
        }
    }

    /** Takes what the group is yet to be told. */
    synchronized Map<TopicPartition, OffsetAndMetadata> untold() {
        Map<TopicPartition, OffsetAndMetadata> all = Map.copyOf(untold);
        untold.clear();
        return all;
    }

    /** They could not be told. */
    synchronized void untold(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach((partition, offset) -> {
            if (held.contains(partition)) {
                untold.putIfAbsent(partition, offset);
            }
        });
    }

    /** Where these topics are gone on with: of other members' partitions, as the group knows it. */
    Positions positions(TopicDirectory directory, List<Topic> topics) throws InterruptedException {
        Map<String, Uuid> ids = new HashMap<>();
        topics.forEach(topic -> ids.put(topic.name(), topic.id()));
        Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>(directory.await(directory.offsets(group)));
        synchronized (this) {
            all.putAll(reached);
        }
        Map<String, String> places = new HashMap<>();
        all.forEach((partition, place) -> {
            Uuid now = ids.get(partition.topic());
            if (now != null && place != null) {
                places.put(TopicPart.name(partition), new TopicPlace(place.offset(), id(place, now)).toString());
            }
        });
        return Positions.of(places);
    }

    /** Somebody else may have told the group. */
    private static Uuid id(OffsetAndMetadata place, Uuid now) {
        try {
            return place.metadata().isEmpty() ? now : Uuid.fromString(place.metadata());
        } catch (IllegalArgumentException e) {
            return now;
        }
    }
}
