package io.mppconnect.kafka;

import io.mppconnect.spi.SplitOutput;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** A partition that is read, and how far. Used by one thread at a time. */
final class TopicPart {

    private static final long NO_END = Long.MAX_VALUE;

    private final TopicPartition partition;
    private final Uuid topicId;
    private final String name;
    private final String firstName;
    private final long end;
    private long next;
    private boolean done;

    /**
     * @param next the offset of the record to read next
     * @param end the offset of the first record that is not read
     */
    TopicPart(TopicPartition partition, Uuid topicId, long next, long end) {
        this.partition = partition;
        this.topicId = topicId;
        this.name = name(partition);
        this.firstName = name + " offset 0";
        this.next = next;
        this.end = end;
    }

    /** One that goes on for ever. */
    TopicPart(TopicPartition partition, Uuid topicId, long next) {
        this(partition, topicId, next, NO_END);
    }

    /** What positions, messages and the database call a partition, such as {@code orders[3]}. */
    static String name(TopicPartition partition) {
        return partition.topic() + '[' + partition.partition() + ']';
    }

    TopicPartition partition() {
        return partition;
    }

    Uuid topicId() {
        return topicId;
    }

    String name() {
        return name;
    }

    /** Says where the next row comes from. Segments count from 1, so that the record with offset 0 has a name of its own. */
    void name(long offset, SplitOutput output) throws InterruptedException {
        if (offset == 0) {
            output.origin(firstName, 1);
        } else {
            output.origin(name, offset);
        }
    }

    long next() {
        return next;
    }

    /** All before this offset is read. */
    void reached(long offset) {
        next = Math.min(offset, end);
    }

    /** Whether a record is no longer to be read. */
    boolean endsBefore(long offset) {
        return offset >= end;
    }

    /** Whether it has just come to its end; true once. */
    boolean finishes() {
        if (done || next < end) {
            return false;
        }
        done = true;
        return true;
    }

    /** Where reading goes on, as positions hold it. */
    String place() {
        return new TopicPlace(next, topicId).toString();
    }
}
