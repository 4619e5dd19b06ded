package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.segment.LoadExchange;
import io.mppconnect.segment.SegmentTraffic;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongSupplier;

/** One statement of a load and the rows that segments pull for it. */
final class LoadBatch implements AutoCloseable {

    private final TransferJob.Load job;
    private final String insert;
    private final LoadExchange exchange;

    LoadBatch(TransferJob.Load job, String insert, LoadExchange exchange) {
        this.job = job;
        this.insert = insert;
        this.exchange = exchange;
    }

    /** Where the rows go that the statement is to insert. */
    LoadExchange exchange() {
        return exchange;
    }

    /**
     * Runs the statement until it has all rows. Sent = taken = inserted, or nothing counts.
     *
     * @param sent how many rows were sent; asked when the statement has returned
     */
    long write(Session session, LongSupplier sent) throws SQLException {
        long inserted = session.update(insert, List.of());
        check(sent.getAsLong(), inserted);
        return inserted;
    }

    private void check(long sent, long inserted) {
        long taken = traffic().stream().mapToLong(SegmentTraffic::rows).sum();
        if (sent != taken || taken != inserted) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot commit " + job + ": " + sent + " rows were sent, segments took " + taken
                            + ", and the database inserted " + inserted
                            + "; a rule or trigger of the table may drop rows,"
                            + " or the format does not fit the data");
        }
    }

    List<SegmentTraffic> traffic() {
        return exchange.traffic();
    }

    @Override
    public void close() {
        exchange.close();
    }
}
