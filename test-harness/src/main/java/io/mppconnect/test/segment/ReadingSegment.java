package io.mppconnect.test.segment;

import java.io.IOException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One segment's share of a scan: its GET, and the rows of the answer. */
final class ReadingSegment {

    private static final Logger LOG = LoggerFactory.getLogger(ReadingSegment.class);
    private static final int STATUS_TIMEOUT_MILLIS = 60_000;
    private static final long SLEEP_AFTER_HTTP_ERROR_MILLIS = 1000;

    private final Segment segment;
    private final String url;
    private final TransferPlan plan;
    private final Dialer dialer;
    private final BlockingQueue<Object> rows;

    ReadingSegment(Segment segment, String url, TransferPlan plan, Dialer dialer, BlockingQueue<Object> rows) {
        this.segment = segment;
        this.url = url;
        this.plan = plan;
        this.dialer = dialer;
        this.rows = rows;
    }

    void run() throws SegmentFailure, InterruptedException {
        Location location = Location.resolve(url);
        Backoff backoff = new Backoff(plan.retryTimeout());
        try {
            while (!tried(location, backoff)) {
                backoff.pause(location);
            }
        } catch (SegmentFailure failure) {
            if (FrameReader.isSilence(failure)) {
                askForStatus(location);
            }
            throw failure;
        }
    }

    /** Asks a silent server how it is, for the segment's own log; no answer is an answer too. */
    private void askForStatus(Location location) throws SegmentFailure, InterruptedException {
        try (HttpConnection connection = dialer.connect(location, plan.readTimeout())) {
            connection.get(RequestHead.status(location), STATUS_TIMEOUT_MILLIS);
        } catch (IOException e) {
            LOG.debug("{} did not tell its status", location.effectiveUrl(), e);
        }
    }

    /** Whether the server was reached. */
    private boolean tried(Location location, Backoff backoff) throws SegmentFailure, InterruptedException {
        try (HttpConnection connection = dialer.connect(location, backoff.left())) {
            String head = RequestHead.get(location, plan.identity(), segment, plan.format());
            HttpReply reply = connection.get(head, FrameReader.timeoutMillis(plan.readTimeout()));
            check(reply);
            Thread.sleep(plan.faults().readDelay().toMillis());
            read(reply);
            return true;
        } catch (SocketTimeoutException e) {
            throw FrameReader.silence();
        } catch (NoRouteToHostException e) {
            return false;
        } catch (IOException e) {
            throw new SegmentFailure(
                    SegmentFailure.CONNECTION_FAILURE,
                    "connection with gpfdist failed for \"" + url + "\", effective url: \"" + location.effectiveUrl()
                            + "\": " + Dialer.problem(e, location));
        }
    }

    private void check(HttpReply reply) throws SegmentFailure, InterruptedException {
        if (reply.status() == 408) {
            throw new SegmentFailure(
                    SegmentFailure.CONNECTION_FAILURE,
                    "could not open \"" + url + "\" for reading",
                    "Unexpected response from gpfdist server: 408 - Response Code=408",
                    null,
                    null);
        }
        if (!reply.succeeded()) {
            // The segment that got the server's own error is to be heard first.
            Thread.sleep(SLEEP_AFTER_HTTP_ERROR_MILLIS);
            throw httpError(url, reply.status(), reply.statusLine());
        }
    }

    static SegmentFailure httpError(String url, int status, String statusLine) {
        return new SegmentFailure(
                SegmentFailure.CONNECTION_FAILURE,
                "http response code " + status + " from gpfdist (" + url + "): " + statusLine);
    }

    private void read(HttpReply reply) throws SegmentFailure, InterruptedException {
        RowScanner scanner = new RowScanner(segment, url, plan.format(), plan.columns());
        SegmentFaults faults = plan.faults();
        long cutAfter = faults.cut().contains(segment.content()) ? faults.cutAfter() : -1;
        FrameReader reader = new FrameReader(reply.body(), scanner, rows, new Pace(faults.bytesPerSecond()), cutAfter);
        try {
            reader.read(reply.protocol());
        } catch (SegmentFailure failure) {
            if (FrameReader.isSilence(failure) && !reader.hasRead()) {
                throw failure;
            }
            throw failure.withContext(RowContext.line(plan.table(), scanner.blockLine(), url));
        }
    }
}
