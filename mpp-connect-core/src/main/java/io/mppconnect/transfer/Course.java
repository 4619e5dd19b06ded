package io.mppconnect.transfer;

import io.mppconnect.MppConnectException;
import io.mppconnect.TransferListener;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferProgress.Phase;
import io.mppconnect.TransferReport;
import io.mppconnect.transfer.session.Session;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a run does from its first connection to its last commit: one commit, or many. */
interface Course extends AutoCloseable {

    /** The run that a course belongs to: it alone decides whether the course goes on. */
    interface Run {

        /**
         * Goes from one phase to the next.
         *
         * @throws MppConnectException what has stopped the run meanwhile
         */
        void advance(Phase from, Phase to);

        /** Goes back to the start; throws as {@link #advance}. */
        void restart();

        /** Goes back to the start after a failure, and says that and when it is tried again; throws as {@link #advance}. */
        void retry(MppConnectException failure, Duration pause);

        /** Ends the run without effect, from any thread. */
        void fail(MppConnectException failure);

        /** What an error means for the transfer. */
        MppConnectException explain(Throwable failure);

        void tell(Consumer<TransferListener> news);
    }

    /** Does all of it, on the run's own thread; returns after the last commit, in phase {@link Phase#COMMITTING}. */
    void perform(Run run) throws Exception;

    /** Ends it early with what it has taken, from any thread; false when it cannot. */
    boolean finish();

    /** Makes whatever moves stop; from any thread, more than once. */
    void stop(String reason);

    /** The session that may be running a statement. */
    @Nullable
    Session session();

    /** What people call a line that the database complains of. */
    String place(long line);

    TransferProgress progress(Phase phase, Duration elapsed);

    TransferReport report(Duration elapsed);

    /** Frees what it held: first what is not committed. */
    @Override
    void close() throws Exception;
}
