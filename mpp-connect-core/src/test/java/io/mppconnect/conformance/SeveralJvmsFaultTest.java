package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.distributed.AttemptCommit;
import io.mppconnect.distributed.SegmentEndpoint;
import io.mppconnect.distributed.TransferPlan;
import io.mppconnect.test.EmbeddedMppCluster;
import io.mppconnect.test.Faults.Moment;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Loads from several JVMs that meet with what goes wrong. */
class SeveralJvmsFaultTest {

    private static EmbeddedMppCluster database;
    private static MppCluster cluster;

    @BeforeAll
    static void start() {
        database = EmbeddedMppCluster.builder().segments(2).start();
        cluster = MppCluster.connect(database.jdbcUrl(), database.user(), "");
    }

    @AfterAll
    static void stop() {
        cluster.close();
        database.close();
    }

    @BeforeEach
    void createTable() throws SQLException {
        try (Connection connection = database.connect()) {
            connection
                    .createStatement()
                    .execute("DROP TABLE IF EXISTS tasks; CREATE TABLE tasks ("
                            + TaskRows.COLUMNS.replace(" DISTRIBUTED", ") DISTRIBUTED"));
        }
    }

    @AfterEach
    void clear() {
        database.faults().clear();
    }

    private static TransferPlan open() {
        return cluster.plan().into(Table.named("tasks")).open(TaskRows.FIELDS);
    }

    private static MppConnectException failure(TransferPlan plan, SegmentEndpoint endpoint) {
        return catchThrowableOfType(
                MppConnectException.class,
                () -> plan.commit(List.of(TaskRows.run(endpoint, plan.ticket(), 0, 0, 1_000))));
    }

    @Test
    void segmentsThatCannotReachAnEndpointFailThePlan() {
        database.faults().refuseConnections(1);
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan = open()) {
            MppConnectException failure = failure(plan, endpoint);

            assertThat(failure.code()).isEqualTo(ErrorCode.SEGMENTS_UNREACHABLE);
            assertThat(failure.getMessage())
                    .matches("Cannot transfer the tasks' rows into table tasks: segment 1 cannot fetch rows from"
                            + " gpfdist://127\\.0\\.0\\.1:\\d+: Connection refused; if it never can, name an address that"
                            + " their hosts can reach with ClusterOptions.advertisedHost, and let them through to its port,"
                            + " in the JVM that is there");
        }
    }

    @Test
    void aLostSessionFailsThePlan() {
        database.faults().killNextSession(Moment.WHILE_DATA_MOVES);
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan = open()) {
            MppConnectException failure = failure(plan, endpoint);

            assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION);
            assertThat(failure.getMessage())
                    .matches(
                            "Cannot transfer the tasks' rows into table tasks: the coordinator went away \\(.*\\); nothing was"
                                    + " committed, run it again");
        }
    }

    @Test
    void anAnswerToTheCommitThatIsLostLeavesTheOutcomeUnknown() throws Exception {
        try (SegmentEndpoint endpoint = SegmentEndpoint.create();
                TransferPlan plan = open()) {
            AttemptCommit commit = TaskRows.run(endpoint, plan.ticket(), 0, 0, 1_000);
            database.faults().loseNextCommitAnswer();

            MppConnectException failure =
                    catchThrowableOfType(MppConnectException.class, () -> plan.commit(List.of(commit)));

            assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
            assertThat(failure.getMessage())
                    .matches(
                            "Cannot tell whether the tasks' rows into table tasks was committed: the connection was lost"
                                    + " during the commit \\(.*\\); look at the table before you run it again");
        }
    }
}
