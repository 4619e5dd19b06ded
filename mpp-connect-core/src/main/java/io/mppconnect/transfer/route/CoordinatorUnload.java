package io.mppconnect.transfer.route;

import io.mppconnect.Route;
import io.mppconnect.TransferReport.SegmentPart;
import io.mppconnect.catalog.QueryInfo;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.Planned;
import io.mppconnect.transfer.session.Session;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The coordinator gathers all rows and sends them over the transfer's own connection: {@code COPY ... TO STDOUT}. */
final class CoordinatorUnload implements UnloadRoute {

    /** All rows come in one part. */
    private static final int ONLY_PART = 0;

    private static final int PIECE = 64 * 1024;

    private final TransferJob.Unload job;
    private @Nullable String copy;

    CoordinatorUnload(TransferJob.Unload job) {
        this.job = job;
    }

    @Override
    public Route route() {
        return Route.COORDINATOR;
    }

    @Override
    public void prepare(Session session, QueryInfo query, RowFormat format) throws Exception {
        copy = "COPY (" + from(session) + "\n) TO STDOUT " + CopyOptions.of(format);
    }

    /** COPY binds no values: a query that has some is collected in a temporary table first. */
    private String from(Session session) throws Exception {
        if (job.query().parameters().isEmpty()) {
            return job.query().sql();
        }
        String name = ExternalTable.uniqueName();
        session.update(
                "CREATE TEMPORARY TABLE " + name + " ON COMMIT DROP AS "
                        + job.query().sql(),
                job.query().parameters());
        return "SELECT * FROM " + name;
    }

    @Override
    public long move(Session session, UnloadParts parts) throws Exception {
        UnloadParts.Part filling = parts.open(ONLY_PART);
        Pieces pieces = new Pieces(filling);
        long sent = session.copyOut(Planned.of(copy), pieces::add);
        pieces.flush();
        filling.finish();
        return sent;
    }

    /** Collects the rows, which come one by one, into pieces worth a call of the target. */
    private static final class Pieces {

        private final UnloadParts.Part part;
        private byte[] bytes = new byte[PIECE];
        private int length;

        Pieces(UnloadParts.Part part) {
            this.part = part;
        }

        void add(byte[] row) throws Exception {
            if (length + row.length > bytes.length) {
                flush();
            }
            if (row.length > bytes.length) {
                part.take(row, row.length);
                return;
            }
            System.arraycopy(row, 0, bytes, length, row.length);
            length += row.length;
        }

        void flush() throws Exception {
            if (length > 0) {
                part.take(bytes, length);
                length = 0;
            }
        }
    }

    @Override
    public void stop(String reason) {
        // The rows come on the transfer's own thread and connection, and end with its statement.
    }

    @Override
    public List<SegmentPart> segments(UnloadParts parts) {
        return List.of();
    }

    @Override
    public Duration waited() {
        return Duration.ZERO;
    }

    @Override
    public void close() {
        // Nothing is held but in the session.
    }
}
