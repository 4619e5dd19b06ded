package io.mppconnect.transfer.write;

import io.mppconnect.catalog.Catalog;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.LoadPlan;
import io.mppconnect.transfer.plan.TargetPlan;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * How rows get from the external table into the target tables. One is used by one thread over one connection: prepared
 * once, then written as often as there are batches.
 */
public interface TableWrite {

    /**
     * Chooses how.
     *
     * @param temporary what follows the columns of a temporary table, by its {@code DISTRIBUTED ...} clause
     */
    static TableWrite of(LoadPlan plan, TransferJob.Load job, Catalog catalog, UnaryOperator<String> temporary) {
        boolean direct =
                plan.targets().size() == 1 && DirectWrite.suits(plan.targets().get(0));
        return direct ? new DirectWrite(plan.targets().get(0)) : StagedWrite.of(plan, job, catalog, temporary);
    }

    /** Creates what lasts as long as the connection. */
    void prepare(Session session) throws SQLException;

    /**
     * Reads all rows once and writes them into the targets, in the session's transaction.
     *
     * @param from what stands behind FROM: the external table, or something with its columns
     */
    Written write(Session session, String from) throws SQLException;

    /** The tables that {@link #prepare} creates, by their names in SQL; whoever prepares drops them. */
    List<String> created();

    /** The target, when rows are appended to it and no more, so that a batch may be written in parts. */
    Optional<TargetPlan> appended();

    /** Whether each batch adds to those before it; one that empties the table does not. */
    boolean repeatable();
}
