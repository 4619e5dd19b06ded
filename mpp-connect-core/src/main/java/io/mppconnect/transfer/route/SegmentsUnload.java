package io.mppconnect.transfer.route;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Route;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport.SegmentPart;
import io.mppconnect.catalog.QueryInfo;
import io.mppconnect.segment.SegmentTraffic;
import io.mppconnect.segment.UnloadExchange;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.ExternalTable.ExternalColumn;
import io.mppconnect.transfer.plan.MissingPrivileges;
import io.mppconnect.transfer.plan.Planned;
import io.mppconnect.transfer.reach.Segments;
import io.mppconnect.transfer.session.Session;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every segment pushes its rows to the server: one INSERT into a writable external table. */
final class SegmentsUnload implements UnloadRoute {

    /** The statement has returned, so the last requests are here or on their way. */
    private static final Duration LAST_SEGMENT = Duration.ofSeconds(30);

    private final TransferJob.Unload job;
    private final TransferOptions options;
    private final Segments segments;
    private final UnloadParts parts;
    private final Consumer<MppConnectException> failed;
    private volatile @Nullable SegmentWriters writers;
    private volatile @Nullable UnloadExchange exchange;
    private @Nullable ExternalTable external;

    SegmentsUnload(TransferJob.Unload job, Segments segments, UnloadParts parts, Consumer<MppConnectException> failed) {
        this.job = job;
        this.options = job.options();
        this.segments = segments;
        this.parts = parts;
        this.failed = failed;
    }

    @Override
    public Route route() {
        return Route.SEGMENTS;
    }

    @Override
    public void prepare(Session session, QueryInfo query, RowFormat format) throws Exception {
        Segments.Access access = segments.access(session, options);
        MissingPrivileges missing = MissingPrivileges.of(segments.catalog(), "transfer " + job);
        access.needWritable(missing);
        missing.refuse();
        SegmentWriters taking = new SegmentWriters(parts, options, failed);
        writers = taking;
        UnloadExchange open = access.server()
                .openUnload(
                        taking, (int) options.maxRow().bytes(), options.memory().bytes(), access.peers());
        exchange = open;
        ExternalTable table = ExternalTable.of(
                query.columns().stream()
                        .map(column ->
                                new ExternalColumn(column.name(), column.type().sql()))
                        .toList(),
                access.url(open.path()),
                format);
        external = table;
        session.execute(table.createWritable(query.distribution()));
    }

    @Override
    public long move(Session session, UnloadParts filled) throws Exception {
        ExternalTable table = Planned.of(external);
        long sent = session.update(
                "INSERT INTO " + table.sqlName() + " SELECT * FROM ("
                        + job.query().sql() + "\n) AS unloaded",
                job.query().parameters());
        session.execute(table.drop());
        if (!filled.awaitFinished(LAST_SEGMENT)) {
            throw new MppConnectException(
                    ErrorCode.PROTOCOL,
                    "Cannot commit " + job
                            + ": the statement ended, but a segment that had begun to send did not say that"
                            + " it was done");
        }
        return sent;
    }

    @Override
    public void stop(String reason) {
        UnloadExchange open = exchange;
        if (open != null) {
            open.fail(reason);
        }
        SegmentWriters taking = writers;
        if (taking != null) {
            taking.stop();
        }
    }

    private List<SegmentTraffic> traffic() {
        UnloadExchange open = exchange;
        return open == null ? List.of() : open.traffic();
    }

    @Override
    public List<SegmentPart> segments(UnloadParts filled) {
        return traffic().stream()
                .map(part -> new SegmentPart(
                        part.segment(),
                        part.address().getHostAddress(),
                        filled.rows(part.segment()),
                        part.bytes(),
                        part.blocks()))
                .toList();
    }

    @Override
    public Duration waited() {
        return Duration.ofNanos(
                traffic().stream().mapToLong(part -> part.waited().toNanos()).sum());
    }

    @Override
    public void close() throws Exception {
        try (SegmentWriters stopping = writers;
                UnloadExchange cut = exchange) {
            stop("the transfer has ended");
        }
    }
}
