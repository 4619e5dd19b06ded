package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.kafka.TopicDirectory.Topic;
import io.mppconnect.spi.SourceChangedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks again and again at what topics there are, on behalf of all readers of a scan: new partitions go to the group that has
 * fewest; a topic that is gone, or not the same any more, ends the reading. Nobody waits for it. Thread safe.
 */
final class TopicWatch {

    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);

    /** For so long may brokers not know of a topic that is there. */
    private static final long GONE = Duration.ofSeconds(5).toNanos();

    private final TopicOptions source;
    private final TopicDirectory directory;
    private final List<PartGroup> groups;
    private final @Nullable Share share;
    private final long interval;
    private final AtomicBoolean looking = new AtomicBoolean();
    private volatile long due;
    private volatile @Nullable MppConnectException failure;
    private volatile @Nullable String change;

    // Of the look under way alone, from here on.
    private final Map<String, Uuid> ids = new HashMap<>();
    private final Set<TopicPartition> known = new HashSet<>();
    /** Topics that are not there, and since when. */
    private final Map<String, Long> missing = new HashMap<>();

    private boolean blind;

    /** @param share null when all partitions are to be read, those too that come */
    TopicWatch(
            TopicOptions source,
            TopicDirectory directory,
            List<Topic> topics,
            List<PartGroup> groups,
            @Nullable Share share) {
        this.source = source;
        this.share = share;
        this.directory = directory;
        this.groups = List.copyOf(groups);
        Duration every = source.looking;
        this.interval = every.toNanos();
        this.due = System.nanoTime() + interval;
        topics.forEach(topic -> {
            ids.put(topic.name(), topic.id());
            known.addAll(topic.partitions());
        });
    }

    /**
     * Looks when it is time to.
     *
     * @throws MppConnectException when an earlier look has found that reading cannot go on
     * @throws SourceChangedException when other partitions are to be read
     */
    void look() throws SourceChangedException {
        if (share != null) {
            share.check();
        }
        MppConnectException found = failure;
        if (found != null) {
            throw found;
        }
        String changed = change;
        if (changed != null) {
            throw new SourceChangedException(changed);
        }
        if (System.nanoTime() - due < 0 || !looking.compareAndSet(false, true)) {
            return;
        }
        directory.topics().thenCompose(this::compare).whenComplete((done, problem) -> {
            tell(problem);
            due = System.nanoTime() + interval;
            looking.set(false);
        });
    }

    private CompletionStage<Void> compare(List<Topic> now) {
        Map<TopicPartition, Uuid> fresh = new HashMap<>();
        Set<String> gone = new HashSet<>(ids.keySet());
        for (Topic topic : now) {
            gone.remove(topic.name());
            Uuid before = ids.putIfAbsent(topic.name(), topic.id());
            if (before != null && !before.equals(topic.id())) {
                failure = PartPlanner.recreated(topic.name(), before, topic.id(), source.name());
                return CompletableFuture.completedFuture(null);
            }
            topic.partitions().stream()
                    .filter(partition -> !known.contains(partition))
                    .forEach(partition -> fresh.put(partition, topic.id()));
        }
        missed(gone);
        if (share != null) {
            fresh.keySet().stream().filter(share::owns).findAny().ifPresent(this::ownedBefore);
        }
        return source.bounded() || share != null || fresh.isEmpty()
                ? CompletableFuture.completedFuture(null)
                : begin(fresh);
    }

    /** The group may hear of a partition before this does, and then it was not planned. */
    private void ownedBefore(TopicPartition partition) {
        change = TopicPart.name(partition) + " is new";
    }

    /** Brokers may be away for a while, and readers wait for them. */
    private void tell(@Nullable Throwable problem) {
        if (problem != null && !blind) {
            LOG.warn(
                    "Cannot look for partitions of {}, and goes on trying: {}",
                    source.name(),
                    directory.failure(problem).getMessage());
        } else if (problem == null && blind) {
            LOG.info("Can look for partitions of {} again", source.name());
        }
        blind = problem != null;
    }

    /** A broker that has just started may not know yet; after a while it is true. */
    private void missed(Set<String> gone) {
        missing.keySet().retainAll(gone);
        long now = System.nanoTime();
        for (String topic : gone) {
            if (now - missing.computeIfAbsent(topic, first -> now) >= GONE) {
                failure = new MppConnectException(
                        ErrorCode.SOURCE_FAILED,
                        "Cannot go on reading " + source.name() + ": topic " + topic
                                + " was deleted; stop the transfer before the topic goes");
            }
        }
    }

    private CompletionStage<Void> begin(Map<TopicPartition, Uuid> fresh) {
        return directory.offsets(fresh.keySet(), Start.earliest()).thenAccept(starts -> {
            List<TopicPartition> ordered = new ArrayList<>(fresh.keySet());
            ordered.sort(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
            for (TopicPartition partition : ordered) {
                Uuid id = fresh.get(partition);
                Long start = starts.get(partition);
                if (id != null && start != null) {
                    known.add(partition);
                    LOG.info("{}: is new and is read from offset {}", TopicPart.name(partition), start);
                    smallest().add(new TopicPart(partition, id, start));
                }
            }
        });
    }

    private PartGroup smallest() {
        return groups.stream()
                .min(Comparator.comparingInt(PartGroup::size))
                .orElseThrow(() -> new IllegalStateException("A scan has no groups"));
    }
}
