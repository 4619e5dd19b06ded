package io.mppconnect.benchmark;

import io.mppconnect.catalog.Column;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.spi.RowReader;
import io.mppconnect.text.RowEncoder;
import io.mppconnect.text.RowFormat;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows of ten columns, of one kind or of mixed ones, and one block to write them into.
 *
 * @param kinds of the columns
 */
record MixedRows(List<ValueKind> kinds) {

    /** How many rows there are in one go: about a block of the engine. */
    static final int ROWS = 500;

    private static final int COLUMNS = 10;
    private static final List<ValueKind> MIXED = List.of(
            ValueKind.LONG,
            ValueKind.INT,
            ValueKind.DECIMAL,
            ValueKind.DOUBLE,
            ValueKind.DATE,
            ValueKind.TIMESTAMP,
            ValueKind.BOOLEAN,
            ValueKind.UTF8,
            ValueKind.TEXT,
            ValueKind.UUID);

    /** Rows of the kind of this name; {@code MIXED} for one column of each. */
    static MixedRows of(String kind) {
        return new MixedRows(kind.equals("MIXED") ? MIXED : Collections.nCopies(COLUMNS, ValueKind.valueOf(kind)));
    }

    static RowFormat format(String name) {
        return name.equals("CSV") ? RowFormat.csv() : RowFormat.text();
    }

    List<String> names() {
        return IntStream.range(0, COLUMNS).mapToObj(i -> "c" + i).toList();
    }

    List<Column> columns() {
        return names().stream()
                .map(name -> Column.of(name, ColumnType.of(TypeKind.TEXT, "text")))
                .toList();
    }

    void write(RowEncoder encoder) throws InterruptedException {
        for (int row = 0; row < ROWS; row++) {
            for (int column = 0; column < COLUMNS; column++) {
                kinds.get(column).write(encoder, row * COLUMNS + column);
            }
            encoder.endRow();
        }
        encoder.flush();
    }

    /** The same rows, written. */
    byte[] bytes(RowFormat format) throws InterruptedException {
        OneBlock block = new OneBlock();
        write(RowEncoder.of(format, names(), block));
        return Arrays.copyOf(block.bytes(), block.length());
    }

    long read(RowReader reader) {
        long sum = 0;
        while (reader.next()) {
            for (int column = 0; column < COLUMNS; column++) {
                sum += kinds.get(column).read(reader, column);
            }
        }
        return sum;
    }

    /** Hands out the same block again and again. */
    static final class OneBlock implements BlockWriter {

        private static final int BYTES = 1 << 20;

        private final Block block = new Block(BYTES, released -> {});
        private int length;

        /** Where the last rows sent are. */
        byte[] bytes() {
            return block.bytes();
        }

        /** How long the last rows sent were. */
        int length() {
            return length;
        }

        @Override
        public Block acquire(int capacity) {
            return block;
        }

        @Override
        public Block grow(Block small, int capacity) {
            throw new IllegalStateException("these rows fit");
        }

        @Override
        public void send(Block full) {
            length = full.length();
        }

        @Override
        public void discard(Block unused) {}
    }
}
