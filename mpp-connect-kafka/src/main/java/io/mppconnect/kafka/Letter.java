package io.mppconnect.kafka;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** Makes dead letters of records, and of letters that their topic does not take others with less in them. */
final class Letter {

    private static final String PREFIX = "mpp-connect.";
    private static final String TOPIC = PREFIX + "topic";
    private static final byte[] NOTHING = new byte[0];

    private Letter() {}

    /** A record that was a dead letter before keeps what was said of it then; of several, the last one counts. */
    static ProducerRecord<byte[], byte[]> of(
            ConsumerRecord<ByteBuffer, ByteBuffer> record, String topic, String reason) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(
                topic,
                null,
                record.timestamp() < 0 ? null : record.timestamp(),
                copyOf(record.key()),
                copyOf(record.value()),
                record.headers());
        add(letter.headers(), TOPIC, record.topic());
        add(letter.headers(), PREFIX + "partition", Integer.toString(record.partition()));
        add(letter.headers(), PREFIX + "offset", Long.toString(record.offset()));
        add(letter.headers(), PREFIX + "reason", reason);
        return letter;
    }

    /** How often a record was made a dead letter of the topic that it is in. */
    static int returns(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
        int count = 0;
        for (Header header : record.headers().headers(TOPIC)) {
            byte[] topic = header.value();
            if (topic != null && new String(topic, StandardCharsets.UTF_8).equals(record.topic())) {
                count++;
            }
        }
        return count;
    }

    /**
     * Whether a letter may be refused for what others of its batch are like. Of a batch with one that is wrong the client
     * tells so of all others, and of one with several it does not tell what is wrong with each.
     */
    static boolean mayBeForOthers(Exception refusal) {
        return refusal instanceof InvalidRecordException || refusal.getClass() == KafkaException.class;
    }

    /** The same, without what has kept it from being taken; empty when that does not help. */
    static Optional<ProducerRecord<byte[], byte[]>> lesser(ProducerRecord<byte[], byte[]> letter, Exception refusal) {
        if (refusal instanceof RecordTooLargeException) {
            return shorter(letter);
        }
        if (refusal instanceof InvalidTimestampException && letter.timestamp() != null) {
            ProducerRecord<byte[], byte[]> timeless =
                    new ProducerRecord<>(letter.topic(), null, null, letter.key(), letter.value(), letter.headers());
            add(timeless.headers(), PREFIX + "timestamp", letter.timestamp().toString());
            return Optional.of(timeless);
        }
        return Optional.empty();
    }

    /** Empty values, for none would be a tombstone. */
    private static Optional<ProducerRecord<byte[], byte[]>> shorter(ProducerRecord<byte[], byte[]> letter) {
        byte[] value = letter.value();
        if (value != null && value.length > 0) {
            ProducerRecord<byte[], byte[]> without = new ProducerRecord<>(
                    letter.topic(), null, letter.timestamp(), letter.key(), NOTHING, letter.headers());
            add(without.headers(), PREFIX + "left-out", "value of " + value.length + " bytes");
            return Optional.of(without);
        }
        ProducerRecord<byte[], byte[]> bare =
                new ProducerRecord<>(letter.topic(), null, letter.timestamp(), null, letter.value(), letter.headers());
        boolean less = letter.key() != null;
        for (Header header : letter.headers().toArray()) {
            if (!header.key().startsWith(PREFIX)) {
                bare.headers().remove(header.key());
                less = true;
            }
        }
        if (!less) {
            return Optional.empty();
        }
        add(bare.headers(), PREFIX + "left-out", "key and headers");
        return Optional.of(bare);
    }

    private static byte @Nullable [] copyOf(@Nullable ByteBuffer buffer) {
        return buffer == null ? null : Slice.copyOf(buffer);
    }

    private static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
