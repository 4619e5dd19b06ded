package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.kafka.TopicDirectory.Topic;
import io.mppconnect.spi.Positions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;

/** Finds where each partition begins and ends. */
final class PartPlanner {

    private final TopicOptions source;
    private final TopicDirectory directory;
    private final LostOffsets lost;

    PartPlanner(TopicOptions source, TopicDirectory directory, LostOffsets lost) {
        this.source = source;
        this.directory = directory;
        this.lost = lost;
    }

    /**
     * All that there is to read, from these positions on.
     *
     * @param share null for all; else what it owns. Where a job keeps positions, partitions of others are among it that have
     *     none, unless these begin at their first record anyway: whoever commits first says for all where they begin
     */
    List<TopicPart> plan(List<Topic> topics, Positions positions, @Nullable Share share) throws InterruptedException {
        Map<TopicPartition, Long> starts = new HashMap<>();
        Map<TopicPartition, Long> stored = new HashMap<>();
        List<TopicPartition> unread = new ArrayList<>();
        List<TopicPartition> later = new ArrayList<>();
        boolean startsAtFirst = source.start.kind() == Start.Kind.EARLIEST;
        for (Topic topic : topics) {
            boolean known = !positions.isEmpty() && isKnown(topic, positions);
            for (TopicPartition partition : topic.partitions()) {
                TopicPlace place = place(partition, positions);
                if (share != null
                        && !share.owns(partition)
                        && (place != null || startsAtFirst || !share.keptElsewhere())) {
                    continue;
                }
                if (place != null) {
                    check(topic, partition, place);
                    stored.put(partition, place.offset());
                } else {
                    (known ? later : unread).add(partition);
                }
            }
        }
        starts.putAll(stored);
        starts.putAll(lost.corrected(stored));
        starts.putAll(directory.await(directory.offsets(unread, source.start)));
        starts.putAll(directory.await(directory.offsets(later, Start.earliest())));
        return parts(topics, starts);
    }

    private List<TopicPart> parts(List<Topic> topics, Map<TopicPartition, Long> starts) throws InterruptedException {
        Start end = source.end;
        Map<TopicPartition, Long> ends =
                end == null ? Map.of() : directory.await(directory.offsets(new HashSet<>(starts.keySet()), end));
        List<TopicPart> parts = new ArrayList<>();
        for (Topic topic : topics) {
            for (TopicPartition partition : topic.partitions()) {
                Long start = starts.get(partition);
                if (start == null) {
                    continue;
                }
                Long last = ends.get(partition);
                parts.add(
                        last == null
                                ? new TopicPart(partition, topic.id(), start)
                                : new TopicPart(partition, topic.id(), start, Math.max(start, last)));
            }
        }
        return parts;
    }

    private static @Nullable TopicPlace place(TopicPartition partition, Positions positions) {
        String part = TopicPart.name(partition);
        return positions.place(part).map(place -> TopicPlace.parse(part, place)).orElse(null);
    }

    /** Whether partitions without a position have come since: by a pattern, whole topics too. */
    private boolean isKnown(Topic topic, Positions positions) {
        return source.topics.pattern() != null
                || topic.partitions().stream()
                        .anyMatch(partition ->
                                positions.place(TopicPart.name(partition)).isPresent());
    }

    private static void check(Topic topic, TopicPartition partition, TopicPlace place) {
        if (!topic.id().equals(place.topicId())) {
            throw recreated(
                    topic.name(),
                    place.topicId(),
                    topic.id(),
                    TopicPart.name(partition) + " at offset " + place.offset());
        }
    }

    /** @param place where it was to go on */
    static MppConnectException recreated(String topic, Uuid before, Uuid now, String place) {
        return new MppConnectException(
                ErrorCode.SOURCE_FAILED,
                "Cannot go on reading " + place + ": topic " + topic + " was deleted and created again since (it was "
                        + before + " and is " + now
                        + "); to read the new one from its start, reset the job, or take another"
                        + " job name");
    }
}
