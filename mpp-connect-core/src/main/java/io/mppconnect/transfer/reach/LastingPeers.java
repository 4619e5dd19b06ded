package io.mppconnect.transfer.reach;

import io.mppconnect.catalog.Catalog;
import io.mppconnect.transfer.session.ConnectionSource;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The peers of what is served for long, while segments move to other hosts. Whoever is refused has them looked up anew,
 * at most once a minute in a cluster and on a thread of its own: strangers can cause no more than that, and a segment
 * that has moved is refused once. Thread safe.
 */
final class LastingPeers implements Predicate<InetAddress> {

    private static final Logger LOG = LoggerFactory.getLogger(LastingPeers.class);

    private final PeerDirectory directory;
    private final Catalog catalog;
    private final ConnectionSource connections;

    LastingPeers(PeerDirectory directory, Catalog catalog, ConnectionSource connections) {
        this.directory = directory;
        this.catalog = catalog;
        this.connections = connections;
    }

    @Override
    public boolean test(InetAddress peer) {
        if (directory.knows(peer)) {
            return true;
        }
        if (directory.isToLookAgain()) {
            Thread looking = new Thread(this::look, "mpp-connect-peers");
            looking.setDaemon(true);
            looking.start();
        }
        return false;
    }

    private void look() {
        try (Connection connection = connections.connect()) {
            catalog.refreshSegments(connection);
            directory.peers(connection, catalog.segments());
        } catch (SQLException | RuntimeException e) {
            LOG.warn("Cannot look where segments come from: {}; tried again in a minute, if need be", e.getMessage());
        }
    }
}
