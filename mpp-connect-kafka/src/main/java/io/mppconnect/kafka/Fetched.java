package io.mppconnect.kafka;

import io.mppconnect.spi.SplitOutput;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The records of one poll, written piece by piece; says how far that brings their partitions. Used by one thread. */
final class Fetched {

    private static final int MOST_BYTES = 256 * 1024;
    private static final int MOST_RECORDS = 4_096;

    /** Each takes a block of its own until they are gathered. */
    private static final int MOST_PARTITIONS = 16;

    private final Map<TopicPartition, TopicPart> parts;
    private final Set<TopicPart> moved;
    private ConsumerRecords<ByteBuffer, ByteBuffer> polled = ConsumerRecords.empty();
    private Iterator<TopicPartition> partitions = Collections.emptyIterator();
    private Iterator<ConsumerRecord<ByteBuffer, ByteBuffer>> records = Collections.emptyIterator();
    private @Nullable TopicPart current;

    /**
     * @param parts what is read
     * @param moved takes the parts that have come further
     */
    Fetched(Map<TopicPartition, TopicPart> parts, Set<TopicPart> moved) {
        this.parts = parts;
        this.moved = moved;
    }

    /** Takes the next poll, when all of the last one is written. */
    void take(ConsumerRecords<ByteBuffer, ByteBuffer> next) {
        polled = next;
        partitions = next.partitions().iterator();
        // What holds no records that count, such as the end of a transaction, is behind as well.
        next.nextOffsets().forEach((partition, place) -> {
            TopicPart part = parts.get(partition);
            if (part != null && next.records(partition).isEmpty()) {
                reached(part, place.offset());
            }
        });
    }

    boolean hasNext() {
        return current != null || partitions.hasNext();
    }

    /** Writes some of them. */
    void write(RecordRows rows, SplitOutput output) throws Exception {
        int left = MOST_PARTITIONS;
        int bytes = 0;
        int count = 0;
        while (hasNext() && bytes < MOST_BYTES && count < MOST_RECORDS) {
            TopicPart part = current;
            if (part == null) {
                if (left-- == 0) {
                    return;
                }
                begin(partitions.next());
                continue;
            }
            if (!records.hasNext()) {
                end(part);
                continue;
            }
            ConsumerRecord<ByteBuffer, ByteBuffer> record = records.next();
            if (part.endsBefore(record.offset())) {
                end(part);
                continue;
            }
            rows.write(record, part, output);
            reached(part, record.offset() + 1);
            bytes += size(record);
            count++;
        }
    }

    private void begin(TopicPartition partition) {
        current = parts.get(partition);
        records = polled.records(partition).iterator();
    }

    /** All records of a partition are written. */
    private void end(TopicPart part) {
        OffsetAndMetadata place = polled.nextOffsets().get(part.partition());
        if (place != null) {
            reached(part, place.offset());
        }
        current = null;
    }

    private void reached(TopicPart part, long offset) {
        part.reached(offset);
        moved.add(part);
    }

    private static int size(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        return Math.max(0, record.serializedKeySize()) + Math.max(0, record.serializedValueSize());
    }
}
