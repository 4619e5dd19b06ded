package io.mppconnect.segment;

import io.undertow.server.HttpServerExchange;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;

/**
 * Closes connections that do not come up with a first request in time, and the oldest of them when there are very many:
 * whoever opens connections and says nothing must not use up what segments need. It leaves those alone that did: a
 * segment may be silent between two requests for as long as its query needs.
 */
final class HeadDeadline implements ChannelListener<StreamConnection> {

    private final ChannelListener<StreamConnection> next;
    private final Duration timeout;
    private final int most;
    /** Connections that have sent no complete head yet, the oldest first. */
    private final Map<StreamConnection, XnioExecutor.Key> pending = new LinkedHashMap<>();

    /** @param most how many connections may be without a request at once */
    HeadDeadline(ChannelListener<StreamConnection> next, Duration timeout, int most) {
        this.next = next;
        this.most = most;
        this.timeout = timeout;
    }

    @Override
    public void handleEvent(StreamConnection connection) {
        XnioExecutor.Key key = Connections.later(connection.getIoThread(), timeout, () -> expire(connection));
        synchronized (pending) {
            pending.put(connection, key);
            if (pending.size() > most) {
                giveUpOldest();
            }
        }
        next.handleEvent(connection);
        forgetWhenClosed(connection);
    }

    private void giveUpOldest() {
        Iterator<Map.Entry<StreamConnection, XnioExecutor.Key>> first =
                pending.entrySet().iterator();
        Map.Entry<StreamConnection, XnioExecutor.Key> oldest = first.next();
        first.remove();
        oldest.getValue().remove();
        StreamConnection connection = oldest.getKey();
        Connections.onThread(connection.getIoThread(), () -> IoUtils.safeClose(connection));
    }

    private void forgetWhenClosed(StreamConnection connection) {
        ChannelListener<? super StreamConnection> others = connection.getCloseListener();
        connection.setCloseListener(closed -> {
            settled(closed);
            ChannelListeners.invokeChannelListener(closed, others);
        });
        if (!connection.isOpen()) {
            settled(connection);
        }
    }

    /** How many connections have sent no complete head yet. */
    int pending() {
        synchronized (pending) {
            return pending.size();
        }
    }

    /** The connection has sent a complete head. */
    void met(HttpServerExchange exchange) {
        settled(Connections.socket(exchange));
    }

    private boolean settled(StreamConnection connection) {
        XnioExecutor.Key key;
        synchronized (pending) {
            key = pending.remove(connection);
        }
        if (key != null) {
            key.remove();
        }
        return key != null;
    }

    private void expire(StreamConnection connection) {
        if (settled(connection)) {
            IoUtils.safeClose(connection);
        }
    }
}
