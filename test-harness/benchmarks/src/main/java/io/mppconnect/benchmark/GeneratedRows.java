package io.mppconnect.benchmark;

import io.mppconnect.spi.Field;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.RowFormat;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Rows out of nothing, as many as one likes: columns of counting numbers, or one column of text.
 *
 * @param rows how many
 * @param columns how many columns of numbers; 0 for one of text
 * @param width how long the text is
 */
record GeneratedRows(long rows, int columns, int width) implements Source {

    private static final int SPLITS = 16;
    private static final int ROWS_A_READ = 1000;

    static GeneratedRows numbers(long rows, int columns) {
        return new GeneratedRows(rows, columns, 0);
    }

    static GeneratedRows text(long rows, int width) {
        return new GeneratedRows(rows, 0, width);
    }

    /** The columns of a table for such rows, as SQL defines them; numbers are int, so that 1,600 fit into a page of 8 kB. */
    String definition() {
        return columns == 0
                ? "c1 text"
                : String.join(", ", names().map(name -> name + " int").toList());
    }

    private Stream<String> names() {
        return IntStream.rangeClosed(1, Math.max(1, columns)).mapToObj(number -> "c" + number);
    }

    @Override
    public String name() {
        return "generated rows";
    }

    @Override
    public SourceScan open(LoadContext context) {
        List<Field> fields = names().map(name -> Field.of(name)).toList();
        List<Split> splits = LongStream.range(0, SPLITS)
                .mapToObj(part -> (Split) new Part(rows * part / SPLITS, rows * (part + 1) / SPLITS))
                .toList();
        return new SourceScan() {
            @Override
            public List<Field> fields() {
                return fields;
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
            public void close() {}
        };
    }

    private final class Part implements Split, SplitReader {

        private final long to;
        private final byte[] text = new byte[width];
        private long next;

        Part(long from, long to) {
            this.next = from;
            this.to = to;
            Arrays.fill(text, (byte) 'x');
        }

        @Override
        public String name() {
            return "generated to " + to;
        }

        @Override
        public SplitReader open() {
            return this;
        }

        @Override
        public boolean read(SplitOutput output) throws InterruptedException {
            RowWriter writer = output.rows();
            for (long end = Math.min(to, next + ROWS_A_READ); next < end; next++) {
                for (int column = 0; column < columns; column++) {
                    writer.writeLong(next + column);
                }
                if (columns == 0) {
                    writer.writeUtf8(text, 0, text.length);
                }
                writer.endRow();
            }
            return next < to;
        }

        @Override
        public void close() {}
    }
}
