package io.mppconnect.file;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import io.mppconnect.spi.RangeWriter;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import io.mppconnect.spi.SplitOutput;
import io.mppconnect.spi.SplitReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Collects what split readers push, and holds them to the rules for blocks. */
class CollectedRows implements SplitOutput, BlockWriter, RowWriter {

    /** A block as it was sent, with where it came from. */
    record Sent(String origin, long record, int rows, String text) {}

    private final int blockSize;
    private final int maxRow;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Sent> sent = new ArrayList<>();
    private final List<List<String>> decoded = new ArrayList<>();
    private List<String> decodedRow = new ArrayList<>();
    private String origin = "";
    private long record;
    private Block held;
    private boolean takesRanges;

    CollectedRows(int blockSize, int maxRow) {
        this.blockSize = blockSize;
        this.maxRow = maxRow;
    }

    CollectedRows() {
        this(64, 1 << 20);
    }

    /** Takes ranges of files too. */
    CollectedRows takingRanges() {
        takesRanges = true;
        return this;
    }

    @Override
    public Optional<RangeWriter> ranges() {
        return takesRanges ? Optional.of(this::sendRange) : Optional.empty();
    }

    private void sendRange(FileChannel file, long position, int length, int rows, RangeWriter.Lender lender) {
        requireNoBlock();
        ByteBuffer range = ByteBuffer.allocate(length);
        try {
            while (range.hasRemaining()) {
                file.read(range, position + range.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        collect(range.array(), length, rows);
        lender.returned();
    }

    private void collect(byte[] from, int length, int rows) {
        bytes.write(from, 0, length);
        sent.add(new Sent(origin, record, rows, new String(from, 0, length, StandardCharsets.UTF_8)));
        record += rows;
    }

    /** Reads all splits, one after the other. */
    CollectedRows readAll(SourceScan scan) throws Exception {
        for (Split split : scan.splits()) {
            read(split);
        }
        return this;
    }

    CollectedRows read(Split split) throws Exception {
        try (SplitReader reader = split.open()) {
            while (reader.read(this)) {
                requireNoBlock();
            }
        } finally {
            requireNoBlock();
        }
        return this;
    }

    private void requireNoBlock() {
        if (held != null) {
            throw new AssertionError("a block was neither sent nor discarded");
        }
    }

    String text() {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    String text(Charset charset) {
        return bytes.toString(charset);
    }

    byte[] bytes() {
        return bytes.toByteArray();
    }

    List<Sent> sent() {
        return sent;
    }

    int rowCount() {
        return sent.stream().mapToInt(Sent::rows).sum();
    }

    String originName() {
        return origin;
    }

    long record() {
        return record;
    }

    /** The rows that were written value by value; null where NULL was. */
    List<List<String>> decoded() {
        return decoded;
    }

    @Override
    public void origin(String name, long next) {
        origin = name;
        record = next;
    }

    @Override
    public RowWriter rows() {
        return this;
    }

    @Override
    public BlockWriter blocks() {
        return this;
    }

    @Override
    public Block acquire(int capacity) {
        requireNoBlock();
        held = new Block(Math.max(capacity, blockSize), released -> {});
        return held;
    }

    @Override
    public Block grow(Block block, int capacity) {
        requireHeld(block);
        held = null;
        if (capacity > maxRow) {
            throw new MppConnectException(ErrorCode.BAD_DATA, "too long");
        }
        Block larger = new Block(Math.max(capacity, Math.min(maxRow, block.capacity() * 2)), released -> {});
        System.arraycopy(block.bytes(), 0, larger.bytes(), 0, block.capacity());
        held = larger;
        return larger;
    }

    @Override
    public void send(Block block) {
        requireHeld(block);
        held = null;
        collect(block.bytes(), block.length(), block.rows());
    }

    @Override
    public void discard(Block block) {
        requireHeld(block);
        held = null;
    }

    private void requireHeld(Block block) {
        if (held != block) {
            throw new AssertionError("the block is not the reader's any more");
        }
    }

    @Override
    public void writeNull() {
        decodedRow.add(null);
    }

    @Override
    public void writeText(CharSequence value) {
        decodedRow.add(value.toString());
    }

    @Override
    public void writeUtf8(byte[] utf8, int from, int to) {
        decodedRow.add(new String(utf8, from, to - from, StandardCharsets.UTF_8));
    }

    @Override
    public void failRow(String reason, byte[] raw, int from, int to) {
        failRow(new IllegalArgumentException(reason), raw, from, to);
    }

    @Override
    public void failRow(RuntimeException cause, byte[] raw, int from, int to) {
        throw cause;
    }

    @Override
    public void abandonRow() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void endRow() {
        decoded.add(decodedRow);
        decodedRow = new ArrayList<>();
    }

    @Override
    public void writeBoolean(boolean value) {
        writeText(String.valueOf(value));
    }

    @Override
    public void writeInt(int value) {
        writeText(String.valueOf(value));
    }

    @Override
    public void writeLong(long value) {
        writeText(String.valueOf(value));
    }

    @Override
    public void writeFloat(float value) {
        writeText(String.valueOf(value));
    }

    @Override
    public void writeDouble(double value) {
        writeText(String.valueOf(value));
    }

    @Override
    public void writeDecimal(BigDecimal value) {
        writeText(value.toPlainString());
    }

    @Override
    public void writeDecimal(long unscaled, int scale) {
        writeDecimal(BigDecimal.valueOf(unscaled, scale));
    }

    @Override
    public void writeBytes(byte[] value, int from, int to) {
        throw new AssertionError("files hold no bytea values");
    }

    @Override
    public void writeDate(long epochDay) {
        writeLong(epochDay);
    }

    @Override
    public void writeTime(long micros) {
        writeLong(micros);
    }

    @Override
    public void writeTimestamp(long epochMicros) {
        writeLong(epochMicros);
    }

    @Override
    public void writeInstant(long epochMicros) {
        writeLong(epochMicros);
    }

    @Override
    public void writeUuid(UUID value) {
        writeText(value.toString());
    }
}
