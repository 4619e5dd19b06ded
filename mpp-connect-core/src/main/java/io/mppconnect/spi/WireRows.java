package io.mppconnect.spi;

import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Whole rows in wire format on their way into the database: in memory, or still in their file. They have one owner at a
 * time and no lock: whoever hands them on does not touch them again.
 */
public abstract sealed class WireRows permits Block, FileRange {

    /** Takes bytes on their way out; each method returns how many it has taken, 0 when it can take none now. */
    public interface Sink {

        /** Takes bytes from memory. */
        long take(byte[] bytes, int from, int length) throws IOException;

        /**
         * Takes bytes from a file.
         *
         * @param trouble told when it is the file that cannot be read; then nothing was taken
         */
        long take(FileChannel file, long position, int length, FileRange.Owner trouble) throws IOException;
    }

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

    /** Offers the bytes from that one on, and returns how many were taken. */
    public abstract long writeTo(Sink sink, int from) throws IOException;

    /** Nobody needs these rows any more; they are not to be touched again. */
    public abstract void release();
}
