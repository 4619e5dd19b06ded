package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * A producer and its one transaction. Records are sent by several threads; all else is done by one, when they are done.
 */
final class TopicTransaction implements AutoCloseable {

    private static final Duration CLOSING = Duration.ofSeconds(1);

    private enum State {
        NEW,
        OPEN,
        /** Committed, or nobody knows. */
        ENDED
    }

    private final String topic;
    private final TransactionFailure failures;
    private final long timeoutNanos;
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
    private final Callback heard = (sent, problem) -> {
        if (problem != null) {
            failure.compareAndSet(null, problem);
        }
    };
    private State state = State.NEW;
    private long beginNanos;

    /** @throws MppConnectException when the properties make no producer */
    TopicTransaction(String topic, ProducerSettings settings) {
        this.topic = topic;
        Map<String, Object> properties = settings.producer();
        try {
            Duration timeout = ProducerSettings.transactionTimeout(properties);
            this.timeoutNanos = timeout.toNanos();
            this.failures = new TransactionFailure(
                    topic, timeout, String.valueOf(properties.get(ProducerConfig.TRANSACTIONAL_ID_CONFIG)));
            this.producer = new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
        } catch (KafkaException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot write topic " + topic + ": its properties make no producer: " + cause.getMessage(),
                    e);
        }
    }

    String topic() {
        return topic;
    }

    /** Aborts what an earlier run of the same transactional id has left, and begins. */
    void begin() throws InterruptedException {
        try {
            producer.initTransactions();
            producer.beginTransaction();
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (KafkaException e) {
            throw failures.of(e, false);
        }
        beginNanos = System.nanoTime();
        state = State.OPEN;
    }

    /** Hands a record to the producer, and waits while it has no memory for it. */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback hears the same.
    void send(byte @Nullable [] key, byte @Nullable [] value) throws InterruptedException {
        throwFailure();
        try {
            producer.send(new ProducerRecord<>(topic, key, value), heard);
        } catch (InterruptException e) {
            throw interrupted(e);
        } catch (KafkaException e) {
            // After a failure, others follow from it.
            failure.compareAndSet(null, e);
            throwFailure();
        }
    }

    /** Waits until all records are on the brokers. */
    void settle() throws InterruptedException {
        try {
            producer.flush();
        } catch (InterruptException e) {
            throw interrupted(e);
        }
        throwFailure();
    }

    private void throwFailure() {
        Exception first = failure.get();
        if (first != null) {
            throw failures.of(first, isOverdue());
        }
    }

    private boolean isOverdue() {
        return System.nanoTime() - beginNanos >= timeoutNanos;
    }

    /** Makes the records visible; tried for as long as the brokers have not aborted it. */
    void commit() {
        while (true) {
            try {
                producer.commitTransaction();
                state = State.ENDED;
                return;
            } catch (TimeoutException e) {
                if (isOverdue()) {
                    state = State.ENDED;
                    throw failures.unknown(e);
                }
            } catch (KafkaException e) {
                throw TransactionFailure.isOver(e) && !isOverdue() ? failures.unknown(e) : failures.of(e, isOverdue());
            }
        }
    }

    /** Aborts the transaction unless it is committed. */
    @Override
    public void close() {
        try {
            if (state == State.OPEN) {
                state = State.ENDED;
                producer.abortTransaction();
            }
        } catch (KafkaException e) {
            if (!TransactionFailure.isOver(e)) {
                throw failures.notAborted(e);
            }
        } finally {
            producer.close(CLOSING);
        }
    }

    private static InterruptedException interrupted(InterruptException cause) {
        // The client sets the flag again, and says so by an exception as well.
        boolean flag = Thread.interrupted();
        InterruptedException interrupt = new InterruptedException(flag ? "while records were sent" : "");
        interrupt.initCause(cause);
        return interrupt;
    }
}
