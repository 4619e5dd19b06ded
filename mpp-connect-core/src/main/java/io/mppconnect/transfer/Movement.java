package io.mppconnect.transfer;

import io.mppconnect.TransferProgress;
import io.mppconnect.TransferReport;
import io.mppconnect.transfer.session.Session;
import java.time.Duration;
import java.util.List;

/** The direction-specific half of a transfer: what is planned, how rows move, what is published. */
interface Movement extends AutoCloseable {

    /** Looks at both sides and plans; everything found wrong before a row moves is thrown here. */
    void prepare(Session session) throws Exception;

    /** Runs the statement until every row has moved and all counts agree; nothing is visible yet. */
    void move(Session session) throws Exception;

    /** How many rows have moved, when the statement is over. */
    long rows();

    /** Ends early with what was taken, from any thread; false when that cannot be. */
    boolean finish();

    /** The database has committed: makes visible what is outside of it. */
    void publish() throws Exception;

    /** What it means when {@link #publish} fails, and what to do then. */
    default String unpublished() {
        return "nothing of it is visible in the target, run it again";
    }

    /** The transfer has failed and nothing is cancelled any more: takes back what a roll-back would leave. */
    default void undo(Session session) throws Exception {}

    /** Makes whatever moves stop; from any thread, more than once. */
    void stop(String reason);

    /** What people call a line that the database complains of. */
    String place(long line);

    TransferProgress progress(TransferProgress.Phase phase, Duration elapsed);

    TransferReport report(String name, Duration elapsed, List<String> sql);

    /** Frees threads, paths, memory; discards what is not published. */
    @Override
    void close() throws Exception;
}
