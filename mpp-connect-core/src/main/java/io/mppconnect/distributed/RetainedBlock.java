package io.mppconnect.distributed;

import io.mppconnect.segment.LoadExchange;
import io.mppconnect.spi.Block;
import org.jspecify.annotations.Nullable;

/**
 * A block that survives its being sent: it is kept until its rows are known to be in the database, and sent again if not.
 * Guarded by its {@link Outbox}.
 */
final class RetainedBlock implements Block.Owner {

    private final Outbox outbox;
    private final Block block;
    private @Nullable AttemptState attempt;
    private int length;
    private int rows;
    private String origin = "";
    private long firstRecord;
    /** Whether a server has it now. */
    private boolean out;
    /** Whether nobody needs it once the server has given it back. */
    private boolean done;

    RetainedBlock(Outbox outbox, int capacity) {
        this.outbox = outbox;
        this.block = new Block(capacity, this);
    }

    /** The memory, for whoever writes rows into it. */
    Block block() {
        return block;
    }

    int capacity() {
        return block.capacity();
    }

    int length() {
        return length;
    }

    int rows() {
        return rows;
    }

    boolean isOut() {
        return out;
    }

    boolean isDone() {
        return done;
    }

    @Nullable
    AttemptState attempt() {
        return attempt;
    }

    /** It is full: remembers what it holds. */
    void keepFor(AttemptState writer) {
        attempt = writer;
        length = block.length();
        rows = block.rows();
        origin = block.origin();
        firstRecord = block.firstRecord();
    }

    /** Sends it, maybe not for the first time. */
    void offerTo(LoadExchange exchange) {
        block.filled(length, rows);
        block.comesFrom(origin, firstRecord);
        out = true;
        exchange.offer(block);
    }

    /** Nobody needs its rows any more. */
    void finish() {
        done = true;
    }

    void back() {
        out = false;
    }

    /** Ready to be written into anew. */
    void reset() {
        attempt = null;
        length = 0;
        rows = 0;
        done = false;
    }

    @Override
    public void released(Block released) {
        outbox.returned(this);
    }
}
