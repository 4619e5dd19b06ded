package io.mppconnect.kafka;

import io.mppconnect.kafka.TopicDirectory.Topic;
import io.mppconnect.spi.JoinedSource;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Positions;
import io.mppconnect.spi.SourceChangedException;
import io.mppconnect.spi.SourceScan;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's share of a topic. The {@link Membership} tells which partitions are its own, and is held up, for a while, until a
 * scan that reads others is over. Thread safe.
 */
final class GroupMember implements JoinedSource {

    private static final Logger LOG = LoggerFactory.getLogger(GroupMember.class);
    private static final long NONE = -1;

    private final KafkaTopic source;
    private final String group;
    private final boolean keptElsewhere;
    private final Membership membership;
    private final Set<TopicPartition> mine = new HashSet<>();
    /** What the group is yet to be told. */
    private final Map<TopicPartition, OffsetAndMetadata> untold = new HashMap<>();
    /** How far the partitions are that are this member's. */
    private final Map<TopicPartition, OffsetAndMetadata> reached = new HashMap<>();

    private volatile long generation;
    private volatile @Nullable RuntimeException failure;
    private @Nullable Share taken;
    private boolean assigned;
    private long open = NONE;

    /** @param keptElsewhere whether a job keeps the positions, and the group is told them for monitors alone */
    GroupMember(KafkaTopic source, String group, boolean keptElsewhere) {
        this.source = source;
        this.group = group;
        this.keptElsewhere = keptElsewhere;
        this.membership = new Membership(source, group, this);
        membership.start();
    }

    @Override
    public synchronized void takeParts() throws InterruptedException {
        while (!assigned && failure == null) {
            wait();
        }
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
        taken = new Share(this, generation, mine);
    }

    @Override
    public SourceScan open(LoadContext context) throws Exception {
        Share share = begin();
        try {
            return source.open(context, share);
        } catch (Throwable failed) {
            try (share) {
                throw failed;
            }
        }
    }

    private synchronized Share begin() {
        Share share = Objects.requireNonNull(taken, "parts are taken before they are read");
        open = share.generation();
        return share;
    }

    void check(long read) throws SourceChangedException {
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
        if (read != generation) {
            throw new SourceChangedException("Group " + group + " shares its partitions in another way from now on");
        }
    }

    /** A scan is over. */
    synchronized void left(long read) {
        if (open == read) {
            open = NONE;
        }
        notifyAll();
    }

    /** The membership cannot go on. */
    synchronized void failed(RuntimeException cause) {
        failure = cause;
        notifyAll();
    }

    synchronized void gained(Collection<TopicPartition> partitions) {
        if (!partitions.isEmpty() || !assigned) {
            mine.addAll(partitions);
            generation++;
        }
        assigned = true;
        notifyAll();
    }

    /** Returns when nothing of these partitions is read any more, or the time is over. */
    synchronized void loses(Collection<TopicPartition> partitions, long millis) {
        mine.removeAll(partitions);
        generation++;
        long deadline = System.nanoTime() + millis * 1_000_000;
        boolean interrupted = false;
        long left = millis;
        while (isReadBefore(generation) && left > 0) {
            try {
                wait(left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = (deadline - System.nanoTime()) / 1_000_000;
        }
        if (isReadBefore(generation)) {
            LOG.warn(
                    "{}: a commit takes longer than {} ms, and {} partitions go to others of group {} meanwhile{}",
                    source.name(),
                    millis,
                    partitions.size(),
                    group,
                    keptElsewhere ? "" : ", so that rows may be loaded twice");
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isReadBefore(long now) {
        return open != NONE && open < now;
    }

    /** Others have these partitions. */
    synchronized void lost(Collection<TopicPartition> partitions) {
        if (mine.removeAll(partitions)) {
            generation++;
        }
        untold.keySet().removeAll(partitions);
        reached.keySet().removeAll(partitions);
    }

    Positions positions(Positions kept, TopicDirectory directory, List<Topic> topics) throws InterruptedException {
        if (keptElsewhere) {
            return kept;
        }
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

    synchronized void committed(Positions places) {
        places.asMap().forEach((part, text) -> {
            TopicPartition partition = TopicPlace.partition(part);
            TopicPlace place = TopicPlace.parse(part, text);
            OffsetAndMetadata offset =
                    new OffsetAndMetadata(place.offset(), place.topicId().toString());
            untold.put(partition, offset);
            if (mine.contains(partition)) {
                reached.put(partition, offset);
            }
        });
    }

    /** Takes what the group is yet to be told. */
    synchronized Map<TopicPartition, OffsetAndMetadata> untold() {
        Map<TopicPartition, OffsetAndMetadata> all = Map.copyOf(untold);
        untold.clear();
        return all;
    }

    /** They could not be told. */
    synchronized void untold(Map<TopicPartition, OffsetAndMetadata> offsets) {
        offsets.forEach(untold::putIfAbsent);
    }

    @Override
    public void close() {
        membership.close();
    }
}
