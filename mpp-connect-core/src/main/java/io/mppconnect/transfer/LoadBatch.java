package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.segment.SegmentTraffic;
import io.mppconnect.spi.Block;
import java.util.List;
import java.util.function.LongSupplier;

/** Rows on their way into the database that are written together. */
abstract class LoadBatch {

    private final PreparedLoad load;

    LoadBatch(PreparedLoad load) {
        this.load = load;
    }

    /** Takes a block; from any worker. */
    abstract void offer(Block block);

    /** There are no more blocks. */
    abstract void finish();

    /** Makes whoever waits for blocks stop; from any thread, more than once. */
    abstract void fail(String reason);

    /** Brings the rows to where the statements read them, unless these fetch them themselves. */
    abstract void bring(Session session) throws Exception;

    /** How many rows the database has taken. */
    abstract long taken();

    /** How many bytes these were. */
    abstract long bytes();

    /** What each segment has taken itself. */
    abstract List<SegmentTraffic> traffic();

    /**
     * Runs the statements until all rows are written. Sent = taken = inserted, staged or rejected, or nothing counts.
     *
     * @param sent how many rows were sent; asked when the statements have returned
     */
    final Written write(Session session, LongSupplier sent) throws Exception {
        bring(session);
        Written written = load.badRows().write(session, load.relation(), load.write(), this::taken);
        long all = sent.getAsLong();
        check(all, written);
        load.badRows().finish(session, all);
        return written;
    }

    private void check(long sent, Written written) {
        long taken = taken();
        long refused = load.badRows().refused();
        if (sent != taken || !written.accountsFor(taken - refused)) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot commit " + load.job() + ": " + sent + " rows were sent, segments took " + taken
                            + ", and the database inserted " + written.rows()
                            + (refused == 0 ? "" : " and rejected " + refused)
                            + "; a rule or trigger of the table may drop rows,"
                            + " or the format does not fit the data");
        }
    }
}
