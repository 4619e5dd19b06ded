package io.mppconnect.spi;

import java.time.Duration;

/**
 * A {@linkplain Source#join shared source}, joined by one run of a transfer: each attempt of the run opens it, and the run
 * closes it at its end, when nothing is open any more.
 *
 * <p>Every scan reads the parts that are this run's at the time. When these are to be others, the scan's readers throw a
 * {@link SourceChangedException}. Whoever gets a part next should begin after this scan is closed; where that cannot be
 * waited for, a job's commits see to it that no row is loaded twice.
 */
public interface JoinedSource extends AutoCloseable {

    /**
     * Waits until it is known which parts are this run's, for the next scan to be about these. Called before each attempt,
     * again and again until it is known; the positions that the attempt goes on from are read after this. What it throws is
     * taken as a failure of the attempt: the run fails, or calls it again after a pause, and it tries anew.
     *
     * @param most how long to wait at most; a run that is to end in the meantime does not call again
     * @return whether it is known
     */
    boolean takeParts(Duration most) throws Exception;

    /**
     * As {@link Source#open}, of the parts taken.
     *
     * @param context with the job's positions of all parts, or, without a job, none: the source keeps them itself, as
     *     {@link SourceScan#committed} tells them
     */
    SourceScan open(LoadContext context) throws Exception;

    @Override
    void close() throws Exception;
}
