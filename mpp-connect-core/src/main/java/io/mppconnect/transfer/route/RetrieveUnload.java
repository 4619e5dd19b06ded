package io.mppconnect.transfer.route;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Route;
import io.mppconnect.TransferReport.SegmentPart;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.Endpoint;
import io.mppconnect.catalog.QueryInfo;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.Planned;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.session.SessionSettings;
import io.mppconnect.transfer.session.Threads;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application fetches from every segment: a parallel retrieve cursor, and a connection and a thread for each of its
 * endpoints. All are read at once, for a segment that is not read may hold up the others through the query's motions.
 */
final class RetrieveUnload implements UnloadRoute {

    private static final Logger LOG = LoggerFactory.getLogger(RetrieveUnload.class);
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final long GRACE_MILLIS = 5_000;

    /** The segment tells its application at once, but its coordinator through another connection. */
    private static final int REFUSED_SECONDS = 1;

    private static final int NO_LIMIT = -1;

    private final TransferJob.Unload job;
    private final Catalog catalog;
    private final String cursor = ExternalTable.uniqueName();
    private final List<EndpointSession> sessions = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final AtomicLong sent = new AtomicLong();
    private List<String> columns = List.of();
    private @Nullable RowFormat format;

    RetrieveUnload(TransferJob.Unload job, Catalog catalog) {
        this.job = job;
        this.catalog = catalog;
    }

    @Override
    public Route route() {
        return Route.RETRIEVE;
    }

    @Override
    public void prepare(Session session, QueryInfo query, RowFormat wanted) throws Exception {
        requireCursors(session);
        requireUtf8(wanted);
        format = wanted;
        columns = query.columns().stream().map(Column::name).toList();
        session.update(
                "DECLARE " + cursor + " PARALLEL RETRIEVE CURSOR FOR "
                        + job.query().sql(),
                job.query().parameters());
        Map<String, String> settings = SessionSettings.ofText(job.options(), catalog);
        String database = session.connection().getCatalog();
        List<Endpoint> endpoints = Endpoint.of(session.connection(), cursor);
        try {
            for (Endpoint endpoint : endpoints) {
                connect(endpoint, database, settings);
            }
        } catch (SQLException refused) {
            // The endpoint of a query that has failed by now lets nobody in.
            awaitEnd(session, REFUSED_SECONDS, refused);
            throw refused;
        }
    }

    private void requireCursors(Session session) throws SQLException {
        if (!catalog.version().hasSegments() || !Endpoint.available(session.connection())) {
            throw new MppConnectException(
                    ErrorCode.UNSUPPORTED_DATABASE,
                    "Cannot take the route RETRIEVE: " + catalog.version()
                            + " has no parallel retrieve cursors here; on"
                            + " Greenplum 6 the database's owner can CREATE EXTENSION gp_parallel_retrieve_cursor");
        }
    }

    private static void requireUtf8(RowFormat format) {
        if (!format.encoding().equals("UTF8")) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot take the route RETRIEVE: it gives rows in UTF8, and the target wants " + format.encoding()
                            + "; choose another route");
        }
    }

    private void connect(Endpoint endpoint, String database, Map<String, String> settings) throws SQLException {
        try {
            EndpointSession opened = EndpointSession.connect(endpoint, database, settings, CONNECT);
            synchronized (sessions) {
                sessions.add(opened);
            }
        } catch (IOException e) {
            throw new MppConnectException(
                    ErrorCode.SEGMENTS_UNREACHABLE,
                    "Cannot reach " + endpoint + ": " + e.getMessage()
                            + "; let this application through to the segments' ports, or choose another route",
                    e);
        }
    }

    @Override
    public long move(Session session, UnloadParts parts) throws Exception {
        List<EndpointSession> opened;
        synchronized (sessions) {
            opened = List.copyOf(sessions);
        }
        CountDownLatch open = new CountDownLatch(opened.size());
        for (EndpointSession endpoint : opened) {
            // The coordinator alone holds the rows of a query that needs no segment.
            UnloadParts.Part part = parts.open(Math.max(0, endpoint.endpoint().segment()));
            EndpointReader reader = new EndpointReader(endpoint, part, Planned.of(format), columns, (int)
                    job.options().maxRow().bytes());
            Thread thread = new Thread(
                    () -> read(endpoint, reader, open),
                    "mpp-connect-" + job.options().name() + "-endpoint-"
                            + endpoint.endpoint().segment());
            threads.add(thread);
            thread.start();
        }
        open.await();
        finish(session);
        session.execute("CLOSE " + cursor);
        return sent.get();
    }

    private void finish(Session session) throws Exception {
        Throwable first = failure.get();
        if (first == null || first instanceof SQLException) {
            awaitEnd(session, NO_LIMIT, first);
        }
        if (first instanceof Exception exception) {
            throw exception;
        }
        if (first instanceof Error error) {
            throw error;
        }
    }

    /** The database has the last word: why a segment broke off, and that every row was fetched, it alone can tell. */
    private void awaitEnd(Session session, int seconds, @Nullable Throwable first) throws SQLException {
        try {
            session.execute("SELECT * FROM pg_catalog.gp_wait_parallel_retrieve_cursor(" + ExternalTable.literal(cursor)
                    + ", " + seconds + ")");
        } catch (SQLException told) {
            if (first != null) {
                told.addSuppressed(first);
            }
            throw told;
        }
    }

    private void read(EndpointSession endpoint, EndpointReader reader, CountDownLatch open) {
        try {
            sent.addAndGet(reader.readAll());
        } catch (Throwable e) {
            Throwable cause = e instanceof IOException lost ? broken(endpoint, lost) : e;
            if (failure.compareAndSet(null, cause)) {
                // The others would go on for nothing.
                stop("another endpoint has failed");
            }
        } finally {
            open.countDown();
        }
    }

    private MppConnectException broken(EndpointSession endpoint, IOException lost) {
        return new MppConnectException(
                ErrorCode.CONNECTION,
                "Cannot finish " + job + ": the connection to " + endpoint.endpoint() + " broke (" + lost.getMessage()
                        + "); nothing was committed, run it again",
                lost);
    }

    @Override
    public void stop(String reason) {
        List<EndpointSession> cut;
        synchronized (sessions) {
            cut = List.copyOf(sessions);
        }
        for (EndpointSession session : cut) {
            try {
                session.close();
            } catch (IOException e) {
                LOG.debug("The connection to {} could not be closed", session.endpoint(), e);
            }
        }
    }

    @Override
    public List<SegmentPart> segments(UnloadParts parts) {
        List<EndpointSession> opened;
        synchronized (sessions) {
            opened = List.copyOf(sessions);
        }
        return opened.stream()
                .map(EndpointSession::endpoint)
                .map(endpoint -> {
                    UnloadParts.Part part = parts.part(Math.max(0, endpoint.segment()));
                    return new SegmentPart(endpoint.segment(), endpoint.host(), part.rows(), part.bytes(), 0);
                })
                .toList();
    }

    @Override
    public Duration waited() {
        return Duration.ZERO;
    }

    @Override
    public void close() {
        stop("the transfer has ended");
        threads.forEach(Thread::interrupt);
        Threads.join(
                threads,
                GRACE_MILLIS,
                straggler -> LOG.warn(
                        "{} does not stop: its target does not heed interrupts; the thread ends when the target"
                                + " returns",
                        straggler.getName()));
    }
}
