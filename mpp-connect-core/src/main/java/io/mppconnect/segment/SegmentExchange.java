package io.mppconnect.segment;

import io.undertow.server.HttpServerExchange;
import java.net.InetAddress;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What segments find under one path: one scan of one external table, or a series of them. Thread safe. */
public abstract sealed class SegmentExchange implements AutoCloseable
        permits LoadExchange, LoadSeries, LoadScans, UnloadExchange {

    private static final int REFUSED_KEPT = 8;
    private static final int WARNINGS = 8;

    /** Guards everything below and in the subclasses; held for moments, never around a callback or I/O. */
    final Object lock = new Object();

    private final String path;
    private final Predicate<InetAddress> peers;
    private final Consumer<SegmentExchange> forget;
    private final Set<InetAddress> refused = new LinkedHashSet<>();
    private final TreeMap<Integer, SegmentMeter> meters = new TreeMap<>();
    private SegmentRequest.@Nullable Scan scan;
    private int segments;
    private int warnings;

    SegmentExchange(String path, Predicate<InetAddress> peers, Consumer<SegmentExchange> forget) {
        this.path = path;
        this.peers = peers;
        this.forget = forget;
    }

    /**
     * The path that segments ask for, with its leading slash; nobody can guess it. A query behind it changes nothing,
     * so one exchange can stand in an external table under several URLs.
     */
    public final String path() {
        return path;
    }

    /** What each segment has moved so far, in the order of their ids; a segment that came for nothing is listed too. */
    public final List<SegmentTraffic> traffic() {
        synchronized (lock) {
            return meters.values().stream().map(SegmentMeter::traffic).toList();
        }
    }

    /** Addresses whose requests were refused, the first few. */
    public final Set<InetAddress> refusedPeers() {
        synchronized (lock) {
            return new LinkedHashSet<>(refused);
        }
    }

    /** Ends the exchange: its path is gone, its connections are cut, its memory is given back. Idempotent. */
    @Override
    public void close() {
        forget.accept(this);
    }

    /** Whether a refused request is worth a warning: the first few are, and no flood of them fills the log. */
    final boolean warns() {
        synchronized (lock) {
            return ++warnings <= WARNINGS;
        }
    }

    /** Whether requests from there would be served. */
    final boolean expects(InetAddress peer) {
        return peers.test(peer);
    }

    /** Whether requests from there are served at all; those that are not are remembered. */
    final boolean admits(InetAddress peer) {
        if (peers.test(peer)) {
            return true;
        }
        synchronized (lock) {
            if (refused.size() < REFUSED_KEPT) {
                refused.add(peer);
            }
        }
        return false;
    }

    /** Answers a request, sooner or later; called by the I/O thread of its connection. */
    abstract void serve(HttpServerExchange exchange, SegmentRequest request) throws Refusal;

    /** Holds the request against the first one; call with the lock held. */
    final void check(SegmentRequest request) throws Refusal {
        if (scan == null) {
            scan = request.scan();
            segments = request.segments();
        }
        if (!request.scan().equals(scan)) {
            throw Refusal.badRequest("the rows of this transfer go through one scan only and this is another one");
        }
        if (request.segments() != segments) {
            throw Refusal.badRequest(
                    "invalid X-GP-SEGMENT-COUNT header: " + request.segments() + " but it was " + segments);
        }
    }

    /** Which scan this turned out to serve; null before its first segment came. */
    final SegmentRequest.@Nullable Scan scan() {
        synchronized (lock) {
            return scan;
        }
    }

    /** The segment's meter, if the segment has been here; call with the lock held. */
    final @Nullable SegmentMeter meter(int segment) {
        return meters.get(segment);
    }

    /** Which segments have been here. */
    final BitSet asked() {
        synchronized (lock) {
            BitSet asked = new BitSet();
            meters.keySet().forEach(asked::set);
            return asked;
        }
    }

    /** Whether all segments have been here that the database says it has; call with the lock held. */
    final boolean allHaveAsked() {
        return segments > 0 && meters.size() == segments;
    }

    /** Lists a segment that has not been here before; call with the lock held. */
    final void register(SegmentMeter meter) {
        meters.put(meter.segment(), meter);
    }
}
