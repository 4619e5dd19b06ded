package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.mppconnect.CommitReport;
import io.mppconnect.Commits;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.Retries;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferListener;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.rows.Row;
import io.mppconnect.rows.Rows;
import io.mppconnect.spi.Positions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Loads that commit many times. */
@Conformance
class StreamTest {

    private static final Duration SOON = Duration.ofMillis(50);

    @Test
    void aStreamCommitsWhatComesAndEndsWhenStopped(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        NumberStream numbers = NumberStream.unbounded(2, 100);
        try (RunningTransfer running = database.cluster()
                .transfer()
                .from(numbers)
                .into(Table.named(table))
                .committingEvery(SOON)
                .start()) {
            numbers.append(1000);
            await().until(() -> database.count(table) == 1000);
            numbers.append(500);
            await().until(() -> database.count(table) == 1500);

            running.stop();
            TransferReport report = running.await();

            assertThat(report.rows()).isEqualTo(1500);
            assertThat(report.commits()).isGreaterThanOrEqualTo(2);
            assertThat(report.splits())
                    .extracting(TransferReport.SplitPart::rows)
                    .containsExactly(750L, 750L);
        }
        assertThat(database.query("SELECT count(*), count(DISTINCT id), max(id) FROM " + table))
                .containsExactly(List.of("1500", "1500", "1499"));
    }

    @Test
    void aBatchClosesByRowsBeforeItsTime(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        NumberStream numbers = NumberStream.bounded(1, 100).append(1000);

        TransferReport report = database.cluster()
                .transfer()
                .from(numbers)
                .into(Table.named(table))
                .committing(Commits.every(Duration.ofHours(1)).rows(100))
                .run();

        assertThat(report.rows()).isEqualTo(1000);
        assertThat(report.commits()).isEqualTo(10);
    }

    @Test
    void aBoundedLoadThatIsStoppedCommitsWhatItHasTaken(TestDatabase database) throws InterruptedException {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        GatedRows rows = new GatedRows(100_000, 200_000);
        try (RunningTransfer running = database.cluster()
                .transfer()
                .from(rows.source())
                .into(Table.named(table))
                .start()) {
            rows.awaitGate();
            running.stop();

            long loaded = running.await().rows();
            assertThat(loaded).isPositive().isLessThanOrEqualTo(100_000);
            assertThat(database.count(table)).isEqualTo(loaded);
        }
    }

    @Test
    void aListenerMayCancelAtACommit(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        CompletableFuture<RunningTransfer> started = new CompletableFuture<>();
        TransferListener listener = new TransferListener() {
            @Override
            public void committed(String name, CommitReport commit) {
                started.join().cancel();
            }
        };
        try (RunningTransfer running = database.cluster()
                .transfer(TransferOptions.defaults().listener(listener))
                .from(NumberStream.unbounded(1, 100).append(1000))
                .into(Table.named(table))
                .committing(Commits.every(Duration.ofHours(1)).rows(100))
                .start()) {
            started.complete(running);

            assertThat(catchThrowableOfType(MppConnectException.class, running::await)
                            .code())
                    .isEqualTo(ErrorCode.CANCELLED);
        }
        assertThat(database.count(table)).isEqualTo(100);
    }

    @Test
    void aStreamThatIsCancelledKeepsWhatWasCommitted(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        NumberStream numbers = NumberStream.unbounded(1, 100).append(100);
        try (RunningTransfer running = database.cluster()
                .transfer()
                .from(numbers)
                .into(Table.named(table))
                .committingEvery(SOON)
                .start()) {
            await().until(() -> database.count(table) == 100);
            running.cancel();

            MppConnectException failure = catchThrowableOfType(MppConnectException.class, running::await);
            assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
        }
        assertThat(database.count(table)).isEqualTo(100);
        assertThat(numbers.commits()).last().isEqualTo(Positions.of("part-0", "100"));
    }

    @Test
    void aSourceThatFailsEndsTheStreamAndKeepsWhatWasCommitted(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> database.cluster()
                        .transfer()
                        .from(Rows.of(() -> LongStream.iterate(1, id -> {
                                            if (id == 500) {
                                                throw new IllegalStateException("the well is dry");
                                            }
                                            return id + 1;
                                        })
                                        .iterator())
                                .longs("id", Long::longValue))
                        .into(Table.named(table))
                        .committing(Commits.every(Duration.ofHours(1)).rows(10))
                        .run());

        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(failure).hasMessageContaining("the well is dry");
    }

    @Test
    void oneConnectionAndOneExternalTableServeAllCommits(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        List<CommitReport> commits = new CopyOnWriteArrayList<>();
        TransferOptions options = TransferOptions.defaults().listener(new TransferListener() {
            @Override
            public void committed(String name, CommitReport commit) {
                commits.add(commit);
            }
        });

        TransferReport report = database.cluster()
                .transfer(options)
                .from(NumberStream.bounded(1, 10).append(100))
                .into(Table.named(table))
                .committing(Commits.every(Duration.ofHours(1)).rows(10))
                .run();

        assertThat(commits).extracting(CommitReport::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(commits).extracting(CommitReport::rows).containsOnly(10L);
        assertThat(report.commits()).isEqualTo(10);
        assertThat(report.segments()).hasSize(4);
        assertThat(report.sql().stream()
                        .filter(sql -> sql.startsWith("CREATE READABLE EXTERNAL TEMP TABLE mpp_connect")
                                || sql.startsWith("CREATE READABLE EXTERNAL TEMP TABLE \"mpp_connect")))
                .hasSizeLessThanOrEqualTo(2);
        assertThat(report.sql().stream().filter(sql -> sql.startsWith("INSERT INTO")))
                .hasSize(1);
    }

    @Test
    void aPooledConnectionComesBackAsItWas(TestDatabase database) throws SQLException {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        try (Connection pooled = database.sql()) {
            try (Statement statement = pooled.createStatement()) {
                statement.execute("SET TimeZone = 'Asia/Tokyo'");
            }
            Map<String, String> before = settings(pooled);
            try (MppCluster cluster = MppCluster.connect(new OneConnection(pooled))) {
                cluster.transfer()
                        .from(NumberStream.bounded(1, 10).append(20))
                        .into(Table.named(table))
                        .committingEvery(SOON)
                        .run();
            }
            assertThat(settings(pooled)).isEqualTo(before);
            assertThat(pooled.getAutoCommit()).isTrue();
        }
        assertThat(database.count(table)).isEqualTo(20);
    }

    private static Map<String, String> settings(Connection connection) throws SQLException {
        Map<String, String> settings = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("SELECT name, setting FROM pg_settings WHERE name IN ('TimeZone',"
                                + " 'DateStyle', 'IntervalStyle', 'bytea_output', 'extra_float_digits', 'lc_monetary',"
                                + " 'optimizer', 'tcp_keepalives_idle')")) {
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getString(2));
            }
        }
        return settings;
    }

    @Test
    void whatCannotBeHadOfASourceIsRefused(TestDatabase database) {
        Table table = Table.named(database.table("id bigint DISTRIBUTED BY (id)"));
        var rows = Rows.of(List.of(1L)).longs("id", Long::longValue);

        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(rows)
                        .into(table)
                        .exactlyOnce("job")
                        .committingEvery(SOON)
                        .start())
                .hasMessage("Cannot load rows exactly once by many commits: it cannot resume where it was;"
                        + " leave out committingEvery to load it by one commit");
        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(rows)
                        .into(table)
                        .retrying(Retries.within(Duration.ofMinutes(1)))
                        .committingEvery(SOON)
                        .start())
                .hasMessage("Cannot retry the load of rows: it commits many times and cannot resume where it was;"
                        + " leave out retrying");
        assertThatThrownBy(() -> database.cluster()
                        .transfer()
                        .from(table)
                        .into(Rows.into((Row row) -> {}))
                        .exactlyOnce("job"))
                .hasMessageStartingWith("Cannot load exactly once: ")
                .hasMessageEndingWith(" is an unload");
    }
}
