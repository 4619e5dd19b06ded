package io.mppconnect.transfer;

import io.mppconnect.catalog.Catalog;
import java.sql.SQLException;

/**
 * How rows get from the external table into the target tables. One is used by one thread over one connection: prepared
 * once, then written as often as there are batches.
 */
interface TableWrite {

    static TableWrite of(LoadPlan plan, TransferJob.Load job, Catalog catalog) {
        boolean direct =
                plan.targets().size() == 1 && DirectWrite.suits(plan.targets().get(0));
        return direct ? new DirectWrite(plan.targets().get(0)) : StagedWrite.of(plan, job, catalog);
    }

    /** Creates what lasts as long as the connection. */
    void prepare(Session session) throws SQLException;

    /** Pulls all rows of the external table and writes them into the targets, in the session's transaction. */
    Written write(Session session, ExternalTable from) throws SQLException;

    /** Drops what {@link #prepare} has created. */
    void finish(Session session) throws SQLException;

    /** Whether each batch adds to those before it; one that empties the table does not. */
    boolean repeatable();
}
