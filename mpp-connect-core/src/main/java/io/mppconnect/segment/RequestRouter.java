package io.mppconnect.segment;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.SameThreadExecutor;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings each request to the exchange it asks for, on the I/O thread that read it. */
final class RequestRouter implements HttpHandler {

    private static final Logger LOG = LoggerFactory.getLogger(RequestRouter.class);

    /** What segments ask for when they have waited long, only to write the answer into their log. */
    private static final String STATUS_PATH = "/gpfdist/status";

    private final Map<String, SegmentExchange> exchanges;
    private final HeadDeadline deadline;
    private final Duration patience;

    RequestRouter(Map<String, SegmentExchange> exchanges, HeadDeadline deadline, Duration patience) {
        this.exchanges = exchanges;
        this.deadline = deadline;
        this.patience = patience;
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        deadline.met(exchange);
        // Answers may come long after this method has returned: take the request out of the handler chain.
        exchange.dispatch(SameThreadExecutor.INSTANCE, () -> route(exchange));
    }

    private void route(HttpServerExchange exchange) {
        SegmentExchange called = exchanges.get(exchange.getRequestPath());
        try {
            serve(exchange, called);
        } catch (Refusal refusal) {
            String peer = SegmentRequest.peer(exchange).getHostAddress();
            // Anybody can ask for nothing, and a transfer that has failed says so itself.
            if (called == null || refusal.status() == 500 || !called.warns()) {
                LOG.debug("Refused a request from {}: {}", peer, refusal.reason());
            } else {
                LOG.warn("Refused a request of a transfer from {}: {}", peer, refusal.reason());
            }
            Answers.refuse(exchange, refusal, patience);
        } catch (RuntimeException e) {
            LOG.error("Cannot serve a request", e);
            Answers.refuse(exchange, Refusal.failed("the server failed"), patience);
        }
    }

    private static void serve(HttpServerExchange exchange, @Nullable SegmentExchange called) throws Refusal {
        HttpString method = exchange.getRequestMethod();
        if (!method.equals(Methods.GET) && !method.equals(Methods.POST)) {
            throw Refusal.methodNotAllowed();
        }
        if (called != null) {
            if (!called.admits(SegmentRequest.peer(exchange))) {
                throw Refusal.forbidden();
            }
            called.serve(exchange, SegmentRequest.of(exchange));
        } else if (method.equals(Methods.GET) && exchange.getRequestPath().equals(STATUS_PATH)) {
            Answers.text(exchange, "mpp-connect\n");
        } else {
            throw Refusal.notFound();
        }
    }
}
