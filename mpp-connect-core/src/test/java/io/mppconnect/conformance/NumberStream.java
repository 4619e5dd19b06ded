package io.mppconnect.conformance;

import io.mppconnect.spi.Field;
import io.mppconnect.spi.JoinedSource;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Positions;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.RowFormat;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;

/**
 * A log of numbers in parts, as a topic has partitions, that can be read again from any place: part {@code p} of {@code n}
 * holds the ids {@code p, p + n, p + 2n, ...}. Rows are there once they are {@linkplain #append appended}; a scan begins
 * where its positions say, and else at the end, as one of a topic does by default.
 */
final class NumberStream implements Source {

    private final int parts;
    private final boolean bounded;
    private final int rowsPerRead;
    private final long[] ends;
    private final List<Positions> commits = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private boolean fromEnd;
    private boolean shared;
    private LongPredicate refused = id -> false;
    private LongPredicate unsent = id -> false;

    private NumberStream(int parts, boolean bounded, int rowsPerRead) {
        this.parts = parts;
        this.bounded = bounded;
        this.rowsPerRead = rowsPerRead;
        this.ends = new long[parts];
    }

    /** One that never ends. */
    static NumberStream unbounded(int parts, int rowsPerRead) {
        return new NumberStream(parts, false, rowsPerRead);
    }

    /** One that ends with what is appended when it is opened. */
    static NumberStream bounded(int parts, int rowsPerRead) {
        return new NumberStream(parts, true, rowsPerRead);
    }

    /** Parts without a position begin with the rows that come after they are opened. */
    NumberStream fromEnd() {
        fromEnd = true;
        return this;
    }

    /** Several runs of a job may read it, and each reads all of it, as if none had heard what the others have. */
    NumberStream shared() {
        shared = true;
        return this;
    }

    /** Rows that no segment can read. */
    NumberStream refused(LongPredicate ids) {
        refused = ids;
        return this;
    }

    /** Rows that cannot even be sent. */
    NumberStream unsent(LongPredicate ids) {
        unsent = ids;
        return this;
    }

    /** Adds rows at the end of each part, so many in all, shared alike. */
    synchronized NumberStream append(long rows) {
        for (int part = 0; part < parts; part++) {
            ends[part] += rows / parts;
        }
        notifyAll();
        return this;
    }

    synchronized void appendTo(int part, long rows) {
        ends[part] += rows;
        notifyAll();
    }

    /** What the load has said to be committed. */
    List<Positions> commits() {
        return commits;
    }

    /** How often it was opened. */
    int opened() {
        return opened.get();
    }

    private synchronized long end(int part) {
        return ends[part];
    }

    private synchronized long await(int part, long place) throws InterruptedException {
        while (ends[part] <= place) {
            wait();
        }
        return ends[part];
    }

    @Override
    public String name() {
        return "numbers";
    }

    @Override
    public boolean bounded() {
        return bounded;
    }

    @Override
    public boolean resumable() {
        return true;
    }

    @Override
    public Optional<JoinedSource> join(String job) {
        if (!shared) {
            return Optional.empty();
        }
        return Optional.of(new JoinedSource() {
            @Override
            public boolean takeParts(Duration most) {
                return true;
            }

            @Override
            public SourceScan open(LoadContext context) {
                return NumberStream.this.open(context);
            }

            @Override
            public void close() {
                left.incrementAndGet();
            }
        });
    }

    /** How many runs that have joined are over. */
    int left() {
        return left.get();
    }

    @Override
    public SourceScan open(LoadContext context) {
        opened.incrementAndGet();
        List<Split> splits = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            long start = fromEnd ? end(part) : 0;
            long from = context.positions()
                    .place("part-" + part)
                    .map(Long::parseLong)
                    .orElse(start);
            splits.add(new Part(part, from));
        }
        return new SourceScan() {
            @Override
            public List<Field> fields() {
                return List.of(Field.of("id"));
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
            public void committed(Positions positions) {
                commits.add(positions);
            }

            @Override
            public void close() {}
        };
    }

    private void write(RowWriter rows, long id) throws InterruptedException {
        byte[] raw = ("number " + id).getBytes(StandardCharsets.US_ASCII);
        if (unsent.test(id)) {
            rows.failRow("it cannot be sent", raw, 0, raw.length);
        } else if (refused.test(id)) {
            rows.writeUtf8(raw, 0, raw.length);
            rows.endRow();
        } else {
            rows.writeLong(id);
            rows.endRow();
        }
    }

    private final class Part implements Split {

        private final int part;
        private final long from;

        Part(int part, long from) {
            this.part = part;
            this.from = from;
        }

        @Override
        public String name() {
            return "part-" + part;
        }

        @Override
        public SplitReader open() {
            long last = end(part);
            return new SplitReader() {
                private long next = from;

                @Override
                public boolean read(SplitOutput output) throws InterruptedException {
                    long end = bounded ? last : await(part, next);
                    output.origin(name(), next + 1);
                    RowWriter rows = output.rows();
                    for (long stop = Math.min(end, next + rowsPerRead); next < stop; next++) {
                        write(rows, next * parts + part);
                    }
                    return !bounded || next < last;
                }

                @Override
                public Positions positions() {
                    return Positions.of(name(), Long.toString(next));
                }

                @Override
                public void close() {}
            };
        }
    }
}
