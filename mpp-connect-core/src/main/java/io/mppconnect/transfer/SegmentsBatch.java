package io.mppconnect.transfer;

import io.mppconnect.segment.LoadExchange;
import io.mppconnect.segment.SegmentTraffic;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.FileRange;
import java.util.List;

/** Segments pull the rows while the statement reads the external table. */
final class SegmentsBatch extends LoadBatch {

    private final LoadExchange exchange;

    SegmentsBatch(PreparedLoad load, LoadExchange exchange) {
        super(load);
        this.exchange = exchange;
    }

    @Override
    void offer(Block block) {
        exchange.offer(block);
    }

    @Override
    boolean takesRanges() {
        return true;
    }

    @Override
    void offer(FileRange range) {
        exchange.offer(range);
    }

    @Override
    void finish() {
        exchange.finish();
    }

    @Override
    void fail(String reason) {
        exchange.fail(reason);
    }

    @Override
    void bring(Session session) {
        // The statement that reads the external table makes segments come for them.
    }

    @Override
    long taken() {
        return traffic().stream().mapToLong(SegmentTraffic::rows).sum();
    }

    @Override
    long bytes() {
        return traffic().stream().mapToLong(SegmentTraffic::bytes).sum();
    }

    @Override
    List<SegmentTraffic> traffic() {
        return exchange.traffic();
    }
}
