package io.mppconnect.segment;

import io.undertow.server.HttpServerExchange;
import java.net.InetAddress;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One readable external table under one path, read by any number of statements, also at once: each scan of it is a
 * {@link LoadExchange} of its own, which begins with the first segment that comes. Thread safe; no call blocks.
 *
 * <p>Segments of a scan come at different times. One that comes when all rows are taken gets a clean end; one that comes
 * when rows were dropped, because the others had left and it took too long, fails its statement. Never does one begin a
 * scan again that is over, and never does one get a scan's rows twice.
 */
public final class LoadScans extends SegmentExchange {

    private static final Logger LOG = LoggerFactory.getLogger(LoadScans.class);

    private final ScanListener listener;
    private final ScanLimits limits;
    private final Map<SegmentRequest.Scan, OpenScan> open = new LinkedHashMap<>();
    private final PastScans past = new PastScans();
    private @Nullable String stopped;
    private boolean closed;

    /** A scan that has just ended, to be told of without a lock. */
    private record Ended(OpenScan scan, ScanEnd end) {}

    /** What a segment gets, to be given without a lock. */
    private interface Reply {

        void give() throws Refusal;
    }

    LoadScans(
            String path,
            Predicate<InetAddress> peers,
            Consumer<SegmentExchange> forget,
            ScanListener listener,
            ScanLimits limits) {
        super(path, peers, forget);
        this.listener = listener;
        this.limits = limits;
    }

    /** The scans that are open now. */
    public List<LoadExchange> open() {
        synchronized (lock) {
            return open.values().stream().map(OpenScan::exchange).toList();
        }
    }

    /**
     * Fails every scan that is open, and each that begins from now on, with this message. Scans are over as soon as their
     * segments have heard it.
     */
    public void stop(String reason) {
        List<LoadExchange> scans;
        synchronized (lock) {
            stopped = reason;
            scans = open();
        }
        scans.forEach(scan -> scan.fail(reason));
    }

    /**
     * Ends all scans at once, in the middle; the path is gone. A scan that a segment is just coming to, or beginning, is
     * over when the segment has come: nobody hears of an end before the beginning. Idempotent.
     */
    @Override
    public void close() {
        super.close();
        List<Ended> ended;
        synchronized (lock) {
            closed = true;
            List<OpenScan> settled =
                    open.values().stream().filter(scan -> !scan.isArriving()).toList();
            ended = settled.stream()
                    .map(scan -> retire(scan, ScanEnd.CLOSED, ""))
                    .toList();
        }
        ended.forEach(this::conclude);
    }

    @Override
    void serve(HttpServerExchange exchange, SegmentRequest request) throws Refusal {
        if (request.kind() != SegmentRequest.Kind.PULL) {
            throw Refusal.badRequest("this path gives rows and takes none");
        }
        Reply reply;
        synchronized (lock) {
            reply = reply(exchange, request);
        }
        reply.give();
    }

    /** Finds the scan that a segment comes to, or begins it, or finds what the segment gets instead. */
    private Reply reply(HttpServerExchange exchange, SegmentRequest request) throws Refusal {
        if (closed) {
            throw Refusal.notFound();
        }
        OpenScan known = open.get(request.scan());
        if (known != null) {
            known.arrives();
            return () -> arrive(known, exchange, request);
        }
        LoadExchange late = lateAnswer(request);
        if (late != null) {
            return () -> late.serve(exchange, request);
        }
        Optional<Ended> evicted = makeRoom();
        LoadExchange refusal = refusal(request);
        Reply reply = refusal == null ? begin(exchange, request) : () -> refusal.serve(exchange, request);
        return () -> {
            evicted.ifPresent(this::conclude);
            reply.give();
        };
    }

    private Reply begin(HttpServerExchange exchange, SegmentRequest request) {
        SegmentRequest.Scan id = request.scan();
        LoadExchange made = new LoadExchange(path(), this::admits, ended -> {}, new Quiet(), () -> settle(id));
        OpenScan scan = new OpenScan(id, made, exchange.getConnection().getIoThread());
        open.put(id, scan);
        scan.arrives();
        return () -> {
            tell(scan);
            arrive(scan, exchange, request);
        };
    }

    private void arrive(OpenScan scan, HttpServerExchange exchange, SegmentRequest request) throws Refusal {
        try {
            scan.exchange().serve(exchange, request);
        } finally {
            synchronized (lock) {
                scan.arrived();
            }
            settle(scan.id());
        }
    }

    /** What a segment gets that comes when its scan is over; null when the scan is none that was. */
    private @Nullable LoadExchange lateAnswer(SegmentRequest request) throws Refusal {
        PastScan over = past.get(request.scan());
        if (over == null) {
            return null;
        }
        LoadExchange answer = answer();
        over.answer(request, answer);
        past.answered(request, over);
        return answer;
    }

    /** What a segment gets that would begin a scan when none can; null when one can. */
    private @Nullable LoadExchange refusal(SegmentRequest request) {
        String reason = stopped;
        if (reason == null && open.size() < limits.most()) {
            return null;
        }
        String failure = reason != null
                ? reason
                : "no more than " + limits.most() + " scans of this table may be open at once; try again later";
        BitSet asked = new BitSet();
        asked.set(request.segment());
        boolean only = request.segments() == 1;
        past.add(request.scan(), PastScan.failed(failure, asked, PastScans.until(only)), only);
        LoadExchange answer = answer();
        answer.fail(failure);
        return answer;
    }

    private LoadExchange answer() {
        return new LoadExchange(path(), this::admits, ended -> {}, new Quiet());
    }

    /** When no more scans may be open, one that nobody is connected to has to go. */
    private Optional<Ended> makeRoom() {
        if (open.size() < limits.most()) {
            return Optional.empty();
        }
        Optional<OpenScan> longest =
                open.values().stream().filter(OpenScan::isIdle).min(Comparator.comparingLong(OpenScan::idleSince));
        return longest.map(scan -> retire(
                scan,
                ScanEnd.ABANDONED,
                "no segment was reading this scan when another one needed its place, and it was given up;"
                        + " run the statement again"));
    }

    /** Looks whether a scan is over. */
    private void settle(SegmentRequest.Scan id) {
        Ended ended = null;
        synchronized (lock) {
            OpenScan scan = open.get(id);
            if (scan == null || scan.isArriving()) {
                return;
            }
            LoadExchange.Standing standing = scan.exchange().standing();
            if (closed) {
                ended = retire(scan, ScanEnd.CLOSED, "");
            } else if (standing.anyConnected()) {
                return;
            } else if (standing.failed()) {
                ended = retire(scan, ScanEnd.FAILED, scan.exchange().failure());
            } else if (standing.finished() && !standing.anyReady()) {
                ended = retire(scan, ScanEnd.READ, "");
            } else if (standing.allHaveAsked()) {
                ended = retire(scan, ScanEnd.LEFT, "");
            } else {
                scan.idle(limits.patience(), this::giveUp);
            }
        }
        if (ended != null) {
            conclude(ended);
        }
    }

    private void giveUp(OpenScan scan, int time) {
        Ended ended = null;
        synchronized (lock) {
            if (open.get(scan.id()) == scan && scan.isIdle(time)) {
                ended = retire(
                        scan,
                        ScanEnd.ABANDONED,
                        "no segment had asked for rows of this scan for "
                                + limits.patience().toSeconds() + " s, and it was given up; run the statement"
                                + " again");
            }
        }
        if (ended != null) {
            conclude(ended);
        }
    }

    /** @param failure what segments get that still come, when they would miss rows */
    private Ended retire(OpenScan scan, ScanEnd end, String failure) {
        open.remove(scan.id());
        scan.busy();
        BitSet asked = scan.exchange().asked();
        boolean all = scan.exchange().standing().allHaveAsked();
        long until = PastScans.until(all);
        PastScan left = switch (end) {
            case READ, LEFT, CLOSED -> PastScan.read(asked, until);
            case FAILED, ABANDONED -> PastScan.failed(failure, asked, until);
        };
        past.add(scan.id(), left, all);
        return new Ended(scan, end);
    }

    private void tell(OpenScan scan) {
        try {
            listener.begun(scan.exchange());
        } catch (RuntimeException | Error e) {
            // It runs on an I/O thread, which has other segments to serve and no caller to fail.
            LOG.error("A scan could not begin", e);
            scan.exchange().fail("the application could not begin to read");
        }
    }

    private void conclude(Ended ended) {
        ended.scan().exchange().close();
        try {
            listener.over(ended.scan().exchange(), ended.end());
        } catch (RuntimeException e) {
            // It runs on an I/O thread, which has other segments to serve and no caller to fail.
            LOG.error("A listener of a scan failed", e);
        }
    }

    /** Whoever leaves, leaves: that is how statements with a LIMIT end. */
    private static final class Quiet implements LoadListener {

        @Override
        public void connected(int segment, InetAddress from) {
            LOG.debug("Segment {} pulls, from {}", segment, from);
        }

        @Override
        public void broken(int segment, String reason) {
            LOG.debug("Segment {} has left: {}", segment, reason);
        }
    }
}
