package io.mppconnect.transfer.serve;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.ServedProgress;
import io.mppconnect.ServedSource;
import io.mppconnect.catalog.ServerWords;
import io.mppconnect.catalog.TableName;
import io.mppconnect.segment.LoadScans;
import io.mppconnect.transfer.reach.Segments;
import io.mppconnect.transfer.session.ConnectionSource;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.session.Threads;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A source that is served: its external table, the path that the table points to, and the scans of it. Thread safe. */
public final class ServedTable implements ServedSource {

    private static final Logger LOG = LoggerFactory.getLogger(ServedTable.class);

    /** How long scans may take to tell their segments that they fail. */
    private static final long STOP_MILLIS = 1_000;

    private static final long CLOSE_MILLIS = 10_000;

    private final ServeJob job;
    private final ConnectionSource connections;
    private final ServedDefinition.Found table;
    private final LoadScans scans;
    private final RunningScans running;
    private final Consumer<ServedTable> closed;
    private final AtomicBoolean open = new AtomicBoolean(true);

    ServedTable(
            ServeJob job,
            ConnectionSource connections,
            ServedDefinition.Found table,
            LoadScans scans,
            RunningScans running,
            Consumer<ServedTable> closed) {
        this.job = job;
        this.connections = connections;
        this.table = table;
        this.scans = scans;
        this.running = running;
        this.closed = closed;
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
        return new ServedOpening(job, name, segments, connections, closed).open();
    }

    /** What the database says, under the code that it means. */
    static MppConnectException failure(String what, SQLException e) {
        String state = String.valueOf(e.getSQLState());
        ErrorCode code = state.startsWith("08")
                ? ErrorCode.CONNECTION
                : state.equals("42501") ? ErrorCode.PRIVILEGE_MISSING : ErrorCode.STATEMENT_FAILED;
        return new MppConnectException(code, what + ServerWords.of(e), e);
    }

    @Override
    public TableName table() {
        return table.name();
    }

    @Override
    public ServedProgress progress() {
        return running.progress();
    }

    /** Fails the statements that read now, and those that come. Waits for nothing. */
    public void stop() {
        scans.stop(job + " is served no more");
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
        stop();
        running.await(STOP_MILLIS);
        List<Thread> threads = running.threads();
        scans.close();
        Threads.join(
                threads,
                CLOSE_MILLIS,
                straggler -> LOG.warn(
                        "{} does not stop: its source does not heed interrupts; the thread ends when the source returns",
                        straggler.getName()));
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
