package io.mppconnect.test.segment;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * One segment's share of a write: the opening POST, a POST for each block of rows, the closing POST. A segment without
 * rows sends nothing.
 */
final class WritingSegment {

    /** Says that no more blocks come. */
    static final byte[] END = new byte[0];

    private static final long SLEEP_AFTER_HTTP_ERROR_MILLIS = 1000;

    private final Segment segment;
    private final String url;
    private final TransferPlan plan;
    private final Dialer dialer;
    private final BlockingQueue<byte[]> blocks;
    private @Nullable HttpConnection connection;
    private @Nullable String firstStatusLine;
    private int repliesToLose;
    private long cutAfter;
    private long sequence = 1;

    WritingSegment(Segment segment, String url, TransferPlan plan, Dialer dialer, BlockingQueue<byte[]> blocks) {
        this.segment = segment;
        this.url = url;
        this.plan = plan;
        this.dialer = dialer;
        this.blocks = blocks;
        this.repliesToLose = plan.faults().lostReplies();
        this.cutAfter =
                plan.faults().cut().contains(segment.content()) ? plan.faults().cutAfter() : -1;
    }

    void run() throws SegmentFailure, InterruptedException {
        byte[] block = blocks.take();
        if (block == END) {
            return;
        }
        Location location = Location.resolve(url);
        try {
            send(location, END, false);
            for (; block != END; block = blocks.take()) {
                sequence++;
                send(location, block, false);
                if (plan.faults().duplicatePosts()) {
                    send(location, block, false);
                }
            }
            send(location, END, true);
        } finally {
            disconnect();
        }
    }

    /** Sends one POST until the server takes it. */
    private void send(Location location, byte[] block, boolean done) throws SegmentFailure, InterruptedException {
        String head = RequestHead.post(location, plan.identity(), segment, plan.format(), sequence, done);
        Backoff backoff = new Backoff(plan.retryTimeout());
        while (!taken(location, head, block, backoff)) {
            backoff.pause(location);
        }
    }

    private boolean taken(Location location, String head, byte[] block, Backoff backoff)
            throws SegmentFailure, InterruptedException {
        boolean reused = connection != null;
        try {
            return isTaken(exchange(location, head, block, backoff));
        } catch (IOException e) {
            disconnect();
            // The server may have closed an idle connection; libcurl tries a fresh one at once.
            return reused && !Thread.currentThread().isInterrupted() && takenAfresh(location, head, block, backoff);
        }
    }

    private boolean takenAfresh(Location location, String head, byte[] block, Backoff backoff)
            throws SegmentFailure, InterruptedException {
        try {
            return isTaken(exchange(location, head, block, backoff));
        } catch (IOException e) {
            disconnect();
            return false;
        }
    }

    private boolean isTaken(@Nullable HttpReply reply) throws SegmentFailure, InterruptedException {
        if (reply == null || reply.status() == 408) {
            return false;
        }
        if (!reply.succeeded()) {
            Thread.sleep(SLEEP_AFTER_HTTP_ERROR_MILLIS);
            throw ReadingSegment.httpError(url, reply.status(), String.valueOf(firstStatusLine));
        }
        return true;
    }

    /** One request and its reply, read to its end; null when a fault lost it. */
    private @Nullable HttpReply exchange(Location location, String head, byte[] block, Backoff backoff)
            throws IOException, SegmentFailure, InterruptedException {
        HttpConnection open = connection;
        if (open == null) {
            open = dialer.connect(location, backoff.left());
            connection = open;
        }
        if (block.length > 0 && cutAfter >= 0) {
            open.postPart(head, block, (int) Math.min(cutAfter, block.length));
            cutAfter = -1;
            disconnect();
            return null;
        }
        int timeout = (int)
                Math.min(Integer.MAX_VALUE, Math.max(1, plan.retryTimeout().toMillis()));
        Pace pace = new Pace(plan.faults().bytesPerSecond());
        HttpReply reply = open.post(head, block, timeout, pace);
        if (block.length > 0 && repliesToLose > 0) {
            repliesToLose--;
            disconnect();
            return null;
        }
        try (InputStream body = reply.body()) {
            body.transferTo(OutputStream.nullOutputStream());
        }
        if (firstStatusLine == null) {
            firstStatusLine = reply.statusLine();
        }
        if (!reply.reusable()) {
            disconnect();
        }
        return reply;
    }

    private void disconnect() {
        dialer.disconnect();
        connection = null;
    }
}
