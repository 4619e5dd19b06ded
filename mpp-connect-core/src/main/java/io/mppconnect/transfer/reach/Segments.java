package io.mppconnect.transfer.reach;

import io.mppconnect.ClusterOptions;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Route;
import io.mppconnect.TransferOptions;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.ExternalTablePrivileges;
import io.mppconnect.segment.PortRange;
import io.mppconnect.segment.SegmentServer;
import io.mppconnect.segment.SegmentServerOptions;
import io.mppconnect.transfer.plan.MissingPrivileges;
import io.mppconnect.transfer.session.ConnectionSource;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.session.SessionSettings;
import java.net.InetAddress;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The way to all segments of one cluster: the server they dial, started by the first transfer and shared by all, and
 * whether they can reach it.
 */
public final class Segments implements AutoCloseable {

    private static final Duration AUTO_LIMIT = Duration.ofSeconds(2);
    private static final Duration REMEMBERED = Duration.ofMinutes(1);

    private final Catalog catalog;
    private final ClusterOptions options;
    private final PeerDirectory directory;
    private final ReentrantLock probing = new ReentrantLock();
    private boolean reached;
    private @Nullable MppConnectException unreachable;
    private long unreachableSince;
    private @Nullable SegmentServer server;
    private @Nullable ServerAddress address;
    private boolean closed;

    public Segments(Catalog catalog, ClusterOptions options) {
        this.catalog = catalog;
        this.options = options;
        this.directory = new PeerDirectory(options);
    }

    public Catalog catalog() {
        return catalog;
    }

    /** What a transfer needs to be reached by segments. */
    public record Access(
            SegmentServer server, ServerAddress address, SegmentPeers peers, ExternalTablePrivileges privileges) {

        public String url(String path) {
            return address.url(server.address().getPort(), path);
        }

        /** Finds what the role lacks to create temporary tables that segments read. */
        public void needReadable(MissingPrivileges missing) {
            missing.readable(privileges);
            missing.temporary(privileges.temporary());
        }

        /** The same for those that segments write. */
        public void needWritable(MissingPrivileges missing) {
            missing.writable(privileges);
            missing.temporary(privileges.temporary());
        }
    }

    /** Who may ask for what is served for longer than a transfer takes, wherever segments move in the meantime. */
    public Predicate<InetAddress> lastingPeers(ConnectionSource connections) {
        return new LastingPeers(directory, catalog, connections);
    }

    /**
     * Pins the session's settings, starts the server if this is the first transfer, and makes sure once that every
     * segment reaches it.
     */
    public Access access(Session session, TransferOptions transfer) throws SQLException, InterruptedException {
        Access access = unproven(session, transfer);
        probeOnce(session, access, transfer.reachTimeout(), transfer.route() == Route.AUTO);
        return access;
    }

    /** The same for tables that others are to read, which have no other route. */
    public Access access(Session session, Duration reachTimeout) throws SQLException, InterruptedException {
        look(session);
        session.pin(SessionSettings.ofReading(catalog));
        Access access = start(session);
        probeOnce(session, access, reachTimeout, false);
        return access;
    }

    /** Access, but nobody knows whether the segments reach the server. */
    Access unproven(Session session, TransferOptions transfer) throws SQLException {
        look(session);
        session.pin(SessionSettings.of(transfer, catalog));
        return start(session);
    }

    private void look(Session session) {
        requireSegments();
        catalog.refreshSegments(session.connection());
    }

    private boolean asked(Session session, Access access, Duration limit) throws SQLException {
        try {
            return new ReachProbe(session, access, catalog).run(limit);
        } catch (MppConnectException e) {
            unreachable = e;
            unreachableSince = System.nanoTime();
            throw e;
        }
    }

    /** A failure counts for a while, so that not every transfer waits for one. */
    private void refuseAgain() {
        MppConnectException failure = unreachable;
        if (failure != null && System.nanoTime() - unreachableSince < REMEMBERED.toNanos()) {
            throw new MppConnectException(failure.code(), failure.getMessage(), failure);
        }
    }

    /**
     * Of the first transfers one asks the segments, and the others wait for what it finds.
     *
     * @param otherRoute whether there is another route: nobody waits long for this one then
     */
    private void probeOnce(Session session, Access access, Duration reachTimeout, boolean otherRoute)
            throws SQLException, InterruptedException {
        probing.lockInterruptibly();
        try {
            if (!reached && otherRoute) {
                refuseAgain();
                reached = asked(session, access, reachTimeout.compareTo(AUTO_LIMIT) > 0 ? AUTO_LIMIT : reachTimeout);
            } else if (!reached) {
                reached = asked(session, access, reachTimeout);
            }
        } finally {
            probing.unlock();
        }
    }

    private void requireSegments() {
        if (!catalog.version().hasSegments()) {
            throw new MppConnectException(
                    ErrorCode.UNSUPPORTED_DATABASE,
                    "Cannot move rows through segments: " + catalog.version() + " has none; take"
                            + " Route.COORDINATOR or Route.AUTO");
        }
    }

    private Access start(Session session) throws SQLException {
        return start(session, directory.peers(session.connection(), catalog.segments()));
    }

    private synchronized Access start(Session session, SegmentPeers peers) throws SQLException {
        if (closed) {
            throw new MppConnectException(ErrorCode.CANCELLED, "Cannot start a transfer: its MppCluster is closed");
        }
        if (server == null || address == null) {
            ServerAddress found = ServerAddress.find(options, session.connection(), catalog.primaries());
            server = SegmentServer.start(SegmentServerOptions.on(found.bind())
                    .withPorts(new PortRange(options.firstPort(), options.lastPort()))
                    .withTls(options.tls()));
            address = found;
        }
        return new Access(server, address, peers, catalog.externalTablePrivileges(session.connection()));
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (server != null) {
            server.close();
            server = null;
        }
    }
}
