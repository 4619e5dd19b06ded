package io.mppconnect.segment;

import io.mppconnect.spi.WireRows;
import io.undertow.server.HttpServerExchange;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One scan of one readable external table: every segment that asks gets the next free block, until there are no more.
 * Thread safe; no call blocks.
 *
 * <p>Rows are handed out once. What a segment has taken when its connection breaks is not given to another.
 */
public final class LoadExchange extends SegmentExchange {

    private static final Logger LOG = LoggerFactory.getLogger(LoadExchange.class);

    private enum State {
        OPEN,
        FINISHED,
        FAILED,
        CLOSED
    }

    /** How far a load is, for whoever decides when it is over. */
    record Standing(boolean finished, boolean failed, boolean anyReady, boolean anyConnected, boolean allHaveAsked) {}

    private final LoadListener listener;
    private final Runnable changed;
    private final ArrayDeque<WireRows> ready = new ArrayDeque<>();
    private final LinkedHashSet<LoadStream> waiting = new LinkedHashSet<>();
    private final Set<LoadStream> streams = new HashSet<>();
    private State state = State.OPEN;
    private String failure = "";
    private long offered;
    private long sent;

    LoadExchange(String path, Predicate<InetAddress> peers, Consumer<SegmentExchange> forget, LoadListener listener) {
        this(path, peers, forget, listener, () -> {});
    }

    /** @param changed run when the load is finished or failed, and when a segment has left; on any thread */
    LoadExchange(
            String path,
            Predicate<InetAddress> peers,
            Consumer<SegmentExchange> forget,
            LoadListener listener,
            Runnable changed) {
        super(path, peers, forget);
        this.listener = listener;
        this.changed = changed;
    }

    Standing standing() {
        synchronized (lock) {
            return new Standing(
                    state == State.FINISHED,
                    state == State.FAILED,
                    !ready.isEmpty(),
                    !streams.isEmpty(),
                    allHaveAsked());
        }
    }

    /**
     * Hands over a block; the segment that is free next takes it. The block is {@linkplain WireRows#release() released}
     * once it is written or dropped: dropped at once when the exchange has failed or is closed, and when it is empty.
     *
     * @throws IllegalStateException after {@link #finish()}
     */
    public void offer(WireRows block) {
        boolean late;
        synchronized (lock) {
            late = state == State.FINISHED;
            if (state == State.OPEN && block.length() > 0) {
                offered++;
                ready.add(block);
                wakeOne();
                return;
            }
        }
        block.release();
        if (late) {
            throw new IllegalStateException("Cannot offer a block: the load is finished");
        }
    }

    /**
     * No more blocks will come: once all are taken every segment gets a clean end, those that come later at once.
     * Does nothing after {@link #fail} or {@link #close}.
     */
    public void finish() {
        synchronized (lock) {
            if (state == State.OPEN) {
                state = State.FINISHED;
                wakeAll();
            }
        }
        changed.run();
    }

    /**
     * Fails the statement: every segment that has not had its end gets this message after the block it is taking, and
     * so does every one that comes later. Blocks not yet taken are dropped. The first message counts.
     *
     * @param message what the SQL user sees behind {@code gpfdist error -}; cut to one line of at most 1,000 bytes
     */
    public void fail(String message) {
        List<WireRows> dropped;
        synchronized (lock) {
            if (state == State.FAILED || state == State.CLOSED) {
                return;
            }
            state = State.FAILED;
            failure = message.isBlank() ? "the transfer failed" : message;
            dropped = takeAll(ready);
            wakeAll();
        }
        dropped.forEach(WireRows::release);
        changed.run();
    }

    /** The message that it was failed with. */
    String failure() {
        synchronized (lock) {
            return failure;
        }
    }

    /** Whether every block offered so far has been written to a segment completely. */
    public boolean drained() {
        synchronized (lock) {
            return sent == offered;
        }
    }

    /**
     * Ends the exchange: its path is gone, its connections are cut, its blocks are released; the one that a connection
     * is writing at this moment very soon. Idempotent.
     */
    @Override
    public void close() {
        super.close();
        List<WireRows> dropped;
        List<LoadStream> cut;
        synchronized (lock) {
            state = State.CLOSED;
            dropped = takeAll(ready);
            waiting.clear();
            cut = List.copyOf(streams);
        }
        dropped.forEach(WireRows::release);
        cut.forEach(LoadStream::cut);
    }

    @Override
    void serve(HttpServerExchange exchange, SegmentRequest request) throws Refusal {
        if (request.kind() != SegmentRequest.Kind.PULL) {
            throw Refusal.badRequest("this path gives rows and takes none");
        }
        LoadStream stream;
        boolean first;
        synchronized (lock) {
            if (state == State.CLOSED) {
                throw Refusal.notFound();
            }
            check(request);
            SegmentMeter meter = meter(request.segment());
            first = meter == null;
            if (meter == null) {
                meter = new SegmentMeter(request.segment(), request.from());
                register(meter);
            } else if (state != State.FAILED) {
                checkRepeated(meter);
            }
            stream = new LoadStream(this, meter, exchange);
            streams.add(stream);
        }
        if (first) {
            tell(() -> listener.connected(request.segment(), request.from()));
        }
        stream.start();
    }

    /** A segment that had its clean end may ask again and gets another; no other request comes twice. */
    private static void checkRepeated(SegmentMeter meter) throws Refusal {
        if (meter.isConnected()) {
            throw Refusal.badRequest("segment " + meter.segment() + " is being served already");
        }
        if (!meter.hasEnded()) {
            throw Refusal.badRequest(
                    "the connection of segment " + meter.segment() + " broke earlier and rows are not sent twice");
        }
    }

    /** What the stream shall write next, having written this. */
    LoadStream.Turn next(LoadStream stream, @Nullable WireRows written) {
        LoadStream.Turn turn;
        synchronized (lock) {
            if (written != null) {
                sent++;
                stream.meter().moved(written.rows(), written.length());
            }
            turn = turn(stream);
        }
        if (written != null) {
            written.release();
        }
        return turn;
    }

    private LoadStream.Turn turn(LoadStream stream) {
        if (state == State.FAILED) {
            if (!stream.isRepeated()) {
                stream.meter().broken();
            }
            return new LoadStream.Failure(failure);
        }
        WireRows block = ready.poll();
        if (block != null) {
            stream.meter().goesOn();
            return new LoadStream.Rows(block);
        }
        if (state == State.FINISHED) {
            // Counted before it is written: once the segment has it, the statement may end and all must add up.
            stream.meter().ended();
            return LoadStream.Pause.END;
        }
        stream.meter().waits();
        waiting.add(stream);
        return LoadStream.Pause.WAIT;
    }

    /** The stream has written its last bytes. */
    void ended(LoadStream stream) {
        synchronized (lock) {
            streams.remove(stream);
        }
        changed.run();
    }

    /** The stream's connection is gone before its end. */
    void broken(LoadStream stream, @Nullable WireRows unfinished) {
        boolean closed;
        SegmentTraffic traffic;
        synchronized (lock) {
            closed = state == State.CLOSED;
            streams.remove(stream);
            waiting.remove(stream);
            if (!stream.isRepeated()) {
                stream.meter().broken();
            }
            traffic = stream.meter().traffic();
            // It may have been woken for a block that it now leaves to another.
            if (!ready.isEmpty()) {
                wakeOne();
            }
        }
        if (unfinished != null) {
            unfinished.release();
        }
        if (!closed && !stream.isRepeated()) {
            String reason = "the connection of segment " + traffic.segment() + " ("
                    + traffic.address().getHostAddress() + ") closed before its end, after " + traffic.blocks()
                    + " blocks" + (unfinished == null ? "" : " and in the middle of another");
            tell(() -> listener.broken(traffic.segment(), reason));
        }
        changed.run();
    }

    private void wakeOne() {
        Iterator<LoadStream> longest = waiting.iterator();
        if (longest.hasNext()) {
            LoadStream stream = longest.next();
            longest.remove();
            stream.wake();
        }
    }

    private void wakeAll() {
        waiting.forEach(LoadStream::wake);
        waiting.clear();
    }

    private static <T> List<T> takeAll(Collection<T> items) {
        List<T> taken = new ArrayList<>(items);
        items.clear();
        return taken;
    }

    private void tell(Runnable news) {
        try {
            news.run();
        } catch (RuntimeException e) {
            // It runs on an I/O thread, which has other segments to serve and no caller to fail.
            LOG.error("A listener of a load failed", e);
        }
    }
}
