package io.mppconnect.segment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Replays requests as real segments sent them. */
class RecordedRequestsTest {

    private static final Pattern REQUEST =
            Pattern.compile("(?ms)^((?:GET|POST) \\S+ HTTP/1\\.1\\r?\\n.*?)^\\[body (\\d+) bytes\\] b'(.*?)'$");

    /** A head as it was recorded, up to its last header, and a body of the recorded length. */
    private record Recorded(String head, String body) {

        String to(String path) {
            return head.replaceFirst("^(\\S+) \\S+", "$1 " + path) + "\r\n" + body;
        }

        boolean isPull() {
            return head.startsWith("GET ");
        }
    }

    private static List<Recorded> recorded() throws IOException {
        try (InputStream in = RecordedRequestsTest.class.getResourceAsStream("/greenplum6/requests.txt")) {
            String text = new String(in.readAllBytes(), ISO_8859_1);
            List<Recorded> requests = new ArrayList<>();
            Matcher matcher = REQUEST.matcher(text);
            while (matcher.find()) {
                String head = matcher.group(1).replace("\r\n", "\n").replace("\n", "\r\n");
                int length = Integer.parseInt(matcher.group(2));
                StringBuilder body = new StringBuilder(matcher.group(3).replace("\\t", "\t"));
                while (body.length() < length) {
                    body.append('x');
                }
                requests.add(new Recorded(head, body.substring(0, length)));
            }
            return requests;
        }
    }

    @Test
    void servesWhatSegmentsReallySend() throws Exception {
        List<Recorded> requests = recorded();
        assertThat(requests).hasSize(5);
        RecordedUnload pushed = new RecordedUnload();
        try (SegmentServer server = SegmentServer.start(SegmentServerOptions.on(InetAddress.getLoopbackAddress()));
                LoadExchange load = server.openLoad(new RecordedLoad());
                UnloadExchange unload = server.openUnload(pushed, 65_536);
                RawClient pushing = new RawClient(server.address())) {
            load.finish();
            for (Recorded request : requests) {
                if (request.isPull()) {
                    try (RawClient pulling = new RawClient(server.address())) {
                        pulling.send(request.to(load.path() + "?b=c"));
                        assertThat(pulling.head()).contains("HTTP/1.1 200 OK", "X-GP-PROTO: 1");
                        assertThat(FakeSegment.frame(pulling)).hasToString("D:");
                    }
                } else if (!request.head().contains("X-GP-DONE")) {
                    pushing.send(request.to(unload.path()));
                    assertThat(pushing.head()).contains("HTTP/1.1 200 OK", "X-GP-PROTO: 0", "Content-Length: 0");
                }
            }
            Recorded done = requests.get(1);
            pushing.send(done.to(unload.path())
                    .replace("X-GP-XID: 174-0000000004", "X-GP-XID: 175-0000000004")
                    .replace("X-GP-SEGMENT-ID: 0", "X-GP-SEGMENT-ID: 1")
                    .replace("X-GP-SEQ: 5", "X-GP-SEQ: 3"));
            assertThat(pushing.head()).contains("HTTP/1.1 200 OK");
            assertThat(load.traffic()).extracting(SegmentTraffic::segment).containsExactly(2);
            assertThat(unload.complete()).isTrue();
        }
        assertThat(pushed.events)
                .containsExactly(
                        "opened 1",
                        "rows 1: " + requests.get(3).body(),
                        "rows 1: " + requests.get(4).body(),
                        "done 1");
    }
}
