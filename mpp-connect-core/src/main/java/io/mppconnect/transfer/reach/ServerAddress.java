package io.mppconnect.transfer.reach;

import io.mppconnect.ClusterOptions;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Segment;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * Where the server listens, and what segments dial.
 *
 * @param advertised a host name or address, an IPv6 one without brackets
 * @param secure whether segments dial with TLS
 */
record ServerAddress(InetAddress bind, String advertised, boolean secure) {

    /** Takes what the options name; finds out the rest from where the coordinator sees this application. */
    static ServerAddress find(ClusterOptions options, Connection connection, List<Segment> segments)
            throws SQLException {
        return find(options, seenByCoordinator(connection), segments);
    }

    /** @param seen the address from which others see this application come */
    static ServerAddress find(ClusterOptions options, String seen, List<Segment> segments) {
        try {
            String advertised = options.advertisedHost().isPresent()
                    ? options.advertisedHost().get()
                    : towardsSegments(seen, segments);
            InetAddress bind = options.bindAddress().isPresent()
                    ? InetAddress.getByName(options.bindAddress().get())
                    : local(advertised).orElse(new InetSocketAddress(0).getAddress());
            return new ServerAddress(bind, advertised, options.tls().isPresent());
        } catch (IOException e) {
            throw new MppConnectException(
                    ErrorCode.SERVER_ADDRESS,
                    "Cannot find the address that segments shall dial: " + e.getMessage()
                            + "; name it with ClusterOptions.advertisedHost and bindAddress",
                    e);
        }
    }

    /** The URL of a path of the server, for LOCATION. */
    String url(int port, String path) {
        String host = advertised.indexOf(':') < 0 ? advertised : "[" + advertised + "]";
        return (secure ? "gpfdists://" : "gpfdist://") + host + ":" + port + path;
    }

    private static String seenByCoordinator(Connection connection) throws SQLException {
        String seen = null;
        try (PreparedStatement statement =
                        connection.prepareStatement("SELECT pg_catalog.host(pg_catalog.inet_client_addr())");
                ResultSet rows = statement.executeQuery()) {
            if (rows.next()) {
                seen = rows.getString(1);
            }
        }
        if (seen == null) {
            seen = InetAddress.getLoopbackAddress().getHostAddress();
        }
        return seen;
    }

    /** On the coordinator's own host, other hosts' segments need the address by which packets to them leave. */
    private static String towardsSegments(String seen, List<Segment> segments) throws IOException {
        if (!InetAddress.getByName(seen).isLoopbackAddress()) {
            return seen;
        }
        for (Segment segment : segments) {
            Optional<InetAddress> address = resolved(segment.address());
            if (address.isPresent() && !LocalAddresses.contain(address.get())) {
                try (DatagramSocket probe = new DatagramSocket()) {
                    // Connecting a datagram socket sends nothing; it only asks the routing table.
                    probe.connect(new InetSocketAddress(address.get(), segment.port()));
                    return probe.getLocalAddress().getHostAddress();
                }
            }
        }
        return seen;
    }

    private static Optional<InetAddress> resolved(String host) {
        return LocalAddresses.of(host).stream().findFirst();
    }

    private static Optional<InetAddress> local(String host) throws IOException {
        Optional<InetAddress> address = resolved(host);
        return address.isPresent() && LocalAddresses.contain(address.get()) ? address : Optional.empty();
    }
}
