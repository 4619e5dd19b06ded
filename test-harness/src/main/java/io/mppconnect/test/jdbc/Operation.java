package io.mppconnect.test.jdbc;

import java.sql.SQLException;
import java.time.Duration;
import org.postgresql.core.BaseConnection;

/** One statement on its way, from the application's call to its return. Any thread may cancel it. */
final class Operation {

    private static final Duration RESEND = Duration.ofMillis(20);

    private final BaseConnection connection;
    private final long start = System.nanoTime();
    private final Duration timeout;
    private Duration statementTimeout = Duration.ZERO;
    private boolean canceled;
    private boolean finished;

    /** @param timeoutSeconds 0 for no limit */
    Operation(BaseConnection connection, int timeoutSeconds) {
        this.connection = connection;
        this.timeout = Duration.ofSeconds(timeoutSeconds);
    }

    /** Fails when the statement was canceled or ran out of time. */
    void check() throws SQLException {
        synchronized (this) {
            if (isOver(statementTimeout)) {
                throw SqlErrors.error(SqlErrors.CANCELED, "canceling statement due to statement timeout");
            }
            canceled |= isOver(timeout);
            if (!canceled) {
                return;
            }
        }
        throw SqlErrors.canceled();
    }

    private boolean isOver(Duration limit) {
        return !limit.isZero() && System.nanoTime() - start > limit.toNanos();
    }

    /** Sets the limit that the session has for its statements; zero for none. */
    synchronized void limit(Duration longest) {
        statementTimeout = longest;
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
