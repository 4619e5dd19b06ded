package io.mppconnect.test;

import io.mppconnect.test.jdbc.FaultPlan;
import io.mppconnect.test.jdbc.KillPoint;
import io.mppconnect.test.segment.SegmentFaults;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong in an {@link EmbeddedMppCluster}, switched on by a test. A fault holds for all statements that start
 * from then on, until {@link #clear}; those that say "the next" hold once. Several may be on together. Segments are named
 * by their number, from 0. Thread safe.
 *
 * <pre>{@code
 * cluster.faults().duplicatePosts();
 * cluster.faults().lateSegments(3);
 * }</pre>
 */
public final class Faults {

    private volatile Duration readDelay = Duration.ZERO;
    private volatile long bytesPerSecond;
    private volatile Set<Integer> cut = Set.of();
    private volatile long cutAfter;
    private volatile boolean duplicatePosts;
    private volatile int lostReplies;
    private volatile Set<Integer> late = Set.of();
    private volatile Set<Integer> refused = Set.of();
    private volatile Set<Integer> unreachable = Set.of();
    private volatile Optional<String> failure = Optional.empty();
    private final AtomicReference<@Nullable KillPoint> kill = new AtomicReference<>();
    private final AtomicBoolean commitAnswerLost = new AtomicBoolean();

    /** A moment in the life of a statement about external tables. */
    public enum Moment {
        /** Before any segment has connected. */
        BEFORE_DATA(KillPoint.BEFORE_DATA),
        /** When the first rows have moved. */
        WHILE_DATA_MOVES(KillPoint.WHILE_DATA_MOVES),
        /** When all rows have moved, before the statement returns. */
        AFTER_DATA(KillPoint.AFTER_DATA),
        /** Before a COMMIT is sent, of the same kinds as for {@link #loseNextCommitAnswer}. */
        BEFORE_COMMIT(KillPoint.BEFORE_COMMIT);

        private final KillPoint point;

        Moment(KillPoint point) {
            this.point = point;
        }
    }

    Faults() {}

    /** Each segment reads and writes at most so many bytes per second. */
    public void slowSegments(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** Each segment waits so long between its GET and reading the answer's body. */
    public void delayReads(Duration delay) {
        readDelay = delay;
    }

    /**
     * The segments lose their connection after so many bytes: of an answer's body, which fails the statement, or of the
     * first POST with rows, which they then repeat.
     */
    public void cutConnections(long afterBytes, int... numbers) {
        cutAfter = afterBytes;
        cut = setOf(numbers);
    }

    /** Each POST with rows is sent twice, with the same sequence number. */
    public void duplicatePosts() {
        duplicatePosts = true;
    }

    /** Each segment loses so many replies to POSTs with rows, and repeats them on a new connection a second later. */
    public void loseReplies(int count) {
        lostReplies = count;
    }

    /** The segments connect only when all the others are done. */
    public void lateSegments(int... numbers) {
        late = setOf(numbers);
    }

    /** The segments find the connection refused. */
    public void refuseConnections(int... numbers) {
        refused = setOf(numbers);
    }

    /** The segments never get an answer when they connect, until {@code gpfdist_retry_timeout} is over. */
    public void blackhole(int... numbers) {
        unreachable = setOf(numbers);
    }

    /** Statements about external tables fail with this message when all their rows have moved. */
    public void failAfterData(String message) {
        failure = Optional.of(message);
    }

    /**
     * The connection breaks when the next COMMIT has been carried out, before its answer is read: that of
     * {@link java.sql.Connection#commit}, or of a statement about external tables that is its own transaction.
     */
    public void loseNextCommitAnswer() {
        commitAnswerLost.set(true);
    }

    /** The session that next comes to this moment is ended by the server. */
    public void killNextSession(Moment moment) {
        kill.set(moment.point);
    }

    /** Nothing goes wrong any more. */
    public void clear() {
        readDelay = Duration.ZERO;
        bytesPerSecond = 0;
        cut = Set.of();
        duplicatePosts = false;
        lostReplies = 0;
        late = Set.of();
        refused = Set.of();
        unreachable = Set.of();
        failure = Optional.empty();
        kill.set(null);
        commitAnswerLost.set(false);
    }

    private static Set<Integer> setOf(int... numbers) {
        return Arrays.stream(numbers).boxed().collect(Collectors.toSet());
    }

    FaultPlan plan() {
        return new FaultPlan() {
            @Override
            public SegmentFaults segments() {
                return new SegmentFaults(
                        readDelay,
                        bytesPerSecond,
                        cut,
                        cutAfter,
                        duplicatePosts,
                        lostReplies,
                        late,
                        refused,
                        unreachable);
            }

            @Override
            public Optional<String> failureAfterData() {
                return failure;
            }

            @Override
            public boolean losesCommitAnswer() {
                return commitAnswerLost.getAndSet(false);
            }

            @Override
            public boolean kills(KillPoint point) {
                return kill.compareAndSet(point, null);
            }
        };
    }
}
