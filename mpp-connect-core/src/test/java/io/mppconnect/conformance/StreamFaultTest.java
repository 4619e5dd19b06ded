package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.mppconnect.CommitReport;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.ParallelTransfer;
import io.mppconnect.Retries;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferListener;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.rows.Rows;
import io.mppconnect.test.EmbeddedMpp;
import io.mppconnect.test.EmbeddedMppCluster;
import io.mppconnect.test.Faults.Moment;
import io.mppconnect.test.LeakFree;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams and jobs whose sessions end at the worst moments, in the embedded cluster. */
@EmbeddedMpp(segments = 4)
@LeakFree
class StreamFaultTest {

    private static final Duration SOON = Duration.ofMillis(50);

    private final List<MppConnectException> retried = new CopyOnWriteArrayList<>();
    private final List<CommitReport> commits = new CopyOnWriteArrayList<>();
    private final TransferOptions options = TransferOptions.defaults().listener(new TransferListener() {
        @Override
        public void retrying(String name, MppConnectException failure, Duration pause) {
            retried.add(failure);
        }

        @Override
        public void committed(String name, CommitReport commit) {
            commits.add(commit);
        }
    });
    private EmbeddedMppCluster database;
    private MppCluster cluster;

    @BeforeEach
    void connect(EmbeddedMppCluster database) throws SQLException {
        this.database = database;
        this.cluster = MppCluster.connect(database.jdbcUrl(), database.user(), database.password());
        sql("DROP TABLE IF EXISTS numbers", "CREATE TABLE numbers (id bigint) DISTRIBUTED BY (id)");
        cluster.jobs().prune(Duration.ZERO);
    }

    @AfterEach
    void close() {
        database.faults().clear();
        cluster.close();
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private List<Long> counts() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*), count(DISTINCT id) FROM numbers")) {
            rows.next();
            return List.of(rows.getLong(1), rows.getLong(2));
        }
    }

    private ParallelTransfer stream(NumberStream numbers) {
        return cluster.transfer(options)
                .from(numbers)
                .into(Table.named("numbers"))
                .committingEvery(SOON);
    }

    @ParameterizedTest
    @EnumSource(Moment.class)
    void aSessionThatEndsAtAnyMomentLosesAndDoublesNothing(Moment moment) throws Exception {
        NumberStream numbers = NumberStream.unbounded(2, 50).append(100);
        try (RunningTransfer running = stream(numbers).exactlyOnce("job").start()) {
            await().until(() -> counts().get(0) == 100);
            database.faults().killNextSession(moment);
            numbers.append(100);
            await().until(() -> counts().get(0) == 200);
            running.stop();
            assertThat(running.await().rows()).isEqualTo(200);
        }
        assertThat(retried).isNotEmpty();
        assertThat(counts()).containsExactly(200L, 200L);
    }

    @Test
    void aCommitWhoseAnswerIsLostIsLookedUpAndNotRepeated() throws Exception {
        NumberStream numbers = NumberStream.unbounded(2, 50).append(100);
        try (RunningTransfer running = stream(numbers).exactlyOnce("job").start()) {
            await().until(() -> counts().get(0) == 100);
            database.faults().loseNextCommitAnswer();
            numbers.append(100);
            await().until(() -> !retried.isEmpty());
            numbers.append(100);
            await().until(() -> counts().get(0) == 300);
            running.stop();
            TransferReport report = running.await();
            assertThat(report.rows()).isEqualTo(300);
        }
        assertThat(counts()).containsExactly(300L, 300L);
    }

    @Test
    void withoutAJobALostAnswerEndsTheStream() throws Exception {
        NumberStream numbers = NumberStream.unbounded(1, 50).append(100);
        try (RunningTransfer running = stream(numbers).start()) {
            await().until(() -> counts().get(0) == 100);
            database.faults().loseNextCommitAnswer();
            numbers.append(10);

            MppConnectException failure =
                    catchThrowableOfType(MppConnectException.class, () -> running.await(Duration.ofSeconds(60)));
            assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
            assertThat(failure)
                    .hasMessageStartingWith("Cannot tell whether the last 10 rows of numbers into table numbers were"
                            + " committed: the connection was lost during the commit (")
                    .hasMessageEndingWith(
                            "); look at the table before you run it again, or load as a job with exactlyOnce");
        }
    }

    @Test
    void withoutAJobAStreamIsRetriedFromWhatItKnows() throws Exception {
        NumberStream numbers = NumberStream.unbounded(1, 50).append(100);
        try (RunningTransfer running = stream(numbers).start()) {
            await().until(() -> counts().get(0) == 100);
            database.faults().killNextSession(Moment.WHILE_DATA_MOVES);
            numbers.append(10);
            await().until(() -> counts().get(0) == 110);
            running.stop();
            running.await();
        }
        assertThat(counts()).containsExactly(110L, 110L);
    }

    @Test
    void aBoundedLoadIsRetriedAsAWhole() throws SQLException {
        database.faults().killNextSession(Moment.WHILE_DATA_MOVES);

        TransferReport report = cluster.transfer(options)
                .from(Rows.of(List.of(1L, 2L)).longs("id", Long::longValue))
                .into(Table.named("numbers"))
                .retrying(Retries.within(Duration.ofMinutes(1)))
                .run();

        assertThat(report.rows()).isEqualTo(2);
        assertThat(retried).hasSize(1);
        assertThat(counts()).containsExactly(2L, 2L);
    }

    @Test
    void aBoundedJobSettlesALostAnswerByItself() throws Exception {
        GatedRows rows = new GatedRows(5, 10);
        try (RunningTransfer running = cluster.transfer(options)
                .from(rows.source())
                .into(Table.named("numbers"))
                .exactlyOnce("job")
                .start()) {
            // The job is claimed by then, which is a commit too.
            rows.awaitGate();
            database.faults().loseNextCommitAnswer();
            rows.open();
            assertThat(running.await().rows()).isEqualTo(10);
        }
        assertThat(retried).isEmpty();
        assertThat(counts()).containsExactly(10L, 10L);
    }

    @Test
    void aBoundedJobWhoseSessionEndsBeforeTheCommitLoadsNothing() throws Exception {
        GatedRows rows = new GatedRows(5, 10);
        try (RunningTransfer running = cluster.transfer(options)
                .from(rows.source())
                .into(Table.named("numbers"))
                .exactlyOnce("job")
                .start()) {
            rows.awaitGate();
            database.faults().killNextSession(Moment.BEFORE_COMMIT);
            rows.open();

            MppConnectException failure = catchThrowableOfType(MppConnectException.class, running::await);
            assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION);
            assertThat(failure).hasMessageEndingWith("; nothing was committed, run it again");
        }
        assertThat(counts()).containsExactly(0L, 0L);
        assertThat(cluster.job("job").info().orElseThrow().finished()).isFalse();
    }

    @Test
    void aFailureThatComesAgainIsNotRetried() throws Exception {
        NumberStream numbers = NumberStream.unbounded(1, 50).append(100);
        try (RunningTransfer running = stream(numbers).exactlyOnce("job").start()) {
            await().until(() -> counts().get(0) == 100);
            sql("ALTER TABLE numbers ADD CONSTRAINT small CHECK (id < 105)");
            numbers.append(10);

            MppConnectException failure =
                    catchThrowableOfType(MppConnectException.class, () -> running.await(Duration.ofSeconds(60)));
            assertThat(failure.code()).isEqualTo(ErrorCode.STATEMENT_FAILED);
        }
        assertThat(retried).isEmpty();
        assertThat(counts()).containsExactly(100L, 100L);
        assertThat(cluster.job("job").positions().place("part-0")).contains("100");
    }
}
