package io.mppconnect.segment;

import io.undertow.server.HttpServerExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.xnio.ChannelListener;
import org.xnio.ChannelListeners;
import org.xnio.IoUtils;
import org.xnio.StreamConnection;
import org.xnio.XnioExecutor;

/**
 * Closes connections that do not come up with a first request in time, and the oldest of them when there are very many,
 * strangers' first: whoever opens connections and says nothing must not use up what segments need. It leaves those alone
 * that did: a segment may be silent between two requests for as long as its query needs.
 */
final class HeadDeadline implements ChannelListener<StreamConnection> {

    /** A segment on a busy machine may be slow with a handshake, and its statement fails with it: it gets longer. */
    private static final int LONGER_FOR_SEGMENTS = 6;

    private final ChannelListener<StreamConnection> next;
    private final Duration timeout;
    private final int most;
    private final Predicate<InetAddress> expected;
    /** Connections that have sent no complete head yet, the oldest first. */
    private final Map<StreamConnection, XnioExecutor.Key> pending = new LinkedHashMap<>();
    /** Those of them that no segment is known to have opened. */
    private final Set<StreamConnection> strangers = new LinkedHashSet<>();

    /**
     * Stands before a listener.
     *
     * @param timeout of strangers; segments get six times as long
     * @param most how many connections may be without a request at once
     * @param expected whether segments have this address
     */
    HeadDeadline(ChannelListener<StreamConnection> next, Duration timeout, int most, Predicate<InetAddress> expected) {
        this.next = next;
        this.most = most;
        this.expected = expected;
        this.timeout = timeout;
    }

    @Override
    public void handleEvent(StreamConnection connection) {
        boolean stranger = isStranger(connection);
        Duration limit = stranger ? timeout : timeout.multipliedBy(LONGER_FOR_SEGMENTS);
        XnioExecutor.Key key = Connections.later(connection.getIoThread(), limit, () -> expire(connection));
        synchronized (pending) {
            pending.put(connection, key);
            if (stranger) {
                strangers.add(connection);
            }
            if (pending.size() > most) {
                giveUpOldest();
            }
        }
        next.handleEvent(connection);
        forgetWhenClosed(connection);
    }

    private boolean isStranger(StreamConnection connection) {
        InetSocketAddress peer = connection.getPeerAddress(InetSocketAddress.class);
        return peer == null || !expected.test(peer.getAddress());
    }

    private void giveUpOldest() {
        StreamConnection connection =
                (strangers.isEmpty() ? pending.keySet() : strangers).iterator().next();
        settled(connection);
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
            strangers.remove(connection);
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
