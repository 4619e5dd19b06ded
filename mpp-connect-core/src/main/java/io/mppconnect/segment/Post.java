package io.mppconnect.segment;

import io.undertow.server.HttpServerExchange;
import io.undertow.server.ServerConnection;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One POST of a segment that is not answered yet. */
final class Post {

    private final HttpServerExchange exchange;
    private final SegmentRequest request;
    private final Duration patience;
    /** The share of memory that the body waits for or is read into; touched by the connection's thread alone. */
    private ByteBudget.@Nullable Share share;

    private boolean begun;

    Post(HttpServerExchange exchange, SegmentRequest request, Duration patience) {
        this.exchange = exchange;
        this.request = request;
        this.patience = patience;
    }

    SegmentRequest request() {
        return request;
    }

    ServerConnection connection() {
        return exchange.getConnection();
    }

    /** Waits for room, then reads the body into what {@code room} gives. */
    void readWithin(ByteBudget budget, Runnable room) {
        share = budget.share(
                BodyBuffers.size(request.length()),
                () -> Connections.onThread(connection(), () -> {
                    if (share != null) {
                        begun = true;
                        room.run();
                    }
                }));
    }

    void read(byte[] into, Runnable complete, Runnable broken) {
        BodyReader.read(exchange, into, (int) request.length(), complete, broken);
    }

    /** Reads the body and forgets it; one that breaks off matters to nobody. */
    void discard(Runnable complete) {
        BodyReader.discard(exchange, complete, this::cut);
    }

    /** Passes on the share of memory, for the bytes have come. */
    ByteBudget.@Nullable Share takeShare() {
        ByteBudget.Share taken = share;
        share = null;
        return taken;
    }

    /** Gives up the body and closes the connection; any thread may call. */
    void cut() {
        Connections.onThread(connection(), () -> {
            giveBackShare();
            Connections.cut(connection());
        });
    }

    /** Answers if the body waits for memory; one that is on its way is answered when it is there. */
    void refuseWaiting(Refusal refusal) {
        Connections.onThread(connection(), () -> {
            if (share != null && !begun) {
                giveBackShare();
                Answers.refuse(exchange, refusal, patience);
            }
        });
    }

    /** Answers 200; any thread may call. */
    void accept() {
        Connections.onThread(connection(), () -> Answers.acknowledge(exchange));
    }

    /** Answers with the refusal; any thread may call. */
    void refuse(Refusal refusal) {
        Connections.onThread(connection(), () -> {
            giveBackShare();
            Answers.refuse(exchange, refusal, patience);
        });
    }

    private void giveBackShare() {
        ByteBudget.Share held = takeShare();
        if (held != null) {
            held.giveBack();
        }
    }
}
