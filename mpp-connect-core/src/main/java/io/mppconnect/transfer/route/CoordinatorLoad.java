package io.mppconnect.transfer.route;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Route;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.ExternalTable.ExternalColumn;
import java.util.List;

/** The coordinator takes all rows over the transfer's own connection, by COPY into a temporary table. */
final class CoordinatorLoad implements LoadRoute {

    private final Catalog catalog;

    CoordinatorLoad(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public Route route() {
        return Route.COORDINATOR;
    }

    @Override
    public void check(TransferJob.Load job) {
        if (job.options().rejects().isPresent()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot set rows of " + job
                            + " aside by the route COORDINATOR: COPY stops at the first bad row; leave out rejecting(...)");
        }
    }

    @Override
    public ExternalTable relation(List<ExternalColumn> columns, RowFormat format) {
        return ExternalTable.of(columns, "", format);
    }

    @Override
    public String create(ExternalTable relation) {
        return relation.createTemporary(catalog.temporary("DISTRIBUTED RANDOMLY"));
    }

    @Override
    public String drop(ExternalTable relation) {
        return "DROP TABLE " + relation.sqlName();
    }

    @Override
    public String dropIfThere(ExternalTable relation) {
        return "DROP TABLE IF EXISTS " + relation.sqlName();
    }

    @Override
    public LoadBatch next(ExternalTable relation) {
        return new CopyBatch(
                "COPY " + relation.sqlName() + " FROM STDIN " + CopyOptions.of(relation.format()), relation.format());
    }

    @Override
    public void close() {
        // Nothing is held but in the session.
    }
}
