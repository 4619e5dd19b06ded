package io.mppconnect.transfer.serve;

import io.mppconnect.ErrorCode;
import io.mppconnect.ExposureOptions;
import io.mppconnect.MppConnectException;
import io.mppconnect.ScanReport;
import io.mppconnect.ServedProgress;
import io.mppconnect.ServedSource;
import io.mppconnect.TransferOptions;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.ServerWords;
import io.mppconnect.catalog.TableName;
import io.mppconnect.segment.LoadExchange;
import io.mppconnect.segment.LoadScans;
import io.mppconnect.segment.ScanEnd;
import io.mppconnect.segment.ScanLimits;
import io.mppconnect.segment.ScanListener;
import io.mppconnect.segment.SegmentServer;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.transfer.failure.ForeignFailure;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.reach.Segments;
import io.mppconnect.transfer.serve.ServedColumns.Shape;
import io.mppconnect.transfer.session.ConnectionSource;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.session.Threads;
import java.sql.SQLException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source that is served: its external table, the path that the table points to, and the scans of it. Thread safe. */
public final class ServedTable implements ServedSource {

    private static final Logger LOG = LoggerFactory.getLogger(ServedTable.class);

    private static final String PER_LOCATION = "gp_external_max_segs";
    private static final int USUAL_PER_LOCATION = 64;

    /** How long scans may take to tell their segments that they fail. */
    private static final long STOP_MILLIS = 1_000;

    private static final long CLOSE_MILLIS = 10_000;

    private final ServeJob job;
    private final ConnectionSource connections;
    private final ServedColumns columns;
    private final Shape shape;
    private final SegmentServer server;
    private final LoadScans scans;
    private final ServedDefinition.Found table;
    private final Consumer<ServedTable> closed;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private final Object lock = new Object();
    private final IdentityHashMap<LoadExchange, TableScan> running = new IdentityHashMap<>();
    private long ended;
    private long failed;
    private long rows;
    private long bytes;
    private int begun;

    private ServedTable(
            ServeJob job,
            ConnectionSource connections,
            ServedColumns columns,
            Shape shape,
            Segments.Access access,
            Made made,
            Consumer<ServedTable> closed)
            throws SQLException {
        this.job = job;
        this.connections = connections;
        this.columns = columns;
        this.shape = shape;
        this.closed = closed;
        this.server = access.server();
        ExposureOptions options = job.options();
        this.scans = server.openScans(new Scans(), new ScanLimits(options.scans(), options.patience()), access.peers());
        try {
            this.table = made.at(access.url(scans.path()));
        } catch (Throwable failure) {
            scans.close();
            throw failure;
        }
    }

    /** Makes the table that points to a URL. */
    @FunctionalInterface
    private interface Made {
        ServedDefinition.Found at(String url) throws SQLException;
    }

    /**
     * Looks at the source and makes the table.
     *
     * @param closed told when it is closed
     */
    public static ServedTable open(
            ServeJob job,
            TableName name,
            Segments segments,
            ConnectionSource connections,
            Consumer<ServedTable> closed) {
        check(job, name, segments.catalog());
        try (Session session = Session.begin(connections)) {
            int perLocation = perLocation(session);
            Segments.Access access = segments.access(session, reaching(job.options()));
            access.requireReadable(job + " as " + name);
            ServedColumns columns = ServedColumns.of(job, segments.catalog(), session.connection());
            Shape shape = shape(job, columns);
            ServedDefinition definition = new ServedDefinition(session, name);
            int primaries = segments.catalog().primaries().size();
            ServedTable served = new ServedTable(
                    job,
                    connections,
                    columns,
                    shape,
                    access,
                    url -> definition.create(
                            job,
                            external(shape)
                                    .createLasting(
                                            name.sql(), ServedDefinition.locations(url, primaries, perLocation))),
                    closed);
            commit(session, served);
            LOG.info("{}: serves {} as {}", job.options().name(), job, served.table());
            return served;
        } catch (SQLException e) {
            throw failure("Cannot expose " + job + " as " + name + ": ", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MppConnectException(
                    ErrorCode.CANCELLED, "Cannot expose " + job + " as " + name + ": the thread was interrupted", e);
        }
    }

    private static void check(ServeJob job, TableName name, Catalog catalog) {
        if (!catalog.version().hasSegments()) {
            throw new MppConnectException(
                    ErrorCode.UNSUPPORTED_DATABASE,
                    "Cannot expose " + job + " as " + name + ": " + catalog.version()
                            + " has no segments that could read it; load it into a table");
        }
        if (!job.source().bounded()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot expose " + job + " as " + name
                            + ": it has no end, and neither would a query of it; load it into a table");
        }
    }

    private static TransferOptions reaching(ExposureOptions options) {
        return TransferOptions.defaults().reachTimeout(options.reachTimeout());
    }

    private static int perLocation(Session session) throws SQLException {
        int[] most = {USUAL_PER_LOCATION};
        session.visit(
                "SELECT setting FROM pg_catalog.pg_settings WHERE name = ?",
                List.of(PER_LOCATION),
                row -> most[0] = row.getInt(1));
        return most[0];
    }

    private static Shape shape(ServeJob job, ServedColumns columns) {
        try (SourceScan scan = job.source().open(columns.context())) {
            return columns.shape(scan);
        } catch (MppConnectException e) {
            throw e;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new MppConnectException(
                    ErrorCode.SOURCE_FAILED, "Cannot expose " + job + ": " + ForeignFailure.text(e), e);
        }
    }

    private static ExternalTable external(Shape shape) {
        return ExternalTable.of(shape.columns(), "", shape.format());
    }

    /** What the table's definition says of its columns and its format. */
    static String definition(Shape shape) {
        return external(shape).createLasting("", List.of());
    }

    private static void commit(Session session, ServedTable served) throws SQLException {
        try {
            session.commit();
        } catch (SQLException e) {
            served.scans.close();
            throw e;
        }
    }

    private static MppConnectException failure(String what, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        ErrorCode code = state.startsWith("08")
                ? ErrorCode.CONNECTION
                : state.equals("42501") ? ErrorCode.PRIVILEGE_MISSING : ErrorCode.STATEMENT_FAILED;
        return new MppConnectException(code, what + ServerWords.of(e), e);
    }

    /** Begins and ends scans as segments come and go. */
    private final class Scans implements ScanListener {

        @Override
        public void begun(LoadExchange exchange) {
            TableScan scan;
            synchronized (lock) {
                String name = job.options().name() + "-scan-" + ++begun;
                scan = new TableScan(
                        job, name, exchange, columns, shape, server::refreshTls, done -> ended(exchange, done));
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
    }

    private void ended(LoadExchange exchange, TableScan scan) {
        ScanReport report = scan.report(table.name().toString());
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
                .ifPresent(failure -> LOG.warn("{}: a scan of {} failed: {}", name, table(), failure.getMessage()));
        LOG.debug("{}: {}", name, report);
        try {
            job.options().listener().accept(report);
        } catch (RuntimeException e) {
            LOG.warn("{}: its listener failed", name, e);
        }
    }

    @Override
    public TableName table() {
        return table.name();
    }

    @Override
    public ServedProgress progress() {
        synchronized (lock) {
            long openRows = running.values().stream().mapToLong(TableScan::rows).sum();
            long openBytes =
                    running.values().stream().mapToLong(TableScan::bytes).sum();
            return new ServedProgress(running.size(), ended, failed, rows + openRows, bytes + openBytes);
        }
    }

    @Override
    public void close() {
        if (!open.compareAndSet(true, false)) {
            return;
        }
        try {
            stopScans();
            drop();
        } finally {
            closed.accept(this);
        }
        LOG.info("{}: serves {} no more", job.options().name(), table());
    }

    private void stopScans() {
        scans.stop(job + " is served no more");
        awaitScans(STOP_MILLIS);
        List<Thread> threads;
        synchronized (lock) {
            threads = running.values().stream().map(TableScan::thread).toList();
        }
        scans.close();
        Threads.join(
                threads,
                CLOSE_MILLIS,
                straggler -> LOG.warn(
                        "{} does not stop: its source does not heed interrupts; the thread ends when the source returns",
                        straggler.getName()));
    }

    private void awaitScans(long millis) {
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

    private void drop() {
        try (Session session = Session.begin(connections)) {
            new ServedDefinition(session, table()).drop(table);
            session.commit();
        } catch (SQLException e) {
            throw failure(
                    "Cannot drop external table " + table()
                            + ", which serves nobody any more; drop it yourself or expose it again with replacing(): ",
                    e);
        }
    }

    @Override
    public String toString() {
        return job + " as " + table();
    }
}
