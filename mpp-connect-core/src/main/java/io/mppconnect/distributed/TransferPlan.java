package io.mppconnect.distributed;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Route;
import io.mppconnect.Table;
import io.mppconnect.TransferListener;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.RouteTaken;
import io.mppconnect.TransferReport.SplitPart;
import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.spi.Field;
import io.mppconnect.transfer.StagedAttempts;
import io.mppconnect.transfer.TransferEngine;
import io.mppconnect.transfer.reach.MeetingPoint;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A load whose rows are in several JVMs, as the one of them sees it that talks SQL. Thread safe.
 *
 * <p>It sends its {@link #ticket} to the others. There, each attempt of a task writes its rows through the JVM's {@link
 * SegmentEndpoint} and returns a message; {@link #commit} makes the rows of the attempts visible whose messages it is
 * given, all in one transaction. Attempts that failed, died or were one too many leave no trace. A JVM that dies takes
 * along the attempts it had not committed, nothing else.
 *
 * <p>It holds one connection and one transaction from beginning to end, a port that the other JVMs call, a thread for
 * each of them, and temporary tables. Nothing of that is left when it is closed.
 *
 * <pre>{@code
 * try (TransferPlan plan = cluster.plan().into(Table.named("public.orders").upsertBy("id")).open("id", "customer")) {
 *     List<AttemptCommit> commits = runTasks(plan.ticket());
 *     TransferReport report = plan.commit(commits);
 * }
 * }</pre>
 */
public final class TransferPlan implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(TransferPlan.class);

    private static final int TOKEN_BYTES = 16;
    private static final int NAME_BYTES = 4;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** How far it is. */
    private enum Phase {
        OPEN,
        /** Rows are written into the target; may still be cancelled. */
        WRITING,
        /** The transaction is being committed. */
        COMMITTING,
        COMMITTED,
        /** Rolled back, or about to be. */
        FAILED
    }

    private final TransferEngine engine;
    private final TransferOptions options;
    private final String id;
    private final StagedAttempts staged;
    private final Roster roster = new Roster();
    private final ControlServer control;
    private final LoadTicket ticket;
    private final Thread rounds;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final long startNanos = System.nanoTime();

    private final Object lock = new Object();
    private Phase phase = Phase.OPEN;
    private @Nullable MppConnectException cause;
    private @Nullable AutoCloseable cancelling;

    private TransferPlan(
            TransferEngine engine,
            TransferOptions options,
            String id,
            StagedAttempts staged,
            AttemptRegister attempts,
            MeetingPoint point) {
        this.engine = engine;
        this.options = options;
        this.id = id;
        this.staged = staged;
        String token = random(TOKEN_BYTES);
        Message.Welcome welcome = new Message.Welcome(
                staged.fields(),
                options.memory().bytes(),
                (int) options.maxRow().bytes(),
                point.segments(),
                point.coordinator());
        this.control = new ControlServer(id, token, welcome, point, roster, attempts);
        this.ticket = new LoadTicket(
                id, point.host(), control.port(), token, point.options().tls().isPresent());
        this.rounds = new Thread(new Rounds(staged, roster, this::fail), "mpp-connect-" + id + "-rounds");
        rounds.setDaemon(true);
    }

    static TransferPlan open(TransferEngine engine, TransferOptions options, Table table, List<Field> fields) {
        AttemptRegister attempts = new AttemptRegister();
        StagedAttempts staged = engine.stage(table, fields, options, attempts::place);
        try {
            String id = options.name() + "-" + random(NAME_BYTES);
            TransferPlan plan = new TransferPlan(engine, options, id, staged, attempts, engine.meetingPoint());
            plan.start();
            return plan;
        } catch (RuntimeException e) {
            staged.close();
            throw e;
        }
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private void start() {
        try {
            engine.closeAtEnd(this);
        } catch (RuntimeException e) {
            control.close();
            throw e;
        }
        control.start();
        rounds.start();
        LOG.info("{}: starts, {}", id, staged);
        tell(listener -> listener.started(options.name()));
    }

    /** What tasks in other JVMs, or in this one, need to take part; to be serialised. */
    public LoadTicket ticket() {
        return ticket;
    }

    /**
     * Makes the rows of these attempts visible, and no others; all attempts that are still under way fail. The report has
     * a part for each attempt, none for segments.
     *
     * @param counting of each task the message of one attempt, in any order; a message may be there twice. A task whose
     *     message is missing has no rows
     * @throws MppConnectException {@link ErrorCode#INVALID_OPTION} when two attempts of a task shall count, or one is of
     *     another plan: then nothing has happened. {@link ErrorCode#OUTCOME_UNKNOWN} when the connection was lost during
     *     the commit. After any other failure all of it is rolled back
     * @throws IllegalStateException when it was committed or closed before
     */
    public TransferReport commit(Collection<AttemptCommit> counting) {
        CountingAttempts attempts = new CountingAttempts(id, counting);
        begin();
        try {
            stopRounds();
            List<TablePart> tables = staged.write(attempts.others(staged.counts()), attempts.rows());
            advance(Phase.WRITING, Phase.COMMITTING);
            staged.commit();
            advance(Phase.COMMITTING, Phase.COMMITTED);
            TransferReport report = report(attempts, tables);
            free();
            LOG.info("{}", report);
            tell(listener -> listener.finished(report));
            return report;
        } catch (Throwable failure) {
            fail(failure);
            throw failed();
        }
    }

    private void begin() {
        synchronized (lock) {
            if (phase == Phase.FAILED) {
                throw failed();
            }
            if (phase != Phase.OPEN) {
                throw new IllegalStateException("Cannot commit " + id + ": it is committed already");
            }
            phase = Phase.WRITING;
        }
    }

    private MppConnectException failed() {
        synchronized (lock) {
            MppConnectException first = cause;
            if (first == null) {
                throw new IllegalStateException(id + " has no cause to fail");
            }
            return first;
        }
    }

    /** The round under way is the last one, and who still writes rows writes them in vain. */
    private void stopRounds() throws InterruptedException {
        roster.stop();
        try {
            rounds.join();
        } catch (InterruptedException e) {
            giveUp(staged.explain(e), Phase.WRITING);
            // The session belongs to the round under way until that has ended.
            awaitRounds();
            Thread.currentThread().interrupt();
            throw e;
        }
        // Who does not leave is waited for in the end, when the rows are visible.
        control.announce(new Message.Over(
                ErrorCode.CANCELLED,
                "Cannot go on with " + id + ": it commits, and this attempt is not among those that count"));
        synchronized (lock) {
            if (phase == Phase.FAILED) {
                throw failed();
            }
        }
    }

    /** Fails in one of these phases, and cancels what runs; in another nothing happens. */
    private void giveUp(MppConnectException why, Phase... phases) {
        synchronized (lock) {
            if (List.of(phases).contains(phase)) {
                phase = Phase.FAILED;
                cause = why;
                cancelling = staged.cancel();
            }
        }
    }

    private void advance(Phase from, Phase to) {
        synchronized (lock) {
            if (phase != from) {
                throw failed();
            }
            phase = to;
        }
    }

    /** Rolls back, unless it has ended; from the thread that uses the session. */
    private void fail(Throwable failure) {
        MppConnectException explained = staged.explain(failure);
        synchronized (lock) {
            if (phase == Phase.COMMITTED) {
                return;
            }
            phase = Phase.FAILED;
            if (cause == null) {
                cause = explained;
            }
        }
        free();
    }

    /** Leaves nothing; the first who comes does it. */
    private void free() {
        MppConnectException first;
        synchronized (lock) {
            if (ended.getCount() == 0) {
                return;
            }
            first = cause;
        }
        endCancelling();
        // What was not committed is gone before anybody hears of it.
        staged.close();
        control.close(
                first == null
                        ? new Message.Over(ErrorCode.CANCELLED, "Cannot go on with " + id + ": it is committed")
                        : new Message.Over(first.code(), first.getMessage()));
        engine.forget(this);
        ended.countDown();
        if (first != null) {
            LOG.info("{}: failed, {}", id, first.code());
            tell(listener -> listener.failed(options.name(), first));
        }
    }

    private void endCancelling() {
        AutoCloseable started;
        synchronized (lock) {
            started = cancelling;
            cancelling = null;
        }
        if (started != null) {
            try {
                started.close();
            } catch (Exception e) {
                LOG.debug("{}: cancelling went wrong", id, e);
            }
        }
    }

    /**
     * Rolls back, unless it is committed; from any thread. Waits for a commit that is being made. Attempts that are under
     * way fail. Idempotent.
     */
    @Override
    public void close() {
        boolean open;
        synchronized (lock) {
            open = phase == Phase.OPEN;
            giveUp(
                    new MppConnectException(
                            ErrorCode.CANCELLED,
                            "Cannot finish " + staged + ": its plan was closed before it was committed"),
                    Phase.OPEN,
                    Phase.WRITING);
        }
        roster.stop();
        if (open) {
            awaitRounds();
            free();
        }
        awaitEnd();
    }

    private void awaitRounds() {
        boolean interrupted = false;
        while (rounds.isAlive() && Thread.currentThread() != rounds) {
            try {
                rounds.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitEnd() {
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Consumer<TransferListener> news) {
        try {
            news.accept(options.listener());
        } catch (RuntimeException e) {
            LOG.warn("{}: its listener failed", id, e);
        }
    }

    private TransferReport report(CountingAttempts attempts, List<TablePart> tables) {
        Collection<AttemptCommit> all = attempts.all();
        return new TransferReport(
                options.name(),
                attempts.rows(),
                0,
                all.stream().mapToLong(AttemptCommit::bytes).sum(),
                all.stream().mapToLong(AttemptCommit::blocks).sum(),
                1,
                Duration.ofNanos(System.nanoTime() - startNanos),
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                all.stream()
                        .map(attempt -> new SplitPart(attempt.toString(), attempt.rows(), attempt.bytes()))
                        .toList(),
                new RouteTaken(Route.SEGMENTS, ""),
                tables,
                staged.log());
    }

    @Override
    public String toString() {
        return "plan " + id;
    }
}
