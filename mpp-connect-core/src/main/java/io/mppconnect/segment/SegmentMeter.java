package io.mppconnect.segment;

import java.net.InetAddress;
import java.time.Duration;

/** Counts what one segment moves. Guarded by the lock of its exchange. */
final class SegmentMeter {

    private enum State {
        CONNECTED,
        ENDED,
        BROKEN
    }

    private final int segment;
    private final InetAddress address;
    private final long since = System.nanoTime();
    private State state = State.CONNECTED;
    private long until;
    private long blocks;
    private long rows;
    private long bytes;
    private long waited;
    private long waitingSince;
    private boolean waiting;

    SegmentMeter(int segment, InetAddress address) {
        this.segment = segment;
        this.address = address;
    }

    int segment() {
        return segment;
    }

    void moved(long moreRows, long moreBytes) {
        blocks++;
        rows += moreRows;
        bytes += moreBytes;
    }

    void waits() {
        if (!waiting) {
            waiting = true;
            waitingSince = System.nanoTime();
        }
    }

    void goesOn() {
        if (waiting) {
            waiting = false;
            waited += System.nanoTime() - waitingSince;
        }
    }

    /** The segment comes to its proper end, unless its connection breaks on the last bytes. */
    void ended() {
        stop(State.ENDED);
    }

    void broken() {
        stop(State.BROKEN);
    }

    private void stop(State end) {
        if (state == State.CONNECTED) {
            goesOn();
            until = System.nanoTime();
        }
        state = end;
    }

    boolean isConnected() {
        return state == State.CONNECTED;
    }

    boolean hasEnded() {
        return state == State.ENDED;
    }

    SegmentTraffic traffic() {
        long now = System.nanoTime();
        long waitedSoFar = waiting ? waited + (now - waitingSince) : waited;
        long connected = (isConnected() ? now : until) - since;
        return new SegmentTraffic(
                segment,
                address,
                blocks,
                rows,
                bytes,
                Duration.ofNanos(waitedSoFar),
                Duration.ofNanos(connected),
                hasEnded());
    }
}
