package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.mppconnect.DataSize;
import io.mppconnect.MppCluster;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.distributed.AttemptCommit;
import io.mppconnect.distributed.LoadTicket;
import io.mppconnect.distributed.SegmentEndpoint;
import io.mppconnect.distributed.TaskAttempt;
import io.mppconnect.distributed.TransferPlan;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Loads whose rows are in several JVMs, which are killed one after the other. */
@Conformance
@Timeout(180)
class KilledTasksTest {

    /** With these, half of a task's rows are more than wait for a round. */
    private static final int ROWS = 12_000;

    private static final TransferOptions SMALL = TransferOptions.defaults().memory(DataSize.ofMegabytes(1));

    /** The JVM with the plan, to be killed. */
    static final class PlanJvm {
        public static void main(String[] arguments) throws Exception {
            MppCluster cluster = MppCluster.connect(arguments[0], arguments[1], "");
            TransferPlan plan =
                    cluster.plan(SMALL).into(Table.named(arguments[2])).open(TaskRows.FIELDS);
            System.out.println("ticket " + TaskJvm.text(plan.ticket()));
            Thread.sleep(Long.MAX_VALUE);
        }
    }

    @Test
    void aJvmThatDiesTakesAlongItsUncommittedAttemptsAlone(TestDatabase database) throws Exception {
        String table = database.table(TaskRows.COLUMNS);
        List<ChildJvm> jvms = new ArrayList<>();
        try (SegmentEndpoint survivor = SegmentEndpoint.create();
                TransferPlan plan =
                        database.cluster().plan(SMALL).into(Table.named(table)).open(TaskRows.FIELDS)) {
            for (int i = 0; i < 3; i++) {
                jvms.add(TaskJvm.start(plan.ticket(), ROWS));
                jvms.get(i).tell("run " + i + " 0");
            }
            List<AttemptCommit> commits = new ArrayList<>();
            for (ChildJvm jvm : jvms) {
                commits.add(TaskJvm.committed(jvm));
            }
            try (TaskAttempt surviving = survivor.begin(plan.ticket(), 6, 0)) {
                TaskRows.write(surviving, 6, 0, ROWS, 0, ROWS / 2);
                for (int victim = 0; victim < 3; victim++) {
                    // It is killed while its rows flow.
                    jvms.get(victim).tell("run " + (3 + victim) + " 0");
                    jvms.get(victim).await("half");
                    jvms.get(victim).kill();
                    commits.add(TaskRows.run(survivor, plan.ticket(), 3 + victim, 1, ROWS));
                }
                TaskRows.write(surviving, 6, 0, ROWS, ROWS / 2, ROWS);
                commits.add(surviving.commit());
            }
            plan.commit(commits);
        } finally {
            jvms.forEach(ChildJvm::close);
        }
        int rows = 7 * ROWS;
        assertThat(TaskRows.exactly(database, table)).isEqualTo(rows + " " + rows + " 0 " + (rows - 1) + " 7");
        assertThat(database.query("SELECT DISTINCT task, attempt FROM " + table + " WHERE task > 2 ORDER BY task"))
                .containsExactly(List.of("3", "1"), List.of("4", "1"), List.of("5", "1"), List.of("6", "0"));
    }

    /** The embedded cluster's segments live in one JVM with the plan: real ones only. */
    @Test
    void nothingIsLeftWhenTheJvmWithThePlanDies(TestDatabase database) throws Exception {
        assumeFalse(database.embedded(), "needs segments of their own");
        String table = database.table(TaskRows.COLUMNS);
        try (ChildJvm planning = ChildJvm.start(PlanJvm.class, database.url(), database.user(), table)) {
            LoadTicket ticket = (LoadTicket) TaskJvm.object(planning.await("ticket"));
            try (ChildJvm tasks = TaskJvm.start(ticket, ROWS)) {
                tasks.tell("run 0 0");
                TaskJvm.committed(tasks);
                tasks.tell("half 1 0");
                tasks.await("half");

                planning.kill();

                tasks.tell("go 1");
                assertThat(tasks.await("failed"))
                        .matches("CONNECTION Cannot go on with " + ticket.plan()
                                + ": the connection to the JVM that has the plan is lost \\(.*\\); nothing was committed"
                                + " by this JVM");
                await().until(() -> {
                    tasks.tell("threads 0");
                    return tasks.await("threads").equals("0");
                });
            }
        }
        await().untilAsserted(() -> {
            assertThat(database.leftSessions()).isZero();
            assertThat(database.leftExternalTables()).isZero();
        });
        assertThat(database.count(table)).isZero();
    }
}
