package io.mppconnect.segment;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.xnio.ChannelListeners;
import org.xnio.XnioExecutor;
import org.xnio.channels.StreamSinkChannel;

/** The short HTTP answers; given by the connection's I/O thread. */
final class Answers {

    /** Segments compare the name letter by letter: keep the case. */
    static final HttpString PROTOCOL = new HttpString("X-GP-PROTO");

    private Answers() {}

    /** Acknowledges a POST and leaves the connection open for the next one. */
    static void acknowledge(HttpServerExchange exchange) {
        exchange.setStatusCode(200);
        exchange.getResponseHeaders().put(PROTOCOL, "0").put(Headers.CONTENT_LENGTH, "0");
        exchange.endExchange();
    }

    /** Answers with a line of text and ends the connection. */
    static void text(HttpServerExchange exchange, String line) {
        exchange.setStatusCode(200);
        exchange.setPersistent(false);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
        exchange.getResponseSender().send(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
    }

    /**
     * Refuses the request and ends the connection. The answer goes out before the body has come, since whoever still
     * sends may wait for it; the rest of the body is read, lest a reset overtake the answer, but no longer than this.
     */
    static void refuse(HttpServerExchange exchange, Refusal refusal, Duration patience) {
        ServerConnection connection = exchange.getConnection();
        if (!connection.isOpen()) {
            return;
        }
        exchange.setStatusCode(refusal.status());
        exchange.setReasonPhrase(refusal.reason());
        exchange.setPersistent(false);
        exchange.getResponseHeaders().put(Headers.CONTENT_LENGTH, "0");
        if (exchange.isRequestComplete()) {
            exchange.endExchange();
            return;
        }
        XnioExecutor.Key deadline =
                Connections.later(connection.getIoThread(), patience, () -> Connections.cut(connection));
        try {
            StreamSinkChannel sink = exchange.getResponseChannel();
            sink.shutdownWrites();
            if (!sink.flush()) {
                sink.getWriteSetter()
                        .set(ChannelListeners.flushingChannelListener(
                                null, (channel, e) -> Connections.cut(connection)));
                sink.resumeWrites();
            }
            BodyReader.drain(exchange, deadline::remove, () -> {
                deadline.remove();
                Connections.cut(connection);
            });
        } catch (IOException e) {
            // Nobody is left to hear the answer.
            deadline.remove();
            Connections.cut(connection);
        }
    }
}
