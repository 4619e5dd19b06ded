package io.mppconnect.transfer.route;

import io.mppconnect.segment.LoadExchange;
import io.mppconnect.segment.SegmentTraffic;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.FileRange;
import io.mppconnect.transfer.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Segments pull the rows while the statement reads the external table. */
final class SegmentsBatch implements LoadBatch {

    private final LoadExchange exchange;

    SegmentsBatch(LoadExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public void offer(Block block) {
        exchange.offer(block);
    }

    @Override
    public Optional<Consumer<FileRange>> ranges() {
        return Optional.of(exchange::offer);
    }

    @Override
    public void finish() {
        exchange.finish();
    }

    @Override
    public void fail(String reason) {
        exchange.fail(reason);
    }

    @Override
    public void bring(Session session) {
        // The statement that reads the external table makes segments come for them.
    }

    @Override
    public long line(long said) {
        return said;
    }

    @Override
    public long taken() {
        return traffic().stream().mapToLong(SegmentTraffic::rows).sum();
    }

    @Override
    public long bytes() {
        return traffic().stream().mapToLong(SegmentTraffic::bytes).sum();
    }

    @Override
    public List<SegmentTraffic> traffic() {
        return exchange.traffic();
    }
}
