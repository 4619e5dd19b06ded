package io.mppconnect.transfer.serve;

import io.mppconnect.ScanReport;
import io.mppconnect.ServedProgress;
import io.mppconnect.catalog.TableName;
import io.mppconnect.segment.LoadExchange;
import io.mppconnect.segment.ScanEnd;
import io.mppconnect.segment.ScanListener;
import io.mppconnect.transfer.serve.ServedColumns.Shape;
import java.util.IdentityHashMap;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scans of one table: begun and ended as segments come and go, and counted. Thread safe. */
final class RunningScans implements ScanListener {

    private static final Logger LOG = LoggerFactory.getLogger(RunningScans.class);

    private final ServeJob job;
    private final ServedColumns columns;
    private final Shape shape;
    private final Runnable opened;
    private volatile TableName table;

    private final Object lock = new Object();
    private final IdentityHashMap<LoadExchange, TableScan> running = new IdentityHashMap<>();
    private long ended;
    private long failed;
    private long rows;
    private long bytes;
    private int begun;

    /**
     * @param table what they are scans of, as far as is known before it is made
     * @param opened run on each scan's own thread when it begins
     */
    RunningScans(ServeJob job, TableName table, ServedColumns columns, Shape shape, Runnable opened) {
        this.job = job;
        this.table = table;
        this.columns = columns;
        this.shape = shape;
        this.opened = opened;
    }

    /** What they are scans of, with its schema. */
    void of(TableName made) {
        table = made;
    }

    @Override
    public void begun(LoadExchange exchange) {
        TableScan scan;
        synchronized (lock) {
            String name = job.options().name() + "-scan-" + ++begun;
            scan = new TableScan(job, name, exchange, columns, shape, opened, done -> ended(exchange, done));
            running.put(exchange, scan);
        }
        try {
            scan.start();
        } catch (Error e) {
            synchronized (lock) {
                running.remove(exchange);
            }
            throw e;
        }
    }

    @Override
    public void over(LoadExchange exchange, ScanEnd end) {
        TableScan scan;
        synchronized (lock) {
            scan = running.get(exchange);
        }
        if (scan != null) {
            scan.over(end);
        }
    }

    private void ended(LoadExchange exchange, TableScan scan) {
        ScanReport report = scan.report(table.toString());
        synchronized (lock) {
            running.remove(exchange);
            ended++;
            failed += report.end() == ScanReport.End.FAILED ? 1 : 0;
            rows += report.rows();
            bytes += report.bytes();
            lock.notifyAll();
        }
        String name = job.options().name();
        report.failure()
                .ifPresent(failure -> LOG.warn("{}: a scan of {} failed: {}", name, table, failure.getMessage()));
        LOG.debug("{}: {}", name, report);
        try {
            job.options().listener().accept(report);
        } catch (RuntimeException e) {
            LOG.warn("{}: its listener failed", name, e);
        }
    }

    ServedProgress progress() {
        synchronized (lock) {
            long openRows = running.values().stream().mapToLong(TableScan::rows).sum();
            long openBytes =
                    running.values().stream().mapToLong(TableScan::bytes).sum();
            return new ServedProgress(running.size(), ended, failed, rows + openRows, bytes + openBytes);
        }
    }

    /** The threads of those that have not ended. */
    List<Thread> threads() {
        synchronized (lock) {
            return running.values().stream().map(TableScan::thread).toList();
        }
    }

    /** Waits until all have ended, but not longer. Keeps the caller's interrupt for later. */
    void await(long millis) {
        long deadline = System.nanoTime() + millis * 1_000_000;
        boolean interrupted = false;
        synchronized (lock) {
            for (long left = millis;
                    left > 0 && !running.isEmpty();
                    left = (deadline - System.nanoTime()) / 1_000_000) {
                try {
                    lock.wait(left);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
