package io.mppconnect.segment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SegmentServerTest {

    private static final InetAddress LOCAL = InetAddress.getLoopbackAddress();
    private static final SegmentServerOptions OPTIONS = SegmentServerOptions.on(LOCAL);

    private final ServerThreads threads = new ServerThreads();

    private static String ask(SegmentServer server, String request) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            return new String(client.send(request).rest(), ISO_8859_1);
        }
    }

    @Test
    void listensWhereItIsToldTo() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, LOCAL)) {
            port = free.getLocalPort();
        }
        try (SegmentServer server = SegmentServer.start(OPTIONS.withPorts(PortRange.of(port)))) {
            assertThat(server.address().getAddress()).isEqualTo(LOCAL);
            assertThat(server.address().getPort()).isEqualTo(port);
        }
    }

    @Test
    void saysWhichPortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, LOCAL)) {
            SegmentServerOptions options = OPTIONS.withPorts(PortRange.of(taken.getLocalPort()));
            assertThatThrownBy(() -> SegmentServer.start(options))
                    .asInstanceOf(type(MppConnectException.class))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVER_ADDRESS))
                    .extracting(Throwable::getMessage)
                    .isEqualTo("Cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use; name a free port or a range with ClusterOptions.ports");
        }
        await().untilAsserted(() -> assertThat(threads.running()).isEmpty());
    }

    @Test
    void takesTheFirstFreePortOfARange() throws Exception {
        try (SegmentServer first = SegmentServer.start(OPTIONS)) {
            int port = first.address().getPort();
            PortRange range = new PortRange(port, Math.min(65535, port + 50));
            try (SegmentServer second = SegmentServer.start(OPTIONS.withPorts(range))) {
                assertThat(second.address().getPort()).isBetween(port + 1, range.last());
            }
        }
    }

    @Test
    void saysThatAnAddressIsNotOfThisMachine() throws Exception {
        SegmentServerOptions options = SegmentServerOptions.on(InetAddress.getByName("192.0.2.1"));
        assertThatThrownBy(() -> SegmentServer.start(options))
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot listen on 192.0.2.1: Cannot assign requested address;"
                        + " name an address of this machine with ClusterOptions.bindAddress");
    }

    @Test
    void listensOnIpVersionSix() throws Exception {
        assumeTrue(NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .anyMatch(address -> address instanceof Inet6Address && address.isLoopbackAddress()));
        byte[] loopback = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        try (SegmentServer server = SegmentServer.start(SegmentServerOptions.on(InetAddress.getByAddress(loopback)));
                LoadExchange load = server.openLoad(new RecordedLoad())) {
            load.finish();
            assertThat(FakeSegment.of(server, load, 0, 1).pullAll()).isEqualTo("D: end");
            assertThat(load.traffic().get(0).address()).isInstanceOf(Inet6Address.class);
        }
    }

    @Test
    void leavesNoThreadAndNoPortBehind() throws Exception {
        SegmentServer server = SegmentServer.start(OPTIONS);
        int port = server.address().getPort();
        RecordedLoad recorded = new RecordedLoad();
        LoadExchange load = server.openLoad(recorded);
        UnloadExchange unload = server.openUnload(new RecordedUnload(), 1_000);
        FakeSegment sender = FakeSegment.of(server, unload, 0, 1);
        try (RawClient waiting = FakeSegment.of(server, load, 0, 2).pull();
                RawClient slow = FakeSegment.of(server, load, 1, 2).pull();
                RawClient sending = sender.connect();
                RawClient silent = sender.connect()) {
            waiting.head();
            slow.head();
            load.offer(recorded.block("x\n".repeat(10_000_000).getBytes(ISO_8859_1), 1));
            FakeSegment.ask(sending, sender.opening());
            sending.send(sender.pushHead("X-GP-SEQ: 2\r\nContent-Length: 10\r\n"));
            assertThat(threads.running()).hasSizeGreaterThanOrEqualTo(OPTIONS.ioThreads());

            server.close();
            server.close();
            // The worker counts as terminated a moment before the last thread is gone.
            await().untilAsserted(() -> assertThat(threads.running()).isEmpty());
            assertThat(recorded.out).hasValue(0);
            assertThat(silent.rest()).isEmpty();
            assertThatThrownBy(() -> new RawClient(server.address())).isInstanceOf(ConnectException.class);
        }
        SegmentServer.start(OPTIONS.withPorts(PortRange.of(port))).close();
        assertThatThrownBy(() -> server.openLoad(recorded))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot open an exchange: the segment server is closed");
    }

    @Test
    void closesFromWithinAListener() throws Exception {
        AtomicReference<SegmentServer> itself = new AtomicReference<>();
        RecordedLoad recorded = new RecordedLoad();
        try (SegmentServer server = SegmentServer.start(OPTIONS)) {
            itself.set(server);
            LoadExchange load = server.openLoad(new LoadListener() {
                @Override
                public void connected(int segment, InetAddress from) {
                    itself.get().close();
                }

                @Override
                public void broken(int segment, String reason) {
                    recorded.broken(segment, reason);
                }
            });
            try (RawClient client = FakeSegment.of(server, load, 0, 1).pull()) {
                assertThat(client.rest()).isEmpty();
            }
            await().untilAsserted(() -> assertThat(threads.running()).isEmpty());
        }
    }

    @Test
    void survivesAListenerThatFails() throws Exception {
        try (SegmentServer server = SegmentServer.start(OPTIONS);
                LoadExchange load = server.openLoad(new LoadListener() {
                    @Override
                    public void connected(int segment, InetAddress from) {
                        throw new IllegalStateException("a listener that fails, as the test wants it");
                    }

                    @Override
                    public void broken(int segment, String reason) {}
                })) {
            load.finish();
            assertThat(FakeSegment.of(server, load, 0, 1).pullAll()).isEqualTo("D: end");
        }
    }

    @Test
    void tellsSegmentsThatItIsAlive() throws Exception {
        try (SegmentServer server = SegmentServer.start(OPTIONS)) {
            assertThat(ask(server, "GET /gpfdist/status HTTP/1.1\r\nHost: x\r\n\r\n"))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\nmpp-connect\n");
        }
    }

    @Test
    void servesNothingElse() throws Exception {
        try (SegmentServer server = SegmentServer.start(OPTIONS)) {
            String answer = " HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n";
            for (String path : List.of("/", "/gpfdist", "/0123456789abcdef0123456789abcdef", "//", "/%2e%2e/etc")) {
                assertThat(ask(server, "GET " + path + answer))
                        .startsWith("HTTP/1.1 404 no transfer here, or it is over\r\n");
            }
            assertThat(ask(server, "POST /gpfdist/status" + answer))
                    .startsWith("HTTP/1.1 404 no transfer here, or it is over\r\n");
            for (String method : List.of("PUT", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT")) {
                assertThat(ask(server, method + " /gpfdist/status" + answer))
                        .startsWith("HTTP/1.1 405 only GET and POST are served\r\n");
            }
            assertThat(ask(server, "GET / HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            assertThat(ask(server, "nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void cutsAConnectionThatDoesNotComeUpWithARequest() throws Exception {
        SegmentServerOptions impatient = OPTIONS.withHeadTimeout(Duration.ofMillis(300));
        RecordedUnload recorded = new RecordedUnload();
        try (SegmentServer server = SegmentServer.start(impatient);
                UnloadExchange unload = server.openUnload(recorded, 1_000)) {
            FakeSegment segment = FakeSegment.of(server, unload, 0, 1);
            try (RawClient silent = segment.connect();
                    RawClient slow = segment.connect();
                    RawClient idle = segment.connect();
                    RawClient refused = segment.connect()) {
                slow.send("GET / HTTP/1.1\r\nHost: ");
                FakeSegment.ask(idle, segment.opening());
                refused.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n");
                assertThat(refused.head()).first().isEqualTo("HTTP/1.1 404 no transfer here, or it is over");
                assertThat(silent.rest()).isEmpty();
                assertThat(slow.rest()).isEmpty();
                assertThat(refused.rest()).isEmpty();
                await().during(Duration.ofMillis(700))
                        .atMost(Duration.ofSeconds(5))
                        .until(() -> idle.stream().available() == 0);
                assertThat(FakeSegment.ask(idle, segment.data(2, "1\n"))).isEqualTo("HTTP/1.1 200 OK");
            }
        }
    }
}
