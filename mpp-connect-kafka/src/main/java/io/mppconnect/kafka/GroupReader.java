package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.FieldsChangedException;
import io.mppconnect.spi.Positions;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the partitions of a group with one consumer. What was fetched is written before anything is polled again, so that a
 * slow database holds up fetching.
 */
final class GroupReader implements SplitReader {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final long MEASURE_NANOS = Duration.ofSeconds(1).toNanos();
    private static final Duration CLOSING = Duration.ofMillis(500);

    private final PartGroup group;
    private final TopicOptions source;
    private final FetchSizes fetching;
    private final RecordRows rows;
    private final TopicWatch watch;
    private final LostOffsets lost;
    private final FirstPlaces first;
    private final Lag lag;
    private final boolean handsOver;
    private final Map<TopicPartition, TopicPart> parts = new HashMap<>();
    private final Set<TopicPart> moved = new HashSet<>();
    private final Fetched fetched = new Fetched(parts, moved);
    private @Nullable KafkaConsumer<ByteBuffer, ByteBuffer> consumer;
    private int unfinished;
    private boolean asked;
    private boolean corrected;
    private long measured = System.nanoTime();

    GroupReader(
            PartGroup group,
            TopicOptions source,
            FetchSizes fetching,
            RecordRows rows,
            TopicWatch watch,
            LostOffsets lost,
            FirstPlaces first,
            Lag lag) {
        this.group = group;
        this.source = source;
        this.fetching = fetching;
        this.rows = rows;
        this.watch = watch;
        this.lost = lost;
        this.first = first;
        this.lag = lag;
        this.handsOver = first.claim();
        TopicPart part = group.arrived();
        while (part != null) {
            take(part);
            part = group.arrived();
        }
    }

    private void take(TopicPart part) {
        moved.add(part);
        if (!part.finishes()) {
            parts.put(part.partition(), part);
            unfinished++;
        }
    }

    @Override
    public boolean read(SplitOutput output) throws Exception {
        try {
            if (handsOver) {
                first.taken();
            } else {
                first.await();
            }
            corrected = false;
            while (!isOver() && !fetched.hasNext() && !corrected) {
                poll();
            }
            write(output);
            finishParts();
            return !isOver();
        } catch (InterruptException e) {
            throw KafkaFailures.interrupted(e, "while records were polled");
        }
    }

    /** After a failure there is nothing to settle for: nothing more is committed, but for what came before new fields. */
    private void write(SplitOutput output) throws Exception {
        try {
            fetched.write(rows, output);
        } catch (FieldsChangedException e) {
            rows.settle();
            throw e;
        }
        rows.settle();
    }

    private boolean isOver() {
        return source.bounded() && unfinished == 0;
    }

    /** Waits a little for records, and for partitions. */
    private void poll() throws Exception {
        watch.look();
        KafkaConsumer<ByteBuffer, ByteBuffer> polled = assigned();
        if (polled == null) {
            return;
        }
        try {
            ConsumerRecords<ByteBuffer, ByteBuffer> records = polled.poll(POLL);
            measure(polled, records);
            fetched.take(records);
            finishParts();
        } catch (OffsetOutOfRangeException e) {
            resume(polled, e);
        } catch (InterruptException e) {
            throw e;
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    /** What the consumer has heard of the partitions' ends with the records that it has fetched. */
    private void measure(
            KafkaConsumer<ByteBuffer, ByteBuffer> polled, ConsumerRecords<ByteBuffer, ByteBuffer> records) {
        long now = System.nanoTime();
        if (now - measured < MEASURE_NANOS) {
            return;
        }
        measured = now;
        for (TopicPart part : parts.values()) {
            OptionalLong left = polled.currentLag(part.partition());
            if (left.isPresent()) {
                OffsetAndMetadata next = records.nextOffsets().get(part.partition());
                long position = next == null ? part.next() : next.offset();
                lag.ends(part, position + left.getAsLong());
            }
        }
    }

    /** The consumer, with all partitions that have come; null while there are none. */
    private @Nullable KafkaConsumer<ByteBuffer, ByteBuffer> assigned() throws InterruptedException {
        KafkaConsumer<ByteBuffer, ByteBuffer> known = consumer;
        TopicPart first = known == null && parts.isEmpty() ? group.await(POLL.toMillis()) : group.arrived();
        if (known != null && first == null) {
            return known;
        }
        Set<TopicPart> fresh = new HashSet<>();
        for (TopicPart part = first; part != null; part = group.arrived()) {
            take(part);
            fresh.add(part);
        }
        if (parts.isEmpty()) {
            return null;
        }
        if (known == null) {
            known = connect();
            consumer = known;
            fresh.addAll(parts.values());
        }
        known.assign(parts.keySet());
        for (TopicPart part : fresh) {
            known.seek(part.partition(), part.next());
        }
        return known;
    }

    private KafkaConsumer<ByteBuffer, ByteBuffer> connect() {
        try {
            return new KafkaConsumer<>(
                    source.clients.consumer(fetching), new ByteBufferDeserializer(), new ByteBufferDeserializer());
        } catch (KafkaException e) {
            throw failure(e);
        }
    }

    private void finishParts() {
        KafkaConsumer<ByteBuffer, ByteBuffer> known = consumer;
        if (!source.bounded() || known == null) {
            return;
        }
        Set<TopicPartition> finished = new HashSet<>();
        for (TopicPart part : moved) {
            if (part.finishes()) {
                finished.add(part.partition());
            }
        }
        unfinished -= finished.size();
        known.pause(finished);
    }

    /** The new places are committed at once, or the next run would find the same offsets lost. */
    private void resume(KafkaConsumer<ByteBuffer, ByteBuffer> known, OffsetOutOfRangeException refusal)
            throws InterruptedException {
        Set<TopicPart> wanted = new HashSet<>();
        for (TopicPartition partition : refusal.partitions()) {
            TopicPart part = parts.get(partition);
            if (part != null) {
                wanted.add(part);
            }
        }
        Map<TopicPartition, Long> instead = lost.corrected(wanted, refusal instanceof LogTruncationException);
        corrected = true;
        for (TopicPart part : wanted) {
            part.reached(instead.getOrDefault(part.partition(), part.next()));
            moved.add(part);
            known.seek(part.partition(), part.next());
        }
    }

    private MppConnectException failure(KafkaException cause) {
        MppConnectException denied = Denied.of(cause, source.name());
        if (denied != null) {
            return denied;
        }
        return new MppConnectException(
                KafkaFailures.code(cause, ErrorCode.SOURCE_FAILED),
                "Cannot read " + source.name() + " from brokers at " + source.clients + ": " + cause.getMessage(),
                cause);
    }

    /** Of the partitions alone that have moved since this was asked last: the load knows the others, once it was told. */
    @Override
    public Positions positions() {
        boolean all = handsOver && !asked;
        asked = true;
        if (moved.isEmpty() && !all) {
            return Positions.none();
        }
        Map<String, String> places = new HashMap<>(all ? first.places().asMap() : Map.of());
        moved.forEach(part -> places.put(part.name(), part.place()));
        moved.clear();
        return Positions.of(places);
    }

    @Override
    public void close() {
        // An interrupted client does not close its connections in good order, and more interrupts may come.
        Duration patience = isOver() ? CLOSING : Duration.ZERO;
        boolean interrupted = Thread.interrupted();
        try (RecordRows closing = rows) {
            KafkaConsumer<ByteBuffer, ByteBuffer> known = consumer;
            if (known != null) {
                known.close(CloseOptions.timeout(patience));
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
