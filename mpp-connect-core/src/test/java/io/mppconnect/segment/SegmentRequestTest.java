package io.mppconnect.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the head of a request must look like, and what its sender is told otherwise. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SegmentRequestTest {

    private final RecordedUnload recorded = new RecordedUnload();
    private SegmentServer server;
    private LoadExchange load;
    private UnloadExchange unload;
    private FakeSegment puller;
    private FakeSegment pusher;

    @BeforeAll
    void start() {
        server = SegmentServer.start(SegmentServerOptions.on(InetAddress.getLoopbackAddress()));
        load = server.openLoad(new RecordedLoad());
        load.finish();
        unload = server.openUnload(recorded, 1_000);
        puller = FakeSegment.of(server, load, 1, 4);
        pusher = FakeSegment.of(server, unload, 1, 4);
    }

    @AfterAll
    void disturbsNothing() throws IOException {
        assertThat(puller.pullAll()).isEqualTo("D: end");
        try (RawClient client = pusher.connect()) {
            assertThat(FakeSegment.ask(client, pusher.opening())).isEqualTo("HTTP/1.1 200 OK");
        }
        server.close();
    }

    private String ask(String request) throws IOException {
        try (RawClient client = new RawClient(server.address())) {
            return FakeSegment.ask(client, request).substring("HTTP/1.1 ".length());
        }
    }

    private static String without(String request, String header) {
        return request.replaceFirst(Pattern.quote(header) + ": [^\r]*\r\n", "");
    }

    private static String with(String request, String header, String value) {
        return without(request, header).replaceFirst("\r\n\r\n", "\r\n" + header + ": " + value + "\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-GP-XID",
                "X-GP-CID",
                "X-GP-SN",
                "X-GP-SEGMENT-ID",
                "X-GP-SEGMENT-COUNT",
                "X-GP-PROTO",
                "X-GP-SEQ"
            })
    void refusesARequestWithoutItsHeaders(String header) throws Exception {
        assertThat(ask(without(pusher.opening(), header))).isEqualTo("400 missing " + header + " header");
        if (!header.equals("X-GP-SEQ")) {
            assertThat(ask(without(puller.pullHead(), header))).isEqualTo("400 missing " + header + " header");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "X-GP-XID, a b",
        "X-GP-XID, 'x;y'",
        "X-GP-CID, ''",
        "X-GP-SN, ÿ",
        "X-GP-SEGMENT-ID, -1",
        "X-GP-SEGMENT-ID, one",
        "X-GP-SEGMENT-ID, 99999999999999999999",
        "X-GP-SEGMENT-COUNT, 0x4",
        "X-GP-SEQ, -3",
        "X-GP-DONE, yes"
    })
    void refusesGarbledHeaders(String header, String value) throws Exception {
        assertThat(ask(with(pusher.opening(), header, value))).isEqualTo("400 invalid " + header + " header");
    }

    @Test
    void refusesASegmentThatDoesNotExist() throws Exception {
        assertThat(ask(with(puller.pullHead(), "X-GP-SEGMENT-ID", "4")))
                .isEqualTo("400 invalid X-GP-SEGMENT-ID header: 4 of 4 segments");
        assertThat(ask(with(puller.pullHead(), "X-GP-SEGMENT-COUNT", "4294967296")))
                .isEqualTo("400 invalid X-GP-SEGMENT-ID header: 1 of 4294967296 segments");
    }

    @Test
    void refusesAnotherProtocol() throws Exception {
        assertThat(ask(with(puller.pullHead(), "X-GP-PROTO", "0")))
                .isEqualTo("400 invalid X-GP-PROTO header: a GET speaks 1");
        assertThat(ask(with(pusher.opening(), "X-GP-PROTO", "1")))
                .isEqualTo("400 invalid X-GP-PROTO header: a POST speaks 0");
    }

    @Test
    void refusesAHeaderThatComesTwice() throws Exception {
        assertThat(ask(puller.pullHead().replaceFirst("\r\n\r\n", "\r\nX-GP-SEGMENT-ID: 2\r\n\r\n")))
                .isEqualTo("400 more than one X-GP-SEGMENT-ID header");
    }

    @Test
    void refusesTheWrongDirection() throws Exception {
        assertThat(ask(puller.pullHead().replace(load.path(), unload.path())))
                .isEqualTo("400 this path takes rows and gives none");
        assertThat(ask(pusher.opening().replace(unload.path(), load.path())))
                .isEqualTo("400 this path gives rows and takes none");
    }

    @Test
    void refusesABodyWhereNoneBelongs() throws Exception {
        assertThat(ask(with(puller.pullHead(), "Content-Length", "3") + "abc")).isEqualTo("400 a GET has no body");
    }

    @Test
    void readsHeadersInAnyCase() throws Exception {
        String request = puller.pullHead().replace("X-GP-SEGMENT-ID", "x-gp-segment-id");
        assertThat(ask(request)).isEqualTo("200 OK");
    }
}
