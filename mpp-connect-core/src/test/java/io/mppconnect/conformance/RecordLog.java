package io.mppconnect.conformance;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.RecordDecoder;
import io.mppconnect.format.RecordFormat;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Positions;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.RowFormat;
import java.util.List;

/** Encoded records in memory as a source, the way a topic has them; ends with the last. */
record RecordLog(RecordFormat format, List<byte[]> records) implements Source {

    @Override
    public String name() {
        return "log";
    }

    @Override
    public boolean resumable() {
        return true;
    }

    @Override
    public SourceScan open(LoadContext context) throws Exception {
        int from = context.positions().place("log").map(Integer::parseInt).orElse(0);
        RecordDecoder decoder = format.open(context.columns(), context.announced());
        return new SourceScan() {
            @Override
            public List<Field> fields() {
                return decoder.fields();
            }

            @Override
            public RowFormat format() {
                return RowFormat.text();
            }

            @Override
            public List<Split> splits() {
                return List.of(new Whole(decoder, from));
            }

            @Override
            public void close() {
                decoder.close();
            }
        };
    }

    private final class Whole implements Split {

        private final RecordDecoder decoder;
        private final int from;

        Whole(RecordDecoder decoder, int from) {
            this.decoder = decoder;
            this.from = from;
        }

        @Override
        public String name() {
            return "log";
        }

        @Override
        public SplitReader open() {
            return new SplitReader() {
                private int next = from;

                @Override
                public boolean read(SplitOutput output) throws Exception {
                    output.origin("log", next + 1);
                    for (; next < records.size(); next++) {
                        put(records.get(next), output.rows());
                    }
                    return false;
                }

                @Override
                public Positions positions() {
                    return Positions.of("log", Integer.toString(next));
                }

                @Override
                public void close() {}
            };
        }

        private void put(byte[] record, RowWriter rows) throws Exception {
            try {
                decoder.decode(record, 0, record.length);
            } catch (BadRecordException e) {
                rows.failRow(e.getMessage(), record, 0, record.length);
                return;
            }
            decoder.write(rows);
            rows.endRow();
        }
    }
}
