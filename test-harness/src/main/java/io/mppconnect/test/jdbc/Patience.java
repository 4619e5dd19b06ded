package io.mppconnect.test.jdbc;

import java.sql.SQLException;
import java.time.Duration;

/**
 * The waiting of a statement for its segments: in short steps, so that a cancel, a timeout and the end of the session
 * are seen in time. An interrupt does not end a statement, as with PostgreSQL's own driver; {@link #close} restores it.
 */
final class Patience implements AutoCloseable {

    private static final Duration STEP = Duration.ofMillis(50);
    private static final Duration LOOK_AFTER = Duration.ofMillis(500);

    private final Session session;
    private final Operation operation;
    private long lastLook = System.nanoTime();
    private boolean interrupted;

    Patience(Session session, Operation operation) {
        this.session = session;
        this.operation = operation;
    }

    /** One attempt to get on, waiting for at most so long. */
    interface Attempt<T> {
        T run(Duration wait) throws SQLException, InterruptedException;
    }

    /** Whether an attempt got somewhere. */
    interface Success<T> {
        boolean test(T outcome);
    }

    /** Tries until it works, or until the statement is to end. */
    <T> T until(Attempt<T> attempt, Success<T> success) throws SQLException {
        while (true) {
            operation.check();
            try {
                T outcome = attempt.run(STEP);
                if (success.test(outcome)) {
                    return outcome;
                }
            } catch (InterruptedException e) {
                interrupted = true;
            }
            lookAfterSession();
        }
    }

    private void lookAfterSession() throws SQLException {
        long now = System.nanoTime();
        if (now - lastLook > LOOK_AFTER.toNanos()) {
            lastLook = now;
            if (!session.isAlive()) {
                throw new SessionGone();
            }
        }
    }

    /** The server ended the session; the connection itself knows the words. */
    static final class SessionGone extends SQLException {

        private static final long serialVersionUID = 1L;

        SessionGone() {
            super("This connection has been closed.", "08006");
        }
    }

    @Override
    public void close() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
