package io.mppconnect.segment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.mppconnect.spi.Block;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadExchangeTest {

    private final SegmentServer server = SegmentServer.start(SegmentServerOptions.on(InetAddress.getLoopbackAddress()));
    private final RecordedLoad recorded = new RecordedLoad();
    private final LoadExchange load = server.openLoad(recorded);

    @AfterEach
    void everyBlockComesBack() {
        server.close();
        await().untilAsserted(() -> assertThat(recorded.out).hasValue(0));
    }

    private FakeSegment segment(int id) {
        return FakeSegment.of(server, load, id, 4);
    }

    @Test
    void writesTheFramesOfTheProtocolByteByByte() throws Exception {
        Block block = recorded.block("1|a\n2|b\n");
        block.comesFrom("orders.csv", 12);
        load.offer(block);
        load.offer(recorded.block("3|c\n"));
        load.finish();

        try (RawClient client = segment(2).pull()) {
            assertThat(new String(client.rest(), ISO_8859_1))
                    .isEqualTo("HTTP/1.1 200 OK\r\nConnection: close\r\nX-GP-PROTO: 1\r\n\r\n"
                            + "F\0\0\0\12orders.csv" + "L\0\0\0\10\0\0\0\0\0\0\0\14" + "D\0\0\0\u00081|a\n2|b\n"
                            + "F\0\0\0\0" + "L\0\0\0\10\0\0\0\0\0\0\0\0" + "D\0\0\0\u00043|c\n"
                            + "D\0\0\0\0");
        }
    }

    @Test
    void answersBeforeThereAreRows() throws Exception {
        try (RawClient client = segment(0).pull()) {
            assertThat(client.head()).containsExactly("HTTP/1.1 200 OK", "Connection: close", "X-GP-PROTO: 1");
            load.offer(recorded.block("1\n"));
            assertThat(FakeSegment.frame(client)).hasToString("D:1\n");
            load.finish();
            assertThat(FakeSegment.frame(client)).hasToString("D:");
            assertThat(client.rest()).isEmpty();
        }
    }

    @Test
    void givesALateSegmentACleanEndAtOnce() throws Exception {
        load.offer(recorded.block("1\n"));
        load.finish();
        assertThat(segment(0).pullAll()).isEqualTo("D:1\n D: end");
        assertThat(load.drained()).isTrue();

        assertThat(segment(3).pullAll()).isEqualTo("D: end");
        assertThat(load.traffic())
                .extracting(SegmentTraffic::segment, SegmentTraffic::blocks, SegmentTraffic::ended)
                .containsExactly(tuple(0, 1L, true), tuple(3, 0L, true));
    }

    @Test
    void servesAsAProbeOfWhoReachesTheServer() throws Exception {
        load.finish();
        for (int id = 0; id < 4; id++) {
            assertThat(segment(id).pullAll()).isEqualTo("D: end");
        }
        assertThat(load.traffic()).extracting(SegmentTraffic::segment).containsExactly(0, 1, 2, 3);
        assertThat(load.traffic()).allSatisfy(traffic -> {
            assertThat(traffic.address()).isEqualTo(InetAddress.getLoopbackAddress());
            assertThat(traffic.ended()).isTrue();
            assertThat(traffic.bytes()).isZero();
        });
        assertThat(recorded.events).hasSize(4).contains("connected 2 from 127.0.0.1");
    }

    @Test
    void countsWhatEachSegmentTook() throws Exception {
        load.offer(recorded.block("12\n34\n56\n".getBytes(ISO_8859_1), 3));
        load.offer(recorded.block("78\n".getBytes(ISO_8859_1), 1));
        load.finish();
        segment(1).pullAll();

        SegmentTraffic traffic = load.traffic().get(0);
        assertThat(traffic.blocks()).isEqualTo(2);
        assertThat(traffic.rows()).isEqualTo(4);
        assertThat(traffic.bytes()).isEqualTo(12);
        assertThat(traffic.connected()).isPositive();
    }

    @Test
    void tellsHowLongASegmentHasWaitedSoFar() throws Exception {
        try (RawClient client = segment(1).pull()) {
            client.head();
            await().untilAsserted(
                            () -> assertThat(load.traffic().get(0).waited()).isPositive());
            load.finish();
            assertThat(FakeSegment.frame(client)).hasToString("D:");
        }
    }

    @Test
    void failsEverySegmentWithTheMessage() throws Exception {
        try (RawClient waiting = segment(0).pull()) {
            waiting.head();
            await().until(() -> load.traffic().size() == 1);
            load.fail("Cannot read orders.csv:\nline 3 is cut");
            load.fail("another");
            assertThat(FakeSegment.frame(waiting)).hasToString("E:Cannot read orders.csv: line 3 is cut");
            assertThat(waiting.rest()).isEmpty();
        }
        assertThat(segment(1).pullAll()).isEqualTo("E:Cannot read orders.csv: line 3 is cut end");
        assertThat(segment(0).pullAll()).isEqualTo("E:Cannot read orders.csv: line 3 is cut end");
        assertThat(load.traffic()).noneMatch(SegmentTraffic::ended);
    }

    @Test
    void dropsWhatIsQueuedWhenItFails() {
        load.offer(recorded.block("1\n"));
        load.fail("no");
        assertThat(recorded.out).hasValue(0);
        load.offer(recorded.block("2\n"));
        assertThat(recorded.out).hasValue(0);
        assertThat(load.drained()).isFalse();
    }

    @Test
    void boundsTheMessageOfAFailure() throws Exception {
        load.fail("ü".repeat(5_000));
        assertThat(segment(0).pullAll()).isEqualTo("E:" + "ü".repeat(500) + " end");
    }

    @Test
    void dropsAnEmptyBlockWhichWouldEndTheStream() throws Exception {
        load.offer(recorded.block(""));
        load.offer(recorded.block("1\n"));
        load.finish();
        assertThat(segment(0).pullAll()).isEqualTo("D:1\n D: end");
    }

    @Test
    void takesNoBlockAfterTheLast() {
        load.finish();
        Block late = recorded.block("1\n");
        assertThatThrownBy(() -> load.offer(late))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot offer a block: the load is finished");
    }

    @Test
    void tellsOfASegmentThatGoesAwayWhileItWaits() throws Exception {
        try (RawClient client = segment(3).pull()) {
            client.head();
        }
        await().untilAsserted(() -> assertThat(recorded.events)
                .contains("broken 3: the connection of segment 3 (127.0.0.1) closed before its end, after 0 blocks"));
    }

    @Test
    void leavesTheRestToTheOthersWhenASegmentBreaks() throws Exception {
        byte[] rows = "x\n".repeat(10_000_000).getBytes(ISO_8859_1);
        try (RawClient client = segment(3).pull()) {
            client.head();
            load.offer(recorded.block(rows, 10_000_000));
            assertThat(client.bytes(5)).startsWith((byte) 'D');
            client.vanish();
        }
        await().untilAsserted(() -> assertThat(recorded.events)
                .contains(
                        "broken 3: the connection of segment 3 (127.0.0.1) closed before its end, after 0 blocks and in"
                                + " the middle of another"));
        assertThat(recorded.out).hasValue(0);

        load.offer(recorded.block("2\n"));
        load.finish();
        assertThat(segment(1).pullAll()).isEqualTo("D:2\n D: end");
        assertThat(load.drained()).isFalse();
        assertThat(segment(3).pullAll())
                .isEqualTo("HTTP/1.1 400 the connection of segment 3 broke earlier and rows are not sent twice");
    }

    @Test
    void holdsABlockUntilASlowSegmentHasTakenIt() throws Exception {
        byte[] rows = "x\n".repeat(20_000_000).getBytes(ISO_8859_1);
        try (RawClient client =
                new RawClient(server.address(), 4096).send(segment(0).pullHead())) {
            client.head();
            load.offer(recorded.block(rows, 20_000_000));
            load.offer(recorded.block("last\n"));
            load.finish();
            await().during(Duration.ofMillis(200)).until(() -> recorded.out.get() == 2);
            FakeSegment.Frame first = FakeSegment.frame(client);
            assertThat(first.body()).isEqualTo(rows);
            assertThat(FakeSegment.frame(client)).hasToString("D:last\n");
            assertThat(FakeSegment.frame(client)).hasToString("D:");
        }
        assertThat(load.drained()).isTrue();
    }

    @Test
    void sendsARowOfFortyMegabytes() throws Exception {
        byte[] row = new byte[40 * 1024 * 1024];
        for (int i = 0; i < row.length; i++) {
            row[i] = (byte) ('a' + (i * 31L + i / 1000) % 26);
        }
        row[row.length - 1] = '\n';
        load.offer(recorded.block(row, 1));
        load.finish();
        try (RawClient client = segment(0).pull()) {
            client.head();
            assertThat(FakeSegment.frame(client).body()).isEqualTo(row);
            assertThat(FakeSegment.frame(client)).hasToString("D:");
        }
    }

    @Test
    void servesASegmentOnceAtATime() throws Exception {
        try (RawClient first = segment(2).pull()) {
            first.head();
            assertThat(segment(2).pullAll()).isEqualTo("HTTP/1.1 400 segment 2 is being served already");
            load.offer(recorded.block("1\n"));
            load.finish();
            assertThat(FakeSegment.frame(first)).hasToString("D:1\n");
            assertThat(FakeSegment.frame(first)).hasToString("D:");
        }
        assertThat(segment(2).pullAll()).isEqualTo("D: end");
    }

    @Test
    void takesTheTransferFromOneScanOnly() throws Exception {
        try (RawClient first = segment(2).pull()) {
            first.head();
            assertThat(segment(1).ofScan("1").pullAll())
                    .isEqualTo(
                            "HTTP/1.1 400 the rows of this transfer go through one scan only and this is another one");
            assertThat(FakeSegment.of(server, load, 1, 5).pullAll())
                    .isEqualTo("HTTP/1.1 400 invalid X-GP-SEGMENT-COUNT header: 5 but it was 4");
            load.finish();
        }
    }

    @Test
    void admitsOnlyTheAddressesItIsTold() throws Exception {
        AtomicReference<InetAddress> asked = new AtomicReference<>();
        try (LoadExchange closedShop = server.openLoad(recorded, peer -> {
            asked.set(peer);
            return false;
        })) {
            assertThat(FakeSegment.of(server, closedShop, 0, 1).pullAll())
                    .isEqualTo("HTTP/1.1 403 this address is not one of the database's segments");
            assertThat(asked).hasValue(InetAddress.getLoopbackAddress());
            assertThat(closedShop.traffic()).isEmpty();
        }
        assertThat(recorded.events).isEmpty();
    }

    @Test
    void hasAPathThatNobodyGuessesAndThatTakesAQuery() throws Exception {
        assertThat(load.path()).matches("/[0-9a-f]{32}");
        try (LoadExchange other = server.openLoad(recorded)) {
            assertThat(other.path()).isNotEqualTo(load.path());
        }
        load.finish();
        FakeSegment throughAnotherUrl = new FakeSegment(server, load.path() + "?2", 0, 4, "0");
        assertThat(throughAnotherUrl.pullAll()).isEqualTo("D: end");
    }

    @Test
    void isGoneWhenClosed() throws Exception {
        try (RawClient waiting = segment(0).pull()) {
            waiting.head();
            load.offer(recorded.block("1\n"));
            assertThat(FakeSegment.frame(waiting)).hasToString("D:1\n");
            load.close();
            load.close();
            assertThat(waiting.rest()).isEmpty();
        }
        assertThat(segment(1).pullAll()).isEqualTo("HTTP/1.1 404 no transfer here, or it is over");
        load.offer(recorded.block("2\n"));
        assertThat(recorded.out).hasValue(0);
        load.finish();
        load.fail("late");
        assertThat(recorded.events).isEqualTo(List.of("connected 0 from 127.0.0.1"));
    }
}
