package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of offsets that the broker does not have any more. Thread safe. */
final class LostOffsets {

    private static final Logger LOG = LoggerFactory.getLogger(LostOffsets.class);

    private final TopicDirectory directory;
    private final @Nullable Start resuming;

    /** @param resuming null to fail */
    LostOffsets(TopicDirectory directory, @Nullable Start resuming) {
        this.directory = directory;
        this.resuming = resuming;
    }

    /**
     * As {@link #corrected(Map)}, of partitions that are being read: their topics may be others by now.
     *
     * @param truncated whether all are lost, although the broker has these offsets again
     * @throws MppConnectException also when one is
     */
    Map<TopicPartition, Long> corrected(Collection<TopicPart> parts, boolean truncated) throws InterruptedException {
        Map<String, Uuid> now = new HashMap<>();
        directory.await(directory.topics()).forEach(topic -> now.put(topic.name(), topic.id()));
        Map<TopicPartition, Long> wanted = new HashMap<>();
        for (TopicPart part : parts) {
            String topic = part.partition().topic();
            Uuid id = now.getOrDefault(topic, part.topicId());
            if (!id.equals(part.topicId())) {
                throw PartPlanner.recreated(topic, part.topicId(), id, part.name() + " at offset " + part.next());
            }
            wanted.put(part.partition(), part.next());
        }
        return corrected(wanted, truncated);
    }

    /**
     * Where to go on instead, of those of these that are lost.
     *
     * @throws MppConnectException when that is not to be
     */
    Map<TopicPartition, Long> corrected(Map<TopicPartition, Long> wanted) throws InterruptedException {
        return corrected(wanted, false);
    }

    private Map<TopicPartition, Long> corrected(Map<TopicPartition, Long> wanted, boolean truncated)
            throws InterruptedException {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        Set<TopicPartition> partitions = wanted.keySet();
        Map<TopicPartition, Long> first = directory.await(directory.offsets(partitions, Start.earliest()));
        Map<TopicPartition, Long> end = directory.await(directory.ends(partitions));
        Map<TopicPartition, Long> lost = new HashMap<>();
        wanted.forEach((partition, offset) -> {
            if (truncated
                    || offset < first.getOrDefault(partition, 0L)
                    || offset > end.getOrDefault(partition, Long.MAX_VALUE)) {
                lost.put(partition, offset);
            }
        });
        if (lost.isEmpty()) {
            return lost;
        }
        Start place = resuming;
        if (place == null) {
            throw failure(lost, first, end, truncated);
        }
        Map<TopicPartition, Long> instead = directory.await(directory.offsets(lost.keySet(), place));
        lost.forEach((partition, offset) -> LOG.warn(
                "{}: offset {} is lost, the broker has {} to {}; goes on at {}, {}",
                TopicPart.name(partition),
                offset,
                first.get(partition),
                end.get(partition),
                place,
                instead.get(partition)));
        return instead;
    }

    private static MppConnectException failure(
            Map<TopicPartition, Long> lost,
            Map<TopicPartition, Long> first,
            Map<TopicPartition, Long> end,
            boolean truncated) {
        TopicPartition one = lost.keySet().stream()
                .min((a, b) -> TopicPart.name(a).compareTo(TopicPart.name(b)))
                .orElseThrow();
        return new MppConnectException(
                ErrorCode.SOURCE_FAILED,
                "Cannot go on reading " + TopicPart.name(one) + " at offset " + lost.get(one)
                        + ": the broker has offsets " + first.get(one) + " to " + end.get(one)
                        + (truncated
                                ? ", and other records than were read, for its log was truncated"
                                : ", for records expired or were truncated")
                        + (lost.size() == 1 ? "" : "; so it is with " + (lost.size() - 1) + " more partitions")
                        + "; say with resumingLostAt(...) where to go on without them");
    }
}
