package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.format.RecordDecoder;
import io.mppconnect.spi.RowWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Writes what is known of a record besides its key and value. Used by one thread. */
final class MetadataFields {

    private static final long MICROS_PER_MILLI = 1_000;

    private final List<Metadata> fields;
    private final HeaderJson headers = new HeaderJson();
    private final RecordDecoder keyText;
    private String topic = "";
    private byte[] topicBytes = new byte[0];

    /** @param keyText decodes the keys of records, before they are written, where fields are to hold them as text */
    MetadataFields(List<Metadata> fields, RecordDecoder keyText) {
        this.fields = fields;
        this.keyText = keyText;
    }

    /** @param key the record's key, if it has one */
    void write(ConsumerRecord<ByteBuffer, ByteBuffer> record, Slice key, RowWriter rows) throws InterruptedException {
        for (int i = 0; i < fields.size(); i++) {
            write(fields.get(i), record, key, rows);
        }
    }

    private void write(Metadata field, ConsumerRecord<ByteBuffer, ByteBuffer> record, Slice key, RowWriter rows)
            throws InterruptedException {
        switch (field) {
            case TOPIC -> {
                byte[] name = topic(record.topic());
                rows.writeUtf8(name, 0, name.length);
            }
            case PARTITION -> rows.writeInt(record.partition());
            case OFFSET -> rows.writeLong(record.offset());
            case TIMESTAMP -> timestamp(record, rows);
            case TIMESTAMP_TYPE -> rows.writeText(record.timestampType().name);
            case KEY -> {
                if (record.key() == null) {
                    rows.writeNull();
                } else {
                    rows.writeBytes(key.bytes(), key.from(), key.to());
                }
            }
            case KEY_TEXT -> keyText.write(rows);
            case HEADERS -> headers.write(record.headers(), rows);
            case TOMBSTONE -> rows.writeBoolean(record.value() == null);
        }
    }

    private static void timestamp(ConsumerRecord<ByteBuffer, ByteBuffer> record, RowWriter rows)
            throws InterruptedException {
        if (record.timestamp() < 0) {
            rows.writeNull();
        } else {
            rows.writeInstant(micros(record.timestamp()));
        }
    }

    /** Producers may send any timestamp. */
    private static long micros(long millis) {
        try {
            return Math.multiplyExact(millis, MICROS_PER_MILLI);
        } catch (ArithmeticException e) {
            throw new MppConnectException(ErrorCode.BAD_DATA, "its timestamp is more than a point in time can be", e);
        }
    }

    private byte[] topic(String name) {
        if (!name.equals(topic)) {
            topic = name;
            topicBytes = name.getBytes(StandardCharsets.UTF_8);
        }
        return topicBytes;
    }
}
