package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Retries;
import io.mppconnect.Route;
import io.mppconnect.TransferProgress;
import io.mppconnect.TransferProgress.Phase;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.RouteTaken;
import io.mppconnect.catalog.LostConnection;
import io.mppconnect.spi.Positions;
import io.mppconnect.transfer.failure.Attempts;
import io.mppconnect.transfer.job.Delivery;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.ledger.Claim;
import io.mppconnect.transfer.ledger.Ledger;
import io.mppconnect.transfer.session.ConnectionSource;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All rows in one transaction: tried once, or again for as long as nothing is committed. */
final class SingleCommit implements Course {

    private static final Logger LOG = LoggerFactory.getLogger(SingleCommit.class);

    private final TransferJob job;
    private final String name;
    private final ConnectionSource connections;
    private final MovementFactory movements;
    private final Ledger ledger;
    private final Optional<String> jobName;
    private final Attempts attempts;
    private volatile Movement movement;
    private volatile @Nullable Session session;
    private volatile List<String> sql = List.of();
    private @Nullable Claim claim;
    private volatile boolean ending;
    private boolean alreadyDone;
    private boolean told;
    private boolean committed;

    /** Makes the movement of an attempt. */
    @FunctionalInterface
    interface MovementFactory {
        Movement create(Consumer<MppConnectException> failed);
    }

    SingleCommit(TransferJob job, ConnectionSource connections, Ledger ledger, MovementFactory movements) {
        this.job = job;
        this.name = job.options().name();
        this.connections = connections;
        this.ledger = ledger;
        this.movements = movements;
        this.movement = movements.create(failure -> {});
        Optional<Delivery> delivery =
                job instanceof TransferJob.Load load ? Optional.of(load.delivery()) : Optional.empty();
        this.jobName = delivery.flatMap(Delivery::jobName);
        this.attempts = new Attempts(delivery.map(Delivery::singleRetries).orElse(Retries.none()));
    }

    @Override
    public void perform(Run run) throws Exception {
        while (true) {
            try {
                attempt(run);
                return;
            } catch (Exception e) {
                MppConnectException failure = run.explain(e);
                Duration pause = attempts.next(failure).orElseThrow(() -> failure);
                run.retry(failure, pause);
                free(failure);
                Thread.sleep(pause.toMillis());
            }
        }
    }

    private void free(MppConnectException failure) {
        try {
            close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    private void attempt(Run run) throws Exception {
        if (jobName.isPresent() && !claimed(jobName.get())) {
            run.advance(Phase.PREPARING, Phase.MOVING);
            run.advance(Phase.MOVING, Phase.COMMITTING);
            return;
        }
        Movement moving = movements.create(run::fail);
        movement = moving;
        if (ending) {
            moving.finish();
        }
        Session opened = Session.begin(connections);
        session = opened;
        runAll(opened, job.options().before());
        moving.prepare(opened);
        run.advance(Phase.PREPARING, Phase.MOVING);
        if (!told) {
            told = true;
            run.tell(listener -> listener.started(name));
        }
        moving.move(opened);
        runAll(opened, job.options().after());
        Claim mine = claim;
        if (mine != null) {
            ledger.record(opened, mine, mine.batch() + 1, moving.rows(), true, Positions.none());
        }
        run.advance(Phase.MOVING, Phase.COMMITTING);
        commit(run, opened);
        committed = true;
        sql = opened.log();
        publish();
    }

    private static void runAll(Session session, List<String> statements) throws SQLException {
        for (String sql : statements) {
            session.execute(sql);
        }
    }

    /** Whether there is something left to do. */
    private boolean claimed(String jobName) throws SQLException, InterruptedException {
        Claim before = claim;
        Claim now = before == null ? ledger.claim(jobName, job.toString()) : ledger.renew(before);
        claim = now;
        alreadyDone = now.finished();
        if (alreadyDone) {
            requireSame(now);
            LOG.info("{}: job {} is done already; nothing is loaded until it is reset", name, jobName);
        }
        return !alreadyDone;
    }

    /** A name that was taken for another load would otherwise keep this one from ever being made. */
    private void requireSame(Claim done) {
        if (!done.source().equals(job.toString())) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot load " + job + " as job " + done.job() + ": that job is done, and has loaded "
                            + done.source() + "; take another name, or reset it with cluster.job(name).reset()");
        }
    }

    private void commit(Run run, Session session) throws SQLException {
        try {
            session.commit();
        } catch (SQLException e) {
            if (!LostConnection.in(e)) {
                throw run.explain(e);
            }
            settle(e);
        }
    }

    /** The answer to the commit was lost: the ledger tells, if there is one. */
    private void settle(SQLException lost) throws SQLException {
        Claim mine = claim;
        MppConnectException unknown = new MppConnectException(
                ErrorCode.OUTCOME_UNKNOWN,
                "Cannot tell whether " + job + " was committed: the connection was lost during the commit ("
                        + lost.getMessage() + "); look at the table before you run it again",
                lost);
        if (mine == null) {
            throw unknown;
        }
        Claim now = renewed(mine, unknown);
        claim = now;
        if (!now.finished()) {
            throw lost;
        }
        LOG.info("{}: the connection was lost during the commit, and the ledger says that it was made", name);
    }

    private Claim renewed(Claim mine, MppConnectException unknown) {
        Attempts asking = new Attempts(Retries.within(Duration.ofMinutes(1)));
        while (true) {
            try {
                return ledger.renew(mine);
            } catch (SQLException | MppConnectException e) {
                unknown.addSuppressed(e);
                Duration pause = asking.next(e).orElseThrow(() -> unknown);
                try {
                    Thread.sleep(pause.toMillis());
                } catch (InterruptedException interrupt) {
                    Thread.currentThread().interrupt();
                    throw unknown;
                }
            }
        }
    }

    private void publish() {
        try {
            movement.publish();
        } catch (Exception e) {
            throw Unpublished.failure(job, e, movement.unpublished());
        }
    }

    @Override
    public boolean finish() {
        if (jobName.isPresent()) {
            // A part of it would count as all of it.
            return false;
        }
        ending = true;
        return movement.finish();
    }

    @Override
    public void stop(String reason) {
        movement.stop(reason);
    }

    @Override
    public @Nullable Session session() {
        return session;
    }

    @Override
    public String place(long line) {
        return movement.place(line);
    }

    @Override
    public TransferProgress progress(Phase phase, Duration elapsed) {
        return movement.progress(phase, elapsed);
    }

    @Override
    public TransferReport report(Duration elapsed) {
        if (alreadyDone) {
            return new TransferReport(
                    name,
                    0,
                    0,
                    0,
                    0,
                    0,
                    elapsed,
                    Duration.ZERO,
                    Duration.ZERO,
                    List.of(),
                    List.of(),
                    new RouteTaken(Route.AUTO, "job " + jobName.orElseThrow() + " is done already"),
                    List.of(),
                    List.of());
        }
        return movement.report(name, elapsed, sql);
    }

    @Override
    public void close() throws Exception {
        Session failed = committed ? null : session;
        try (AutoCloseable rest = this::release) {
            if (failed != null) {
                movement.undo(failed);
            }
        }
    }

    private void release() throws Exception {
        // The session first: what is not committed is rolled back before anything else is let go.
        try (AutoCloseable later = movement;
                AutoCloseable sooner = session) {
            session = null;
        }
    }
}
