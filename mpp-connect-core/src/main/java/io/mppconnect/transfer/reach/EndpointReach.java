package io.mppconnect.transfer.reach;

import io.mppconnect.ClusterOptions;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Segment;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Where the server of a JVM without a connection of its own listens, what segments dial, and who may call. */
public final class EndpointReach {

    private final ServerAddress address;
    private final Predicate<InetAddress> peers;

    private EndpointReach(ServerAddress address, Predicate<InetAddress> peers) {
        this.address = address;
        this.peers = peers;
    }

    /**
     * Takes what the options name and finds out the rest.
     *
     * @param seen the address from which another JVM of the application sees this one come
     * @param coordinator the coordinator's own address; empty when its connections have none
     */
    public static EndpointReach of(
            ClusterOptions options, String seen, List<Segment> segments, Optional<String> coordinator) {
        try {
            List<Segment> primaries = segments.stream()
                    .filter(segment -> segment.primary() && !segment.coordinator())
                    .toList();
            return new EndpointReach(
                    ServerAddress.find(options, seen, primaries), SegmentPeers.of(options, segments, coordinator));
        } catch (SocketException e) {
            throw new MppConnectException(
                    ErrorCode.SERVER_ADDRESS, "Cannot list the addresses of this machine: " + e.getMessage(), e);
        }
    }

    /** The local address to listen on. */
    public InetAddress bind() {
        return address.bind();
    }

    /** What segments dial. */
    public String url(int port, String path) {
        return address.url(port, path);
    }

    /** Which addresses requests may come from. */
    public Predicate<InetAddress> peers() {
        return peers;
    }
}
