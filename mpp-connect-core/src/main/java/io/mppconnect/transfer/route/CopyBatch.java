package io.mppconnect.transfer.route;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.segment.SegmentTraffic;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.FileRange;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.block.CopiedLines;
import io.mppconnect.transfer.session.Session;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The rows go over the transfer's own connection into a temporary table. Blocks wait here within the pool's budget. */
final class CopyBatch implements LoadBatch {

    private final String copy;
    private final CopiedLines lines;
    private final ArrayDeque<Block> waiting = new ArrayDeque<>();
    private boolean finished;
    private @Nullable String failure;
    private volatile long taken;
    private long bytes;

    /** @param copy the {@code COPY ... FROM STDIN} */
    CopyBatch(String copy, RowFormat format) {
        this.copy = copy;
        this.lines = new CopiedLines(format);
    }

    @Override
    public void offer(Block block) {
        synchronized (waiting) {
            if (failure == null) {
                waiting.add(block);
                waiting.notifyAll();
                return;
            }
        }
        block.release();
    }

    @Override
    public Optional<Consumer<FileRange>> ranges() {
        return Optional.empty();
    }

    @Override
    public void finish() {
        synchronized (waiting) {
            finished = true;
            waiting.notifyAll();
        }
    }

    @Override
    public void fail(String reason) {
        synchronized (waiting) {
            failure = failure == null ? reason : failure;
            waiting.forEach(Block::release);
            waiting.clear();
            waiting.notifyAll();
        }
    }

    @Override
    public void bring(Session session) throws Exception {
        long copied = session.copyIn(copy, this::next);
        taken = copied;
    }

    private @Nullable Block next() throws InterruptedException {
        Block block = poll();
        if (block != null) {
            lines.add(block);
        }
        return block;
    }

    /** The next block; null when there are no more. */
    private @Nullable Block poll() throws InterruptedException {
        synchronized (waiting) {
            while (waiting.isEmpty() && !finished && failure == null) {
                waiting.wait();
            }
            if (failure != null) {
                throw new MppConnectException(ErrorCode.CANCELLED, "Cannot go on with the load: " + failure);
            }
            Block block = waiting.poll();
            bytes += block == null ? 0 : block.length();
            return block;
        }
    }

    @Override
    public long line(long said) {
        return lines.find(said);
    }

    @Override
    public long taken() {
        return taken;
    }

    @Override
    public long bytes() {
        synchronized (waiting) {
            return bytes;
        }
    }

    @Override
    public List<SegmentTraffic> traffic() {
        return List.of();
    }
}
