package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.CommitReport;
import io.mppconnect.Commits;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.ParallelTransfer;
import io.mppconnect.Rejects;
import io.mppconnect.Route;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferListener;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.distributed.AttemptCommit;
import io.mppconnect.distributed.SegmentEndpoint;
import io.mppconnect.distributed.TransferPlan;
import io.mppconnect.spi.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tables that somebody else alters between the plan and the commit, or between two commits. */
@Conformance
@Timeout(120)
class AlteredTableTest {

    private static final String REACTIONS = "it has other rules, triggers, checks or partitions";
    private static final String COMMITTED = "what was committed before stays";
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
        return stream(Route.SEGMENTS, source, table, statements);
    }

    private ParallelTransfer stream(Route route, ChangingStream source, Table table, String... statements) {
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
                .transfer(TransferOptions.defaults().route(route).listener(listener))
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

    private void assertAltered(
            MppConnectException failure, String load, String table, String change, String consequence) {
        assertThat(failure)
                .hasMessage("Cannot commit " + load + " into table " + table + ": " + table + " was altered meanwhile, "
                        + change + "; " + consequence);
        assertThat(failure.code()).isEqualTo(ErrorCode.TABLE_ALTERED);
    }

    private void assertAltered(MppConnectException failure, String table, String change) {
        assertAltered(failure, "rows", table, change, "nothing was committed, run it again");
        assertThat(loads.rows(table)).isEmpty();
    }

    @Test
    void anUpsertWhoseKeyMayBeNullNowFails() {
        String table = database.table("id bigint NOT NULL DISTRIBUTED RANDOMLY");
        GatedRows rows = new GatedRows(1, 2);

        MppConnectException failure = failure(
                rows(rows, Table.named(table).upsertBy("id")),
                rows,
                () -> database.execute("ALTER TABLE " + table + " ALTER id DROP NOT NULL"));

        assertAltered(failure, table, "column id may be NULL now");
    }

    @Test
    void anUpsertWhoseRowsANewTriggerMayDropFails() {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        GatedRows rows = new GatedRows(1, 2);

        MppConnectException failure = failure(
                rows(rows, Table.named(table).upsertBy("id")), rows, () -> database.execute(droppingTrigger(table)));

        assertAltered(failure, table, REACTIONS);
    }

    @Test
    void aFilterWhoseRowsANewTriggerMayDropFails() {
        String table = database.table("id bigint DISTRIBUTED BY (id)");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                stream(
                        threeRows().fromStartOnly(),
                        Table.named(table).columns("id").filter("v > '0'"),
                        droppingTrigger(table))::run);

        assertAltered(failure, "changing", table, REACTIONS, COMMITTED);
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

        assertAltered(failure, table, "another table has its name");
    }

    @Test
    void aTriggerThatIsGoneDoesNoHarm() throws InterruptedException {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        database.execute(
                "CREATE FUNCTION " + table + "_keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE TRIGGER t BEFORE INSERT ON " + table + " FOR EACH ROW EXECUTE PROCEDURE " + table + "_keep()");
        GatedRows rows = new GatedRows(1, 2);

        altered(
                rows(rows, Table.named(table).upsertBy("id")),
                rows,
                () -> database.execute("DROP TRIGGER t ON " + table));

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("0", "1");
    }

    @Test
    void aTableThatTheLoadItselfHasMadeIsNotMissedAfterItsFailure() {
        String table = database.newTable();

        MppConnectException failure = loads.failure(
                Table.named(table).createIfMissing().compute("id", "1 / 0"), List.of("v"), Loads.row("x"));

        assertThat(failure.code()).isNotEqualTo(ErrorCode.TABLE_ALTERED);
    }

    @Test
    void violationsAreNotJudgedByChecksThatAreGone() {
        String table = database.table("id bigint CHECK (id < 1), more bigint DISTRIBUTED BY (id)");
        GatedRows rows = new GatedRows(1, 2);

        MppConnectException failure = failure(
                rows(rows, Table.named(table)).rejecting(Rejects.rows(2).findingViolations()),
                rows,
                () -> database.execute(
                        "ALTER TABLE " + table + " DROP CONSTRAINT " + table.replaceFirst(".*\\.", "") + "_id_check",
                        "ALTER TABLE " + table + " ADD CHECK (more > 0)"));

        assertAltered(failure, table, REACTIONS);
    }

    @Test
    void aLoadFromSeveralJvmsFails() throws InterruptedException {
        String table = database.table(TaskRows.COLUMNS.replace("id bigint", "id numeric(6,2)"));
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan =
                        database.cluster().plan().into(Table.named(table)).open(TaskRows.FIELDS)) {
            AttemptCommit commit = TaskRows.run(endpoint, plan.ticket(), 0, 0, 1);
            database.execute("ALTER TABLE " + table + " ALTER task TYPE bigint");

            MppConnectException failure =
                    catchThrowableOfType(MppConnectException.class, () -> plan.commit(List.of(commit)));

            assertAltered(
                    failure,
                    "the tasks' rows",
                    table,
                    "column task was integer and is bigint",
                    "nothing was committed, run it again");
        }
        assertThat(loads.rows(table)).isEmpty();
    }

    @Test
    void aStreamWhoseSourceCannotResumeEndsWithWhatWasCommitted() {
        String table = database.table("id bigint, v numeric(6,2) DISTRIBUTED BY (id)");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                stream(threeRows().fromStartOnly(), Table.named(table), widened(table))::run);

        assertAltered(failure, "changing", table, "column v was numeric(6,2) and is numeric(10,4)", COMMITTED);
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

    @ParameterizedTest
    @EnumSource(names = {"SEGMENTS", "COORDINATOR"})
    void aStreamGoesOnWithValuesThatWereTooLongBefore(Route route) {
        String table = database.table("id bigint, v varchar(6) DISTRIBUTED BY (id)");
        ChangingStream source = ChangingStream.of(List.of(Field.of("id"), Field.of("v")))
                .oneByOne()
                .row(0, 0, Map.of("id", "1", "v", "short"))
                .row(0, 0, Map.of("id", "2", "v", "not so short"));

        stream(route, source, Table.named(table), "ALTER TABLE " + table + " ALTER v TYPE varchar(20)")
                .run();

        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|short", "2|not so short");
        assertThat(retries)
                .singleElement()
                .asString()
                .contains("column v was character varying(6) and is character varying(20)");
    }

    @Test
    void aStreamEndsWhenItsColumnIsGone() {
        String table = database.table("id bigint, v text DISTRIBUTED BY (id)");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                stream(threeRows(), Table.named(table), "ALTER TABLE " + table + " DROP COLUMN v")::run);

        assertThat(failure)
                .hasMessage("Cannot load into " + table
                        + ": there is no column for field v (map it, or choose columns(...) to leave it out)");
        assertThat(retries).singleElement().asString().contains("column v is gone");
        assertThat(loads.rows(table)).containsExactly("1");
    }

    @Test
    void aStreamEndsWhenItsTableIsGone() {
        String table = database.table("id bigint, v text DISTRIBUTED BY (id)");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class, stream(threeRows(), Table.named(table), "DROP TABLE " + table)::run);

        assertThat(failure.code()).isEqualTo(ErrorCode.NO_SUCH_TABLE);
        assertThat(retries).singleElement().asString().contains("it is not there any more");
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

        assertThat(failure)
                .hasMessage("Cannot commit changing into table " + table + ": INSERT was to change 1 rows of " + table
                        + " and changed 0; a trigger of the table drops rows");
        assertThat(loads.rows(table)).containsExactly("1|1.0001");
    }

    @Test
    void aStreamDoesNotMindWhatDoesNotConcernIt() {
        String table = database.table("id bigint, v numeric, note text DISTRIBUTED BY (id)");

        stream(
                        threeRows(),
                        Table.named(table).columns("id", "v").upsertBy("id"),
                        "ALTER TABLE " + table + " DROP COLUMN note",
                        "ALTER TABLE " + table + " ADD COLUMN more int NOT NULL DEFAULT 7",
                        "ALTER TABLE " + table + " ADD CHECK (id > 0)",
                        "CREATE INDEX ON " + table + " (id)",
                        "CREATE FUNCTION " + table
                                + "_gone() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
                        "CREATE TRIGGER t BEFORE DELETE ON " + table + " FOR EACH ROW EXECUTE PROCEDURE " + table
                                + "_gone()",
                        "GRANT SELECT ON " + table + " TO PUBLIC",
                        "ANALYZE " + table)
                .run();

        assertThat(retries).isEmpty();
        assertThat(loads.rows(table)).containsExactlyInAnyOrder("1|1.0001|7", "2|1.0002|7", "3|1.0003|7");
    }

    @Test
    void rowsThatMoveAreNotMovedWithAColumnThatIsGone() {
        String table = database.table("id bigint, v numeric, note text DISTRIBUTED BY (id)"
                + " PARTITION BY RANGE (v) (START (0) END (2), START (2) END (9))");
        database.execute("INSERT INTO " + table + " VALUES (2, 5, 'x'), (3, 5, 'x')");

        stream(
                        threeRows(),
                        Table.named(table).columns("id", "v").upsertBy("id"),
                        "ALTER TABLE " + table + " DROP COLUMN note",
                        "ALTER TABLE " + table + " ADD COLUMN more int",
                        "UPDATE " + table + " SET more = 7")
                .run();

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
