package io.mppconnect.test.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.core.BaseConnection;

/** One statement on its way, from the application's call to its return. Any thread may cancel it. */
final class Operation {

    private static final Duration RESEND = Duration.ofMillis(20);

    private final BaseConnection connection;
    private final long deadline;
    private boolean canceled;
    private boolean finished;

    /** @param timeoutSeconds 0 for no limit */
    Operation(BaseConnection connection, int timeoutSeconds) {
        this.connection = connection;
        this.deadline = timeoutSeconds == 0
                ? 0
                : System.nanoTime() + Duration.ofSeconds(timeoutSeconds).toNanos();
    }

    /** Fails when the statement was canceled or ran out of time. */
    void check() throws SQLException {
        synchronized (this) {
            if (deadline != 0 && System.nanoTime() - deadline > 0) {
                canceled = true;
            }
            if (!canceled) {
                return;
            }
        }
        throw SqlErrors.canceled();
    }

    synchronized boolean isCanceled() {
        return canceled;
    }

    /** Cancels the statement wherever it is, and returns when it is over or the session had its chance. */
    void cancel(Duration patience) throws SQLException {
        long until = System.nanoTime() + patience.toNanos();
        synchronized (this) {
            canceled = true;
            try {
                // A cancel that reaches the server between two statements is lost there: say it again.
                while (!finished && System.nanoTime() - until < 0) {
                    connection.cancelQuery();
                    wait(RESEND.toMillis());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Takes note that the statement is over: no cancel reaches the session from here. */
    synchronized void finish() {
        finished = true;
        notifyAll();
    }

    /** An error of a canceled statement, in the words of a canceled statement. */
    SQLException explain(SQLException problem) {
        String state = problem.getSQLState();
        boolean gone = state != null && (state.startsWith("08") || state.startsWith("57P"));
        if (!isCanceled() || gone) {
            return problem;
        }
        SQLException canceledError = SqlErrors.canceled();
        if (!SqlErrors.CANCELED.equals(state)) {
            canceledError.addSuppressed(problem);
        }
        return canceledError;
    }
}
