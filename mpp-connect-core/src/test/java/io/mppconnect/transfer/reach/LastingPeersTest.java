package io.mppconnect.transfer.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mppconnect.ClusterOptions;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.Segment;
import io.mppconnect.test.EmbeddedMppCluster;
import java.net.InetAddress;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastingPeersTest {

    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Segment ELSEWHERE = new Segment(2, 0, true, true, "198.51.100.7", "198.51.100.7", 6000);

    @Test
    void aSegmentThatHasMovedIsServedOnceItWasRefused() throws Exception {
        try (EmbeddedMppCluster cluster = EmbeddedMppCluster.start();
                Connection connection = cluster.connect()) {
            PeerDirectory directory = new PeerDirectory(ClusterOptions.defaults(), Duration.ZERO);
            directory.peers(connection, List.of(ELSEWHERE));
            LastingPeers peers = new LastingPeers(directory, Catalog.read(connection), cluster::connect);

            assertThat(peers.test(HERE)).isFalse();
            await().until(() -> peers.test(HERE));
        }
    }

    @Test
    void strangersDoNotHaveThemLookedUpAllTheTime() {
        PeerDirectory directory = new PeerDirectory(ClusterOptions.defaults(), Duration.ofHours(1));

        assertThat(directory.isToLookAgain()).isFalse();
    }
}
