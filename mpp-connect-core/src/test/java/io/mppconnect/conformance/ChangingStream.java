package io.mppconnect.conformance;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.FieldsChangedException;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Positions;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceChangedException;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.RowFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A log in parts whose rows follow one version of its fields after the other, as a topic's messages follow the versions of
 * a schema. A reader that comes upon a newer version announces it; rows of older ones have no value for what came later.
 */
final class ChangingStream implements Source {

    private record Entry(int version, Map<String, String> values) {}

    private final List<List<Field>> versions;
    private final List<List<Entry>> parts = new ArrayList<>();
    private boolean resumable = true;
    private boolean deaf;
    private boolean fickle;
    private boolean replaced;
    private boolean oneByOne;
    private final AtomicInteger changes = new AtomicInteger();

    private ChangingStream(List<List<Field>> versions) {
        this.versions = versions;
    }

    /** One that ends with the last row, with these versions of its fields. */
    @SafeVarargs
    static ChangingStream of(List<Field>... versions) {
        List<List<Field>> all = new ArrayList<>();
        for (List<Field> version : versions) {
            all.add(version);
        }
        return new ChangingStream(all);
    }

    /** It cannot be read from anywhere but its start. */
    ChangingStream fromStartOnly() {
        resumable = false;
        return this;
    }

    /** Opened again, it has the fields of its start whatever was announced. */
    ChangingStream deaf() {
        deaf = true;
        return this;
    }

    /** It announces the second and the third version in turn, and gives no row. */
    ChangingStream fickle() {
        fickle = true;
        return this;
    }

    /** The first readers, so many, find that the parts are others, and give no row. */
    ChangingStream changing(int times) {
        changes.set(times);
        return this;
    }

    /** Asked before a commit, it says that it is not what it was. */
    ChangingStream replaced() {
        replaced = true;
        return this;
    }

    /** Its readers give one row at a time. */
    ChangingStream oneByOne() {
        oneByOne = true;
        return this;
    }

    /** Adds something that gives no row. */
    ChangingStream gap(int part) {
        return row(part, 0, Map.of());
    }

    /** Adds a row to a part, which is made if it is not there. */
    ChangingStream row(int part, int version, Map<String, String> values) {
        while (parts.size() <= part) {
            parts.add(new ArrayList<>());
        }
        parts.get(part).add(new Entry(version, values));
        return this;
    }

    @Override
    public String name() {
        return "changing";
    }

    @Override
    public boolean resumable() {
        return resumable;
    }

    @Override
    public SourceScan open(LoadContext context) {
        List<Integer> starts = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            starts.add(context.positions()
                    .place("part-" + part)
                    .map(Integer::parseInt)
                    .orElse(0));
        }
        int first = parts.get(0)
                .get(Math.min(starts.get(0), parts.get(0).size() - 1))
                .version();
        int version = deaf ? 0 : context.announced().isEmpty() ? first : versions.indexOf(context.announced());
        List<Split> splits = new ArrayList<>();
        for (int part = 0; part < parts.size(); part++) {
            splits.add(new Part(part, starts.get(part), version));
        }
        return new SourceScan() {
            @Override
            public List<Field> fields() {
                return versions.get(version);
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
            public CompletionStage<Void> committing(Positions reached) {
                return replaced
                        ? CompletableFuture.failedFuture(
                                new MppConnectException(ErrorCode.SOURCE_FAILED, "The log is another one"))
                        : SourceScan.super.committing(reached);
            }

            @Override
            public void close() {}
        };
    }

    private final class Part implements Split {

        private final int part;
        private final int from;
        private final int version;

        Part(int part, int from, int version) {
            this.part = part;
            this.from = from;
            this.version = version;
        }

        @Override
        public String name() {
            return "part-" + part;
        }

        @Override
        public SplitReader open() {
            return new SplitReader() {
                private int next = from;

                @Override
                public boolean read(SplitOutput output) throws Exception {
                    List<Entry> entries = parts.get(part);
                    output.origin(name(), next + 1L);
                    if (changes.getAndDecrement() > 0) {
                        throw new SourceChangedException("The parts are others from now on");
                    }
                    if (fickle) {
                        throw new FieldsChangedException(versions.get(version == 1 ? 2 : 1));
                    }
                    int end = oneByOne ? Math.min(next + 1, entries.size()) : entries.size();
                    while (next < end) {
                        Entry entry = entries.get(next);
                        if (entry.version() > version) {
                            throw new FieldsChangedException(versions.get(entry.version()));
                        }
                        if (!entry.values().isEmpty()) {
                            write(output.rows(), entry.values());
                        }
                        next++;
                    }
                    return next < entries.size();
                }

                @Override
                public Positions positions() {
                    return resumable ? Positions.of(name(), Integer.toString(next)) : Positions.none();
                }

                @Override
                public void close() {}
            };
        }

        private void write(RowWriter rows, Map<String, String> values) throws InterruptedException {
            for (Field field : versions.get(version)) {
                String value = values.get(field.name());
                if (value == null) {
                    rows.writeNull();
                } else {
                    rows.writeText(value);
                }
            }
            rows.endRow();
        }
    }
}
