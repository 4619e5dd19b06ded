package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Where reading a partition goes on, as positions hold it: {@code 1234@<topic's identity>}.
 *
 * @param offset of the record to read next
 * @param topicId tells a topic from another one that had its name before
 */
record TopicPlace(long offset, Uuid topicId) {

    /** @param part as {@link TopicPart#name} calls the partition */
    static TopicPlace parse(String part, String place) {
        int at = place.indexOf('@');
        try {
            return new TopicPlace(Long.parseLong(place, 0, at, 10), Uuid.fromString(place.substring(at + 1)));
        } catch (RuntimeException e) {
            throw new MppConnectException(
                    ErrorCode.SOURCE_FAILED,
                    "Cannot go on reading " + part
                            + ": its position is not one of a topic's; give each source a job of its"
                            + " own, or reset the job",
                    e);
        }
    }

    /** The partition that {@link TopicPart#name} has named. */
    static TopicPartition partition(String part) {
        int open = part.lastIndexOf('[');
        return new TopicPartition(part.substring(0, open), Integer.parseInt(part, open + 1, part.length() - 1, 10));
    }

    @Override
    public String toString() {
        return offset + "@" + topicId;
    }
}
