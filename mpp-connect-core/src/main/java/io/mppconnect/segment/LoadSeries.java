package io.mppconnect.segment;

import io.undertow.server.HttpServerExchange;
import java.net.InetAddress;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One readable external table under one path, read by one statement after the other: each scan of it is a
 * {@link LoadExchange} of its own. Thread safe; no call blocks.
 */
public final class LoadSeries extends SegmentExchange {

    private final LoadListener listener;
    private @Nullable LoadExchange current;
    private SegmentRequest.@Nullable Scan over;
    private boolean closed;

    LoadSeries(String path, Predicate<InetAddress> peers, Consumer<SegmentExchange> forget, LoadListener listener) {
        super(path, peers, forget);
        this.listener = listener;
    }

    /**
     * Opens the next scan; the one before is closed. Segments that ask without a scan, or for one that is over, are
     * refused.
     *
     * @throws IllegalStateException when the series is closed
     */
    public LoadExchange next() {
        LoadExchange last;
        LoadExchange next = new LoadExchange(path(), this::admits, ended -> {}, listener);
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("Cannot open a scan: the series is closed");
            }
            last = current;
            current = next;
            if (last != null) {
                over = last.scan();
            }
        }
        if (last != null) {
            last.close();
        }
        return next;
    }

    @Override
    void serve(HttpServerExchange exchange, SegmentRequest request) throws Refusal {
        LoadExchange serving;
        synchronized (lock) {
            if (current == null || request.scan().equals(over)) {
                throw Refusal.badRequest("no statement that this application knows of reads here now");
            }
            serving = current;
        }
        serving.serve(exchange, request);
    }

    @Override
    public void close() {
        super.close();
        LoadExchange last;
        synchronized (lock) {
            closed = true;
            last = current;
        }
        if (last != null) {
            last.close();
        }
    }
}
