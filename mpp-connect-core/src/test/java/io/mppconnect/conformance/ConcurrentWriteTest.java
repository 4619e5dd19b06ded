package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.rows.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Transfers that write the same rows at the same time, and sessions that get in their way. */
@Conformance
class ConcurrentWriteTest {

    private static final int TRANSFERS = 16;
    private static final int KEYS = 300;

    @Test
    void sixteenTransfersUpsertOverlappingKeysExactly(TestDatabase database) {
        String table = database.table("id int, version int, writer int DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " SELECT i, -1, -1 FROM generate_series(0, 99) AS i");
        List<RunningTransfer> running = new ArrayList<>();
        for (int writer = 0; writer < TRANSFERS; writer++) {
            running.add(
                    start(database, Table.named(table).upsertBy("id").when("source.version > target.version"), writer));
        }

        long inserted = 0;
        for (RunningTransfer transfer : running) {
            inserted += transfer.await().inserted();
        }

        assertThat(inserted).isEqualTo(KEYS - 100);
        assertThat(database.query("SELECT count(*), count(DISTINCT id) FROM " + table))
                .containsExactly(List.of(String.valueOf(KEYS), String.valueOf(KEYS)));
        assertThat(database.value(
                        "SELECT count(*) FROM " + table + " t WHERE version <> (SELECT max((w * 7 + t.id) % 16)"
                                + " FROM generate_series(0, 15) AS w)"))
                .as("the newest version of every key")
                .isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(id int PRIMARY KEY, version int, writer int) DISTRIBUTED BY (id)",
                "(id int, version int, writer int) WITH (appendonly=true) DISTRIBUTED BY (id)",
            })
    void sixteenTransfersReplaceOverlappingRowsOneAfterTheOther(String definition, TestDatabase database) {
        String table = database.newTable();
        database.execute(
                "CREATE TABLE " + table + " " + definition,
                "INSERT INTO " + table + " SELECT i, -1, -1 FROM generate_series(0, 99) AS i");
        List<RunningTransfer> running = new ArrayList<>();
        for (int writer = 0; writer < TRANSFERS; writer++) {
            running.add(start(database, Table.named(table).upsertBy("id"), writer));
        }

        long inserted = 0;
        long updated = 0;
        for (RunningTransfer transfer : running) {
            TransferReport report = transfer.await();
            assertThat(report.sql()).noneMatch(sql -> sql.startsWith("UPDATE "));
            inserted += report.inserted();
            updated += report.updated();
        }

        assertThat(inserted).isEqualTo(KEYS - 100);
        assertThat(updated).isEqualTo(TRANSFERS * KEYS - inserted);
        assertThat(database.query("SELECT count(*), count(DISTINCT id), count(DISTINCT writer) FROM " + table))
                .as("rows, keys, and the one who wrote last")
                .containsExactly(List.of(String.valueOf(KEYS), String.valueOf(KEYS), "1"));
    }

    /** Writer w has version (7 w + id) mod 16 of each key. */
    private static RunningTransfer start(TestDatabase database, Table table, int writer) {
        return database.cluster()
                .transfer()
                .from(Rows.of(IntStream.range(0, KEYS).boxed().toList())
                        .ints("id", id -> id)
                        .ints("version", id -> (writer * 7 + id) % TRANSFERS)
                        .ints("writer", id -> writer))
                .into(table)
                .start();
    }

    @Test
    void transfersIntoSeveralTablesInAnyOrderDoNotBlockEachOther(TestDatabase database) {
        String first = database.table("id int, version int DISTRIBUTED BY (id)");
        String second = database.table("id int, version int DISTRIBUTED BY (id)");
        List<RunningTransfer> running = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            Table one = Table.named(i % 2 == 0 ? first : second).upsertBy("id");
            Table other = Table.named(i % 2 == 0 ? second : first);
            int version = i;
            running.add(database.cluster()
                    .transfer()
                    .from(Rows.of(IntStream.range(0, 50).boxed().toList())
                            .ints("id", id -> id)
                            .ints("version", id -> version))
                    .into(one, i < 2 ? other : other.upsertBy("id"))
                    .start());
        }

        List<TransferReport> reports =
                running.stream().map(RunningTransfer::await).toList();

        assertThat(reports).allSatisfy(report -> assertThat(report.tables()).hasSize(2));
    }

    @Test
    void aSessionThatLocksInAnotherOrderDoesNotFailTheTransfer(TestDatabase database)
            throws SQLException, InterruptedException {
        String first = database.table("id int, name text DISTRIBUTED BY (id)");
        String second = database.table("id int, name text DISTRIBUTED BY (id)");
        CountDownLatch locked = new CountDownLatch(1);
        Thread stranger = new Thread(() -> lockBackwards(database, first, second, locked));
        GatedRows rows = new GatedRows(1, 2);
        try (RunningTransfer running = database.cluster()
                .transfer()
                .from(rows.source())
                .into(Table.named(first).upsertBy("id"), Table.named(second).upsertBy("id"))
                .start()) {
            rows.awaitGate();
            stranger.start();
            locked.await();
            rows.open();

            assertThat(running.await().inserted()).isEqualTo(4);
        } finally {
            stranger.join();
        }
    }

    /** Whichever side the database ends, gives way. */
    private static void lockBackwards(TestDatabase database, String first, String second, CountDownLatch locked) {
        try (Connection connection = database.sql();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE " + second + " IN EXCLUSIVE MODE");
            locked.countDown();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> !database.value("SELECT count(*) FROM pg_catalog.pg_locks WHERE NOT granted"
                                    + " AND relation = '" + second + "'::regclass AND mode = 'ExclusiveLock'")
                            .equals("0"));
            statement.execute("LOCK TABLE " + first + " IN EXCLUSIVE MODE");
            connection.rollback();
        } catch (SQLException e) {
            if (!"40P01".equals(e.getSQLState())) {
                throw new IllegalStateException(e);
            }
        }
    }
}
