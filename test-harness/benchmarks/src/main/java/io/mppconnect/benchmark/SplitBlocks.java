package io.mppconnect.benchmark;

import io.mppconnect.segment.LoadExchange;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.FileRange;
import io.mppconnect.spi.RangeWriter;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.text.RowEncoder;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Optional;

/** What a worker's splits write into, with an exchange behind it and no engine. Used by one thread. */
final class SplitBlocks implements SplitOutput, BlockWriter {

    private final BoundedBlocks memory;
    private final LoadExchange exchange;
    private final RowEncoder encoder;
    private String origin = "";
    private long nextRecord = 1;

    SplitBlocks(SourceScan scan, BoundedBlocks memory, LoadExchange exchange) {
        this.memory = memory;
        this.exchange = exchange;
        this.encoder = RowEncoder.of(
                scan.format(), scan.fields().stream().map(Field::name).toList(), this);
    }

    @Override
    public void origin(String name, long record) {
        origin = name;
        nextRecord = record;
    }

    @Override
    public RowWriter rows() {
        return encoder;
    }

    @Override
    public void failRow(RuntimeException cause, byte[] raw, int from, int to) {
        throw cause;
    }

    @Override
    public BlockWriter blocks() {
        return this;
    }

    @Override
    public Block acquire(int capacity) throws InterruptedException {
        Block block = memory.acquire();
        return capacity <= block.capacity() ? block : grow(block, capacity);
    }

    @Override
    public Block grow(Block block, int capacity) {
        Block larger = new Block(Math.max(capacity, 2 * block.capacity()), memory);
        System.arraycopy(block.bytes(), 0, larger.bytes(), 0, block.capacity());
        // Its permit goes on with the larger one.
        return larger;
    }

    @Override
    public void send(Block block) {
        block.comesFrom(origin, nextRecord);
        nextRecord += block.rows();
        exchange.offer(block);
    }

    @Override
    public Optional<RangeWriter> ranges() {
        return Optional.of(this::sendRange);
    }

    private void sendRange(FileChannel file, long position, int length, int rows, RangeWriter.Lender lender)
            throws InterruptedException {
        memory.reserve(length);
        FileRange range = new FileRange(file, position, length, rows, new FileRange.Owner() {
            @Override
            public void released() {
                memory.free(length);
                lender.returned();
            }

            @Override
            public void failed(IOException cause) {
                exchange.fail(lender.explain(cause).getMessage());
            }
        });
        range.comesFrom(origin, nextRecord);
        nextRecord += rows;
        exchange.offer(range);
    }

    @Override
    public void discard(Block block) {
        block.release();
    }

    void finish() throws InterruptedException {
        encoder.flush();
    }
}
