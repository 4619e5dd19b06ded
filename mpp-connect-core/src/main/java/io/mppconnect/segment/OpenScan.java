package io.mppconnect.segment;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.xnio.XnioExecutor;
import org.xnio.XnioIoThread;

/** A scan that segments read, or may still come for. Guarded by the lock of its exchange. */
final class OpenScan {

    private final SegmentRequest.Scan id;
    private final LoadExchange exchange;
    /** Of the server's threads the one that watches over this scan. */
    private final XnioIoThread thread;

    private int arriving;
    private int idles;
    private long idleSince;
    private XnioExecutor.@Nullable Key deadline;

    OpenScan(SegmentRequest.Scan id, LoadExchange exchange, XnioIoThread thread) {
        this.id = id;
        this.exchange = exchange;
        this.thread = thread;
    }

    SegmentRequest.Scan id() {
        return id;
    }

    LoadExchange exchange() {
        return exchange;
    }

    /** A request is on its way to the exchange: the scan is not over before it is there. */
    void arrives() {
        arriving++;
        busy();
    }

    void arrived() {
        arriving--;
    }

    boolean isArriving() {
        return arriving > 0;
    }

    /** Whether nobody is connected. */
    boolean isIdle() {
        return deadline != null;
    }

    /** Since when nobody is connected. */
    long idleSince() {
        return idleSince;
    }

    /** Whether it is idle without a break since it became so for that time. */
    boolean isIdle(int time) {
        return isIdle() && idles == time;
    }

    /** Nobody is connected; when that stays so, the scan is to be given up. */
    void idle(Duration patience, IdleTooLong giveUp) {
        if (deadline == null) {
            int time = ++idles;
            idleSince = System.nanoTime();
            deadline = Connections.later(thread, patience, () -> giveUp.run(this, time));
        }
    }

    /** What is to be done with a scan that nobody comes for. */
    @FunctionalInterface
    interface IdleTooLong {
        void run(OpenScan scan, int time);
    }

    void busy() {
        XnioExecutor.Key pending = deadline;
        deadline = null;
        if (pending != null) {
            pending.remove();
        }
    }
}
