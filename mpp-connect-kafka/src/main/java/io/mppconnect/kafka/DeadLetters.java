package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends records that are no rows to a topic of their own. Its producer starts with the first one. Thread safe. */
final class DeadLetters implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);
    private static final Duration CLOSING = Duration.ofMillis(200);

    /** Some are allowed: people mend what is wrong with a topic's readers and send its dead letters back. */
    private static final int MOST_RETURNS = 3;

    private final String topic;
    private final ClientSettings clients;
    private final AtomicReference<@Nullable MppConnectException> failure = new AtomicReference<>();
    private final Queue<Again> again = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean looping = new AtomicBoolean();
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    /** A letter that is to be sent instead of one that was refused. */
    private record Again(ProducerRecord<byte[], byte[]> letter, long offset, String place) {}

    DeadLetters(String topic, ClientSettings clients) {
        this.topic = topic;
        this.clients = clients;
    }

    private synchronized KafkaProducer<byte[], byte[]> producer() {
        KafkaProducer<byte[], byte[]> known = producer;
        if (known == null) {
            known = new KafkaProducer<>(clients.producer(), new ByteArraySerializer(), new ByteArraySerializer());
            producer = known;
        }
        return known;
    }

    /**
     * Sends a record, unless that makes it come back for ever.
     *
     * @param place what messages call the partition
     */
    void send(ConsumerRecord<ByteBuffer, ByteBuffer> record, String reason, String place) throws InterruptedException {
        if (Letter.returns(record) < MOST_RETURNS) {
            send(Letter.of(record, topic, reason), record.offset(), place);
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
    private void send(ProducerRecord<byte[], byte[]> letter, long offset, String place) throws InterruptedException {
        try {
            producer().send(letter, (sent, problem) -> {
                if (problem != null) {
                    refused(letter, offset, place, problem);
                }
            });
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (KafkaException e) {
            throw failed(place, offset, e);
        }
    }

    /** On the producer's thread, which must not wait for what it sends itself. */
    private void refused(ProducerRecord<byte[], byte[]> letter, long offset, String place, Exception problem) {
        Letter.lesser(letter, problem)
                .ifPresentOrElse(
                        lesser -> again.add(new Again(lesser, offset, place)),
                        () -> failure.compareAndSet(null, failed(place, offset, problem)));
    }

    /** Waits until all are on the broker. Whoever comes second finds what the first has sent again there as well. */
    synchronized void settle() throws InterruptedException {
        try {
            producer().flush();
            while (!again.isEmpty()) {
                for (Again next = again.poll(); next != null; next = again.poll()) {
                    send(next.letter(), next.offset(), next.place());
                }
                producer().flush();
            }
        } catch (InterruptException e) {
            throw interrupted(e);
        }
        MppConnectException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
    }

    private MppConnectException failed(String place, long offset, Exception cause) {
        return new MppConnectException(
                cause instanceof RetriableException ? ErrorCode.CONNECTION : ErrorCode.SOURCE_FAILED,
                "Cannot send offset " + offset + " of " + place + " to topic " + topic + ", where its dead letters go: "
                        + cause.getMessage(),
                cause);
    }

    private static InterruptedException interrupted(InterruptException cause) {
        // The client sets the flag again, and says so by an exception as well.
        boolean flag = Thread.interrupted();
        InterruptedException interrupt = new InterruptedException(flag ? "while dead letters were sent" : "");
        interrupt.initCause(cause);
        return interrupt;
    }

    @Override
    public synchronized void close() {
        KafkaProducer<byte[], byte[]> known = producer;
        if (known != null) {
            known.close(CLOSING);
        }
    }
}
