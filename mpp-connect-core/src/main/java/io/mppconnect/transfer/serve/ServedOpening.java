package io.mppconnect.transfer.serve;

import io.mppconnect.ErrorCode;
import io.mppconnect.ExposureOptions;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.LostConnection;
import io.mppconnect.catalog.TableName;
import io.mppconnect.segment.LoadScans;
import io.mppconnect.segment.ScanLimits;
import io.mppconnect.segment.SegmentServer;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.transfer.failure.ForeignFailure;
import io.mppconnect.transfer.plan.MissingPrivileges;
import io.mppconnect.transfer.reach.Segments;
import io.mppconnect.transfer.serve.ServedColumns.Shape;
import io.mppconnect.transfer.session.ConnectionSource;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a source, opens its path, and makes the table that points there; when it fails, nothing stays open. */
final class ServedOpening {

    private static final Logger LOG = LoggerFactory.getLogger(ServedOpening.class);

    private static final String PER_LOCATION = "gp_external_max_segs";
    private static final int USUAL_PER_LOCATION = 64;

    private final ServeJob job;
    private final TableName name;
    private final String action;
    private final Segments segments;
    private final ConnectionSource connections;
    private final Consumer<ServedTable> closed;
    private @Nullable ServedTable served;

    /** @param closed told when the table is closed */
    ServedOpening(
            ServeJob job,
            TableName name,
            Segments segments,
            ConnectionSource connections,
            Consumer<ServedTable> closed) {
        this.job = job;
        this.name = name;
        this.action = "expose " + job + " as " + name;
        this.segments = segments;
        this.connections = connections;
        this.closed = closed;
    }

    ServedTable open() {
        check();
        try (Session session = Session.begin(connections)) {
            return make(session);
        } catch (SQLException e) {
            return madeIn(ServedTable.failure("Cannot " + action + ": ", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MppConnectException(ErrorCode.CANCELLED, "Cannot " + action + ": the thread was interrupted", e);
        } catch (RuntimeException e) {
            return madeIn(e);
        }
    }

    /** A table that is there is served, even if the connection that made it could not be given back. */
    private ServedTable madeIn(RuntimeException failure) {
        ServedTable made = served;
        if (made == null) {
            throw failure;
        }
        LOG.warn(
                "{}: the connection that made {} could not be closed",
                job.options().name(),
                made.table(),
                failure);
        return made;
    }

    private void check() {
        Catalog catalog = segments.catalog();
        if (!catalog.version().hasSegments()) {
            throw new MppConnectException(
                    ErrorCode.UNSUPPORTED_DATABASE,
                    "Cannot " + action + ": " + catalog.version()
                            + " has no segments that could read it; load it into a table");
        }
        if (!job.source().bounded()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot " + action + ": it has no end, and neither would a query of it; load it into a table");
        }
    }

    private ServedTable make(Session session) throws SQLException, InterruptedException {
        ExposureOptions options = job.options();
        // What a session of anybody else has: ours is given another value on the way.
        int perLocation = perLocation(session);
        Segments.Access access = segments.access(session, options.reachTimeout());
        MissingPrivileges missing = MissingPrivileges.of(segments.catalog(), action);
        missing.readable(access.privileges());
        missing.refuse();
        ServedColumns columns = ServedColumns.of(job, segments.catalog(), session.connection());
        Shape shape = shape(columns);
        SegmentServer server = access.server();
        RunningScans running = new RunningScans(job, name, columns, shape, server::refreshTls);
        LoadScans scans = openScans(server, running);
        try {
            List<String> locations = ServedDefinition.locations(
                    access.url(scans.path()), segments.catalog().primaries().size(), perLocation);
            ServedDefinition.Found table = new ServedDefinition(session, name)
                    .create(job, ServedColumns.external(shape).createLasting(name.sql(), locations));
            running.of(table.name());
            commit(session);
            ServedTable made = new ServedTable(job, connections, table, scans, running, closed);
            served = made;
            LOG.info("{}: serves {} as {}", options.name(), job, made.table());
            return made;
        } catch (Throwable failure) {
            scans.close();
            throw failure;
        }
    }

    private LoadScans openScans(SegmentServer server, RunningScans running) {
        ExposureOptions options = job.options();
        try {
            return server.openScans(
                    running, new ScanLimits(options.scans(), options.patience()), segments.lastingPeers(connections));
        } catch (IllegalStateException e) {
            throw new MppConnectException(ErrorCode.CANCELLED, "Cannot " + action + ": its MppCluster is closed", e);
        }
    }

    private static int perLocation(Session session) throws SQLException {
        int[] most = {USUAL_PER_LOCATION};
        session.visit(
                "SELECT setting FROM pg_catalog.pg_settings WHERE name = ?",
                List.of(PER_LOCATION),
                row -> most[0] = row.getInt(1));
        return most[0];
    }

    private Shape shape(ServedColumns columns) {
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

    private void commit(Session session) throws SQLException {
        try {
            session.commit();
        } catch (SQLException e) {
            if (LostConnection.in(e)) {
                throw new MppConnectException(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "Cannot tell whether " + name + " was made of " + job + ": the connection was lost during the"
                                + " commit (" + e.getMessage()
                                + "); nobody is served, expose it again with replacing()",
                        e);
            }
            throw e;
        }
    }
}
