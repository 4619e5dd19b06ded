package io.mppconnect.text;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.BlockWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Keeps what was sent, and fails when a block is held or used in a way that it must not be. */
final class SentBlocks implements BlockWriter {

    private final int capacity;
    private final int maxCapacity;
    private final List<String> blocks = new ArrayList<>();
    private final List<Integer> blockRows = new ArrayList<>();
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private Block held;
    private int discarded;
    private int grown;

    SentBlocks(int capacity, int maxCapacity) {
        this.capacity = capacity;
        this.maxCapacity = maxCapacity;
    }

    static SentBlocks of(int capacity) {
        return new SentBlocks(capacity, Integer.MAX_VALUE);
    }

    /** What was sent, block by block. */
    List<String> blocks() {
        return blocks;
    }

    List<Integer> blockRows() {
        return blockRows;
    }

    byte[] bytes() {
        return sent.toByteArray();
    }

    String text() {
        return sent.toString(StandardCharsets.UTF_8);
    }

    boolean holdsBlock() {
        return held != null;
    }

    int discarded() {
        return discarded;
    }

    int grown() {
        return grown;
    }

    @Override
    public Block acquire(int wanted) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (held != null) {
            throw new AssertionError("two blocks at a time");
        }
        held = new Block(Math.max(capacity, wanted), block -> {});
        return held;
    }

    @Override
    public Block grow(Block block, int wanted) {
        take(block);
        if (wanted > maxCapacity) {
            throw new MppConnectException(ErrorCode.BAD_DATA, "too long");
        }
        grown++;
        held = new Block(Math.max(wanted, Math.min(maxCapacity, 2 * block.capacity())), grownBlock -> {});
        System.arraycopy(block.bytes(), 0, held.bytes(), 0, block.length());
        Arrays.fill(block.bytes(), (byte) '#');
        return held;
    }

    @Override
    public void send(Block block) {
        take(block);
        sent.write(block.bytes(), 0, block.length());
        blocks.add(new String(block.bytes(), 0, block.length(), StandardCharsets.UTF_8));
        blockRows.add(block.rows());
        // Whoever reads or writes a block that was sent shall be found out.
        Arrays.fill(block.bytes(), (byte) '#');
    }

    @Override
    public void discard(Block block) {
        take(block);
        discarded++;
    }

    private void take(Block block) {
        if (block != held) {
            throw new AssertionError("not the block that is held");
        }
        held = null;
    }
}
