package io.mppconnect.transfer.reject;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.RejectedRow;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.Target;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.spi.UnloadContext;
import io.mppconnect.text.RowEncoder;
import io.mppconnect.transfer.failure.ForeignFailure;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.List;
import java.util.Optional;

/** Writes rejected rows into a target as if one segment had sent them. */
final class RejectTarget implements RejectDestination {

    private static final List<Column> COLUMNS = List.of(
            Column.of("origin", ColumnType.of(TypeKind.TEXT, "text")),
            Column.of("record", ColumnType.of(TypeKind.INT8, "bigint")),
            Column.of("segment", ColumnType.of(TypeKind.INT4, "integer")),
            Column.of("sqlstate", ColumnType.of(TypeKind.TEXT, "text")),
            Column.of("message", ColumnType.of(TypeKind.TEXT, "text")),
            Column.of("raw", ColumnType.of(TypeKind.TEXT, "text")),
            Column.of("raw_bytes", ColumnType.of(TypeKind.BYTEA, "bytea")));

    private final TargetWrite write;
    private final SegmentWriter segment;
    private final RowEncoder rows;

    private RejectTarget(TargetWrite write, SegmentWriter segment, RowEncoder rows) {
        this.write = write;
        this.segment = segment;
        this.rows = rows;
    }

    static RejectTarget open(Target target, int maxRowBytes) throws Exception {
        TargetWrite write = target.open(new UnloadContext(COLUMNS, 1, maxRowBytes));
        try {
            SegmentWriter segment = write.open(0);
            RowEncoder rows = RowEncoder.of(
                    write.format(), COLUMNS.stream().map(Column::name).toList(), new Blocks(segment));
            return new RejectTarget(write, segment, rows);
        } catch (Exception e) {
            try (write) {
                throw e;
            }
        }
    }

    @Override
    public boolean wantsFailed() {
        return false;
    }

    @Override
    public void take(RejectedRow row) throws Exception {
        rows.writeText(row.origin());
        if (row.record() > 0) {
            rows.writeLong(row.record());
        } else {
            rows.writeNull();
        }
        if (row.segment().isPresent()) {
            rows.writeInt(row.segment().getAsInt());
        } else {
            rows.writeNull();
        }
        text(rows, row.sqlState());
        rows.writeText(row.message());
        text(rows, row.text());
        byte[] bytes = row.bytes().map(RejectSpool::array).orElse(null);
        if (bytes == null) {
            rows.writeNull();
        } else {
            rows.writeBytes(bytes, 0, bytes.length);
        }
        rows.endRow();
    }

    private static void text(RowWriter rows, Optional<String> text) throws InterruptedException {
        if (text.isPresent()) {
            rows.writeText(text.get());
        } else {
            rows.writeNull();
        }
    }

    /** Passes on what it has. */
    void flush() throws Exception {
        rows.flush();
    }

    @Override
    public void finish() throws Exception {
        rows.flush();
        segment.finish();
        segment.close();
        write.finish();
    }

    @Override
    public void publish() throws Exception {
        write.commit();
    }

    @Override
    public void close() throws Exception {
        try (write;
                segment) {
            rows.discard();
        }
    }

    /** Passes blocks on to the target at once. */
    private record Blocks(SegmentWriter segment) implements BlockWriter {

        private static final int USUAL = 64 * 1024;

        @Override
        public Block acquire(int capacity) {
            return new Block(Math.max(capacity, USUAL), released -> {});
        }

        @Override
        public Block grow(Block block, int capacity) {
            Block larger = acquire(Math.max(capacity, 2 * block.capacity()));
            System.arraycopy(block.bytes(), 0, larger.bytes(), 0, block.capacity());
            return larger;
        }

        @Override
        public void send(Block block) throws InterruptedException {
            try {
                segment.write(block.bytes(), 0, block.length());
            } catch (InterruptedException | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new MppConnectException(
                        ErrorCode.TARGET_FAILED, "Cannot write rejected rows: " + ForeignFailure.text(e), e);
            }
        }

        @Override
        public void discard(Block block) {
            block.release();
        }
    }
}
