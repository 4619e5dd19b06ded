package io.mppconnect.transfer;

import io.mppconnect.TransferOptions;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.segment.LoadSeries;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Positions;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import java.sql.SQLException;
import java.util.List;

/**
 * All of a load that outlasts its statements: the source's scan, the path that segments read from, the external table
 * that points to it, and the statement that moves the rows.
 */
final class PreparedLoad implements AutoCloseable {

    private final TransferJob.Load job;
    private final SourceScan scan;
    private final List<Split> splits;
    private final List<String> fields;
    private final LoadSeries series;
    private final ExternalTable external;
    private final String insert;

    private PreparedLoad(
            TransferJob.Load job, SourceScan scan, LoadSeries series, ExternalTable external, String insert) {
        this.job = job;
        this.scan = scan;
        this.splits = scan.splits();
        this.fields = scan.fields().stream().map(Field::name).toList();
        this.series = series;
        this.external = external;
        this.insert = insert;
    }

    /** Looks at both sides and plans; everything found wrong before a row moves is thrown here. */
    static PreparedLoad of(TransferJob.Load job, Segments segments, Session session, Positions positions)
            throws Exception {
        TransferOptions options = job.options();
        Segments.Access access = segments.access(session, options);
        access.requireReadable(job);
        TableInfo target =
                segments.catalog().table(session.connection(), job.table().name());
        SourceScan scan = job.source()
                .open(new LoadContext(
                        LoadPlan.writable(job.table(), target),
                        options.parallelism(),
                        (int) options.maxRow().bytes(),
                        positions));
        try {
            LoadPlan plan = LoadPlan.of(scan.fields(), job.table(), target);
            LoadSeries series = access.server().openLoads(new QuietLoad(), access.peers());
            ExternalTable external = ExternalTable.of(
                    plan.columns(), access.url(series.path()), scan.format().validated());
            return new PreparedLoad(job, scan, series, external, plan.insert(target, external));
        } catch (Throwable failure) {
            try (scan) {
                throw failure;
            }
        }
    }

    void createExternalTable(Session session) throws SQLException {
        session.execute(external.createReadable());
    }

    /** The statement that drops the external table if it is there. */
    String dropIfThere() {
        return external.dropIfThere();
    }

    void dropExternalTable(Session session) throws SQLException {
        session.execute(external.drop());
    }

    /** Opens the next scan of the external table, for one statement. */
    LoadBatch nextBatch() {
        return new LoadBatch(job, insert, series.next());
    }

    List<Split> splits() {
        return splits;
    }

    SourceScan scan() {
        return scan;
    }

    /** The names of the fields, in the order of the rows. */
    List<String> fields() {
        return fields;
    }

    @Override
    public void close() throws Exception {
        try (SourceScan closing = scan) {
            series.close();
        }
    }
}
