package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.RecordDecoder;
import io.mppconnect.format.RecordFormat;
import io.mppconnect.spi.FieldsChangedException;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.spi.SplitOutput;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Writes records as rows, and puts those aside that are none. Used by one thread. */
final class RecordRows implements AutoCloseable {

    private final RowLayout layout;
    private final Slice key = new Slice();
    private final Slice value = new Slice();
    /** What is decoded of a record; written are those of them that have fields, in this order. */
    private final List<Side> sides;

    private final List<RecordDecoder> written;
    private final MetadataFields metadata;
    private final @Nullable DeadLetters deadLetters;
    private boolean lettersSent;

    /**
     * A side of a record.
     *
     * @param what what messages call it
     * @param format what messages call its format
     */
    private record Side(String what, String format, RecordDecoder decoder, Slice slice) {}

    /**
     * Takes the decoders over.
     *
     * @param keys null when keys are ignored
     * @param keyText decodes keys as text; used when metadata asks for it
     * @param deadLetters null to let the transfer reject what is no row
     */
    RecordRows(
            RowLayout layout,
            @Nullable RecordDecoder keys,
            RecordDecoder keyText,
            RecordDecoder values,
            @Nullable DeadLetters deadLetters) {
        this.layout = layout;
        this.deadLetters = deadLetters;
        this.metadata = new MetadataFields(layout.metadata(), keyText);
        this.written = keys == null ? List.of(values) : List.of(keys, values);
        List<Side> decoded = new ArrayList<>();
        RecordFormat keyFormat = layout.key();
        if (keys != null && keyFormat != null) {
            decoded.add(new Side("the key", keyFormat.name(), keys, key));
        }
        if (layout.metadata().contains(Metadata.KEY_TEXT)) {
            decoded.add(new Side("the key", "text", keyText, key));
        }
        decoded.add(new Side("the value", layout.value().name(), values, value));
        this.sides = List.copyOf(decoded);
    }

    /** Writes the row of a record, if it is one. */
    void write(ConsumerRecord<ByteBuffer, ByteBuffer> record, TopicPart part, SplitOutput output) throws Exception {
        part.name(record.offset(), output);
        key.of(record.key());
        value.of(record.value());
        RowWriter rows = output.rows();
        if (decode(record, part, rows)) {
            encode(record, part, rows);
        }
    }

    private boolean decode(ConsumerRecord<ByteBuffer, ByteBuffer> record, TopicPart part, RowWriter rows)
            throws Exception {
        for (int i = 0; i < sides.size(); i++) {
            Side side = sides.get(i);
            try {
                side.slice().decode(side.decoder());
            } catch (BadRecordException e) {
                setAside(
                        record,
                        part,
                        side.slice(),
                        rows,
                        new MppConnectException(
                                ErrorCode.BAD_DATA,
                                "Cannot read " + side.what() + " at offset " + record.offset() + " of " + part.name()
                                        + " as " + side.format() + ": " + e.getMessage(),
                                e));
                return false;
            } catch (FieldsChangedException e) {
                throw changed(side, part, record.offset(), e);
            }
        }
        return true;
    }

    private Exception changed(Side side, TopicPart part, long offset, FieldsChangedException news) {
        return side.slice() == value
                ? layout.announced(news)
                : new MppConnectException(
                        ErrorCode.SOURCE_FAILED,
                        "Cannot go on reading " + part.name() + " at offset " + offset
                                + ": the fields of its keys change; name the key's fields, so that they stay the same",
                        news);
    }

    private void encode(ConsumerRecord<ByteBuffer, ByteBuffer> record, TopicPart part, RowWriter rows)
            throws Exception {
        try {
            for (int i = 0; i < written.size(); i++) {
                written.get(i).write(rows);
            }
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
            rows.abandonRow();
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
        written.forEach(RecordDecoder::close);
    }
}
