package io.mppconnect.segment;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Bounds how many bytes are held at once; who comes too early waits, in order, without a thread. Thread safe. */
final class ByteBudget {

    /** A share of the budget, or the wait for it. */
    final class Share {
        private final long bytes;
        private final Runnable granted;
        private boolean held;

        private Share(long bytes, Runnable granted) {
            this.bytes = bytes;
            this.granted = granted;
        }

        /** Gives the share back, or stops waiting for it. Idempotent. */
        void giveBack() {
            ByteBudget.this.giveBack(this);
        }
    }

    private final long limit;
    private final ArrayDeque<Share> waiting = new ArrayDeque<>();
    private long used;

    ByteBudget(long limit) {
        this.limit = limit;
    }

    /**
     * A share of the budget: {@code granted} runs when it is there, on whichever thread made room for it, at once if
     * there is room already. More than the whole budget is granted when nobody else holds anything.
     */
    Share share(long bytes, Runnable granted) {
        Share share = new Share(bytes, granted);
        List<Share> next;
        synchronized (this) {
            waiting.add(share);
            next = grant();
        }
        next.forEach(ready -> ready.granted.run());
        return share;
    }

    private void giveBack(Share share) {
        List<Share> next;
        synchronized (this) {
            if (share.held) {
                share.held = false;
                used -= share.bytes;
            } else {
                waiting.remove(share);
            }
            next = grant();
        }
        next.forEach(ready -> ready.granted.run());
    }

    private List<Share> grant() {
        List<Share> next = new ArrayList<>();
        while (!waiting.isEmpty() && (used == 0 || used + waiting.getFirst().bytes <= limit)) {
            Share share = waiting.removeFirst();
            share.held = true;
            used += share.bytes;
            next.add(share);
        }
        return next;
    }
}
