package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A producer and its one transaction. Records are sent by several threads; all else is done by one, when they are done.
 */
final class TopicTransaction implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TopicTransaction.class);

    private static final Duration CLOSING = Duration.ofSeconds(1);
    private static final Duration ASKING_AGAIN = Duration.ofMillis(100);

    private enum State {
        NEW,
        OPEN,
        /** Committed, aborted, or nobody knows. */
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
            throw KafkaFailures.interrupted(e, "while records were sent");
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
            throw KafkaFailures.interrupted(e, "while records were sent");
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
            throw KafkaFailures.interrupted(e, "while records were sent");
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

    /**
     * Makes the records visible; asked for until brokers answer, or would have aborted the transaction. From here on
     * nothing is aborted by this side: whatever is not known to be refused may be committed.
     */
    void commit() {
        boolean overdue = isOverdue();
        state = State.ENDED;
        TimeoutException unanswered = null;
        while (true) {
            try {
                producer.commitTransaction();
                return;
            } catch (TimeoutException e) {
                unanswered = e;
            } catch (KafkaException e) {
                throw unanswered == null ? failures.ofCommit(e, overdue) : failures.unknown(e);
            }
            awaitBrokers(unanswered);
        }
    }

    private void awaitBrokers(TimeoutException unanswered) {
        if (isOverdue()) {
            throw failures.unknown(unanswered);
        }
        try {
            Thread.sleep(ASKING_AGAIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failures.unknown(unanswered);
        }
    }

    /** Aborts the transaction unless its commit was asked for; within seconds, whatever brokers do. */
    @Override
    public void close() {
        try {
            if (state == State.OPEN) {
                state = State.ENDED;
                abort();
            }
        } finally {
            producer.close(CLOSING);
        }
    }

    /**
     * On a thread that ends when the producer closes, for the client waits as long as {@code max.block.ms} for brokers that
     * are away. Its close would abort too, but send all that it still has before.
     */
    private void abort() {
        FutureTask<?> abort = new FutureTask<>(producer::abortTransaction, null);
        new Thread(abort, "mpp-connect-abort-of-" + topic).start();
        try {
            abort.get(CLOSING.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (!TransactionFailure.isOver(e)) {
                notAborted(TransactionFailure.message(e));
            }
        } catch (java.util.concurrent.TimeoutException e) {
            notAborted("they do not answer");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            notAborted("interrupted");
        }
    }

    private void notAborted(String reason) {
        LOG.warn(
                "The transaction in topic {} may be open until its brokers abort it after {} ms, and readers of committed"
                        + " records wait until then: {}",
                topic,
                TimeUnit.NANOSECONDS.toMillis(timeoutNanos),
                reason);
    }
}
