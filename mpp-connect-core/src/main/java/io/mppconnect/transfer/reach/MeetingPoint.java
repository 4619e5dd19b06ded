package io.mppconnect.transfer.reach;

import io.mppconnect.ClusterOptions;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.Segment;
import io.mppconnect.transfer.session.ConnectionSource;
import java.net.InetAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Where other JVMs of the application find the one that talks SQL, and what they have to know of the database.
 *
 * @param bind the local address to listen on
 * @param host what the others dial
 * @param segments all instances
 * @param coordinator the coordinator's own address; empty when its connections have none
 * @param options the ports to listen on, and whether to speak TLS
 */
public record MeetingPoint(
        InetAddress bind, String host, List<Segment> segments, Optional<String> coordinator, ClusterOptions options) {

    public MeetingPoint {
        segments = List.copyOf(segments);
    }

    /** Finds out all of it over a connection of its own. */
    public static MeetingPoint find(ConnectionSource connections, Catalog catalog, ClusterOptions options)
            throws SQLException {
        try (Connection connection = connections.connect()) {
            ServerAddress address = ServerAddress.find(options, connection, catalog.primaries());
            return new MeetingPoint(
                    address.bind(),
                    address.advertised(),
                    catalog.segments(),
                    PeerDirectory.coordinator(connection),
                    options);
        }
    }
}
