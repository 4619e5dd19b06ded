package io.mppconnect.test.segment;

/**
 * One emulated primary segment.
 *
 * @param content its number, from 0
 * @param count how many there are
 * @param port the port it would listen on
 * @param dataDirectory the directory it would have
 * @param process the process id it would have
 */
public record Segment(int content, int count, int port, String dataDirectory, int process) {

    /** What the database appends to a message that this segment raises while it reads. */
    public String readingSuffix() {
        return "  (seg" + content + " slice1 127.0.0.1:" + port + " pid=" + process + ")";
    }

    /** What the database appends to a message that this segment raises while it writes. */
    public String writingSuffix() {
        return "  (seg" + content + " 127.0.0.1:" + port + " pid=" + process + ")";
    }
}
