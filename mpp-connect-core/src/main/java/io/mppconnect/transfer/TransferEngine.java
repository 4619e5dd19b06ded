package io.mppconnect.transfer;

import io.mppconnect.ClusterOptions;
import io.mppconnect.Diagnosis;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.RunningTransfer;
import io.mppconnect.ServedSource;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableName;
import io.mppconnect.spi.Field;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.ledger.JobStore;
import io.mppconnect.transfer.ledger.Ledger;
import io.mppconnect.transfer.ledger.LedgerTables;
import io.mppconnect.transfer.reach.Examination;
import io.mppconnect.transfer.reach.MeetingPoint;
import io.mppconnect.transfer.reach.Segments;
import io.mppconnect.transfer.serve.ServeJob;
import io.mppconnect.transfer.serve.ServedTable;
import io.mppconnect.transfer.session.ConnectionSource;
import io.mppconnect.transfer.session.Session;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the transfers of one cluster and owns all they share: the catalog, the server, the timer. Thread safe. */
public final class TransferEngine implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransferEngine.class);

    /** Longer than a coordinator that does not answer, and workers that do not stop, take together. */
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

    /** How long segments may take to call, at each of a few attempts. */
    private static final Duration DIAGNOSIS_LIMIT = Duration.ofSeconds(10);

    private final ConnectionSource connections;
    private final Catalog catalog;
    private final Segments segments;
    private final LedgerTables tables;
    private final Ledger ledger;
    private final Set<TransferRun> running = new HashSet<>();
    private final ScheduledThreadPoolExecutor timer =
            new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "mpp-connect-timer"));
    private final Set<AutoCloseable> others = new HashSet<>();
    private final ClusterOptions options;
    private final Set<ServedTable> served = ConcurrentHashMap.newKeySet();
    private boolean closed;

    private TransferEngine(ConnectionSource connections, Catalog catalog, ClusterOptions options) {
        this.connections = connections;
        this.catalog = catalog;
        this.options = options;
        this.segments = new Segments(catalog, options);
        this.tables = new LedgerTables(options.jobSchema(), catalog);
        this.ledger = new Ledger(connections, tables);
        timer.setRemoveOnCancelPolicy(true);
    }

    /** Finds out what is at the other end. */
    public static TransferEngine connect(ConnectionSource connections, ClusterOptions options) {
        try (Connection connection = connections.connect()) {
            return new TransferEngine(connections, Catalog.read(connection), options);
        } catch (SQLException e) {
            throw new MppConnectException(
                    ErrorCode.CONNECTION, "Cannot read the catalog of the database: " + e.getMessage(), e);
        }
    }

    public Catalog catalog() {
        return catalog;
    }

    /** What the catalog says of a table. */
    public TableInfo table(TableName name) {
        try (Connection connection = connections.connect()) {
            return catalog.table(connection, name);
        } catch (SQLException e) {
            throw new MppConnectException(
                    ErrorCode.CONNECTION, "Cannot read the catalog for " + name + ": " + e.getMessage(), e);
        }
    }

    public JobStore jobs() {
        return new JobStore(connections, tables);
    }

    /** Asks every segment to call, and says what stands in the way. */
    public Diagnosis diagnose() {
        try (Session session = Session.begin(connections)) {
            return new Examination(session, segments).run(DIAGNOSIS_LIMIT);
        } catch (SQLException e) {
            throw new MppConnectException(ErrorCode.CONNECTION, "Cannot examine the database: " + e.getMessage(), e);
        }
    }

    /**
     * Begins a load whose rows come from several JVMs.
     *
     * @param places what people call a row that the database complains of
     */
    public StagedAttempts stage(Table table, List<Field> fields, TransferOptions options, LongFunction<String> places) {
        return StagedAttempts.open(connections, catalog, table, fields, options, places);
    }

    /** Where other JVMs find this one. */
    public MeetingPoint meetingPoint() {
        try {
            return MeetingPoint.find(connections, catalog, options);
        } catch (SQLException e) {
            throw new MppConnectException(
                    ErrorCode.CONNECTION, "Cannot find where tasks shall call: " + e.getMessage(), e);
        }
    }

    /** Closes it with this engine, unless it ends before; does nothing then but forget it. */
    public void closeAtEnd(AutoCloseable open) {
        synchronized (running) {
            if (closed) {
                throw new MppConnectException(ErrorCode.CANCELLED, "Cannot start a plan: its MppCluster is closed");
            }
            others.add(open);
        }
    }

    /** It has ended by itself. */
    public void forget(AutoCloseable ended) {
        synchronized (running) {
            others.remove(ended);
        }
    }

    /** Starts a transfer on threads of its own. */
    public RunningTransfer start(TransferJob job) {
        TransferRun run = new TransferRun(job, course(job), CLOSE_LIMIT);
        synchronized (running) {
            if (closed) {
                throw new MppConnectException(
                        ErrorCode.CANCELLED, "Cannot start " + job + ": its MppCluster is closed");
            }
            running.add(run);
            Optional<ScheduledFuture<?>> limit = job.options()
                    .timeout()
                    .map(time -> timer.schedule(() -> run.timeOut(time), time.toNanos(), TimeUnit.NANOSECONDS));
            run.start(() -> {
                limit.ifPresent(pending -> pending.cancel(false));
                forget(run);
            });
        }
        return run;
    }

    /** Makes a table of a source. */
    public ServedSource serve(ServeJob job, TableName name) {
        ServedTable table = ServedTable.open(job, name, segments, connections, served::remove);
        served.add(table);
        synchronized (running) {
            if (!closed) {
                return table;
            }
        }
        MppConnectException failure = new MppConnectException(
                ErrorCode.CANCELLED, "Cannot expose " + job + " as " + name + ": its MppCluster is closed");
        try {
            table.close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
        throw failure;
    }

    private Course course(TransferJob job) {
        if (job instanceof TransferJob.Load load) {
            load.delivery().check(load);
            return load.delivery().isStream(load.source())
                    ? new StreamLoad(load, connections, segments, ledger)
                    : new SingleCommit(job, connections, ledger, failed -> new LoadMovement(load, segments, failed));
        }
        TransferJob.Unload unload = (TransferJob.Unload) job;
        return new SingleCommit(job, connections, ledger, failed -> new UnloadMovement(unload, segments, failed));
    }

    private void forget(TransferRun run) {
        synchronized (running) {
            running.remove(run);
        }
    }

    private void closeServed() {
        // All at once hear that they are to end: one after the other is then waited for, but not long.
        served.forEach(ServedTable::stop);
        for (ServedTable table : served) {
            try {
                table.close();
            } catch (RuntimeException e) {
                // Whoever closes the cluster has no table at hand; a failure of one must not keep the rest open.
                LOG.warn("{}", e.getMessage());
            }
        }
    }

    /** Cancels every transfer, waits for the last of them, drops the tables that are served, and stops the server. */
    @Override
    public void close() {
        List<TransferRun> last;
        List<AutoCloseable> open;
        synchronized (running) {
            closed = true;
            last = List.copyOf(running);
            open = List.copyOf(others);
        }
        last.forEach(TransferRun::cancel);
        last.forEach(TransferRun::close);
        open.forEach(TransferEngine::close);
        closeServed();
        timer.shutdownNow();
        segments.close();
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            LOG.warn("A plan could not be closed", e);
        }
    }
}
