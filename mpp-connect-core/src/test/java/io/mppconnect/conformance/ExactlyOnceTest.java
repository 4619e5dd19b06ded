package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.mppconnect.ErrorCode;
import io.mppconnect.Job;
import io.mppconnect.JobInfo;
import io.mppconnect.MppConnectException;
import io.mppconnect.ParallelTransfer;
import io.mppconnect.Route;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferBuilder;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.RouteTaken;
import io.mppconnect.rows.Rows;
import io.mppconnect.spi.Positions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Jobs: positions and rows in one transaction, one runner at a time, an outcome that can be looked up. */
@Conformance
class ExactlyOnceTest {

    private static final Duration SOON = Duration.ofMillis(50);

    private static ParallelTransfer job(TestDatabase database, NumberStream numbers, String table) {
        return database.cluster()
                .transfer()
                .from(numbers)
                .into(Table.named(table))
                .exactlyOnce(table)
                .committingEvery(SOON);
    }

    /** Each id once, so many. */
    private static void assertNumbers(TestDatabase database, String table, long rows) {
        assertThat(database.query("SELECT count(*), count(DISTINCT id), coalesce(max(id), -1) FROM " + table))
                .containsExactly(List.of(String.valueOf(rows), String.valueOf(rows), String.valueOf(rows - 1)));
    }

    @Test
    void theNextRunGoesOnWhereTheLastOneWas(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        NumberStream numbers = NumberStream.bounded(3, 50).append(300);

        assertThat(job(database, numbers, table).run().rows()).isEqualTo(300);
        assertThat(job(database, numbers, table).run().rows()).isZero();
        numbers.append(90);
        TransferReport last = job(database, numbers, table).run();

        assertThat(last.rows()).isEqualTo(90);
        assertNumbers(database, table, 390);
        JobInfo info = database.cluster().job(table).info().orElseThrow();
        assertThat(info.positions()).isEqualTo(Positions.of(Map.of("part-0", "130", "part-1", "130", "part-2", "130")));
        assertThat(info.rows()).isEqualTo(390);
        assertThat(info.epoch()).isEqualTo(3);
        assertThat(info.source()).isEqualTo("numbers into table " + table);
        assertThat(info.runner())
                .startsWith("process " + ProcessHandle.current().pid());
        assertThat(info.committedAt()).isPresent();
    }

    @Test
    void aPartThatHasGivenNoRowYetBeginsAgainWhereItBegan(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        NumberStream numbers = NumberStream.unbounded(2, 50).fromEnd();
        try (RunningTransfer running = job(database, numbers, table).start()) {
            Job job = database.cluster().job(table);
            await().until(() -> job.positions().asMap().size() == 2);
            running.cancel();
        }
        numbers.append(40);

        try (RunningTransfer running = job(database, numbers, table).start()) {
            await().until(() -> database.count(table) == 40);
            running.stop();
            running.await();
        }
        assertNumbers(database, table, 40);
    }

    @Test
    void theNameOfAJobThatIsDoneIsNotTakenForAnother(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String other = database.table("id bigint DISTRIBUTED BY (id)");
        List<Map<String, Object>> rows = List.of(Map.of("id", 1L));
        TransferBuilder transfer = database.cluster().transfer();
        ParallelTransfer load =
                transfer.from(Rows.maps(rows)).into(Table.named(table)).exactlyOnce(table);
        assertThat(load.run().rows()).isEqualTo(1);
        TransferReport again = load.run();
        assertThat(again.rows()).isZero();
        assertThat(again.route()).isEqualTo(new RouteTaken(Route.AUTO, "job " + table + " is done already"));

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> transfer.from(Rows.maps(rows))
                        .into(Table.named(other))
                        .exactlyOnce(table)
                        .run());

        assertThat(failure)
                .hasMessage("Cannot load rows into table " + other + " as job " + table + ": that job is done, and has"
                        + " loaded rows into table " + table
                        + "; take another name, or reset it with cluster.job(name).reset()");
        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_OPTION);
        database.cluster().job(table).reset();
        assertThat(database.count(other)).isZero();
    }

    @Test
    void whoeverClaimsAJobLastMayCommit(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        NumberStream numbers = NumberStream.unbounded(1, 50).append(100);
        try (RunningTransfer older = job(database, numbers, table).start()) {
            await().until(() -> database.count(table) == 100);
            try (RunningTransfer newer = job(database, numbers, table).start()) {
                await().until(() ->
                        database.cluster().job(table).info().orElseThrow().epoch() == 2);
                numbers.append(100);

                MppConnectException failure =
                        catchThrowableOfType(MppConnectException.class, () -> older.await(Duration.ofSeconds(60)));
                assertThat(failure.code()).isEqualTo(ErrorCode.FENCED);
                assertThat(failure)
                        .hasMessageStartingWith("Cannot commit for job " + table + ": process ")
                        .hasMessageContaining(" has taken it over at ")
                        .hasMessageEndingWith(
                                "; run a job in one place at a time, give each runner a job of its own, or have all of"
                                        + " them share its source, as by KafkaTopic.sharedBy");
                await().until(() -> database.count(table) == 200);
                newer.stop();
                newer.await();
            }
        }
        assertNumbers(database, table, 200);
    }

    @Test
    void runnersThatStartAtOnceLoadEachRowOnce(TestDatabase database) throws Exception {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        NumberStream numbers = NumberStream.bounded(2, 10).append(400);
        CountDownLatch start = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> runs = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                runs.add(threads.submit(() -> {
                    start.await();
                    return catchThrowableOfType(
                            MppConnectException.class,
                            () -> job(database, numbers, table).run());
                }));
            }
            start.countDown();
            for (Future<?> run : runs) {
                Object failure = run.get();
                if (failure instanceof MppConnectException fenced) {
                    assertThat(fenced.code()).as(fenced.getMessage()).isEqualTo(ErrorCode.FENCED);
                }
            }
        } finally {
            threads.shutdown();
        }
        job(database, numbers, table).run();
        assertNumbers(database, table, 400);
    }

    @Test
    void aConnectionKilledInBetweenEndsInAnotherAttempt(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        NumberStream numbers = NumberStream.unbounded(2, 50);
        try (RunningTransfer running = job(database, numbers, table).start()) {
            for (int round = 1; round <= 3; round++) {
                int rows = round * 100;
                numbers.append(100);
                await().until(() -> database.count(table) == rows);
                database.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                        + " WHERE application_name = 'mpp-connect' AND datname = current_database()");
            }
            numbers.append(100);
            await().until(() -> database.count(table) == 400);
            running.stop();
            assertThat(running.await().rows()).isEqualTo(400);
        }
        assertThat(numbers.opened()).isGreaterThan(1);
        assertNumbers(database, table, 400);
    }

    @Test
    void aSourceThatCannotResumeIsLoadedOnceUntilTheJobIsReset(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        ParallelTransfer load = database.cluster()
                .transfer()
                .from(Rows.of(List.of(1L, 2L, 3L)).longs("id", Long::longValue))
                .into(Table.named(table))
                .exactlyOnce(table);

        assertThat(load.run().rows()).isEqualTo(3);
        TransferReport again = load.run();
        assertThat(again.rows()).isZero();
        assertThat(again.commits()).isZero();
        assertThat(database.count(table)).isEqualTo(3);
        assertThat(database.cluster().job(table).info().orElseThrow().finished())
                .isTrue();

        assertThat(database.cluster().job(table).reset()).isTrue();
        assertThat(load.run().rows()).isEqualTo(3);
        assertThat(database.count(table)).isEqualTo(6);
    }

    @Test
    void aResetFencesTheRunnerAndMovesTheNextOne(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        NumberStream numbers = NumberStream.unbounded(1, 50).append(100);
        try (RunningTransfer running = job(database, numbers, table).start()) {
            await().until(() -> database.count(table) == 100);
            database.cluster().job(table).reset(Positions.of("part-0", "90"));
            numbers.append(1);

            MppConnectException failure =
                    catchThrowableOfType(MppConnectException.class, () -> running.await(Duration.ofSeconds(60)));
            assertThat(failure.code()).isEqualTo(ErrorCode.FENCED);
            assertThat(failure)
                    .hasMessage(
                            "Cannot commit for job " + table + ": its positions were changed; run a job in one place"
                                    + " at a time, give each runner a job of its own, or have all of them share its"
                                    + " source, as by KafkaTopic.sharedBy");
        }
        database.execute("TRUNCATE " + table);
        NumberStream same = NumberStream.bounded(1, 50).append(101);
        assertThat(job(database, same, table).run().rows()).isEqualTo(11);
    }

    @Test
    void jobsAreListedAndPruned(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        job(database, NumberStream.bounded(1, 50).append(10), table).run();

        assertThat(database.cluster().jobs().list()).extracting(JobInfo::name).contains(table);
        assertThat(database.cluster().jobs().prune(Duration.ofDays(1))).isZero();
        assertThat(database.cluster().job("no such job").info()).isEmpty();
        assertThat(database.cluster().job("no such job").reset()).isFalse();
    }
}
