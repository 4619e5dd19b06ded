package io.mppconnect.transfer.route;

import io.mppconnect.Route;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.ExternalTable.ExternalColumn;
import java.util.List;

/** A way for rows into something that statements can read. */
public interface LoadRoute extends AutoCloseable {

    Route route();

    /** Refuses what cannot be had this way. */
    void check(TransferJob.Load job);

    /** Describes what the statements will read. */
    ExternalTable relation(List<ExternalColumn> columns, RowFormat format);

    /** The statement that creates it. */
    String create(ExternalTable relation);

    /** The statement that drops it. */
    String drop(ExternalTable relation);

    /** The same, if it is there. */
    String dropIfThere(ExternalTable relation);

    /** Opens the next scan of it, for one batch of rows. */
    LoadBatch next(ExternalTable relation);

    @Override
    void close();
}
