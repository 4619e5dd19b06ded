package io.mppconnect.rows;

import io.mppconnect.catalog.Column;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.spi.Source;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import io.mppconnect.text.RowEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Takes the rows of one split, encoded as for segments. */
final class CapturedRows implements SplitOutput, BlockWriter {

    private static final int BLOCK_BYTES = 1024;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<String> origins = new ArrayList<>();
    private final RowEncoder encoder;

    private CapturedRows(SourceScan scan) {
        List<String> names = scan.fields().stream().map(Field::name).toList();
        this.encoder = RowEncoder.of(scan.format(), names, this);
    }

    /** The lines of all splits of a source, in order. */
    static List<String> lines(Source source, List<Column> columns) throws Exception {
        return new String(bytes(source, columns), StandardCharsets.UTF_8)
                .lines()
                .toList();
    }

    /** The bytes of all splits of a source, in order. */
    static byte[] bytes(Source source, List<Column> columns) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (SourceScan scan = source.open(new LoadContext(columns, 2, 1 << 20))) {
            for (Split split : scan.splits()) {
                all.writeBytes(read(scan, split).bytes.toByteArray());
            }
        }
        return all.toByteArray();
    }

    static CapturedRows read(SourceScan scan, Split split) throws Exception {
        CapturedRows captured = new CapturedRows(scan);
        try (SplitReader reader = split.open()) {
            boolean more = true;
            while (more) {
                more = reader.read(captured);
            }
        }
        captured.encoder.flush();
        return captured;
    }

    List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** What was said of where rows come from, as {@code name:record}. */
    List<String> origins() {
        return origins;
    }

    @Override
    public void origin(String name, long record) {
        origins.add(name + ":" + record);
    }

    @Override
    public void failRow(RuntimeException cause, byte[] raw, int from, int to) {
        throw cause;
    }

    @Override
    public RowWriter rows() {
        return encoder;
    }

    @Override
    public BlockWriter blocks() {
        return this;
    }

    @Override
    public Block acquire(int capacity) {
        return new Block(Math.max(capacity, BLOCK_BYTES), released -> {});
    }

    @Override
    public Block grow(Block block, int capacity) {
        Block larger = new Block(capacity, released -> {});
        System.arraycopy(block.bytes(), 0, larger.bytes(), 0, block.capacity());
        return larger;
    }

    @Override
    public void send(Block block) {
        bytes.writeBytes(Arrays.copyOf(block.bytes(), block.length()));
    }

    @Override
    public void discard(Block block) {
        block.release();
    }
}
