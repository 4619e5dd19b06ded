package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.CommitReport;
import io.mppconnect.Commits;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.ParallelTransfer;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferListener;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.spi.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables that somebody else alters between the plan and the commit, or between two commits. */
@Conformance
class AlteredTableTest {

    private static final Commits EACH_ROW = Commits.every(Duration.ofHours(1)).rows(1);

    private TestDatabase database;
    private Loads loads;
    private final List<String> retries = new ArrayList<>();

    @BeforeEach
    void takeDatabase(TestDatabase database) {
        this.database = database;
        this.loads = new Loads(database);
    }

    private ParallelTransfer rows(GatedRows rows, Table table) {
        return database.cluster().transfer().from(rows.source()).into(table);
    }

    /** Alters the table when the first of two rows is read and the second is not, and goes on. */
    private static TransferReport altered(ParallelTransfer transfer, GatedRows rows, Runnable alter)
            throws InterruptedException {
        try (RunningTransfer running = transfer.start()) {
            rows.awaitGate();
            alter.run();
            rows.open();
            return running.await();
        }
    }

    private static MppConnectException failure(ParallelTransfer transfer, GatedRows rows, Runnable alter) {
        return catchThrowableOfType(MppConnectException.class, () -> altered(transfer, rows, alter));
    }

    private static ChangingStream threeRows() {
        ChangingStream source =
                ChangingStream.of(List.of(Field.of("id"), Field.of("v"))).oneByOne();
        for (int i = 1; i <= 3; i++) {
            source.row(0, 0, Map.of("id", "" + i, "v", "1.000" + i));
        }
        return source;
    }

    /** Commits each row; the table is altered after the first. */
    private ParallelTransfer stream(ChangingStream source, Table table, String... statements) {
        TransferListener listener = new TransferListener() {
            @Override
            public void committed(String name, CommitReport commit) {
                if (commit.number() == 1) {
                    database.execute(statements);
                }
            }

            @Override
            public void retrying(String name, MppConnectException failure, Duration pause) {
                retries.add(failure.getMessage());
            }
        };
        return database.cluster()
                .transfer(TransferOptions.defaults().listener(listener))
                .from(source)
                .into(table)
                .committing(EACH_ROW);
    }

    private String[] droppingTrigger(String table) {
        return new String[] {
            "CREATE FUNCTION " + table + "_drop() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
            "CREATE TRIGGER t BEFORE INSERT OR UPDATE ON " + table + " FOR EACH ROW EXECUTE PROCEDURE " + table
                    + "_drop()"
        };
    }

    @Test
    void anUpsertWhoseKeyMayBeNullNowFails() {
        String table = database.table("id bigint NOT NULL DISTRIBUTED RANDOMLY");
        GatedRows rows = new GatedRows(1, 2);

        MppConnectException failure = failure(
                rows(rows, Table.named(table).upsertBy("id")),
                rows,
                () -> database.execute("ALTER TABLE " + table + " ALTER id DROP NOT NULL"));

        assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_ALTERED);
        assertThat(failure)
                .hasMessage("Cannot commit rows into table " + table + ": table "
                        + Table.named(table).name()
                        + " was altered since it was planned: column id may be NULL now; run it again");
        assertThat(loads.rows(table)).isEmpty();
    }

    @Test
    void anUpsertWhoseRowsANewTriggerMayDropFails() {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        GatedRows rows = new GatedRows(1, 2);

        MppConnectException failure = failure(
                rows(rows, Table.named(table).upsertBy("id")), rows, () -> database.execute(droppingTrigger(table)));

        assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_ALTERED);
        assertThat(failure).hasMessageEndingWith(": it has other rules or triggers; run it again");
    }

    @Test
    void aTableThatIsAnotherOneFails() {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        GatedRows rows = new GatedRows(1, 2);

        MppConnectException failure = failure(
                rows(rows, Table.named(table).upsertBy("id")),
                rows,
                () -> database.execute(
                        "DROP TABLE " + table, "CREATE TABLE " + table + " (id bigint) DISTRIBUTED BY (id)"));

        assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_ALTERED);
        assertThat(failure).hasMessageEndingWith(": another one has its name; run it again");
    }

    @Test
    void aStreamWhoseSourceCannotResumeEndsWithWhatWasCommitted() {
        String table = database.table("id bigint, v numeric(6,2) DISTRIBUTED BY (id)");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                stream(threeRows().fromStartOnly(), Table.named(table), widened(table))::run);

        assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_ALTERED);
        assertThat(failure).hasMessageEndingWith(": column v was numeric(6,2) and is numeric(10,4); run it again");
        assertThat(database.count(table)).isEqualTo(1);
    }

    private static String widened(String table) {
        return "ALTER TABLE " + table + " ALTER v TYPE numeric(10,4)";
    }

    @Test
    void aStreamGoesOnWithTheTypeThatAColumnHasNow() {
        String table = database.table("id bigint, v numeric(6,2) DISTRIBUTED BY (id)");

        TransferReport report =
                stream(threeRows(), Table.named(table), widened(table)).run();

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|1.0000", "2|1.0002", "3|1.0003");
        assertThat(report.commits()).isEqualTo(3);
        assertThat(retries).singleElement().asString().contains("column v was numeric(6,2) and is numeric(10,4)");
    }

    @Test
    void aStreamOfUpsertsGoesOnWithAKeyThatMayBeNullNow() {
        String table = database.table("id bigint, v numeric NOT NULL DISTRIBUTED BY (id)");

        stream(
                        threeRows(),
                        Table.named(table).upsertBy("v").compute("v", "nullif(v, '1.0003')::numeric"),
                        "ALTER TABLE " + table + " ALTER v DROP NOT NULL",
                        "INSERT INTO " + table + " VALUES (0, NULL)")
                .run();

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|1.0001", "2|1.0002", "3|null");
    }

    @Test
    void aStreamOfUpsertsLosesNoRowToANewTrigger() {
        String table = database.table("id bigint, v numeric DISTRIBUTED BY (id)");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                stream(threeRows(), Table.named(table).upsertBy("id"), droppingTrigger(table))::run);

        assertThat(failure.code()).isEqualTo(ErrorCode.COUNT_MISMATCH);
        assertThat(loads.rows(table)).containsExactly("1|1.0001");
    }

    @Test
    void aStreamDoesNotMindColumnsThatItDoesNotWrite() {
        String table = database.table("id bigint, v numeric, note text DISTRIBUTED BY (id)");

        stream(
                        threeRows(),
                        Table.named(table).columns("id", "v").upsertBy("id"),
                        "ALTER TABLE " + table + " DROP COLUMN note",
                        "ALTER TABLE " + table + " ADD COLUMN more int NOT NULL DEFAULT 7")
                .run();

        assertThat(retries).isEmpty();
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|1.0001|7", "2|1.0002|7", "3|1.0003|7");
    }

    @Test
    void aRowThatMovesKeepsTheColumnThatWasAddedMeanwhile() {
        String table = database.table("id bigint, v numeric DISTRIBUTED BY (id)"
                + " PARTITION BY RANGE (v) (START (0) END (2), START (2) END (9))");
        database.execute("INSERT INTO " + table + " VALUES (2, 5), (3, 5)");

        stream(
                        threeRows(),
                        Table.named(table).columns("id", "v").upsertBy("id"),
                        "ALTER TABLE " + table + " ADD COLUMN note text",
                        "UPDATE " + table + " SET note = 'kept'")
                .run();

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|1.0001|kept", "2|1.0002|kept", "3|1.0003|kept");
    }
}
