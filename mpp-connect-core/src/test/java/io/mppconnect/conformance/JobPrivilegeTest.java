package io.mppconnect.conformance;

import static io.mppconnect.conformance.Failures.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ClusterOptions;
import io.mppconnect.ErrorCode;
import io.mppconnect.JobInfo;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.rows.Rows;
import io.mppconnect.spi.Positions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a user reads who may not use the tables of jobs, which another role has made. */
@Conformance
class JobPrivilegeTest {

    private static final String ROLE = "mpp_connect_runner";
    private static final ClusterOptions JOBS = ClusterOptions.defaults().jobSchema("mpp_connect_jobs");

    private TestDatabase database;
    private String table;

    @BeforeEach
    void makeJobAndRole(TestDatabase database) {
        this.database = database;
        this.table = database.table("id bigint DISTRIBUTED BY (id)");
        try (MppCluster owner = database.connect(JOBS)) {
            run(owner, "first");
        }
        database.execute(
                "DELETE FROM " + table,
                "DROP ROLE IF EXISTS " + ROLE,
                "CREATE ROLE " + ROLE + " LOGIN CREATEEXTTABLE (type='readable', protocol='gpfdist')",
                "GRANT USAGE ON SCHEMA mpp_connect_test TO " + ROLE,
                "GRANT INSERT ON " + table + " TO " + ROLE);
    }

    @AfterEach
    void dropAll() {
        database.execute(
                "DROP OWNED BY " + ROLE, "DROP ROLE " + ROLE, "DROP SCHEMA IF EXISTS mpp_connect_jobs CASCADE");
    }

    private MppCluster connect() {
        return MppCluster.connect(database.url(), ROLE, "", JOBS);
    }

    private TransferReport run(MppCluster cluster, String job) {
        return cluster.transfer()
                .from(Rows.of(List.of(1L)).longs("id", Long::longValue))
                .into(Table.named(table))
                .exactlyOnce(job)
                .run();
    }

    private void assertLacking(ThrowingCallable work, String message) {
        MppConnectException failure = catchThrowableOfType(MppConnectException.class, work);
        assertFailed(failure, ErrorCode.PRIVILEGE_MISSING, message);
        assertThat(database.count(table)).isZero();
    }

    @Test
    void whoeverRunsAJobHearsOfAllAtOnce() {
        try (MppCluster cluster = connect()) {
            assertLacking(
                    () -> run(cluster, "second"),
                    "Cannot transfer rows into table " + table + " as job second: role " + ROLE
                            + " may not use schema mpp_connect_jobs, nor SELECT, INSERT, UPDATE on"
                            + " mpp_connect_jobs.ledger, nor SELECT, INSERT, UPDATE on mpp_connect_jobs.positions;"
                            + " the owner can allow it: GRANT USAGE ON SCHEMA \"mpp_connect_jobs\" TO \"" + ROLE
                            + "\"; GRANT SELECT, INSERT, UPDATE ON \"mpp_connect_jobs\".\"ledger\" TO \"" + ROLE
                            + "\"; GRANT SELECT, INSERT, UPDATE ON \"mpp_connect_jobs\".\"positions\" TO \"" + ROLE
                            + "\"");
        }
    }

    @Test
    void aStreamIsToldBeforeARowMoves() {
        database.execute(
                "GRANT USAGE ON SCHEMA mpp_connect_jobs TO " + ROLE,
                "GRANT SELECT, INSERT, UPDATE ON mpp_connect_jobs.ledger TO " + ROLE,
                "GRANT SELECT ON mpp_connect_jobs.positions TO " + ROLE);
        try (MppCluster cluster = connect()) {
            assertLacking(
                    () -> cluster.transfer()
                            .from(NumberStream.bounded(1, 10).append(10))
                            .into(Table.named(table))
                            .exactlyOnce("second")
                            .committingEvery(Duration.ofMillis(50))
                            .run(),
                    "Cannot transfer numbers into table " + table + " as job second: role " + ROLE
                            + " may not INSERT, UPDATE on mpp_connect_jobs.positions; the owner can allow it: GRANT"
                            + " INSERT, UPDATE ON \"mpp_connect_jobs\".\"positions\" TO \"" + ROLE + "\"");
        }
    }

    @Test
    void whatTheMessageGrantsIsEnough() {
        try (MppCluster cluster = connect()) {
            MppConnectException failure = catchThrowableOfType(MppConnectException.class, () -> run(cluster, "second"));
            database.execute(
                    failure.getMessage().replaceAll("^.* can allow it: ", "").split("; "));

            assertThat(run(cluster, "second").rows()).isEqualTo(1);
            assertThat(cluster.jobs().list()).extracting(JobInfo::name).containsExactly("first", "second");
        }
    }

    @Test
    void whoeverLooksIntoJobsIsTold() {
        String lacking = "role " + ROLE + " may not use schema mpp_connect_jobs, nor SELECT on"
                + " mpp_connect_jobs.ledger, nor SELECT on mpp_connect_jobs.positions; the owner can allow it: GRANT"
                + " USAGE ON SCHEMA \"mpp_connect_jobs\" TO \"" + ROLE
                + "\"; GRANT SELECT ON \"mpp_connect_jobs\".\"ledger\" TO \"" + ROLE
                + "\"; GRANT SELECT ON \"mpp_connect_jobs\".\"positions\" TO \"" + ROLE + "\"";
        try (MppCluster cluster = connect()) {
            assertLacking(() -> cluster.jobs().list(), "Cannot list the jobs: " + lacking);
            assertLacking(() -> cluster.job("first").info(), "Cannot look for job first: " + lacking);
        }
    }

    @Test
    void whoeverChangesJobsIsTold() {
        database.execute(
                "GRANT USAGE ON SCHEMA mpp_connect_jobs TO " + ROLE,
                "GRANT SELECT ON mpp_connect_jobs.ledger, mpp_connect_jobs.positions TO " + ROLE);
        try (MppCluster cluster = connect()) {
            assertThat(cluster.jobs().list()).extracting(JobInfo::name).containsExactly("first");
            assertLacking(
                    () -> cluster.job("first").reset(Positions.of(Map.of("part-0", "7"))),
                    "Cannot reset job first: role " + ROLE + " may not UPDATE on mpp_connect_jobs.ledger, nor INSERT,"
                            + " DELETE on mpp_connect_jobs.positions; the owner can allow it: GRANT UPDATE ON"
                            + " \"mpp_connect_jobs\".\"ledger\" TO \"" + ROLE + "\"; GRANT INSERT, DELETE ON"
                            + " \"mpp_connect_jobs\".\"positions\" TO \"" + ROLE + "\"");
            assertLacking(
                    () -> cluster.jobs().prune(Duration.ZERO),
                    "Cannot prune the jobs: role " + ROLE + " may not DELETE on mpp_connect_jobs.ledger, nor DELETE on"
                            + " mpp_connect_jobs.positions; the owner can allow it: GRANT DELETE ON"
                            + " \"mpp_connect_jobs\".\"ledger\" TO \"" + ROLE + "\"; GRANT DELETE ON"
                            + " \"mpp_connect_jobs\".\"positions\" TO \"" + ROLE + "\"");
        }
    }
}
