package io.mppconnect.transfer.route;

import io.mppconnect.segment.SegmentTraffic;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.FileRange;
import io.mppconnect.transfer.session.Session;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Rows on their way into the database that are written together. */
public interface LoadBatch {

    /** Takes a block; from any worker. */
    void offer(Block block);

    /** Takes rows that are still in their file, from any worker; empty when it needs their bytes. */
    Optional<Consumer<FileRange>> ranges();

    /** There are no more blocks. */
    void finish();

    /** Makes whoever waits for blocks stop; from any thread, more than once. */
    void fail(String reason);

    /** Brings the rows to where the statements read them, unless these fetch them themselves. */
    void bring(Session session) throws Exception;

    /** The line number that a block had for the line that the database complains of. */
    long line(long said);

    /** How many rows the database has taken. */
    long taken();

    /** How many bytes these were. */
    long bytes();

    /** What each segment has taken itself. */
    List<SegmentTraffic> traffic();
}
