package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Sends records that are no rows to a topic of their own. Its producer starts with the first one. Thread safe. */
final class DeadLetters implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofMillis(200);
    private static final String PREFIX = "mpp-connect.";

    private final String topic;
    private final ClientSettings clients;
    private final AtomicReference<@Nullable MppConnectException> failure = new AtomicReference<>();
    private @Nullable KafkaProducer<byte[], byte[]> producer;

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

    /** @param place what messages call the partition */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback hears the same.
    void send(ConsumerRecord<ByteBuffer, ByteBuffer> record, String reason, String place) throws InterruptedException {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                topic,
                null,
                record.timestamp() < 0 ? null : record.timestamp(),
                copyOf(record.key()),
                copyOf(record.value()),
                record.headers());
        Headers headers = letter.headers();
        add(headers, "topic", record.topic());
        add(headers, "partition", Integer.toString(record.partition()));
        add(headers, "offset", Long.toString(record.offset()));
        add(headers, "reason", reason);
        long offset = record.offset();
        try {
            producer().send(letter, (sent, problem) -> {
                if (problem != null) {
                    failure.compareAndSet(null, failed(place, offset, problem));
                }
            });
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (KafkaException e) {
            throw failed(place, offset, e);
        }
    }

    private static byte @Nullable [] copyOf(@Nullable ByteBuffer buffer) {
        return buffer == null ? null : Slice.copyOf(buffer);
    }

    /** A record that was a dead letter before keeps what was said of it then; of several, the last one counts. */
    private static void add(Headers headers, String name, String value) {
        headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** Waits until all are on the broker. */
    void settle() throws InterruptedException {
        try {
            producer().flush();
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
