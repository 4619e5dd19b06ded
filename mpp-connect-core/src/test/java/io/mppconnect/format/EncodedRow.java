package io.mppconnect.format;

import io.mppconnect.catalog.Column;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.spi.RowReader;
import io.mppconnect.text.RowDecoder;
import io.mppconnect.text.RowEncoder;
import io.mppconnect.text.RowFormat;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Rows as segments write them, and the records that are made of them. */
final class EncodedRow {

    private EncodedRow() {}

    /** The record of a row of these texts, in the form that the database writes values in; null for NULL. */
    static byte[] bytes(RecordEncoding encoding, List<Column> columns, String... texts) throws Exception {
        try (RecordEncoder encoder = encoding.open(columns).get()) {
            // The second time nothing must be left of the first.
            encoder.encode(row(columns, texts));
            return encoder.encode(row(columns, texts));
        }
    }

    static String text(RecordEncoding encoding, List<Column> columns, String... texts) throws Exception {
        return new String(bytes(encoding, columns, texts), StandardCharsets.UTF_8);
    }

    /** A reader whose current row it is. */
    static RowReader row(List<Column> columns, String... texts) throws InterruptedException {
        OneBlock sent = new OneBlock();
        RowEncoder encoder = RowEncoder.of(
                RowFormat.text(), columns.stream().map(Column::name).toList(), sent);
        for (String text : texts) {
            if (text == null) {
                encoder.writeNull();
            } else {
                encoder.writeText(text);
            }
        }
        encoder.endRow();
        encoder.flush();
        RowReader reader = RowDecoder.of(RowFormat.text(), columns);
        reader.reset(sent.bytes, 0, sent.bytes.length);
        reader.next();
        return reader;
    }

    private static final class OneBlock implements BlockWriter {

        private byte[] bytes = {};

        @Override
        public Block acquire(int capacity) {
            return new Block(Math.max(capacity, 1 << 16), block -> {});
        }

        @Override
        public Block grow(Block block, int capacity) {
            throw new AssertionError("rows are short");
        }

        @Override
        public void send(Block block) {
            bytes = Arrays.copyOf(block.bytes(), block.length());
        }

        @Override
        public void discard(Block block) {}
    }
}
