package io.mppconnect.rows;

import io.mppconnect.spi.RowReader;
import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.Target;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.spi.UnloadContext;
import io.mppconnect.text.RowFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows for a consumer, which is called for one row at a time. Segments decode at once and take turns to deliver. */
record ConsumerTarget<T>(RowMapping<T> mapping, Consumer<? super T> consumer) implements Target {

    @Override
    public String name() {
        return "rows";
    }

    @Override
    public TargetWrite open(UnloadContext context) {
        return new Write<>(mapping.over(context.columns()), new RowCursor(context.columns()), consumer);
    }

    private static final class Write<T> implements TargetWrite {

        private final RowMapping.Reading<T> reading;
        private final RowCursor cursor;
        private final Consumer<? super T> consumer;
        private final ReentrantLock turn = new ReentrantLock();
        private @Nullable RuntimeException failure;

        private Write(RowMapping.Reading<T> reading, RowCursor cursor, Consumer<? super T> consumer) {
            this.reading = reading;
            this.cursor = cursor;
            this.consumer = consumer;
        }

        @Override
        public RowFormat format() {
            return RowCursor.FORMAT;
        }

        @Override
        public SegmentWriter open(int segment) {
            RowReader reader = cursor.reader();
            return new SegmentWriter() {
                @Override
                public void write(byte[] bytes, int from, int to) throws InterruptedException {
                    reader.reset(bytes, from, to);
                    List<T> rows = new ArrayList<>();
                    while (reader.next()) {
                        rows.add(reading.read(reader));
                    }
                    deliver(rows);
                }

                @Override
                public void finish() {
                    // Rows are delivered as they come.
                }

                @Override
                public void close() {
                    // Nothing is held.
                }
            };
        }

        private void deliver(List<T> rows) throws InterruptedException {
            turn.lockInterruptibly();
            try {
                if (failure != null) {
                    // Whichever segment's thread is heard first, the application's own failure is the cause.
                    throw failure;
                }
                for (T row : rows) {
                    if (Thread.interrupted()) {
                        throw new InterruptedException();
                    }
                    consumer.accept(row);
                }
            } catch (RuntimeException e) {
                failure = e;
                throw e;
            } finally {
                turn.unlock();
            }
        }

        @Override
        public void commit() {
            // Rows are with the consumer already.
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }
}
