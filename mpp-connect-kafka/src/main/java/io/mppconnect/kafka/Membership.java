package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
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
    private static final long CLOSING_MILLIS = 5_000;

    private final KafkaTopic source;
    private final String group;
    private final GroupMember member;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean closed;

    Membership(KafkaTopic source, String group, GroupMember member) {
        this.source = source;
        this.group = group;
        this.member = member;
        try {
            this.consumer = new KafkaConsumer<>(
                    source.clients().member(group), new ByteArrayDeserializer(), new ByteArrayDeserializer());
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
            tellNow();
        } catch (KafkaException e) {
            member.failed(failure(e));
        } catch (RuntimeException | Error e) {
            member.failed(new MppConnectException(
                    ErrorCode.SOURCE_FAILED, "Cannot share " + source.name() + " by group " + group + ": " + e, e));
        } finally {
            consumer.close(CloseOptions.timeout(TELLING));
        }
    }

    private void subscribe() {
        Pattern pattern = source.topics().pattern();
        if (pattern == null) {
            consumer.subscribe(source.topics().names(), this);
        } else {
            consumer.subscribe(pattern, this);
        }
    }

    private MppConnectException failure(KafkaException cause) {
        return new MppConnectException(
                cause instanceof RetriableException ? ErrorCode.CONNECTION : ErrorCode.SOURCE_FAILED,
                "Cannot share " + source.name() + " by group " + group + " of brokers at " + source.clients() + ": "
                        + cause.getMessage(),
                cause);
    }

    private void tell() {
        Map<TopicPartition, OffsetAndMetadata> offsets = member.untold();
        if (!offsets.isEmpty()) {
            consumer.commitAsync(offsets, (told, problem) -> {
                if (problem != null) {
                    untold(offsets, problem);
                }
            });
        }
    }

    private void tellNow() {
        Map<TopicPartition, OffsetAndMetadata> offsets = member.untold();
        try {
            if (!offsets.isEmpty()) {
                consumer.commitSync(offsets, TELLING);
            }
        } catch (KafkaException e) {
            untold(offsets, e);
        }
    }

    private void untold(Map<TopicPartition, OffsetAndMetadata> offsets, Exception problem) {
        if (problem instanceof RetriableException || problem instanceof RebalanceInProgressException) {
            member.untold(offsets);
        } else {
            LOG.warn("Group {} does not take offsets of {}: {}", group, source.name(), problem.getMessage());
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        // Its own places are of no use to anybody; looked up, they might not even be there.
        partitions.forEach(partition -> consumer.seek(partition, 0));
        consumer.pause(partitions);
        member.gained(partitions);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (partitions.isEmpty()) {
            return;
        }
        member.loses(partitions, source.clients().longestPollMillis() / 2);
        tellNow();
        member.lost(partitions);
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        member.lost(partitions);
    }

    /** Leaves the group; called when nothing is read any more. */
    void close() {
        closed = true;
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
