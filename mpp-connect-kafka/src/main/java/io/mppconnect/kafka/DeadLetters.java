package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends records that are no rows to a topic of their own. What it does not take is sent again: by itself where others may
 * be to blame, and else with less in it. Thread safe.
 */
final class DeadLetters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

    /** Some are allowed: people mend what is wrong with a topic's readers and send its dead letters back. */
    private static final int MOST_RETURNS = 3;

    private final String topic;
    private final AtomicReference<@Nullable MppConnectException> failure = new AtomicReference<>();
    private final Queue<Sending> again = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean looping = new AtomicBoolean();
    private final LateProducer batches;
    /** Makes each letter a batch of its own: brokers refuse batches, and for no more than one letter say clearly why. */
    private final LateProducer singles;

    /** A letter, and the record that it is of. */
    private record Sending(ProducerRecord<byte[], byte[]> letter, long offset, String place) {}

    DeadLetters(String topic, ClientSettings clients) {
        this.topic = topic;
        this.batches = new LateProducer(clients::producer);
        this.singles = new LateProducer(() -> oneByOne(clients.producer()));
    }

    private static Map<String, Object> oneByOne(Map<String, Object> properties) {
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 0);
        return properties;
    }

    /**
     * Sends a record, unless that makes it come back for ever.
     *
     * @param place what messages call the partition
     */
    void send(ConsumerRecord<ByteBuffer, ByteBuffer> record, String reason, String place) throws InterruptedException {
        if (Letter.returns(record) < MOST_RETURNS) {
            send(new Sending(Letter.of(record, topic, reason), record.offset(), place), batches);
        } else if (looping.compareAndSet(false, true)) {
            LOG.warn(
                    "Offset {} of {} was a dead letter of this topic {} times, and has come back: from topic {} letters"
                            + " come here again. It stays where it is, as others like it, which is said once",
                    record.offset(),
                    place,
                    MOST_RETURNS,
                    topic);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // The callback hears the same.
    private void send(Sending sending, LateProducer by) throws InterruptedException {
        try {
            by.get().send(sending.letter(), (sent, problem) -> {
                if (problem != null) {
                    refused(sending, by, problem);
                }
            });
        } catch (InterruptException e) {
            throw KafkaFailures.interrupted(e, "while dead letters were sent");
        } catch (KafkaException e) {
            throw failed(sending, e);
        }
    }

    /** On the producer's thread, which must not wait for what it sends itself. */
    private void refused(Sending sending, LateProducer by, Exception problem) {
        Optional<ProducerRecord<byte[], byte[]>> next = by == batches && Letter.mayBeForOthers(problem)
                ? Optional.of(sending.letter())
                : Letter.lesser(sending.letter(), problem);
        next.ifPresentOrElse(
                letter -> again.add(new Sending(letter, sending.offset(), sending.place())),
                () -> failure.compareAndSet(null, failed(sending, problem)));
    }

    /** Waits until all are on the broker. Whoever comes second finds what the first has sent again there as well. */
    synchronized void settle() throws InterruptedException {
        try {
            batches.flush();
            do {
                sendAgain();
                singles.flush();
            } while (!again.isEmpty());
        } catch (InterruptException e) {
            throw KafkaFailures.interrupted(e, "while dead letters were sent");
        }
        MppConnectException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    /** One that an interrupt keeps from being sent is there for whoever comes second. */
    private void sendAgain() throws InterruptedException {
        for (Sending next = again.peek(); next != null; next = again.peek()) {
            send(next, singles);
            again.remove();
        }
    }

    private MppConnectException failed(Sending sending, Exception cause) {
        return new MppConnectException(
                KafkaFailures.code(cause, ErrorCode.SOURCE_FAILED),
                "Cannot send offset " + sending.offset() + " of " + sending.place() + " to topic " + topic
                        + ", where its dead letters go: " + cause.getMessage(),
                cause);
    }

    @Override
    public void close() {
        try (singles) {
            batches.close();
        }
    }
}
