package io.mppconnect.transfer.serve;

import io.mppconnect.ErrorCode;
import io.mppconnect.ExposureOptions;
import io.mppconnect.MppConnectException;
import io.mppconnect.ScanReport;
import io.mppconnect.segment.LoadExchange;
import io.mppconnect.segment.ScanEnd;
import io.mppconnect.segment.SegmentTraffic;
import io.mppconnect.spi.FieldsChangedException;
import io.mppconnect.spi.SourceChangedException;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.transfer.block.BlockPool;
import io.mppconnect.transfer.block.Origins;
import io.mppconnect.transfer.block.RowLimit;
import io.mppconnect.transfer.failure.ForeignFailure;
import io.mppconnect.transfer.reject.FatalRows;
import io.mppconnect.transfer.serve.ServedColumns.Shape;
import io.mppconnect.transfer.split.SplitPipe;
import io.mppconnect.transfer.split.SplitWorkers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One scan: opens the source, has workers read it into the exchange, and ends when no segment takes any more. */
final class TableScan {

    private static final Logger LOG = LoggerFactory.getLogger(TableScan.class);
    private static final int BLOCK_BYTES = 64 * 1024;

    private final ServeJob job;
    private final String name;
    private final LoadExchange exchange;
    private final ServedColumns columns;
    private final Shape expected;
    private final Runnable opened;
    private final Thread thread;
    private final long start = System.nanoTime();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicReference<@Nullable MppConnectException> failure = new AtomicReference<>();
    private volatile ScanEnd end = ScanEnd.CLOSED;
    private boolean opening = true;

    /**
     * @param name what threads call it
     * @param opened run on its own thread when it begins
     * @param ended told on its own thread when nothing of it is left
     */
    TableScan(
            ServeJob job,
            String name,
            LoadExchange exchange,
            ServedColumns columns,
            Shape expected,
            Runnable opened,
            Consumer<TableScan> ended) {
        this.job = job;
        this.name = name;
        this.exchange = exchange;
        this.columns = columns;
        this.expected = expected;
        this.opened = opened;
        this.thread = new Thread(() -> run(ended), "mpp-connect-" + name);
    }

    void start() {
        thread.start();
    }

    Thread thread() {
        return thread;
    }

    /** No segment takes any more. */
    void over(ScanEnd how) {
        end = how;
        over.countDown();
        synchronized (this) {
            if (opening) {
                thread.interrupt();
            }
        }
    }

    private void run(Consumer<TableScan> ended) {
        try {
            serve();
        } catch (Exception | Error e) {
            fail(e);
        } finally {
            endOpening();
            ended.accept(this);
        }
    }

    /** From here nobody interrupts this thread. */
    private void endOpening() {
        synchronized (this) {
            opening = false;
        }
        if (Thread.interrupted()) {
            LOG.debug("{}: was interrupted", name);
        }
    }

    private void serve() throws Exception {
        opened.run();
        ExposureOptions options = job.options();
        BlockPool pool = new BlockPool(options.memory().bytes(), BLOCK_BYTES);
        Origins origins = Origins.plain();
        FatalRows badRows = new FatalRows();
        try (SourceScan scan = job.source().open(columns.context())) {
            // An interrupt that was meant for the opening must not end the wait for segments.
            endOpening();
            check(scan);
            List<String> fields =
                    expected.columns().stream().map(column -> column.name()).toList();
            try (SplitWorkers workers = new SplitWorkers(
                    scan.splits(),
                    split -> new SplitPipe(
                            split.name(),
                            scan.format(),
                            fields,
                            pool,
                            RowLimit.exposure(options.maxRow()),
                            exchange::offer,
                            origins,
                            badRows),
                    exchange::finish,
                    this::fail,
                    change -> fail(cannotGoOn(change)))) {
                workers.start(name, options.parallelism());
                over.await();
            }
        }
    }

    /** The table has been made for rows as they were then. */
    private void check(SourceScan scan) {
        Shape shape = columns.shape(scan);
        if (!ServedColumns.definition(shape).equals(ServedColumns.definition(expected))) {
            throw otherShape(null);
        }
    }

    private MppConnectException otherShape(@Nullable SourceChangedException change) {
        return new MppConnectException(
                ErrorCode.COLUMN_MISMATCH,
                "Cannot read " + job + ": its fields or its format are not those that the table was made for;"
                        + " expose it again",
                change);
    }

    private MppConnectException cannotGoOn(SourceChangedException change) {
        return change instanceof FieldsChangedException
                ? otherShape(change)
                : new MppConnectException(
                        ErrorCode.SOURCE_FAILED,
                        "Cannot read " + job + " to its end: " + change.getMessage() + "; run the query again",
                        change);
    }

    private void fail(Throwable cause) {
        if (over.getCount() == 0) {
            LOG.debug("{}: failed when nobody needed it any more: {}", name, ForeignFailure.text(cause));
            return;
        }
        MppConnectException known = cause instanceof MppConnectException mine
                ? mine
                : new MppConnectException(
                        ErrorCode.SOURCE_FAILED, "Cannot read " + job + ": " + ForeignFailure.text(cause), cause);
        if (failure.compareAndSet(null, known)) {
            exchange.fail(String.valueOf(known.getMessage()));
        }
    }

    long rows() {
        return sum(SegmentTraffic::rows);
    }

    long bytes() {
        return sum(SegmentTraffic::bytes);
    }

    private long sum(Function<SegmentTraffic, Long> part) {
        return exchange.traffic().stream().mapToLong(part::apply).sum();
    }

    ScanReport report(String table) {
        ScanReport.End how = switch (end) {
            case READ -> ScanReport.End.READ;
            case LEFT -> ScanReport.End.LEFT;
            case ABANDONED -> ScanReport.End.ABANDONED;
            case FAILED, CLOSED -> ScanReport.End.FAILED;
        };
        return new ScanReport(
                table,
                how,
                rows(),
                bytes(),
                Duration.ofNanos(System.nanoTime() - start),
                Optional.ofNullable(failure.get()));
    }
}
