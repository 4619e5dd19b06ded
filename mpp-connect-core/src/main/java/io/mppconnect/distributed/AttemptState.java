package io.mppconnect.distributed;

/** How far the rows of an attempt are. Guarded by the {@link Outbox}. */
final class AttemptState {

    private int pending;
    private boolean dropped;

    /** Whether nobody wants its rows. */
    boolean isDropped() {
        return dropped;
    }

    void drop() {
        dropped = true;
    }

    /** How many of its blocks are not in the database yet. */
    int pending() {
        return pending;
    }

    void sent() {
        pending++;
    }

    void durable() {
        pending--;
    }
}
