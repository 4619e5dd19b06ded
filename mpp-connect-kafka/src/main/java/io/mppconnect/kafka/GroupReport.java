package io.mppconnect.kafka;

import io.mppconnect.spi.Positions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a consumer group how far committed rows go. One report is under way at a time; the next has what came meanwhile. */
final class GroupReport implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupReport.class);
    private static final long CLOSING_MILLIS = 200;

    private final String group;
    private final TopicDirectory directory;
    private final Map<TopicPartition, OffsetAndMetadata> waiting = new HashMap<>();
    private Positions seen = Positions.none();
    private @Nullable CompletionStage<Void> underWay;
    private boolean warned;

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
        if (underWay != null || waiting.isEmpty()) {
            return;
        }
        CompletionStage<Void> sent = directory.report(group, Map.copyOf(waiting));
        underWay = sent;
        waiting.clear();
        sent.whenComplete((done, problem) -> sent(problem));
    }

    private synchronized void sent(@Nullable Throwable problem) {
        underWay = null;
        if (problem != null && !warned) {
            warned = true;
            LOG.warn(
                    "Consumer group {} is not told the offsets, and this is said once: {}",
                    group,
                    problem.getMessage());
        } else if (problem == null) {
            send();
        }
    }

    /** Waits for the last report, but not long. */
    @Override
    public void close() {
        CompletionStage<Void> last;
        synchronized (this) {
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
