package io.mppconnect.segment;

import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xnio.ChannelListener;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;

/**
 * Closes connections that do not come up with a first request in time. It leaves those alone that did: a segment may
 * be silent between two requests for as long as its query needs.
 */
final class HeadDeadline implements ChannelListener<StreamConnection> {

    private final ChannelListener<StreamConnection> next;
    private final Duration timeout;
    private final Map<StreamConnection, XnioExecutor.Key> pending = new ConcurrentHashMap<>();

    HeadDeadline(ChannelListener<StreamConnection> next, Duration timeout) {
        this.next = next;
        this.timeout = timeout;
    }

    @Override
    public void handleEvent(StreamConnection connection) {
        pending.put(connection, Connections.later(connection.getIoThread(), timeout, () -> expire(connection)));
        next.handleEvent(connection);
    }

    /** The connection has sent a complete head. */
    void met(HttpServerExchange exchange) {
        XnioExecutor.Key key = pending.remove(Connections.socket(exchange));
        if (key != null) {
            key.remove();
        }
    }

    private void expire(StreamConnection connection) {
        if (pending.remove(connection) != null) {
            IoUtils.safeClose(connection);
        }
    }
}
