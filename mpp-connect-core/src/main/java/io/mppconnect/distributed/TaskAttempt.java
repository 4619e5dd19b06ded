package io.mppconnect.distributed;

import io.mppconnect.MppConnectException;
import io.mppconnect.spi.RowWriter;
import io.mppconnect.text.RowEncoder;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.block.RowLimit;
import java.util.List;

/**
 * One attempt of one task to bring its rows into a {@link TransferPlan}. Used by one thread.
 *
 * <p>Its rows go on their way while they are written; when segments, or the other tasks of this JVM, keep the memory busy,
 * the writer waits. They count only if the plan's commit is given the message that {@link #commit} returns: an attempt
 * that fails, is killed, or is one too many, has no effect.
 *
 * <pre>{@code
 * try (TaskAttempt attempt = endpoint.begin(ticket, task, attemptNumber)) {
 *     for (Order order : orders) {
 *         attempt.rows().writeLong(order.id());
 *         attempt.rows().writeText(order.customer());
 *         attempt.rows().endRow();
 *     }
 *     return attempt.commit();
 * }
 * }</pre>
 */
public final class TaskAttempt implements AutoCloseable {

    private final PlanLink link;
    private final int number;
    private final int task;
    private final long attempt;
    private final AttemptState state = new AttemptState();
    private final AttemptBlocks blocks;
    private final RowEncoder encoder;
    private boolean over;

    TaskAttempt(PlanLink link, List<String> fields, int maxRow, int number, int task, long attempt) {
        this.link = link;
        this.number = number;
        this.task = task;
        this.attempt = attempt;
        this.blocks = new AttemptBlocks(link.outbox(), state, this.toString(), number, RowLimit.transfer(maxRow));
        this.encoder = RowEncoder.of(RowFormat.text(), fields, blocks);
        encoder.endingRowsWith(number);
    }

    /**
     * Writes the rows, each with the plan's fields in their order. What it throws ends the attempt: close it, and try
     * again with another.
     *
     * @throws IllegalStateException after {@link #commit} or {@link #close}
     */
    public RowWriter rows() {
        if (over) {
            throw new IllegalStateException("Cannot write rows: " + this + " is over");
        }
        return encoder;
    }

    /**
     * Returns when all rows are in the database, out of reach of whatever becomes of this JVM. Nobody sees them before
     * the plan commits.
     *
     * @return the message that the plan's commit is to be given
     * @throws MppConnectException when the plan is over, or its JVM is gone; then the rows are gone, too
     * @throws IllegalStateException when it is over already, or a row has been started and not ended
     */
    public AttemptCommit commit() throws InterruptedException {
        if (over) {
            throw new IllegalStateException("Cannot commit: " + this + " is over");
        }
        if (encoder.isRowStarted()) {
            throw new IllegalStateException("Cannot commit: " + this + " has a row without endRow()");
        }
        encoder.flush();
        link.outbox().awaitDurable(state);
        over = true;
        return new AttemptCommit(link.plan(), number, task, attempt, blocks.rows(), blocks.bytes(), blocks.count());
    }

    /** Gives up: no row of it will ever count, unless {@link #commit} has returned. Idempotent. */
    @Override
    public void close() {
        if (!over) {
            over = true;
            encoder.discard();
            link.outbox().drop(state);
        }
    }

    @Override
    public String toString() {
        return "attempt " + attempt + " of task " + task;
    }
}
