package io.mppconnect.spi;

/**
 * Whole rows in wire format on their way into the database: in memory, or still in their file. They have one owner at a
 * time and no lock: whoever hands them on does not touch them again.
 */
public abstract sealed class WireRows permits Block, FileRange {

    private int length;
    private int rows;
    private String origin = "";
    private long firstRecord;

    WireRows() {}

    /** How many bytes are rows. */
    public final int length() {
        return length;
    }

    /** How many rows there are. */
    public final int rows() {
        return rows;
    }

    /** Says how much there is now. */
    final void hold(int length, int rows) {
        this.length = length;
        this.rows = rows;
    }

    /** Where the rows come from, for the database's error log; empty when nothing said so. */
    public final String origin() {
        return origin;
    }

    /** The number of the first row within {@link #origin()}, from 1; 0 when unknown. */
    public final long firstRecord() {
        return firstRecord;
    }

    /** Says where the rows come from. */
    public final void comesFrom(String origin, long firstRecord) {
        this.origin = origin;
        this.firstRecord = firstRecord;
    }

    /** Nobody needs these rows any more; they are not to be touched again. */
    public abstract void release();
}
