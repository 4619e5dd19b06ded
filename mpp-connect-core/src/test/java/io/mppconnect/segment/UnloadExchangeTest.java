package io.mppconnect.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class UnloadExchangeTest {

    private static final String OK = "HTTP/1.1 200 OK";
    private static final String WRONG = "HTTP/1.1 400 invalid request due to wrong sequence number";

    private final SegmentServer server = SegmentServer.start(SegmentServerOptions.on(InetAddress.getLoopbackAddress()));
    private final RecordedUnload recorded = new RecordedUnload();
    private final UnloadExchange unload = server.openUnload(recorded, 1_000);
    private final FakeSegment segment = FakeSegment.of(server, unload, 1, 4);

    @AfterEach
    void close() {
        server.close();
    }

    private RawClient opened() throws IOException {
        RawClient client = segment.connect();
        assertThat(FakeSegment.ask(client, segment.opening())).isEqualTo(OK);
        return client;
    }

    @Test
    void takesWhatASegmentPushesOverOneConnection() throws Exception {
        try (RawClient client = segment.connect()) {
            client.send(segment.opening());
            assertThat(client.head()).containsExactlyInAnyOrder(OK, "X-GP-PROTO: 0", "Content-Length: 0");
            assertThat(unload.complete()).isFalse();
            assertThat(FakeSegment.ask(client, segment.data(2, "1|a\n2|b\n"))).isEqualTo(OK);
            assertThat(FakeSegment.ask(client, segment.data(3, "3|c\n"))).isEqualTo(OK);
            assertThat(FakeSegment.ask(client, segment.closing(3))).isEqualTo(OK);
        }
        assertThat(recorded.events).containsExactly("opened 1", "rows 1: 1|a\n2|b\n", "rows 1: 3|c\n", "done 1");
        assertThat(unload.complete()).isTrue();
        assertThat(unload.traffic())
                .extracting(
                        SegmentTraffic::segment, SegmentTraffic::blocks, SegmentTraffic::bytes, SegmentTraffic::ended)
                .containsExactly(tuple(1, 2L, 12L, true));
    }

    @Test
    void isCompleteWhenEverySegmentThatOpenedIsDone() throws Exception {
        FakeSegment other = FakeSegment.of(server, unload, 2, 4);
        try (RawClient client = opened();
                RawClient second = other.connect()) {
            FakeSegment.ask(second, other.opening());
            FakeSegment.ask(client, segment.closing(1));
            assertThat(unload.complete()).isFalse();
            FakeSegment.ask(second, other.closing(1));
            assertThat(unload.complete()).isTrue();
        }
    }

    @Test
    void answersOnlyWhenAcknowledged() throws Exception {
        recorded.hold();
        try (RawClient client = segment.connect()) {
            client.send(segment.opening());
            recorded.acknowledge(1).accept();
            assertThat(FakeSegment.answer(client)).isEqualTo(OK);

            client.send(segment.data(2, "1\n"));
            Acknowledgement data = recorded.acknowledge(2);
            await().during(Duration.ofMillis(100)).until(() -> client.stream().available() == 0);
            assertThat(unload.traffic().get(0).blocks()).isZero();
            assertThat(unload.traffic().get(0).waited()).isPositive();
            data.accept();
            data.refuse("too late");
            assertThat(FakeSegment.answer(client)).isEqualTo(OK);
            assertThat(unload.traffic().get(0).blocks()).isEqualTo(1);
        }
    }

    @Test
    void dropsARequestThatWasAcceptedBefore() throws Exception {
        try (RawClient client = opened()) {
            assertThat(FakeSegment.ask(client, segment.opening())).isEqualTo(OK);
            assertThat(FakeSegment.ask(client, segment.data(2, "1\n"))).isEqualTo(OK);
            assertThat(FakeSegment.ask(client, segment.data(2, "1\n"))).isEqualTo(OK);
            assertThat(FakeSegment.ask(client, segment.data(3, "2\n"))).isEqualTo(OK);
            assertThat(FakeSegment.ask(client, segment.closing(3))).isEqualTo(OK);
            assertThat(FakeSegment.ask(client, segment.closing(3))).isEqualTo(OK);
            assertThat(FakeSegment.ask(client, segment.data(3, "2\n"))).isEqualTo(OK);
        }
        assertThat(recorded.events).containsExactly("opened 1", "rows 1: 1\n", "rows 1: 2\n", "done 1");
    }

    @Test
    void letsARepeatedRequestWaitForTheFirst() throws Exception {
        try (RawClient first = opened();
                RawClient second = segment.connect();
                RawClient third = segment.connect()) {
            recorded.hold();
            first.send(segment.data(2, "1\n"));
            Acknowledgement data = recorded.acknowledge(2);
            second.send(segment.data(2, "1\n"));
            third.send(segment.data(2, "1\n"));
            await().during(Duration.ofMillis(200))
                    .until(() -> second.stream().available() + third.stream().available() == 0);
            first.vanish();
            data.accept();
            assertThat(FakeSegment.answer(second)).isEqualTo(OK);
            assertThat(FakeSegment.answer(third)).isEqualTo(OK);
        }
        assertThat(recorded.events).containsExactly("opened 1", "rows 1: 1\n");
    }

    @Test
    void refusesARequestThatSkipsOrGoesBack() throws Exception {
        assertThat(ask(segment.data(2, "1\n"))).isEqualTo(WRONG);
        assertThat(ask(segment.closing(1))).isEqualTo(WRONG);
        assertThat(unload.traffic()).isEmpty();
        try (RawClient client = opened()) {
            FakeSegment.ask(client, segment.data(2, "1\n"));
            FakeSegment.ask(client, segment.data(3, "1\n"));
        }
        assertThat(ask(segment.data(5, "1\n"))).isEqualTo(WRONG);
        assertThat(ask(segment.data(2, "1\n"))).isEqualTo(WRONG);
        assertThat(ask(segment.closing(4))).isEqualTo(WRONG);
        assertThat(ask(segment.closing(2))).isEqualTo(WRONG);
        assertThat(ask(segment.closing(3))).isEqualTo(OK);
        assertThat(ask(segment.data(4, "1\n"))).isEqualTo(WRONG);
    }

    private String ask(String request) throws IOException {
        try (RawClient client = segment.connect()) {
            return FakeSegment.ask(client, request);
        }
    }

    @Test
    void takesNoOtherRequestBeforeOneIsAcknowledged() throws Exception {
        try (RawClient first = opened()) {
            recorded.hold();
            first.send(segment.data(2, "1\n"));
            recorded.acknowledge(2);
            assertThat(ask(segment.data(3, "2\n"))).isEqualTo(WRONG);
            assertThat(ask(segment.closing(2))).isEqualTo(WRONG);
        }
    }

    @Test
    void tellsTheSegmentWhyItsRowsAreRefused() throws Exception {
        try (RawClient client = opened()) {
            recorded.hold();
            client.send(segment.data(2, "1\n"));
            recorded.acknowledge(2).refuse("disk full:\r\n/data ü");
            assertThat(FakeSegment.answer(client)).isEqualTo("HTTP/1.1 500 disk full:  /data ?");
        }
        assertThat(unload.traffic().get(0).blocks()).isZero();
        assertThat(unload.complete()).isFalse();
    }

    @Test
    void refusesTheRepetitionOfARefusedRequestThatCameMeanwhile() throws Exception {
        try (RawClient first = opened();
                RawClient second = segment.connect()) {
            recorded.hold();
            first.send(segment.data(2, "1\n"));
            Acknowledgement data = recorded.acknowledge(2);
            second.send(segment.pushHead("X-GP-SEQ: 2\r\nContent-Length: 2\r\n"));
            await().during(Duration.ofMillis(100)).until(() -> second.stream().available() == 0);
            data.refuse("disk full");
            assertThat(FakeSegment.answer(first)).isEqualTo("HTTP/1.1 500 disk full");
            second.send("1\n");
            assertThat(FakeSegment.answer(second)).isEqualTo("HTTP/1.1 500 disk full");
        }
    }

    @Test
    void refusesWhatTheListenerFailsOn() throws Exception {
        recorded.failOn("1\n");
        try (RawClient client = opened()) {
            assertThat(FakeSegment.ask(client, segment.data(2, "1\n")))
                    .isEqualTo("HTTP/1.1 500 the application failed to take the rows");
        }
    }

    @Test
    void countsNothingOfABodyThatIsCut() throws Exception {
        RawClient client = opened();
        client.send(segment.pushHead("X-GP-SEQ: 2\r\nContent-Length: 10\r\n") + "1\n");
        client.vanish();
        await().untilAsserted(() -> assertThat(recorded.events)
                .containsExactly("opened 1", "broken 1: the connection of segment 1 closed in the middle of POST 2"));
        try (RawClient again = segment.connect()) {
            assertThat(FakeSegment.ask(again, segment.data(2, "1\n2\n3\n4\n5\n")))
                    .isEqualTo(OK);
        }
        assertThat(recorded.events).last().isEqualTo("rows 1: 1\n2\n3\n4\n5\n");
    }

    @Test
    void prefersTheRepetitionToABodyThatDoesNotCome() throws Exception {
        try (RawClient stuck = opened();
                RawClient again = segment.connect()) {
            stuck.send(segment.pushHead("X-GP-SEQ: 2\r\nContent-Length: 4\r\n") + "1\n");
            await().during(Duration.ofMillis(100)).until(() -> recorded.events.size() == 1);
            assertThat(FakeSegment.ask(again, segment.data(2, "1\n2\n"))).isEqualTo(OK);
            assertThat(stuck.rest()).isEmpty();
        }
        assertThat(recorded.events).containsExactly("opened 1", "rows 1: 1\n2\n");
    }

    @Test
    void takesABodyBiggerThanAnyBuffer() throws Exception {
        String rows = "0123456789abcde\n".repeat(1_000_000);
        try (UnloadExchange large = server.openUnload(recorded, 16_000_000);
                RawClient client = new RawClient(server.address())) {
            FakeSegment sender = FakeSegment.of(server, large, 0, 1);
            FakeSegment.ask(client, sender.opening());
            assertThat(FakeSegment.ask(client, sender.data(2, rows))).isEqualTo(OK);
        }
        assertThat(recorded.events).last().isEqualTo("rows 0: " + rows);
    }

    @Test
    void asksForABodyThatWaitsToBeAskedFor() throws Exception {
        try (RawClient client = opened()) {
            client.send(segment.pushHead("X-GP-SEQ: 2\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"));
            assertThat(FakeSegment.answer(client)).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(FakeSegment.ask(client, "1\n")).isEqualTo(OK);
            assertThat(FakeSegment.ask(client, segment.data(3, "2\n"))).isEqualTo(OK);
            client.send(segment.pushHead("X-GP-SEQ: 3\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"));
            assertThat(FakeSegment.answer(client)).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(FakeSegment.ask(client, "2\n")).isEqualTo(OK);
            client.send(segment.pushHead("X-GP-SEQ: 9\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"));
            assertThat(FakeSegment.answer(client)).isEqualTo(WRONG);
        }
        assertThat(recorded.events).containsExactly("opened 1", "rows 1: 1\n", "rows 1: 2\n");
    }

    @Test
    void refusesABodyThatIsTooLongBeforeItComes() throws Exception {
        try (RawClient client = opened()) {
            client.send(segment.pushHead("X-GP-SEQ: 2\r\nContent-Length: 1049577\r\n"));
            assertThat(FakeSegment.answer(client))
                    .isEqualTo(
                            "HTTP/1.1 413 a body of 1049577 bytes is longer than the 1049576 that this transfer takes");
        }
    }

    @Test
    void refusesABodyWithoutALength() throws Exception {
        try (RawClient client = opened()) {
            client.send(segment.pushHead("X-GP-SEQ: 2\r\nTransfer-Encoding: chunked\r\n") + "2\r\n1\n\r\n0\r\n\r\n");
            assertThat(FakeSegment.answer(client)).isEqualTo("HTTP/1.1 411 a POST needs a Content-Length");
        }
        assertThat(ask(segment.pushHead("X-GP-SEQ: 2\r\n"))).isEqualTo("HTTP/1.1 411 a POST needs a Content-Length");
        assertThat(ask(segment.pushHead("X-GP-SEQ: 2\r\nX-GP-DONE: 1\r\nContent-Length: 2\r\n") + "1\n"))
                .isEqualTo(WRONG);
        FakeSegment other = FakeSegment.of(server, unload, 2, 4);
        assertThat(ask(other.pushHead("X-GP-SEQ: 1\r\nContent-Length: 2\r\n") + "1\n"))
                .isEqualTo("HTTP/1.1 400 a segment opens and closes with an empty body");
    }

    @Test
    void failsRequestsThatWaitAndThatCome() throws Exception {
        try (RawClient client = opened()) {
            recorded.hold();
            client.send(segment.data(2, "1\n"));
            Acknowledgement data = recorded.acknowledge(2);
            unload.fail("Cannot write orders.csv: no space");
            unload.fail("another");
            assertThat(FakeSegment.answer(client)).isEqualTo("HTTP/1.1 500 Cannot write orders.csv: no space");
            data.accept();
        }
        assertThat(ask(segment.data(2, "1\n"))).isEqualTo("HTTP/1.1 500 Cannot write orders.csv: no space");
        FakeSegment late = FakeSegment.of(server, unload, 3, 4);
        assertThat(ask(late.opening())).isEqualTo("HTTP/1.1 500 Cannot write orders.csv: no space");
    }

    @Test
    void takesTheTransferFromOneScanOnly() throws Exception {
        try (RawClient client = opened()) {
            assertThat(ask(segment.ofScan("5").opening()))
                    .isEqualTo(
                            "HTTP/1.1 400 the rows of this transfer go through one scan only and this is another one");
            assertThat(FakeSegment.ask(client, segment.data(2, "1\n"))).isEqualTo(OK);
        }
    }

    @Test
    void holdsNoMoreBytesThanItMay() throws Exception {
        recorded.hold();
        try (UnloadExchange small = server.openUnload(recorded, 1_000, 100, peer -> true);
                RawClient first = new RawClient(server.address());
                RawClient second = new RawClient(server.address())) {
            FakeSegment one = FakeSegment.of(server, small, 0, 2);
            FakeSegment two = FakeSegment.of(server, small, 1, 2);
            first.send(one.opening());
            recorded.acknowledge(1).accept();
            second.send(two.opening());
            recorded.acknowledge(2).accept();
            FakeSegment.answer(first);
            FakeSegment.answer(second);

            first.send(one.data(2, "x".repeat(79) + "\n"));
            Acknowledgement held = recorded.acknowledge(3);
            second.send(two.data(2, "y".repeat(79) + "\n"));
            await().during(Duration.ofMillis(200)).until(() -> recorded.events.size() == 3);
            held.accept();
            recorded.acknowledge(4).accept();
            assertThat(FakeSegment.answer(first)).isEqualTo(OK);
            assertThat(FakeSegment.answer(second)).isEqualTo(OK);
        }
        assertThat(recorded.events).last().isEqualTo("rows 1: " + "y".repeat(79) + "\n");
    }

    @Test
    void failsARequestThatWaitsForMemory() throws Exception {
        recorded.hold();
        try (UnloadExchange small = server.openUnload(recorded, 1_000, 2, peer -> true);
                RawClient first = new RawClient(server.address());
                RawClient second = new RawClient(server.address())) {
            FakeSegment one = FakeSegment.of(server, small, 0, 2);
            FakeSegment two = FakeSegment.of(server, small, 1, 2);
            first.send(one.opening());
            recorded.acknowledge(1).accept();
            second.send(two.opening());
            recorded.acknowledge(2).accept();
            FakeSegment.answer(first);
            FakeSegment.answer(second);
            first.send(one.data(2, "1\n"));
            recorded.acknowledge(3);
            second.send(two.data(2, "2\n"));
            await().during(Duration.ofMillis(100)).until(() -> recorded.events.size() == 3);
            small.fail("no");
            assertThat(FakeSegment.answer(second)).isEqualTo("HTTP/1.1 500 no");
            assertThat(FakeSegment.answer(first)).isEqualTo("HTTP/1.1 500 no");
        }
    }

    @Test
    void isGoneWhenClosed() throws Exception {
        try (RawClient waiting = opened();
                RawClient idle = segment.connect()) {
            FakeSegment other = FakeSegment.of(server, unload, 2, 4);
            FakeSegment.ask(idle, other.opening());
            recorded.hold();
            waiting.send(segment.data(2, "1\n"));
            Acknowledgement late = recorded.acknowledge(3);
            unload.close();
            unload.close();
            assertThat(waiting.rest()).isEmpty();
            assertThat(idle.rest()).isEmpty();
            late.accept();
        }
        assertThat(ask(segment.opening())).isEqualTo("HTTP/1.1 404 no transfer here, or it is over");
    }

    @Test
    void leavesAConnectionAloneThatHasGoneOnToAnotherExchange() throws Exception {
        try (RawClient client = opened();
                UnloadExchange next = server.openUnload(recorded, 1_000)) {
            FakeSegment.ask(client, segment.closing(1));
            FakeSegment other = FakeSegment.of(server, next, 1, 4);
            assertThat(FakeSegment.ask(client, other.opening())).isEqualTo(OK);
            unload.close();
            assertThat(FakeSegment.ask(client, other.data(2, "1\n"))).isEqualTo(OK);
        }
    }
}
