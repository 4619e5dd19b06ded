package io.mppconnect.kafka;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.RecordEncoder;
import io.mppconnect.kafka.RecordLayout.Part;
import io.mppconnect.spi.RowReader;
import io.mppconnect.spi.SegmentWriter;
import org.jspecify.annotations.Nullable;

/** Makes records of the rows of one segment. */
final class SegmentRecords implements SegmentWriter {

    private final int segment;
    private final RowReader rows;
    private final RecordLayout.Opened layout;
    private final TopicTransaction transaction;
    private final @Nullable RecordEncoder key;
    private final RecordEncoder value;
    private long row;

    private SegmentRecords(
            int segment,
            RowReader rows,
            RecordLayout.Opened layout,
            TopicTransaction transaction,
            @Nullable RecordEncoder key,
            RecordEncoder value) {
        this.segment = segment;
        this.rows = rows;
        this.layout = layout;
        this.transaction = transaction;
        this.key = key;
        this.value = value;
    }

    static SegmentRecords of(int segment, RowReader rows, RecordLayout.Opened layout, TopicTransaction transaction) {
        Part keys = layout.key();
        RecordEncoder key = keys == null ? null : keys.encoders().get();
        try {
            return new SegmentRecords(
                    segment,
                    rows,
                    layout,
                    transaction,
                    key,
                    layout.value().encoders().get());
        } catch (RuntimeException failure) {
            try (RecordEncoder closing = key) {
                throw failure;
            }
        }
    }

    @Override
    public void write(byte[] bytes, int from, int to) throws Exception {
        rows.reset(bytes, from, to);
        while (rows.next()) {
            row++;
            transaction.send(encoded(key, layout.key()), isTombstone() ? null : encoded(value, layout.value()));
        }
    }

    private boolean isTombstone() {
        int column = layout.tombstone();
        return column >= 0 && !rows.isNull(column) && rows.booleanAt(column);
    }

    private byte @Nullable [] encoded(@Nullable RecordEncoder encoder, @Nullable Part part) throws Exception {
        if (encoder == null || part == null) {
            return null;
        }
        try {
            return encoder.encode(rows);
        } catch (BadRecordException e) {
            throw new MppConnectException(
                    ErrorCode.BAD_DATA,
                    "Cannot write " + part.what() + "row " + row + " of segment " + segment + " to topic "
                            + transaction.topic() + " as " + part.format() + ": " + e.getMessage(),
                    e);
        }
    }

    @Override
    public void finish() {
        // Records are with the producer already.
    }

    @Override
    public void close() {
        try (RecordEncoder closing = key;
                RecordEncoder other = value) {
            // Both.
        }
    }
}
