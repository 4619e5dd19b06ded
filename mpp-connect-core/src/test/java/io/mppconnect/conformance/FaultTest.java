package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ErrorCode;
import io.mppconnect.Exposure;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.Query;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.rows.Row;
import io.mppconnect.rows.Rows;
import io.mppconnect.test.EmbeddedMpp;
import io.mppconnect.test.EmbeddedMppCluster;
import io.mppconnect.test.LeakFree;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Faults of segments, network and coordinator, switched on in the embedded cluster. */
@EmbeddedMpp(segments = 4)
@LeakFree
class FaultTest {

    private static final List<Long> IDS = LongStream.range(0, 50_000).boxed().toList();

    private EmbeddedMppCluster database;
    private MppCluster cluster;

    @BeforeEach
    void connect(EmbeddedMppCluster database) throws SQLException {
        this.database = database;
        this.cluster = MppCluster.connect(database.jdbcUrl(), database.user(), database.password());
        sql("DROP TABLE IF EXISTS numbers", "CREATE TABLE numbers (id bigint) DISTRIBUTED BY (id)");
    }

    @AfterEach
    void close() {
        database.faults().clear();
        cluster.close();
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private long count() throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM numbers")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private TransferReport load() {
        return cluster.transfer()
                .from(Rows.of(IDS).longs("id", Long::longValue))
                .into(Table.named("numbers"))
                .run();
    }

    /** The rows there are, in the order of their numbers. */
    private static List<Long> unload(MppCluster cluster) {
        List<Long> ids = Collections.synchronizedList(new ArrayList<>());
        cluster.transfer()
                .from(Query.sql("SELECT id FROM numbers"))
                .into(Rows.into((Row row) -> ids.add(row.longAt(0))))
                .run();
        return ids.stream().sorted().toList();
    }

    @Test
    void aStatementThatFailsAfterAllDataHasMovedRollsBack() throws SQLException {
        database.faults().failAfterData("the coordinator changed its mind");

        MppConnectException failure = catchThrowableOfType(MppConnectException.class, this::load);

        assertThat(failure).hasMessage("Cannot transfer rows into table numbers: the coordinator changed its mind");
        assertThat(failure.code()).isEqualTo(ErrorCode.STATEMENT_FAILED);
        assertThat(count()).isZero();
        database.faults().clear();
        assertThat(load().rows()).isEqualTo(IDS.size());
    }

    @Test
    void aCommitWhoseAnswerIsLostIsNeitherSuccessNorFailure() throws SQLException {
        load();
        sql("TRUNCATE numbers");
        database.faults().loseNextCommitAnswer();

        MppConnectException failure = catchThrowableOfType(MppConnectException.class, this::load);

        assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(failure)
                .hasMessageStartingWith(
                        "Cannot tell whether rows into table numbers was committed: the connection was lost"
                                + " during the commit (")
                .hasMessageEndingWith("); look at the table before you run it again");
        assertThat(count()).isEqualTo(IDS.size());
    }

    @Test
    void aTableWhoseCommitIsNotAnsweredCanBeReplaced() throws SQLException {
        // So that the segments have been asked before.
        load();
        Exposure exposure = cluster.expose(Rows.of(IDS).longs("id", Long::longValue));
        database.faults().loseNextCommitAnswer();

        MppConnectException failure =
                catchThrowableOfType(MppConnectException.class, () -> exposure.as("public.served"));

        assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(failure)
                .hasMessageStartingWith("Cannot tell whether public.served was made of rows: the connection was lost"
                        + " during the commit (")
                .hasMessageEndingWith("); nobody is served, expose it again with replacing()");
        database.faults().clear();
        exposure.replacing().as("public.served").close();
    }

    @Test
    void repeatedAndLostRequestsDoubleAndLoseNoRow() {
        load();
        database.faults().duplicatePosts();
        assertThat(unload(cluster)).isEqualTo(IDS);

        database.faults().clear();
        database.faults().loseReplies(1);
        assertThat(unload(cluster)).isEqualTo(IDS);

        database.faults().clear();
        database.faults().cutConnections(10_000, 0, 2);
        assertThat(unload(cluster)).isEqualTo(IDS);
    }

    @Test
    void lateSegmentsAreNoProblem() throws SQLException {
        database.faults().lateSegments(1, 3);

        assertThat(load().rows()).isEqualTo(IDS.size());
        assertThat(count()).isEqualTo(IDS.size());
    }

    @Test
    void aSegmentThatCannotReachTheServerIsNamedWithinItsTime() throws SQLException {
        database.faults().blackhole(2);

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> cluster.transfer(TransferOptions.defaults().reachTimeout(Duration.ofSeconds(1)))
                        .from(Rows.of(IDS).longs("id", Long::longValue))
                        .into(Table.named("numbers"))
                        .run());

        assertThat(failure.code()).isEqualTo(ErrorCode.SEGMENTS_UNREACHABLE);
        assertThat(failure)
                .hasMessageContaining("Cannot be reached by segments ")
                .hasMessageContaining("2 at gpfdist://");
        assertThat(count()).isZero();
    }

    @Test
    void theProbeLeavesTheSessionsSettingsAlone() {
        assertThat(unloaded("SELECT current_setting('gpfdist_retry_timeout') AS value"))
                .containsExactly("5min");
    }

    private List<String> unloaded(String sql) {
        List<String> values = Collections.synchronizedList(new ArrayList<>());
        cluster.transfer()
                .from(Query.sql(sql))
                .into(Rows.into((Row row) -> values.add(String.valueOf(row.textAt(0)))))
                .run();
        return values;
    }

    @Test
    void aRuleThatKeepsRowsOutIsNoSuccess() throws SQLException {
        sql("CREATE RULE nothing AS ON INSERT TO numbers DO INSTEAD NOTHING");

        MppConnectException failure = catchThrowableOfType(MppConnectException.class, this::load);

        assertThat(failure.code()).isEqualTo(ErrorCode.COUNT_MISMATCH);
        assertThat(failure).hasMessageStartingWith("Cannot commit rows into table numbers: ");
    }

    @Test
    void hundredsOfSegmentsShareOneTransfer() throws SQLException {
        try (EmbeddedMppCluster large =
                        EmbeddedMppCluster.builder().segments(256).start();
                MppCluster wide = MppCluster.connect(large.jdbcUrl(), large.user(), large.password())) {
            try (Connection connection = large.connect();
                    Statement statement = connection.createStatement()) {
                statement.execute("CREATE TABLE numbers (id bigint) DISTRIBUTED BY (id)");
            }
            TransferReport report = wide.transfer()
                    .from(Rows.of(IDS).longs("id", Long::longValue))
                    .into(Table.named("numbers"))
                    .run();
            assertThat(report.rows()).isEqualTo(IDS.size());
            assertThat(report.segments()).hasSize(256);

            assertThat(unload(wide)).isEqualTo(IDS);
        }
    }
}
