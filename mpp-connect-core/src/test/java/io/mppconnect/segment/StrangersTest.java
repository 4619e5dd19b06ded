package io.mppconnect.segment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever connects and is no segment disturbs nobody. */
@Timeout(120)
class StrangersTest {

    private static final int BLOCKS = 400;
    private static final int STRANGERS = 300;
    private static final int SILENT = 1100;

    private final Random random = new Random(20_260_101);
    private final ExecutorService clients = Executors.newCachedThreadPool();

    private String garbage(String path) {
        byte[] bytes = new byte[1 + random.nextInt(3_000)];
        random.nextBytes(bytes);
        String noise = new String(bytes, ISO_8859_1);
        String head = "GET " + path + " HTTP/1.1\r\nHost: x\r\n";
        return switch (random.nextInt(10)) {
            case 0 -> noise;
            case 1 -> "GET " + noise + " HTTP/1.1\r\n\r\n";
            case 2 -> head.substring(0, 1 + random.nextInt(head.length() - 1));
            case 3 -> head + "X-Noise: " + "n".repeat(40_000) + "\r\n\r\n";
            case 4 -> head + "X-Noise: n\r\n".repeat(400) + "\r\n";
            case 5 -> head + noise + "\r\n\r\n";
            case 6 -> "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n";
            case 7 -> "POST " + path + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + noise;
            case 8 -> head.repeat(3) + "\r\n" + head + "\r\n";
            default -> "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + noise;
        };
    }

    private String pull(FakeSegment segment) throws IOException {
        StringBuilder rows = new StringBuilder();
        try (RawClient client = segment.pull()) {
            client.head();
            for (FakeSegment.Frame frame = FakeSegment.frame(client);
                    !FakeSegment.isEnd(frame);
                    frame = FakeSegment.frame(client)) {
                rows.append(frame.text());
            }
        }
        return rows.toString();
    }

    @Test
    void disturbNoTransfer() throws Exception {
        RecordedLoad recorded = new RecordedLoad();
        RecordedUnload pushed = new RecordedUnload();
        SegmentServerOptions options =
                SegmentServerOptions.on(InetAddress.getLoopbackAddress()).withHeadTimeout(Duration.ofMillis(500));
        List<RawClient> strangers = new ArrayList<>();
        StringBuilder expected = new StringBuilder();
        try (SegmentServer server = SegmentServer.start(options);
                LoadExchange load = server.openLoad(recorded);
                UnloadExchange unload = server.openUnload(pushed, 1_000);
                RawClient pusher = new RawClient(server.address())) {
            FakeSegment sender = FakeSegment.of(server, unload, 0, 1);
            assertThat(FakeSegment.ask(pusher, sender.opening())).isEqualTo("HTTP/1.1 200 OK");
            Future<String> one = clients.submit(() -> pull(FakeSegment.of(server, load, 0, 2)));
            Future<String> two = clients.submit(() -> pull(FakeSegment.of(server, load, 1, 2)));
            for (int number = 0; number < BLOCKS; number++) {
                if (number < STRANGERS) {
                    strangers.add(bother(server, load.path()));
                }
                String row = (10_000 + number) + "\n";
                expected.append(row);
                load.offer(recorded.block(row));
                assertThat(FakeSegment.ask(pusher, sender.data(number + 2L, row)))
                        .isEqualTo("HTTP/1.1 200 OK");
            }
            load.finish();
            String all = one.get(60, TimeUnit.SECONDS) + two.get(60, TimeUnit.SECONDS);
            assertThat(all.lines().sorted())
                    .containsExactlyElementsOf(expected.toString().lines().toList());
            assertThat(FakeSegment.ask(pusher, sender.closing(BLOCKS + 1L))).isEqualTo("HTTP/1.1 200 OK");
            for (RawClient stranger : strangers) {
                // Answered or not, each is let go of in time.
                endsSoon(stranger);
            }
            assertThat(load.traffic()).hasSize(2);
        } finally {
            clients.shutdownNow();
        }
        assertThat(pushed.events).hasSize(BLOCKS + 2).last().isEqualTo("done 0");
        assertThat(recorded.out).hasValue(0);
        assertThat(recorded.events).allMatch(event -> event.startsWith("connected "));
    }

    private RawClient bother(SegmentServer server, String path) throws IOException {
        RawClient stranger = new RawClient(server.address());
        try {
            stranger.send(garbage(random.nextBoolean() ? path : "/" + Integer.toHexString(random.nextInt())));
        } catch (IOException e) {
            // It was shown the door while it still spoke.
            assertThat(e.getMessage()).matches("Connection reset.*|Broken pipe.*");
        }
        return stranger;
    }

    private static void endsSoon(RawClient stranger) throws IOException {
        try (stranger) {
            stranger.rest();
        } catch (SocketException e) {
            assertThat(e.getMessage()).startsWith("Connection reset");
        }
    }

    /** Which is the oldest is the server's to know: it may hear of connections in another order. */
    private static void awaitAnyEnded(List<RawClient> silent) {
        await().until(() -> {
            for (RawClient client : silent) {
                if (client.hasEnded()) {
                    return true;
                }
            }
            return false;
        });
    }

    @Test
    void whoSaysNothingGivesWayToSegments() throws Exception {
        RecordedLoad recorded = new RecordedLoad();
        List<RawClient> silent = new ArrayList<>();
        SegmentServerOptions patient =
                SegmentServerOptions.on(InetAddress.getLoopbackAddress()).withHeadTimeout(Duration.ofMinutes(10));
        try (SegmentServer server = SegmentServer.start(patient);
                LoadExchange load = server.openLoad(recorded)) {
            for (int number = 0; number < SILENT; number++) {
                silent.add(new RawClient(server.address()));
            }
            await().untilAsserted(() -> assertThat(server.silentConnections()).isEqualTo(1024));
            load.offer(recorded.block("row\n"));
            load.finish();

            assertThat(FakeSegment.of(server, load, 0, 1).pullAll()).isEqualTo("D:row\n D: end");
            awaitAnyEnded(silent);

            for (RawClient client : silent) {
                client.close();
            }
            await().untilAsserted(() -> assertThat(server.silentConnections())
                    .as("kept of those that left")
                    .isZero());
        } finally {
            for (RawClient client : silent) {
                client.close();
            }
        }
    }

    @Test
    void strangersGiveWayBeforeSegmentsDo() throws Exception {
        InetAddress elsewhere = InetAddress.getByName("127.0.0.2");
        RecordedLoad recorded = new RecordedLoad();
        List<RawClient> silent = new ArrayList<>();
        SegmentServerOptions patient =
                SegmentServerOptions.on(InetAddress.getLoopbackAddress()).withHeadTimeout(Duration.ofMinutes(10));
        try (SegmentServer server = SegmentServer.start(patient);
                LoadExchange load = server.openLoad(recorded, peer -> !peer.equals(elsewhere));
                RawClient segment = new RawClient(server.address())) {
            await().until(() -> server.silentConnections() == 1);
            for (int number = 0; number < SILENT; number++) {
                silent.add(new RawClient(server.address(), 0, elsewhere));
            }
            awaitAnyEnded(silent);
            load.finish();

            segment.send(FakeSegment.of(server, load, 0, 1).pullHead());
            assertThat(segment.head()).first().isEqualTo("HTTP/1.1 200 OK");
        } finally {
            for (RawClient client : silent) {
                client.close();
            }
        }
    }
}
