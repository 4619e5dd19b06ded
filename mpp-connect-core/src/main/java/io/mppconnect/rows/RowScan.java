package io.mppconnect.rows;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.RowFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One pass over elements in memory. */
final class RowScan<T> implements SourceScan {

    /** What the database's error log calls the source of a row. */
    static final String ORIGIN = "rows";

    private static final int MOST_ROWS_PER_READ = 4_096;
    private static final long LONGEST_READ_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private final RowPlan<T> plan;
    private final Elements<T> elements;
    private final List<Split> splits;

    RowScan(RowPlan<T> plan, Elements<T> elements, int parallelism) {
        this.plan = plan;
        this.elements = elements;
        this.splits = elements.parts(parallelism).stream()
                .<Split>map(part -> new PartSplit<>(part, plan))
                .toList();
    }

    @Override
    public List<Field> fields() {
        return plan.fields();
    }

    @Override
    public RowFormat format() {
        return RowFormat.text();
    }

    @Override
    public List<Split> splits() {
        return splits;
    }

    @Override
    public void close() {
        elements.close();
    }

    private record PartSplit<T>(Elements.Part<T> part, RowPlan<T> plan) implements Split {
        @Override
        public String name() {
            return part.name();
        }

        @Override
        public SplitReader open() {
            return new PartReader<>(part.elements().get(), part.first(), plan.bind());
        }
    }

    private static final class PartReader<T> implements SplitReader {

        private final Iterator<? extends T> elements;
        private final RowPlan.ElementWriter<T> writer;
        private long number;

        private PartReader(Iterator<? extends T> elements, long first, RowPlan.ElementWriter<T> writer) {
            this.elements = elements;
            this.number = first;
            this.writer = writer;
        }

        @Override
        public boolean read(SplitOutput output) throws InterruptedException {
            output.origin(ORIGIN, number);
            RowWriter rows = output.rows();
            long start = System.nanoTime();
            for (int i = 0; i < MOST_ROWS_PER_READ; i++) {
                if (!elements.hasNext()) {
                    return false;
                }
                write(rows, elements.next());
                number++;
                if (System.nanoTime() - start > LONGEST_READ_NANOS) {
                    return true;
                }
            }
            return true;
        }

        private void write(RowWriter rows, @Nullable T element) throws InterruptedException {
            try {
                if (element == null) {
                    throw new MppConnectException(
                            ErrorCode.BAD_DATA, "Cannot write row " + number + ": the element is null");
                }
                writer.write(rows, element, number);
            } catch (RuntimeException e) {
                if (e instanceof MppConnectException known && known.code() != ErrorCode.BAD_DATA) {
                    throw e;
                }
                byte[] raw = shown(element).getBytes(StandardCharsets.UTF_8);
                rows.failRow(e, raw, 0, raw.length);
            }
        }

        private static String shown(@Nullable Object element) {
            try {
                return element instanceof Object[] values ? Arrays.toString(values) : String.valueOf(element);
            } catch (RuntimeException e) {
                return "an element that cannot be shown";
            }
        }

        @Override
        public void close() {
            // The elements are the application's.
        }
    }
}
