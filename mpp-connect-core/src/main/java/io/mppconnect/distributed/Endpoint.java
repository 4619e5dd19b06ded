package io.mppconnect.distributed;

/** Another JVM, as the one with the plan sees it. What changes is guarded by the {@link Roster}. */
final class Endpoint {

    private final String name;
    private final String url;
    private final Line line;
    private boolean lost;
    private boolean wishes;
    private int ready;
    private long rows;

    /** @param url where segments fetch its rows */
    Endpoint(String name, String url, Line line) {
        this.name = name;
        this.url = url;
        this.line = line;
    }

    String url() {
        return url;
    }

    Line line() {
        return line;
    }

    boolean isLost() {
        return lost;
    }

    void lose() {
        lost = true;
    }

    boolean wishes() {
        return wishes;
    }

    void wish(boolean value) {
        wishes = value;
    }

    /** It serves so many rows in this round. */
    void serve(int round, long count) {
        ready = round;
        rows = count;
    }

    boolean isReady(int round) {
        return ready == round;
    }

    /** How many rows it serves in the round under way. */
    long rows() {
        return rows;
    }

    @Override
    public String toString() {
        return name;
    }
}
