package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that is a member of a consumer group and fetches nothing: it hears which partitions are its own, and tells the
 * group how far they are. As it does nothing else, the group never misses it.
 */
final class Membership implements ConsumerRebalanceListener {

    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration TELLING = Duration.ofSeconds(2);
    private static final Duration LAST_TELLING = Duration.ofMillis(500);
    private static final Duration LEAVING = Duration.ofMillis(300);
    /** A poll that is under way, the last telling, and leaving. */
    private static final Duration CLOSING = Duration.ofSeconds(1);

    private final TopicOptions source;
    private final String group;
    private final GroupMember member;
    private final GroupOffsets offsets;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean closed;

    Membership(TopicOptions source, String group, GroupMember member, GroupOffsets offsets) {
        this.source = source;
        this.group = group;
        this.member = member;
        this.offsets = offsets;
        try {
            this.consumer = new KafkaConsumer<>(
                    source.clients.member(group, source.looking),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw failure(e);
        }
        this.thread = new Thread(this::run, "mpp-connect-member-of-" + group);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            subscribe();
            while (!closed) {
                consumer.poll(POLL);
                tell();
            }
            tellNow(LAST_TELLING);
        } catch (KafkaException e) {
            fail(failure(e));
        } catch (RuntimeException | Error e) {
            fail(new MppConnectException(
                    ErrorCode.SOURCE_FAILED, "Cannot share " + source.name() + " by group " + group + ": " + e, e));
        } finally {
            leave();
        }
    }

    private void fail(MppConnectException cause) {
        if (closed) {
            LOG.warn("{}: group {} is left after a failure: {}", source.name(), group, cause.getMessage());
        } else {
            member.failed(cause);
        }
    }

    private void leave() {
        try {
            consumer.close(CloseOptions.timeout(LEAVING));
        } catch (KafkaException e) {
            LOG.warn("{}: group {} is not left in good order: {}", source.name(), group, e.getMessage());
        }
    }

    private void subscribe() {
        Pattern pattern = source.topics.without(source.deadLetters).subscription();
        if (pattern == null) {
            consumer.subscribe(source.topics.names(), this);
        } else {
            consumer.subscribe(pattern, this);
        }
    }

    private MppConnectException failure(KafkaException cause) {
        MppConnectException denied = Denied.of(cause, source.name());
        if (denied != null) {
            return denied;
        }
        return new MppConnectException(
                KafkaFailures.code(cause, ErrorCode.SOURCE_FAILED),
                "Cannot share " + source.name() + " by group " + group + " of brokers at " + source.clients + ": "
                        + cause.getMessage(),
                cause);
    }

    private void tell() {
        Map<TopicPartition, OffsetAndMetadata> untold = offsets.untold();
        if (!untold.isEmpty()) {
            consumer.commitAsync(untold, (told, problem) -> {
                if (problem != null) {
                    untold(untold, problem);
                }
            });
        }
    }

    private void tellNow(Duration most) {
        Map<TopicPartition, OffsetAndMetadata> untold = offsets.untold();
        try {
            if (!untold.isEmpty()) {
                consumer.commitSync(untold, most);
            }
        } catch (KafkaException e) {
            untold(untold, e);
        }
    }

    private void untold(Map<TopicPartition, OffsetAndMetadata> untold, Exception problem) {
        if (problem instanceof RetriableException || problem instanceof RebalanceInProgressException) {
            offsets.untold(untold);
        } else {
            LOG.warn("Group {} does not take offsets of {}: {}", group, source.name(), problem.getMessage());
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // Its own places are of no use to anybody; looked up, they might not even be there.
        partitions.forEach(partition -> consumer.seek(partition, 0));
        consumer.pause(partitions);
        if (!closed) {
            member.gained(partitions);
        }
    }

    /** All of it within three quarters of the time that the group has. */
    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        // A run that has closed it reads nothing more, and may have another one by now.
        if (partitions.isEmpty() || closed) {
            return;
        }
        int longest = source.clients.longestPollMillis();
        member.loses(partitions, longest / 2);
        Duration quarter = Duration.ofMillis(longest / 4);
        tellNow(quarter.compareTo(TELLING) < 0 ? quarter : TELLING);
        member.lost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        if (!closed) {
            member.lost(partitions);
        }
    }

    /** Leaves the group; called when nothing is read any more. */
    void close() {
        closed = true;
        boolean interrupted = false;
        long deadline = System.nanoTime() + CLOSING.toNanos();
        long left = CLOSING.toNanos();
        while (thread.isAlive() && left > 0) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, left);
            } catch (InterruptedException e) {
                interrupted = true;
            }
            left = deadline - System.nanoTime();
        }
        if (thread.isAlive()) {
            LOG.warn("{}: group {} is not left in time; its thread goes on trying", source.name(), group);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
