package io.mppconnect.segment;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.protocol.http.HttpContinue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xnio.ChannelListener;
import org.xnio.channels.StreamSourceChannel;

/** Reads a request's body as it comes, without a thread; runs on the connection's I/O thread. */
final class BodyReader {

    private static final Logger LOG = LoggerFactory.getLogger(BodyReader.class);

    /** The JDK keeps a direct buffer of the longest read per thread: read in slices. */
    private static final int SLICE = 128 * 1024;

    /** After so many bytes the other connections of the thread have their turn. */
    private static final int TURN = 1024 * 1024;

    private static final Duration CONTINUE_RETRY = Duration.ofMillis(10);

    private final HttpServerExchange exchange;
    private final ByteBuffer bytes;
    private final boolean keep;
    private final Runnable complete;
    private final Runnable broken;
    private boolean over;

    private BodyReader(
            HttpServerExchange exchange, ByteBuffer bytes, boolean keep, Runnable complete, Runnable broken) {
        this.exchange = exchange;
        this.bytes = bytes;
        this.keep = keep;
        this.complete = complete;
        this.broken = broken;
    }

    /** Reads the body, {@code length} bytes; asks for it if the segment waits to be asked. */
    static void read(HttpServerExchange exchange, byte[] into, int length, Runnable complete, Runnable broken) {
        new BodyReader(exchange, ByteBuffer.wrap(into, 0, length), true, complete, broken).begin(true);
    }

    /** Reads the body and forgets it; asks for it if the segment waits to be asked. */
    static void discard(HttpServerExchange exchange, Runnable complete, Runnable broken) {
        new BodyReader(exchange, ByteBuffer.allocate(SLICE / 8), false, complete, broken).begin(true);
    }

    /** Reads whatever still comes of a body that nobody asked for, and forgets it. */
    static void drain(HttpServerExchange exchange, Runnable complete, Runnable broken) {
        new BodyReader(exchange, ByteBuffer.allocate(SLICE / 8), false, complete, broken).begin(false);
    }

    private void begin(boolean ask) {
        if (exchange.isRequestComplete()) {
            end(complete);
            return;
        }
        try {
            if (ask && HttpContinue.requiresContinueResponse(exchange)) {
                ask(HttpContinue.createResponseSender(exchange));
            } else {
                listen();
            }
        } catch (IOException e) {
            end(broken);
        }
    }

    private void ask(HttpContinue.ContinueResponseSender sender) throws IOException {
        if (sender.send()) {
            listen();
            return;
        }
        Connections.later(exchange.getIoThread(), CONTINUE_RETRY, () -> {
            try {
                ask(sender);
            } catch (IOException e) {
                end(broken);
            }
        });
    }

    private void listen() {
        StreamSourceChannel channel = exchange.getRequestChannel();
        ChannelListener<StreamSourceChannel> listener = this::readable;
        channel.getReadSetter().set(listener);
        readable(channel);
    }

    private void readable(StreamSourceChannel channel) {
        if (over) {
            return;
        }
        boolean whole;
        try {
            whole = readSome(channel);
        } catch (IOException | RuntimeException e) {
            // Undertow's parser of chunks fails unchecked on some of the garbage that strangers send.
            LOG.debug("A body broke off", e);
            end(broken);
            return;
        }
        if (whole) {
            end(complete);
        } else {
            channel.resumeReads();
        }
    }

    /** Reads what is there, within limits; true when that was the end. */
    private boolean readSome(StreamSourceChannel channel) throws IOException {
        int left = TURN;
        while (left > 0) {
            int read = channel.read(slice());
            if (read <= 0) {
                return read < 0;
            }
            left -= read;
            if (keep) {
                bytes.position(bytes.position() + read);
            }
        }
        return false;
    }

    /** Where the next bytes go: never nowhere, for only a read that could take some tells the end. */
    private ByteBuffer slice() {
        if (!keep) {
            return bytes.clear();
        }
        if (!bytes.hasRemaining()) {
            return ByteBuffer.allocate(1);
        }
        return bytes.slice(bytes.position(), Math.min(bytes.remaining(), SLICE));
    }

    private void end(Runnable outcome) {
        if (!over) {
            over = true;
            outcome.run();
        }
    }
}
