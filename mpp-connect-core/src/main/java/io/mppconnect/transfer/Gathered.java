package io.mppconnect.transfer;

import io.mppconnect.RejectedRow;
import io.mppconnect.TransferReport.SplitPart;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.Positions;
import io.mppconnect.transfer.reject.RejectSpool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is to be committed together: blocks of rows, and how far they bring the source. Guarded by its gathering. */
final class Gathered {

    private static final Logger LOG = LoggerFactory.getLogger(Gathered.class);

    private final List<Block> blocks = new ArrayList<>();
    /** By origin: a split may read several by turns. */
    private final Map<String, Block> last = new HashMap<>();

    private final Map<String, SplitPart> parts = new HashMap<>();
    private final RejectSpool rejected = new RejectSpool();
    private Positions positions = Positions.none();
    private long setAside;
    private long refused;
    private long rows;
    private long bytes;
    private long memory;

    void add(String split, Block block) {
        rows += block.rows();
        bytes += block.length();
        parts.merge(split, new SplitPart(split, block.rows(), block.length()), Gathered::sum);
        Block before = last.get(block.origin());
        if (before != null && follows(before, block)) {
            System.arraycopy(block.bytes(), 0, before.bytes(), before.length(), block.length());
            before.filled(before.length() + block.length(), before.rows() + block.rows());
            block.release();
            return;
        }
        memory += block.capacity();
        blocks.add(block);
        last.put(block.origin(), block);
    }

    /** A row that is not sent. */
    void add(RejectedRow row) {
        try {
            rejected.add(row);
        } catch (IOException e) {
            throw new UncheckedIOException("Rejected rows cannot be kept", e);
        }
        setAside++;
    }

    /** The rows that are not sent. */
    RejectSpool rejected() {
        return rejected;
    }

    /** How many rows are not sent. */
    long setAside() {
        return setAside;
    }

    /** So many of the rows that were sent did the database refuse. */
    void refused(long count) {
        refused = count;
    }

    /** How many rows are loaded once it is committed. */
    long loaded() {
        return rows - refused;
    }

    /** How many rows are not, sent or not. */
    long bad() {
        return refused + setAside;
    }

    void close() {
        try {
            rejected.close();
        } catch (IOException e) {
            LOG.warn("Rejected rows cannot be forgotten: {}", e.getMessage());
        }
    }

    /** A source that gives a few rows per read would else fill memory, and frames, with blocks that are mostly empty. */
    private static boolean follows(Block before, Block block) {
        return before.length() + block.length() <= before.capacity()
                && before.origin().equals(block.origin())
                && before.firstRecord() + before.rows() == block.firstRecord();
    }

    static SplitPart sum(SplitPart one, SplitPart other) {
        return new SplitPart(one.name(), one.rows() + other.rows(), one.bytes() + other.bytes());
    }

    void reached(Positions reached) {
        positions = positions.and(reached);
    }

    List<Block> blocks() {
        return blocks;
    }

    Map<String, SplitPart> parts() {
        return parts;
    }

    /** Where the splits are that have read something since the last batch. */
    Positions positions() {
        return positions;
    }

    long rows() {
        return rows;
    }

    long bytes() {
        return bytes;
    }

    /** How much of the transfer's memory the blocks hold. */
    long memory() {
        return memory;
    }

    boolean isEmpty() {
        return blocks.isEmpty() && setAside == 0 && positions.isEmpty();
    }
}
