package io.mppconnect.transfer.route;

import io.mppconnect.Route;
import io.mppconnect.TransferReport.SegmentPart;
import io.mppconnect.catalog.QueryInfo;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.session.Session;
import java.time.Duration;
import java.util.List;

/** A way for a query's rows to the parts of a target. */
public interface UnloadRoute extends AutoCloseable {

    Route route();

    /**
     * Gets everything ready that can be: what keeps this route from being taken is thrown here, and nothing of the attempt
     * may then stay behind but in the session's transaction.
     */
    void prepare(Session session, QueryInfo query, RowFormat format) throws Exception;

    /** Moves all rows and completes every part; returns how many rows the database says it has sent. */
    long move(Session session, UnloadParts parts) throws Exception;

    /** Makes whatever moves stop; from any thread, more than once. */
    void stop(String reason);

    /** What each segment has sent so far. */
    List<SegmentPart> segments(UnloadParts parts);

    /** How long segments waited for the target, summed over segments, as far as this side can know. */
    Duration waited();
}
