package io.mppconnect.distributed;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.transfer.StagedAttempts;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches rows from all JVMs, round after round, each by one statement: its rows are in the database, for good within the
 * plan's transaction, or they are not and every JVM still has its own. So a JVM that dies takes along no rows but its own,
 * and none of those that were in the database already.
 */
final class Rounds implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    /** How often a round is tried that fails though all JVMs are there. */
    private static final int TRIES = 3;

    private final StagedAttempts staged;
    private final Roster roster;
    private final Consumer<Throwable> failed;
    private List<Endpoint> read = List.of();
    private @Nullable AutoCloseable cancelling;
    private int round;
    private int failures;

    Rounds(StagedAttempts staged, Roster roster, Consumer<Throwable> failed) {
        this.staged = staged;
        this.roster = roster;
        this.failed = failed;
    }

    @Override
    public void run() {
        try {
            while (roster.awaitWish()) {
                perform();
            }
        } catch (Throwable failure) {
            failed.accept(failure);
        }
    }

    private void perform() throws Exception {
        round++;
        List<Endpoint> serving = roster.serve(round);
        long rows = serving.stream().mapToLong(Endpoint::rows).sum();
        if (rows > 0 && !gathered(serving, rows)) {
            Roster.tell(serving, new Message.Again(round));
            roster.wishAgain(serving);
            return;
        }
        failures = 0;
        Roster.tell(serving, new Message.Durable(round));
    }

    private boolean gathered(List<Endpoint> serving, long rows) throws Exception {
        read = reading(serving);
        long gathered;
        try {
            gathered = gather();
        } catch (SQLException | MppConnectException e) {
            if (!again(e)) {
                throw e;
            }
            LOG.info("Round {} is repeated: {}", round, staged.explain(e).getMessage());
            return false;
        }
        if (gathered != rows) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot load " + staged + ": " + rows + " rows were sent, and the database took " + gathered);
        }
        return true;
    }

    /** Those that are read from: as before, if that will do, for other ones take other external tables. */
    private List<Endpoint> reading(List<Endpoint> serving) {
        List<Endpoint> wanted =
                serving.stream().filter(endpoint -> endpoint.rows() > 0).toList();
        if (serving.containsAll(read) && read.containsAll(wanted)) {
            return read;
        }
        List<Endpoint> others = new ArrayList<>(read);
        others.retainAll(serving);
        wanted.stream().filter(endpoint -> !others.contains(endpoint)).forEach(others::add);
        return List.copyOf(others);
    }

    private long gather() throws Exception {
        staged.read(read.stream().map(Endpoint::url).toList());
        roster.watch(read, () -> cancelling = staged.cancel());
        try {
            return staged.gather();
        } finally {
            roster.unwatch();
            AutoCloseable cancelled = cancelling;
            cancelling = null;
            if (cancelled != null) {
                cancelled.close();
                staged.resume();
            }
        }
    }

    /** Whether the failure is one that another round may not have. */
    private boolean again(Exception failure) throws InterruptedException {
        if (failure.getSuppressed().length > 0) {
            // The transaction itself is gone.
            return false;
        }
        boolean missing = roster.missesAny(read);
        boolean passes = failure instanceof SQLException sql && StagedAttempts.mayPass(sql) && ++failures < TRIES;
        return missing || passes;
    }
}
