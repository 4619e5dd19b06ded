package io.mppconnect.kafka;

import io.mppconnect.spi.Positions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a consumer group how far committed rows go. One report is under way at a time; the next has what came meanwhile,
 * and what the last one could not tell. Thread safe.
 */
final class GroupReport implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupReport.class);
    private static final long CLOSING_MILLIS = 200;
    private static final Executor LATER = CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS, Runnable::run);

    private final String group;
    private final TopicDirectory directory;
    private final Map<TopicPartition, OffsetAndMetadata> waiting = new HashMap<>();
    private Positions seen = Positions.none();
    private @Nullable CompletionStage<Void> underWay;
    private boolean warned;
    private boolean resting;
    private boolean closed;

    GroupReport(String group, TopicDirectory directory) {
        this.group = group;
        this.directory = directory;
    }

    synchronized void committed(Positions positions) {
        positions
                .since(seen)
                .asMap()
                .forEach((part, place) -> waiting.put(
                        TopicPlace.partition(part),
                        new OffsetAndMetadata(TopicPlace.parse(part, place).offset())));
        seen = positions;
        send();
    }

    private synchronized void send() {
        if (underWay != null || resting || waiting.isEmpty()) {
            return;
        }
        Map<TopicPartition, OffsetAndMetadata> told = Map.copyOf(waiting);
        CompletionStage<Void> sent = directory.report(group, told);
        underWay = sent;
        waiting.clear();
        sent.whenComplete((done, problem) -> sent(told, problem));
    }

    private synchronized void sent(Map<TopicPartition, OffsetAndMetadata> told, @Nullable Throwable problem) {
        underWay = null;
        if (problem == null) {
            warned = false;
            send();
            return;
        }
        told.forEach(waiting::putIfAbsent);
        if (!warned) {
            warned = true;
            LOG.warn(
                    "Consumer group {} is not told the offsets, and that goes on being tried: {}",
                    group,
                    text(problem));
        }
        if (!closed) {
            resting = true;
            LATER.execute(this::sendAgain);
        }
    }

    private synchronized void sendAgain() {
        resting = false;
        if (!closed) {
            send();
        }
    }

    private static String text(Throwable problem) {
        Throwable cause = problem instanceof CompletionException ? problem.getCause() : problem;
        return String.valueOf((cause == null ? problem : cause).getMessage());
    }

    /** Waits for the last report, but not long. */
    @Override
    public void close() {
        CompletionStage<Void> last;
        synchronized (this) {
            closed = true;
            resting = false;
            send();
            last = underWay;
        }
        if (last == null) {
            return;
        }
        try {
            last.toCompletableFuture().get(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException e) {
            LOG.debug("Consumer group {} was not told the last offsets: {}", group, e.getMessage());
        }
    }
}
