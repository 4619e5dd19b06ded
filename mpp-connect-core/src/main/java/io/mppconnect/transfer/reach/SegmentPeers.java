package io.mppconnect.transfer.reach;

import io.mppconnect.ClusterOptions;
import io.mppconnect.catalog.Segment;
import io.mppconnect.segment.Network;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The addresses that segments' requests may come from: all that the catalog's names and addresses
 * of segments resolve to, mirrors too, for they may take over, and what the options add. Immutable.
 *
 * <p>A segment on this machine may come from any address of it. One that the catalog calls localhost, or by a name of the
 * coordinator's, is on the coordinator's machine, wherever that is.
 */
final class SegmentPeers implements Predicate<InetAddress> {

    private final boolean anywhere;
    private final Set<InetAddress> addresses = new HashSet<>();
    private final List<Network> networks = new ArrayList<>();
    private boolean local;

    private SegmentPeers(boolean anywhere) {
        this.anywhere = anywhere;
    }

    /** @param coordinator the coordinator's own address, as its connections have it; empty when they have none */
    static SegmentPeers of(ClusterOptions options, List<Segment> segments, Optional<String> coordinator)
            throws SocketException {
        SegmentPeers peers = new SegmentPeers(options.acceptsFromAnywhere());
        if (!peers.anywhere) {
            for (String host : hosts(options, segments, coordinator)) {
                peers.add(host);
            }
            if (peers.local) {
                peers.addresses.addAll(LocalAddresses.all());
            }
        }
        return peers;
    }

    private static Set<String> hosts(ClusterOptions options, List<Segment> segments, Optional<String> coordinator) {
        Set<String> hosts = new LinkedHashSet<>();
        Set<String> coordinators = new HashSet<>();
        for (Segment segment : segments) {
            Set<String> names = segment.coordinator() ? coordinators : hosts;
            names.add(segment.host());
            names.add(segment.address());
        }
        boolean loopback = hosts.removeIf(SegmentPeers::isLoopback);
        if (loopback || !Collections.disjoint(hosts, coordinators)) {
            hosts.add(coordinator.orElse("localhost"));
        }
        hosts.addAll(options.acceptedFrom());
        return hosts;
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.startsWith("localhost.")
                || host.startsWith("127.")
                || host.equals("::1");
    }

    private void add(String host) throws SocketException {
        Optional<Network> network = Network.parse(host);
        if (network.isPresent()) {
            networks.add(network.get());
            return;
        }
        for (InetAddress address : LocalAddresses.of(host)) {
            addresses.add(address);
            local |= LocalAddresses.contain(address);
        }
    }

    @Override
    public boolean test(InetAddress peer) {
        return anywhere
                || addresses.contains(peer)
                || (local && peer.isLoopbackAddress())
                || networks.stream().anyMatch(network -> network.contains(peer));
    }
}
