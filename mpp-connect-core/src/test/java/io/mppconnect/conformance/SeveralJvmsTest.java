package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.Rejects;
import io.mppconnect.Route;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.distributed.AttemptCommit;
import io.mppconnect.distributed.LoadTicket;
import io.mppconnect.distributed.SegmentEndpoint;
import io.mppconnect.distributed.TaskAttempt;
import io.mppconnect.distributed.TransferPlan;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loads whose rows are in several endpoints, all of them in this JVM. */
@Conformance
@Timeout(120)
class SeveralJvmsTest {

    private static TransferPlan open(TestDatabase database, String table) {
        return database.cluster().plan().into(Table.named(table)).open(TaskRows.FIELDS);
    }

    private static TransferPlan open(TestDatabase database, String table, TransferOptions options) {
        return database.cluster().plan(options).into(Table.named(table)).open(TaskRows.FIELDS);
    }

    private static <T> T copy(T value) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(value);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            @SuppressWarnings("unchecked")
            T read = (T) in.readObject();
            return read;
        }
    }

    private static void assertNothingLeft(TestDatabase database) {
        await().untilAsserted(() -> {
            assertThat(database.leftExternalTables()).isZero();
            assertThat(Thread.getAllStackTraces().keySet())
                    .extracting(Thread::getName)
                    .noneMatch(name ->
                            name.startsWith("mpp-connect-transfer-") || name.startsWith("mpp-connect-endpoint"));
        });
    }

    @Test
    void loadsTheRowsOfAllTasks(TestDatabase database) throws Exception {
        String table = database.table(TaskRows.COLUMNS);
        TransferReport report;
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan = open(database, table)) {
            List<AttemptCommit> commits = new ArrayList<>();
            for (int task = 0; task < 3; task++) {
                commits.add(copy(TaskRows.run(endpoint, copy(plan.ticket()), task, 0, 100)));
            }
            assertThat(database.count(table)).isZero();

            report = plan.commit(commits);
        }

        assertThat(TaskRows.exactly(database, table)).isEqualTo("300 300 0 299 3");
        assertThat(report.inserted()).isEqualTo(300);
        assertThat(report.splits())
                .extracting(TransferReport.SplitPart::name)
                .containsExactly("attempt 0 of task 0", "attempt 0 of task 1", "attempt 0 of task 2");
        assertNothingLeft(database);
    }

    @Test
    void oneOfSeveralAttemptsCounts(TestDatabase database) throws Exception {
        String table = database.table(TaskRows.COLUMNS);
        try (SegmentEndpoint one = SegmentEndpoint.create();
                SegmentEndpoint other = SegmentEndpoint.create();
                TransferPlan plan = open(database, table);
                TaskAttempt slow = one.begin(plan.ticket(), 0, 2)) {
            TaskRows.run(one, plan.ticket(), 0, 0, 100);
            TaskRows.write(slow, 0, 2, 100, 0, 50);
            AttemptCommit chosen = TaskRows.run(other, plan.ticket(), 0, 1, 100);

            plan.commit(List.of(chosen, chosen));

            assertThatThrownBy(slow::commit)
                    .isInstanceOf(MppConnectException.class)
                    .hasMessage("Cannot go on with " + plan.ticket().plan()
                            + ": it commits, and this attempt is not among those that count");
        }
        assertThat(database.query("SELECT attempt, count(*), count(DISTINCT id) FROM " + table + " GROUP BY attempt"))
                .containsExactly(List.of("1", "100", "100"));
    }

    @Test
    void twoAttemptsOfATaskAreRefused(TestDatabase database) throws Exception {
        String table = database.table(TaskRows.COLUMNS);
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan = open(database, table)) {
            AttemptCommit first = TaskRows.run(endpoint, plan.ticket(), 7, 0, 10);
            AttemptCommit second = TaskRows.run(endpoint, plan.ticket(), 7, 1, 10);
            AttemptCommit strange = new AttemptCommit("other", 1, 8, 3, 10, 100, 1);

            MppConnectException refusal =
                    catchThrowableOfType(MppConnectException.class, () -> plan.commit(List.of(first, second, strange)));
            plan.commit(List.of(second));

            assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_OPTION);
            assertThat(refusal)
                    .hasMessage("Cannot commit " + plan.ticket().plan()
                            + ": task 7 has two attempts, 0 and 1, of which one can count; attempt 3 of task 8 is of"
                            + " another plan, other");
        }
        assertThat(database.query("SELECT DISTINCT attempt FROM " + table)).containsExactly(List.of("1"));
    }

    @Test
    void moreEndpointsThanSegments(TestDatabase database) throws Exception {
        String table = database.table(TaskRows.COLUMNS);
        int count = database.cluster().segmentMap().primaries().size() + 1;
        List<SegmentEndpoint> endpoints = new ArrayList<>();
        try (TransferPlan plan = open(database, table)) {
            List<AttemptCommit> commits = new ArrayList<>();
            for (int task = 0; task < count; task++) {
                SegmentEndpoint late = SegmentEndpoint.create();
                endpoints.add(late);
                commits.add(TaskRows.run(late, plan.ticket(), task, 0, 100));
            }
            // Those that came first have rows again.
            for (int task = 0; task < count; task++) {
                commits.add(TaskRows.run(endpoints.get(task), plan.ticket(), count + task, 0, 100));
            }
            plan.commit(commits);
        } finally {
            endpoints.forEach(SegmentEndpoint::close);
        }
        int rows = 2 * count * 100;
        assertThat(TaskRows.exactly(database, table))
                .isEqualTo(rows + " " + rows + " 0 " + (rows - 1) + " " + 2 * count);
    }

    @Test
    void anEndpointWithoutRowsAndATaskWithoutRows(TestDatabase database) throws Exception {
        String table = database.table(TaskRows.COLUMNS);
        try (SegmentEndpoint idle = SegmentEndpoint.create();
                SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan = open(database, table);
                TaskAttempt waiting = idle.begin(plan.ticket(), 2, 0)) {
            AttemptCommit none = TaskRows.run(endpoint, plan.ticket(), 1, 0, 0);
            AttemptCommit some = TaskRows.run(endpoint, plan.ticket(), 0, 0, 10);
            AttemptCommit idleToo = waiting.commit();

            assertThat(plan.commit(List.of(none, some, idleToo)).rows()).isEqualTo(10);
        }
        assertThat(database.count(table)).isEqualTo(10);
    }

    @Test
    void memoryBoundsWhatIsUnderWay(TestDatabase database) throws Exception {
        String table = database.table(TaskRows.COLUMNS);
        TransferOptions small = TransferOptions.defaults().memory(DataSize.ofMegabytes(1));
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan = open(database, table, small)) {
            AttemptCommit commit = TaskRows.run(endpoint, plan.ticket(), 0, 0, 40_000);
            assertThat(commit.bytes()).isGreaterThan(4_000_000);

            plan.commit(List.of(commit));
        }
        assertThat(TaskRows.exactly(database, table)).isEqualTo("40000 40000 0 39999 1");
    }

    @Test
    void aRowMayBeLongerThanTheMemory(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        TransferOptions small = TransferOptions.defaults().memory(DataSize.ofMegabytes(1));
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan =
                        database.cluster().plan(small).into(Table.named(table)).open("id", "name");
                TaskAttempt attempt = endpoint.begin(plan.ticket(), 0, 0)) {
            for (int id = 0; id < 3; id++) {
                attempt.rows().writeInt(id);
                attempt.rows().writeText("x".repeat(3_000_000));
                attempt.rows().endRow();
            }
            plan.commit(List.of(attempt.commit()));
        }
        assertThat(database.query("SELECT count(*), sum(length(name)) FROM " + table))
                .containsExactly(List.of("3", "9000000"));
    }

    @Test
    void rowsAreMergedByKey(TestDatabase database) throws Exception {
        String table = database.table("id bigint PRIMARY KEY, name text DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'old'), (9, 'kept')");
        Table upserted = Table.named(table).upsertBy("id");
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan = database.cluster().plan().into(upserted).open("id", "name");
                TaskAttempt attempt = endpoint.begin(plan.ticket(), 0, 0)) {
            for (int id = 1; id <= 2; id++) {
                attempt.rows().writeLong(id);
                attempt.rows().writeText("new");
                attempt.rows().endRow();
            }
            TransferReport report = plan.commit(List.of(attempt.commit()));

            assertThat(report.updated()).isEqualTo(1);
            assertThat(report.inserted()).isEqualTo(1);
        }
        assertThat(database.query("SELECT id, name FROM " + table + " ORDER BY id"))
                .containsExactly(List.of("1", "new"), List.of("2", "new"), List.of("9", "kept"));
    }

    @Test
    void aPlanThatIsClosedLeavesNothing(TestDatabase database) throws Exception {
        String table = database.table(TaskRows.COLUMNS);
        try (SegmentEndpoint endpoint = SegmentEndpoint.create()) {
            TransferPlan plan = open(database, table);
            AttemptCommit commit = TaskRows.run(endpoint, plan.ticket(), 0, 0, 100);
            try (TaskAttempt attempt = endpoint.begin(plan.ticket(), 1, 0)) {
                plan.close();

                assertThatThrownBy(() -> TaskRows.write(attempt, 1, 0, 100_000, 0, 100_000))
                        .isInstanceOf(MppConnectException.class)
                        .hasMessage("Cannot finish the tasks' rows into table " + table
                                + ": its plan was closed before it was committed");
            }
            assertThatThrownBy(() -> plan.commit(List.of(commit)))
                    .hasMessage("Cannot finish the tasks' rows into table " + table
                            + ": its plan was closed before it was committed");
            assertThatThrownBy(() -> endpoint.begin(plan.ticket(), 2, 0))
                    .isInstanceOf(MppConnectException.class)
                    .hasMessageStartingWith("Cannot take part in "
                            + plan.ticket().plan()
                            + ": the JVM that has the plan, at " + plan.ticket().host() + ":"
                            + plan.ticket().port() + ", does not let this one in (");
        }
        assertThat(database.count(table)).isZero();
        assertNothingLeft(database);
    }

    @Test
    void aClusterThatIsClosedClosesItsPlans(TestDatabase database) throws Exception {
        String table = database.table(TaskRows.COLUMNS);
        MppCluster cluster = database.connect();
        TransferPlan plan = cluster.plan().into(Table.named(table)).open(TaskRows.FIELDS);

        cluster.close();

        assertThatThrownBy(() -> plan.commit(List.of()))
                .hasMessage("Cannot finish the tasks' rows into table " + table
                        + ": its plan was closed before it was committed");
        assertNothingLeft(database);
    }

    @Test
    void anEndpointThatIsClosedLeavesWhatItHasCommitted(TestDatabase database) throws Exception {
        String table = database.table(TaskRows.COLUMNS);
        try (SegmentEndpoint stays = SegmentEndpoint.create();
                TransferPlan plan = open(database, table)) {
            SegmentEndpoint leaves = SegmentEndpoint.create();
            AttemptCommit before = TaskRows.run(leaves, plan.ticket(), 0, 0, 100);
            TaskAttempt lost = leaves.begin(plan.ticket(), 1, 0);
            TaskRows.write(lost, 1, 0, 100, 0, 50);

            leaves.close();

            assertThatThrownBy(lost::commit)
                    .isInstanceOf(MppConnectException.class)
                    .hasMessage("Cannot go on with " + plan.ticket().plan()
                            + ": the SegmentEndpoint of this JVM is closed");
            lost.close();
            AttemptCommit again = TaskRows.run(stays, plan.ticket(), 1, 1, 100);
            plan.commit(List.of(before, again));
        }
        assertThat(TaskRows.exactly(database, table)).isEqualTo("200 200 0 199 2");
    }

    @Test
    void aTicketWithoutItsTokenIsRefused(TestDatabase database) throws Exception {
        String table = database.table(TaskRows.COLUMNS);
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                SegmentEndpoint stranger = SegmentEndpoint.create();
                TransferPlan plan = open(database, table)) {
            LoadTicket ticket = plan.ticket();
            LoadTicket forged = new LoadTicket(
                    ticket.plan(),
                    ticket.host(),
                    ticket.port(),
                    ticket.token().replace(ticket.token().charAt(0), 'z'),
                    false);

            assertThatThrownBy(() -> stranger.begin(forged, 0, 0))
                    .isInstanceOf(MppConnectException.class)
                    .hasMessage("Cannot take part in " + ticket.plan() + ": the JVM that has the plan, at "
                            + ticket.host() + ":" + ticket.port()
                            + ", does not let this one in (the other side has closed the connection); the plan may be"
                            + " over, or ClusterOptions.advertisedHost of that JVM names an address that this one"
                            + " cannot reach");
            assertThat(ticket.toString()).doesNotContain(ticket.token());
            plan.commit(List.of(TaskRows.run(endpoint, ticket, 0, 0, 10)));
        }
        assertThat(database.count(table)).isEqualTo(10);
    }

    @Test
    void aBadValueIsNamedByItsRow(TestDatabase database) throws Exception {
        String table = database.table("id int, name text DISTRIBUTED BY (id)");
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan =
                        database.cluster().plan().into(Table.named(table)).open("id", "name");
                TaskAttempt attempt = endpoint.begin(plan.ticket(), 3, 4)) {
            for (String id : List.of("1", "2", "secret")) {
                attempt.rows().writeText(id);
                attempt.rows().writeText("name");
                attempt.rows().endRow();
            }

            MppConnectException failure = catchThrowableOfType(MppConnectException.class, attempt::commit);

            assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
            assertThat(failure.getMessage())
                    .matches("Cannot transfer the tasks' rows into table " + table
                            + ": invalid input syntax for (type )?integer"
                            + " \\(row 3 of attempt 4 of task 3, column id, segment \\d+\\)");
            assertThatThrownBy(() -> plan.commit(List.of())).hasMessage(failure.getMessage());
        }
        assertNothingLeft(database);
    }

    @Test
    void aMessageThatPromisesOtherRowsIsRefused(TestDatabase database) throws Exception {
        String table = database.table(TaskRows.COLUMNS);
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan = open(database, table)) {
            AttemptCommit true1 = TaskRows.run(endpoint, plan.ticket(), 0, 0, 10);
            AttemptCommit more = new AttemptCommit(true1.plan(), true1.number(), 0, 0, 11, true1.bytes(), 1);

            MppConnectException failure =
                    catchThrowableOfType(MppConnectException.class, () -> plan.commit(List.of(more)));

            assertThat(failure.code()).isEqualTo(ErrorCode.COUNT_MISMATCH);
            assertThat(failure)
                    .hasMessage("Cannot commit " + plan.ticket().plan()
                            + ": attempt 0 of task 0 wrote 11 rows, and the database has 10");
        }
        assertThat(database.count(table)).isZero();
    }

    @Test
    void whatIsCommittedCannotBeCommittedAgain(TestDatabase database) {
        String table = database.table(TaskRows.COLUMNS);
        try (TransferPlan plan = open(database, table)) {
            plan.commit(List.of());

            assertThatThrownBy(() -> plan.commit(List.of()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot commit " + plan.ticket().plan() + ": it is committed already");
        }
    }

    @Test
    void aRowThatIsNotEndedIsNoRow(TestDatabase database) throws Exception {
        String table = database.table(TaskRows.COLUMNS);
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan = open(database, table);
                TaskAttempt attempt = endpoint.begin(plan.ticket(), 0, 1)) {
            attempt.rows().writeLong(1);

            assertThatThrownBy(attempt::commit)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("Cannot commit: attempt 1 of task 0 has a row without endRow()");
        }
    }

    @Test
    void optionsThatCannotBeHadAreRefused(TestDatabase database) {
        TransferOptions options = TransferOptions.defaults()
                .route(Route.AUTO)
                .timeout(Duration.ofMinutes(1))
                .rejecting(Rejects.rows(1));

        assertThatThrownBy(() ->
                        database.cluster().plan(options).into(Table.named("t")).open())
                .isInstanceOf(MppConnectException.class)
                .hasMessage("Cannot load the tasks' rows into table t: only Route.SEGMENTS leads from several JVMs into"
                        + " the database; no rows can be set aside, leave out rejecting(...); its tasks take as long as"
                        + " they take, leave out timeout(...); its rows have no fields");
    }

    @Test
    void fieldsMustFitTheTable(TestDatabase database) {
        String table = database.table("id int DISTRIBUTED BY (id)");

        assertThatThrownBy(
                        () -> database.cluster().plan().into(Table.named(table)).open("id", "strange"))
                .isInstanceOf(MppConnectException.class)
                .hasMessageStartingWith("Cannot load into " + table + ": ");
    }
}
