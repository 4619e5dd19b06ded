package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.segment.LoadExchange;
import io.mppconnect.segment.SegmentTraffic;
import java.util.List;
import java.util.function.LongSupplier;

/** Rows that segments pull and that are written together. */
final class LoadBatch {

    private final TransferJob.Load job;
    private final TableWrite write;
    private final BadRows badRows;
    private final ExternalTable external;
    private final LoadExchange exchange;

    LoadBatch(TransferJob.Load job, TableWrite write, BadRows badRows, ExternalTable external, LoadExchange exchange) {
        this.job = job;
        this.write = write;
        this.badRows = badRows;
        this.external = external;
        this.exchange = exchange;
    }

    /** Where the rows go that are to be written. */
    LoadExchange exchange() {
        return exchange;
    }

    /**
     * Runs the statements until all rows are written. Sent = taken = inserted, staged or rejected, or nothing counts.
     *
     * @param sent how many rows were sent; asked when the statements have returned
     */
    Written write(Session session, LongSupplier sent) throws Exception {
        Written written = badRows.write(session, external, write);
        long all = sent.getAsLong();
        check(all, written);
        badRows.finish(session, all);
        return written;
    }

    private void check(long sent, Written written) {
        long taken = traffic().stream().mapToLong(SegmentTraffic::rows).sum();
        if (sent != taken || !written.accountsFor(taken - badRows.refused())) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot commit " + job + ": " + sent + " rows were sent, segments took " + taken
                            + ", and the database inserted " + written.rows()
                            + (badRows.refused() == 0 ? "" : " and rejected " + badRows.refused())
                            + "; a rule or trigger of the table may drop rows,"
                            + " or the format does not fit the data");
        }
    }

    List<SegmentTraffic> traffic() {
        return exchange.traffic();
    }
}
