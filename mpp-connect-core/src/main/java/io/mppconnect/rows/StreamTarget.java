package io.mppconnect.rows;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.rows.RowHandover.State;
import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.Target;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.spi.UnloadContext;
import io.mppconnect.text.RowFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The segments' side of a {@link RowStream}, for one run. Segments only copy their bytes here: rows are decoded by the
 * thread that reads them.
 */
final class StreamTarget implements Target {

    private final RowHandover handover;
    private final Consumer<List<Column>> columns;
    private final AtomicBoolean opened = new AtomicBoolean();

    /** @param columns hears what the rows' columns are before any row comes, and may refuse them */
    StreamTarget(RowHandover handover, Consumer<List<Column>> columns) {
        this.handover = handover;
        this.columns = columns;
    }

    @Override
    public String name() {
        return "a stream of rows";
    }

    @Override
    public TargetWrite open(UnloadContext context) {
        if (!opened.compareAndSet(false, true)) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Cannot unload twice into one stream of rows; ask for a new one");
        }
        columns.accept(context.columns());
        return new Write(handover);
    }

    private record Write(RowHandover handover) implements TargetWrite {

        @Override
        public RowFormat format() {
            return RowCursor.FORMAT;
        }

        @Override
        public SegmentWriter open(int segment) {
            return new SegmentWriter() {
                @Override
                public void write(byte[] bytes, int from, int to) throws InterruptedException {
                    handover.put(bytes, from, to);
                }

                @Override
                public void finish() {
                    // Bytes are handed over as they come.
                }

                @Override
                public void close() {
                    // Nothing is held.
                }
            };
        }

        @Override
        public void commit() {
            handover.end(State.COMMITTED);
        }

        @Override
        public void close() {
            handover.end(State.DISCARDED);
        }
    }
}
