package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferReport;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.QueryInfo;
import io.mppconnect.segment.SegmentTraffic;
import io.mppconnect.segment.UnloadExchange;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.spi.UnloadContext;
import io.mppconnect.transfer.ExternalTable.ExternalColumn;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rows of a query to a target: one INSERT makes segments push them, writers take them segment by segment. */
final class UnloadMovement implements Movement {

    /** The statement has returned, so the last requests are here or on their way. */
    private static final Duration LAST_SEGMENT = Duration.ofSeconds(30);

    private final TransferJob.Unload job;
    private final TransferOptions options;
    private final Segments segments;
    private final Consumer<MppConnectException> failed;
    private volatile @Nullable TargetWrite write;
    private volatile @Nullable SegmentWriters writers;
    private volatile @Nullable UnloadExchange exchange;
    private @Nullable ExternalTable external;
    private volatile int segmentCount;
    private long sent;

    UnloadMovement(TransferJob.Unload job, Segments segments, Consumer<MppConnectException> failed) {
        this.job = job;
        this.options = job.options();
        this.segments = segments;
        this.failed = failed;
    }

    @Override
    public void prepare(Session session) throws Exception {
        Segments.Access access = segments.access(session, options);
        access.requireWritable(job);
        segmentCount = segments.catalog().primaries().size();
        QueryInfo query =
                segments.catalog().describe(session.connection(), job.query().sql());
        List<Column> columns = query.columns();
        int maxRowBytes = (int) options.maxRow().bytes();
        TargetWrite opened = job.target().open(new UnloadContext(columns, segmentCount, maxRowBytes));
        write = opened;
        SegmentWriters taking = new SegmentWriters(opened, options, failed);
        writers = taking;
        UnloadExchange open =
                access.server().openUnload(taking, maxRowBytes, options.memory().bytes(), peer -> true);
        exchange = open;
        ExternalTable table = ExternalTable.of(
                columns.stream()
                        .map(column ->
                                new ExternalColumn(column.name(), column.type().sql()))
                        .toList(),
                access.url(open.path()),
                opened.format().validated());
        external = table;
        session.execute(table.createWritable(query.distribution()));
    }

    @Override
    public void move(Session session) throws Exception {
        ExternalTable table = Planned.of(external);
        SegmentWriters taking = Planned.of(writers);
        sent = session.update(
                "INSERT INTO " + table.sqlName() + " SELECT * FROM ("
                        + job.query().sql() + "\n) AS unloaded",
                job.query().parameters());
        session.execute(table.drop());
        if (!taking.awaitFinished(LAST_SEGMENT)) {
            throw new MppConnectException(
                    ErrorCode.PROTOCOL,
                    "Cannot commit " + job
                            + ": the statement ended, but a segment that had begun to send did not say that"
                            + " it was done");
        }
        if (taking.rows() != sent) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot commit " + job + ": the database sent " + sent + " rows, and " + taking.rows()
                            + " arrived; run it again");
        }
        taking.close();
        Planned.of(write).finish();
    }

    @Override
    public void publish() throws Exception {
        Planned.of(write).commit();
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

    @Override
    public String place(long line) {
        return "line " + line;
    }

    private List<SegmentTraffic> traffic() {
        UnloadExchange open = exchange;
        return open == null ? List.of() : open.traffic();
    }

    @Override
    public TransferProgress progress(TransferProgress.Phase phase, Duration elapsed) {
        SegmentWriters taking = writers;
        return new TransferProgress(
                phase,
                taking == null ? 0 : taking.rows(),
                traffic().stream().mapToLong(SegmentTraffic::bytes).sum(),
                taking == null ? 0 : taking.finished(),
                segmentCount,
                OptionalLong.empty(),
                0,
                elapsed);
    }

    @Override
    public TransferReport report(String name, Duration elapsed, List<String> sql) {
        List<SegmentTraffic> traffic = traffic();
        SegmentWriters taking = Planned.of(writers);
        return new TransferReport(
                name,
                sent,
                0,
                traffic.stream().mapToLong(SegmentTraffic::bytes).sum(),
                traffic.stream().mapToLong(SegmentTraffic::blocks).sum(),
                elapsed,
                Duration.ZERO,
                Duration.ofNanos(traffic.stream()
                        .mapToLong(part -> part.waited().toNanos())
                        .sum()),
                traffic.stream()
                        .map(part -> new TransferReport.SegmentPart(
                                part.segment(),
                                part.address().getHostAddress(),
                                taking.rows(part.segment()),
                                part.bytes(),
                                part.blocks()))
                        .toList(),
                List.of(),
                sql);
    }

    @Override
    public void close() throws Exception {
        try (TargetWrite closing = write;
                SegmentWriters stopping = writers;
                UnloadExchange cut = exchange) {
            stop("the transfer has ended");
        }
    }
}
