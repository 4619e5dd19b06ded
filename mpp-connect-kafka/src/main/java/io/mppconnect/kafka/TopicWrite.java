package io.mppconnect.kafka;

import io.mppconnect.catalog.Column;
import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.text.RowDecoder;
import io.mppconnect.text.RowFormat;
import java.util.List;

/** One run's records, in one transaction that all segments share. */
final class TopicWrite implements TargetWrite {

    private static final RowFormat FORMAT = RowFormat.text();

    private final TopicTransaction transaction;
    private final RecordLayout.Opened layout;
    private final List<Column> columns;

    TopicWrite(TopicTransaction transaction, RecordLayout.Opened layout, List<Column> columns) {
        this.transaction = transaction;
        this.layout = layout;
        this.columns = columns;
    }

    @Override
    public RowFormat format() {
        return FORMAT;
    }

    @Override
    public SegmentWriter open(int segment) {
        return SegmentRecords.of(segment, RowDecoder.of(FORMAT, columns), layout, transaction);
    }

    @Override
    public void finish() throws InterruptedException {
        transaction.settle();
    }

    @Override
    public void commit() {
        transaction.commit();
    }

    @Override
    public void close() {
        transaction.close();
    }
}
