package io.mppconnect.transfer.reach;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.ClusterOptions;
import io.mppconnect.catalog.Segment;
import java.net.InetAddress;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whose requests are served. The networks of RFC 5737 and RFC 3849 stand for other machines. */
class SegmentPeersTest {

    private static final String COORDINATOR = "192.0.2.1";

    private static Segment instance(int content, boolean primary, String host, String address) {
        return new Segment(content + 2, content, primary, true, host, address, 6000);
    }

    private static SegmentPeers peers(ClusterOptions options, Segment... segments) throws SocketException {
        return SegmentPeers.of(options, List.of(segments), Optional.of(COORDINATOR));
    }

    private static SegmentPeers peers(Segment... segments) throws SocketException {
        return peers(ClusterOptions.defaults(), segments);
    }

    private static InetAddress address(String literal) throws UnknownHostException {
        return InetAddress.getByName(literal);
    }

    @Test
    void segmentsMayComeFromTheirHostAndTheirAddress() throws Exception {
        SegmentPeers peers = peers(instance(0, true, "198.51.100.7", "203.0.113.7"));

        assertThat(peers.test(address("198.51.100.7"))).isTrue();
        assertThat(peers.test(address("203.0.113.7"))).isTrue();
        assertThat(peers.test(address("203.0.113.8"))).isFalse();
    }

    @Test
    void mirrorsMayTakeOver() throws Exception {
        SegmentPeers peers = peers(
                instance(0, true, "198.51.100.7", "198.51.100.7"), instance(0, false, "198.51.100.8", "198.51.100.8"));

        assertThat(peers.test(address("198.51.100.8"))).isTrue();
    }

    @Test
    void theCoordinatorSendsNoRequests() throws Exception {
        SegmentPeers peers =
                peers(instance(-1, true, "192.0.2.1", "192.0.2.1"), instance(0, true, "198.51.100.7", "198.51.100.7"));

        assertThat(peers.test(address(COORDINATOR))).isFalse();
    }

    @Test
    void segmentsOfLocalhostAreOnTheMachineOfTheCoordinator() throws Exception {
        SegmentPeers peers =
                peers(instance(-1, true, "localhost", "127.0.0.1"), instance(0, true, "localhost", "127.0.0.1"));

        assertThat(peers.test(address(COORDINATOR))).isTrue();
        assertThat(peers.test(InetAddress.getLoopbackAddress())).isFalse();
    }

    @Test
    void segmentsUnderANameOfTheCoordinatorAreOnItsMachine() throws Exception {
        SegmentPeers peers = peers(
                instance(-1, true, "gpdb.invalid", "gpdb.invalid"), instance(0, true, "gpdb.invalid", "gpdb.invalid"));

        assertThat(peers.test(address(COORDINATOR))).isTrue();
    }

    @Test
    void segmentsOfThisMachineMayComeFromAnyAddressOfIt() throws Exception {
        SegmentPeers peers = SegmentPeers.of(
                ClusterOptions.defaults(), List.of(instance(0, true, "localhost", "::1")), Optional.of("127.0.0.1"));

        assertThat(peers.test(address("127.0.0.1"))).isTrue();
        assertThat(peers.test(address("127.0.0.2"))).isTrue();
        assertThat(peers.test(address("::1"))).isTrue();
        assertThat(LocalAddresses.all()).allMatch(peers);
        assertThat(peers.test(address("198.51.100.7"))).isFalse();
    }

    @Test
    void aCoordinatorWithoutAnAddressIsHere() throws Exception {
        SegmentPeers peers = SegmentPeers.of(
                ClusterOptions.defaults(), List.of(instance(0, true, "localhost", "localhost")), Optional.empty());

        assertThat(peers.test(InetAddress.getLoopbackAddress())).isTrue();
    }

    @Test
    void hostsAndNetworksCanBeAdded() throws Exception {
        SegmentPeers peers = peers(
                ClusterOptions.defaults().acceptFrom("203.0.113.0/25", "2001:db8::/33", "198.51.100.9"),
                instance(0, true, "198.51.100.7", "198.51.100.7"));

        assertThat(peers.test(address("203.0.113.127"))).isTrue();
        assertThat(peers.test(address("203.0.113.128"))).isFalse();
        assertThat(peers.test(address("2001:db8:7fff::1"))).isTrue();
        assertThat(peers.test(address("2001:db8:8000::1"))).isFalse();
        assertThat(peers.test(address("198.51.100.9"))).isTrue();
        assertThat(peers.test(address("198.51.100.7"))).isTrue();
    }

    @Test
    void theCheckCanBeSwitchedOff() throws Exception {
        SegmentPeers peers = peers(
                ClusterOptions.defaults().acceptFromAnywhere(), instance(0, true, "198.51.100.7", "198.51.100.7"));

        assertThat(peers.test(address("203.0.113.7"))).isTrue();
    }
}
