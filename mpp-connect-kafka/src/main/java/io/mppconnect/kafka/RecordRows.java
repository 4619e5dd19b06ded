package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.RecordDecoder;
import io.mppconnect.spi.FieldsChangedException;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.spi.SplitOutput;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Writes records as rows, and puts those aside that are none. Used by one thread. */
final class RecordRows implements AutoCloseable {

    private final RowLayout layout;
    private final @Nullable RecordDecoder keys;
    private final RecordDecoder values;
    private final MetadataFields metadata;
    private final @Nullable DeadLetters deadLetters;
    private final Slice key = new Slice();
    private final Slice value = new Slice();
    private boolean lettersSent;

    /**
     * @param keys null when keys are ignored
     * @param deadLetters null to let the transfer reject what is no row
     */
    RecordRows(
            RowLayout layout, @Nullable RecordDecoder keys, RecordDecoder values, @Nullable DeadLetters deadLetters) {
        this.layout = layout;
        this.keys = keys;
        this.values = values;
        this.deadLetters = deadLetters;
        this.metadata = new MetadataFields(layout.metadata());
    }

    /** Writes the row of a record, if it is one. */
    void write(ConsumerRecord<ByteBuffer, ByteBuffer> record, TopicPart part, SplitOutput output) throws Exception {
        part.name(record.offset(), output);
        point(key, record.key());
        point(value, record.value());
        RowWriter rows = output.rows();
        if (decode(record, part, rows)) {
            encode(record, part, rows);
        }
    }

    private static void point(Slice slice, @Nullable ByteBuffer bytes) {
        if (bytes == null) {
            slice.empty();
        } else {
            slice.of(bytes);
        }
    }

    private boolean decode(ConsumerRecord<ByteBuffer, ByteBuffer> record, TopicPart part, RowWriter rows)
            throws Exception {
        return (keys == null || decode(record, part, rows, true)) && decode(record, part, rows, false);
    }

    private boolean decode(ConsumerRecord<ByteBuffer, ByteBuffer> record, TopicPart part, RowWriter rows, boolean ofKey)
            throws Exception {
        RecordDecoder decoder = ofKey && keys != null ? keys : values;
        Slice slice = ofKey ? key : value;
        try {
            if ((ofKey ? record.key() : record.value()) == null) {
                decoder.decodeNull();
            } else {
                decoder.decode(slice.bytes(), slice.from(), slice.to());
            }
            return true;
        } catch (BadRecordException e) {
            String what = ofKey ? "the key" : "the value";
            String format = ofKey && layout.key() != null
                    ? layout.key().name()
                    : layout.value().name();
            setAside(
                    record,
                    part,
                    slice,
                    rows,
                    new MppConnectException(
                            ErrorCode.BAD_DATA,
                            "Cannot read " + what + " at offset " + record.offset() + " of " + part.name() + " as "
                                    + format + ": " + e.getMessage(),
                            e));
            return false;
        } catch (FieldsChangedException e) {
            if (ofKey) {
                throw new MppConnectException(
                        ErrorCode.SOURCE_FAILED,
                        "Cannot go on reading " + part.name() + " at offset " + record.offset()
                                + ": the fields of its keys change; name the key's fields, so that they stay the same",
                        e);
            }
            throw layout.announced(e);
        }
    }

    private void encode(ConsumerRecord<ByteBuffer, ByteBuffer> record, TopicPart part, RowWriter rows)
            throws Exception {
        try {
            if (keys != null) {
                keys.write(rows);
            }
            values.write(rows);
            metadata.write(record, key, rows);
            rows.endRow();
        } catch (MppConnectException e) {
            if (e.code() != ErrorCode.BAD_DATA) {
                throw e;
            }
            setAside(
                    record,
                    part,
                    value,
                    rows,
                    new MppConnectException(
                            ErrorCode.BAD_DATA,
                            "Cannot write offset " + record.offset() + " of " + part.name() + ": " + e.getMessage(),
                            e));
        }
    }

    private void setAside(
            ConsumerRecord<ByteBuffer, ByteBuffer> record,
            TopicPart part,
            Slice raw,
            RowWriter rows,
            MppConnectException reason)
            throws InterruptedException {
        if (deadLetters == null) {
            rows.failRow(reason, raw.bytes(), raw.from(), raw.to());
        } else {
            deadLetters.send(record, reason.getMessage(), part.name());
            lettersSent = true;
        }
    }

    /** What is set aside until now may be committed after this. */
    void settle() throws InterruptedException {
        if (lettersSent && deadLetters != null) {
            deadLetters.settle();
            lettersSent = false;
        }
    }

    @Override
    public void close() {
        try (RecordDecoder closing = keys) {
            values.close();
        }
    }
}
