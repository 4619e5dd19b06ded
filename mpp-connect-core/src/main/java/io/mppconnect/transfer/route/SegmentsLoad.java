package io.mppconnect.transfer.route;

import io.mppconnect.Route;
import io.mppconnect.segment.LoadSeries;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.ExternalTable.ExternalColumn;
import io.mppconnect.transfer.reach.QuietLoad;
import io.mppconnect.transfer.reach.Segments;
import java.util.List;

/** Every segment pulls its share from the server, by a readable external table. */
final class SegmentsLoad implements LoadRoute {

    private final Segments.Access access;
    private final LoadSeries series;

    SegmentsLoad(Segments.Access access) {
        this.access = access;
        this.series = access.server().openLoads(new QuietLoad(), access.peers());
    }

    @Override
    public Route route() {
        return Route.SEGMENTS;
    }

    @Override
    public void check(TransferJob.Load job) {
        // Everything can be had this way.
    }

    @Override
    public ExternalTable relation(List<ExternalColumn> columns, RowFormat format) {
        return ExternalTable.of(columns, access.url(series.path()), format);
    }

    @Override
    public String create(ExternalTable relation) {
        return relation.createReadable();
    }

    @Override
    public String drop(ExternalTable relation) {
        return relation.drop();
    }

    @Override
    public String dropIfThere(ExternalTable relation) {
        return relation.dropIfThere();
    }

    @Override
    public LoadBatch next(ExternalTable relation) {
        return new SegmentsBatch(series.next());
    }

    @Override
    public void close() {
        series.close();
    }
}
