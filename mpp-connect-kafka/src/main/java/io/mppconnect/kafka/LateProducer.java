package io.mppconnect.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A producer that starts when it is needed first. Thread safe. */
final class LateProducer implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofMillis(200);

    private final Supplier<Map<String, Object>> properties;
    private volatile @Nullable KafkaProducer<byte[], byte[]> started;
    private boolean closed;

    LateProducer(Supplier<Map<String, Object>> properties) {
        this.properties = properties;
    }

    /** @throws KafkaException when the properties make no producer, or it is closed */
    KafkaProducer<byte[], byte[]> get() {
        KafkaProducer<byte[], byte[]> known = started;
        return known == null ? start() : known;
    }

    private synchronized KafkaProducer<byte[], byte[]> start() {
        KafkaProducer<byte[], byte[]> known = started;
        if (closed) {
            throw new KafkaException("the producer is closed");
        }
        if (known == null) {
            known = new KafkaProducer<>(properties.get(), new ByteArraySerializer(), new ByteArraySerializer());
            started = known;
        }
        return known;
    }

    /** Waits until all that was sent is on the brokers, or refused. */
    void flush() {
        KafkaProducer<byte[], byte[]> known = started;
        if (known != null) {
            known.flush();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        KafkaProducer<byte[], byte[]> known = started;
        if (known != null) {
            known.close(CLOSING);
        }
    }
}
