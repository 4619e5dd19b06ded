package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.Query;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferProgress.Phase;
import io.mppconnect.rows.Row;
import io.mppconnect.rows.RowStream;
import io.mppconnect.rows.Rows;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However and whenever a transfer ends early, nothing of it is left and the next one works. */
@Conformance
class CancelTest {

    private static final long SEED = 20261120;
    private static final int ROUNDS = Integer.getInteger("mppconnect.test.rounds", 15);

    private TestDatabase database;
    private String table;

    @BeforeEach
    void makeTable(TestDatabase database) {
        this.database = database;
        this.table = database.table("id bigint DISTRIBUTED BY (id)");
    }

    @AfterEach
    void theNextOneWorks() {
        assertThat(load(LongStream.range(0, 1000).boxed().toList())).isEqualTo(1000);
    }

    private long load(List<Long> ids) {
        return database.cluster()
                .transfer()
                .from(Rows.of(ids).longs("id", Long::longValue))
                .into(Table.named(table))
                .run()
                .rows();
    }

    private TransferOptions named() {
        return TransferOptions.defaults().name(table);
    }

    @Test
    void cancelInMidStreamRollsBack() throws InterruptedException {
        GatedRows rows = new GatedRows(100_000, 200_000);
        RunningTransfer running = database.cluster()
                .transfer(named())
                .from(rows.source())
                .into(Table.named(table))
                .start();
        rows.awaitGate();

        running.cancel();

        assertThatThrownBy(running::await)
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED))
                .hasMessage("Cannot finish rows into table " + table + ": it was cancelled");
        assertThat(running.progress().phase()).isEqualTo(Phase.FAILED);
        assertThat(database.count(table)).isZero();
    }

    @Test
    void interruptOfTheWaitingThreadCancels() throws InterruptedException {
        GatedRows rows = new GatedRows(1000, 2000);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                database.cluster()
                        .transfer(named())
                        .from(rows.source())
                        .into(Table.named(table))
                        .run();
            } catch (MppConnectException e) {
                failure.set(e);
                flag.set(Thread.currentThread().isInterrupted());
            }
        });
        waiting.start();
        rows.awaitGate();

        waiting.interrupt();
        waiting.join();

        assertThat(failure.get())
                .hasMessage("Cannot finish rows into table " + table + ": the thread that awaits it was interrupted");
        assertThat(flag.get()).isTrue();
        assertThat(database.count(table)).isZero();
    }

    @Test
    void aTransferThatTakesTooLongIsCancelled() {
        GatedRows rows = new GatedRows(1000, 2000);

        assertThatThrownBy(() -> database.cluster()
                        .transfer(named().timeout(Duration.ofMillis(700)))
                        .from(rows.source())
                        .into(Table.named(table))
                        .run())
                .isInstanceOfSatisfying(
                        MppConnectException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT))
                .hasMessage("Cannot finish rows into table " + table + " within PT0.7S; raise TransferOptions.timeout");
        assertThat(database.count(table)).isZero();
    }

    @Test
    void awaitingWithALimitLeavesTheTransferAlone() throws InterruptedException {
        GatedRows rows = new GatedRows(1000, 2000);
        try (RunningTransfer running = database.cluster()
                .transfer(named())
                .from(rows.source())
                .into(Table.named(table))
                .start()) {
            rows.awaitGate();
            assertThatThrownBy(() -> running.await(Duration.ofMillis(10)))
                    .hasMessage("Cannot tell yet how rows into table " + table + " ends: it still runs after PT0.01S");
            rows.open();
            assertThat(running.await().rows()).isEqualTo(2000);
        }
        database.execute("TRUNCATE " + table);
    }

    @Test
    void cancelWhileTheStatementWaitsForALock() throws Exception {
        try (var connection = database.sql();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
            RunningTransfer running = database.cluster()
                    .transfer(named())
                    .from(Rows.of(List.of(1L)).longs("id", Long::longValue))
                    .into(Table.named(table))
                    .start();
            await().until(() -> !database.value("SELECT count(*) FROM pg_catalog.pg_locks WHERE NOT granted"
                            + " AND relation = '" + table + "'::regclass")
                    .equals("0"));

            running.cancel();

            assertThatThrownBy(running::await).hasMessageContaining("it was cancelled");
            connection.rollback();
        }
    }

    @Test
    void closingAStreamEarlyCancelsTheUnload() {
        try (RowStream<Row> rows = database
                .cluster()
                .transfer(named())
                .from(Query.sql("SELECT n AS id FROM generate_series(1, 10000000) AS n"))
                .stream()) {
            assertThat(rows.hasNext()).isTrue();
            assertThat(rows.next().longAt(0)).isPositive();
        }
    }

    @Test
    void closingTheClusterCancelsWhatRuns() throws InterruptedException {
        GatedRows rows = new GatedRows(1000, 2000);
        RunningTransfer running;
        try (MppCluster own = database.connect()) {
            running = own.transfer(named())
                    .from(rows.source())
                    .into(Table.named(table))
                    .start();
            rows.awaitGate();
        }

        assertThatThrownBy(running::await).hasMessageContaining("it was cancelled");
        assertThat(database.count(table)).isZero();
    }

    @Test
    void cancelsAtRandomMomentsLeaveAllOrNothing() throws InterruptedException {
        Random random = new Random(SEED);
        List<Long> ids = LongStream.range(0, 20_000).boxed().toList();
        for (int i = 0; i < ROUNDS; i++) {
            RunningTransfer running = database.cluster()
                    .transfer(named())
                    .from(Rows.of(ids).longs("id", Long::longValue))
                    .into(Table.named(table))
                    .start();
            awaitAMoment(running, random.nextInt(60));
            running.cancel();
            allOrNothing(running, ids.size());
        }
    }

    @Test
    void sessionsKilledAtRandomMomentsLeaveAllOrNothing() throws InterruptedException {
        Random random = new Random(SEED);
        List<Long> ids = LongStream.range(0, 20_000).boxed().toList();
        for (int i = 0; i < ROUNDS; i++) {
            RunningTransfer running = database.cluster()
                    .transfer(named())
                    .from(Rows.of(ids).longs("id", Long::longValue))
                    .into(Table.named(table))
                    .start();
            awaitAMoment(running, random.nextInt(60));
            database.query("SELECT pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
                    + " WHERE application_name = 'mpp-connect' AND datname = current_database()");
            allOrNothing(running, ids.size());
        }
    }

    /** Lets the transfer run for some milliseconds, or to its end. */
    private static void awaitAMoment(RunningTransfer running, int millis) {
        try {
            running.await(Duration.ofMillis(millis));
        } catch (MppConnectException e) {
            assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT);
        }
    }

    private void allOrNothing(RunningTransfer running, long rows) {
        long expected;
        try {
            expected = running.await().rows();
        } catch (MppConnectException e) {
            assertThat(e.code()).isIn(ErrorCode.CANCELLED, ErrorCode.CONNECTION, ErrorCode.OUTCOME_UNKNOWN);
            expected = e.code() == ErrorCode.OUTCOME_UNKNOWN ? database.count(table) : 0;
        }
        assertThat(expected).isIn(0L, rows);
        assertThat(database.count(table)).isEqualTo(expected);
        database.execute("TRUNCATE " + table);
    }
}
