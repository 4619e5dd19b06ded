package io.mppconnect.segment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** One segment of a database, as far as a server can see it. */
record FakeSegment(SegmentServer server, String path, int id, int count, String scan) {

    static FakeSegment of(SegmentServer server, SegmentExchange exchange, int id, int count) {
        return new FakeSegment(server, exchange.path(), id, count, "0");
    }

    FakeSegment ofScan(String other) {
        return new FakeSegment(server, path, id, count, other);
    }

    /** One frame of a load's stream. */
    static final class Frame {
        private final char type;
        private final byte[] body;

        Frame(char type, byte[] body) {
            this.type = type;
            this.body = body;
        }

        char type() {
            return type;
        }

        byte[] body() {
            return body;
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        long number() {
            return ByteBuffer.wrap(body).getLong();
        }

        /** As {@code D:text}. */
        @Override
        public String toString() {
            return type + ":" + (type == 'L' ? Long.toString(number()) : text());
        }
    }

    /** The head of a GET. */
    String pullHead() {
        return head("GET", "1") + "\r\n";
    }

    /** The head of a POST with these headers besides the usual ones, each with its line end. */
    String pushHead(String more) {
        return head("POST", "0") + "Content-Type: text/xml\r\n" + more + "\r\n";
    }

    private String head(String method, String protocol) {
        return method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAccept: */*\r\n"
                + "X-GP-XID: 1795177633-0000000380\r\nX-GP-CID: 7\r\nX-GP-SN: " + scan + "\r\n"
                + "X-GP-SEGMENT-ID: " + id + "\r\nX-GP-SEGMENT-COUNT: " + count + "\r\n"
                + "X-GP-LINE-DELIM-LENGTH: -1\r\nX-GP-PROTO: " + protocol + "\r\n";
    }

    /** Asks for rows; the answer's head is still to be read. */
    RawClient pull() throws IOException {
        return new RawClient(server.address()).send(pullHead());
    }

    /** Asks for rows and takes them all. */
    String pullAll() throws IOException {
        try (RawClient client = pull()) {
            String status = client.head().get(0);
            if (!status.equals("HTTP/1.1 200 OK")) {
                return status;
            }
            StringBuilder frames = new StringBuilder();
            for (Frame frame = frame(client); ; frame = frame(client)) {
                frames.append(frame).append(' ');
                if (isEnd(frame)) {
                    return frames.append(client.rest().length == 0 ? "end" : "and more")
                            .toString();
                }
            }
        }
    }

    static boolean isEnd(Frame frame) {
        return frame.type() == 'E' || (frame.type() == 'D' && frame.body().length == 0);
    }

    static Frame frame(RawClient client) throws IOException {
        ByteBuffer head = ByteBuffer.wrap(client.bytes(5));
        char type = (char) head.get();
        return new Frame(type, client.bytes(head.getInt()));
    }

    RawClient connect() throws IOException {
        return new RawClient(server.address());
    }

    /** The opening POST. */
    String opening() {
        return pushHead("X-GP-SEQ: 1\r\nContent-Length: 0\r\n");
    }

    String data(long sequence, String rows) {
        return pushHead("X-GP-SEQ: " + sequence + "\r\nContent-Length: " + rows.length() + "\r\n") + rows;
    }

    /** The last POST, which repeats the sequence number. */
    String closing(long sequence) {
        return pushHead("X-GP-SEQ: " + sequence + "\r\nX-GP-DONE: 1\r\nContent-Length: 0\r\n");
    }

    /** Sends a request and returns the status line of its answer. */
    static String ask(RawClient client, String request) throws IOException {
        return answer(client.send(request));
    }

    static String answer(RawClient client) throws IOException {
        List<String> head = client.head();
        return head.get(0);
    }
}
