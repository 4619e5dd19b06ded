package io.mppconnect.rows;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.RunningTransfer;
import io.mppconnect.TransferProgress.Phase;
import io.mppconnect.catalog.Column;
import io.mppconnect.rows.RowHandover.State;
import io.mppconnect.spi.RowReader;
import io.mppconnect.spi.Target;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The rows of an unload, as they come from all segments, in no particular order. While nobody reads, segments wait: at
 * most 16 MB are held, or one longer block of rows.
 *
 * <pre>{@code
 * try (RowStream<Order> orders = cluster.transfer().from(Table.named("orders")).stream(Order.class)) {
 *     while (orders.hasNext()) {
 *         ship(orders.next());
 *     }
 * }
 * }</pre>
 *
 * <p>Rows end when the unload has committed, and not before: when it fails, {@link #hasNext} and {@link #next} throw
 * its first cause. To be read by one thread at a time; {@link #close} may be called by any.
 *
 * @param <T> what a row is read as
 */
public final class RowStream<T> implements Iterator<T>, AutoCloseable {

    static final DataSize DEFAULT_MEMORY = DataSize.ofMegabytes(16);

    /** How often a reader without rows looks whether the transfer failed before it got to the target. */
    private static final long LOOK_MILLIS = 100;

    private final RowMapping<T> mapping;
    private final RowHandover handover;
    private final Target target;
    private volatile @Nullable RunningTransfer transfer;
    private volatile @Nullable Decoding<T> decoding;
    private boolean inBlock;
    private @Nullable T upcoming;
    private @Nullable RuntimeException failure;
    private boolean ended;

    /** How the run's bytes are read; known once its columns are. */
    private record Decoding<T>(RowReader reader, RowMapping.Reading<T> reading) {}

    RowStream(RowMapping<T> mapping, DataSize memory) {
        this.mapping = mapping;
        this.handover = new RowHandover(memory.bytes());
        this.target = new StreamTarget(handover, this::prepare);
    }

    /** Where the one transfer that feeds this stream unloads into. */
    public Target target() {
        return target;
    }

    /** Says which transfer feeds this stream: the stream ends with it, and closing the stream closes it. */
    public RowStream<T> startedBy(RunningTransfer running) {
        transfer = running;
        return this;
    }

    /**
     * Waits for the next row, or for the commit.
     *
     * @throws MppConnectException when the transfer failed, with its first cause; when the row cannot be read; when the
     *     stream was closed; {@link ErrorCode#CANCELLED} when the thread is interrupted, whose flag stays set
     */
    @Override
    public boolean hasNext() {
        if (failure != null) {
            throw failure;
        }
        if (upcoming == null && !ended) {
            try {
                upcoming = read();
                ended = upcoming == null;
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            }
        }
        return !ended;
    }

    /** The next row. Waits and throws as {@link #hasNext}. */
    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException("All rows have been read");
        }
        T row = Objects.requireNonNull(upcoming);
        upcoming = null;
        return row;
    }

    /** The rows as a sequential stream; closing it closes this. */
    public Stream<T> stream() {
        return StreamSupport.stream(
                        Spliterators.spliteratorUnknownSize(this, Spliterator.NONNULL | Spliterator.ORDERED), false)
                .onClose(this::close);
    }

    /** Ends the reading; a transfer that has not committed yet is cancelled, and nothing of it is left. Idempotent. */
    @Override
    public void close() {
        handover.end(State.CLOSED);
        RunningTransfer running = transfer;
        if (running != null) {
            running.close();
        }
    }

    private void prepare(List<Column> columns) {
        decoding = new Decoding<>(new RowCursor(columns).reader(), mapping.over(columns));
    }

    /** The next row, null after the last. */
    private @Nullable T read() {
        while (true) {
            Decoding<T> current = decoding;
            if (current != null && inBlock && current.reader().next()) {
                return current.reading().read(current.reader());
            }
            byte[] block = nextBlock();
            inBlock = block != null;
            if (block == null) {
                return null;
            }
            // Whoever handed over a block had the columns before.
            Objects.requireNonNull(decoding).reader().reset(block, 0, block.length);
        }
    }

    /** Waits for a block, null after the last. */
    private byte @Nullable [] nextBlock() {
        RunningTransfer running = transfer;
        if (running == null) {
            throw new IllegalStateException("Cannot read rows: no transfer feeds this stream yet");
        }
        while (true) {
            byte[] block = take();
            if (block != null) {
                return block;
            }
            switch (handover.state()) {
                case OPEN -> checkRunning(running);
                case COMMITTED -> {
                    running.await();
                    return null;
                }
                case DISCARDED -> throw failure(running);
                case CLOSED ->
                    throw new MppConnectException(ErrorCode.CANCELLED, "Cannot read rows: the stream was closed");
            }
        }
    }

    private byte @Nullable [] take() {
        try {
            return handover.take(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MppConnectException(ErrorCode.CANCELLED, "Cannot read rows: the thread was interrupted", e);
        }
    }

    /** A transfer that fails before it opens the target says so in no other way. */
    private static void checkRunning(RunningTransfer running) {
        if (running.progress().phase() == Phase.FAILED) {
            throw failure(running);
        }
    }

    private static MppConnectException failure(RunningTransfer running) {
        running.await();
        return new MppConnectException(
                ErrorCode.CANCELLED, "Cannot read rows: the transfer ended without handing them all over");
    }
}
