package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(60)
@EmbeddedOnly
class FaultsTest extends ClusterTest {

    private Faults faults;

    @BeforeEach
    void tables() throws Exception {
        faults = cluster.faults();
        server.take("w");
        server.serve("x", Frames.data("1|a\n2|b\n"), Frames.end());
        external("x", "x", "'text' (delimiter '|')");
        run("create writable external temp table w(a int, b text) location('" + server.url("w")
                + "') format 'text' (delimiter '|')");
        run("create table if not exists target(a int, b text)");
        run("truncate target");
    }

    private List<TestServer.Request> posts(int segment) {
        return server.requests("w").stream()
                .filter(r -> r.header("X-GP-SEGMENT-ID").equals(String.valueOf(segment)))
                .toList();
    }

    @Test
    void duplicatePostsHaveTheSameNumber() throws Exception {
        faults.duplicatePosts();

        run("insert into w values (1, 'a')");

        assertThat(posts(0)).extracting(r -> r.header("X-GP-SEQ")).containsExactly("1", "2", "2", "2");
        assertThat(posts(0)).extracting(TestServer.Request::body).containsExactly("", "1|a\n", "1|a\n", "");
    }

    @Test
    void lostReplyIsFollowedByTheSamePost() throws Exception {
        faults.loseReplies(1);

        run("insert into w values (1, 'a')");

        assertThat(posts(0)).extracting(r -> r.header("X-GP-SEQ")).containsExactly("1", "2", "2", "2");
        assertThat(posts(0)).extracting(TestServer.Request::body).containsExactly("", "1|a\n", "1|a\n", "");
    }

    @Test
    void cutPostIsRepeatedWhole() throws Exception {
        faults.cutConnections(2, 0);

        run("insert into w values (1, 'a')");

        assertThat(posts(0)).extracting(TestServer.Request::body).containsExactly("", "1|a\n", "");
    }

    @Test
    void cutAnswerFailsTheStatement() throws Exception {
        faults.cutConnections(3, 0, 1, 2, 3);

        assertThat(failure("insert into target select * from x"))
                .isEqualTo("08006: gpfdist error: incomplete packet - packet len 3"
                        + " / External table x, line 1 of file " + server.url("x"));
    }

    @Test
    void lateSegmentComesLast() throws Exception {
        faults.lateSegments(2);

        run("insert into target select * from x");
        run("insert into w select i, 'a' from generate_series(1, 40) i");

        List<TestServer.Request> reads = server.requests("x");
        assertThat(reads.get(3).header("X-GP-SEGMENT-ID")).isEqualTo("2");
        List<TestServer.Request> posts = server.requests("w");
        assertThat(posts.subList(9, 12))
                .extracting(r -> r.header("X-GP-SEGMENT-ID"))
                .containsOnly("2");
        assertThat(server.postedRows("w")).hasSize(40);
    }

    @Test
    void refusedConnectionFailsARead() throws Exception {
        faults.refuseConnections(1);

        assertThat(failure("select * from x"))
                .isEqualTo("08006: connection with gpfdist failed for \"" + server.url("x") + "\", effective url: \""
                        + server.url("x").replace("gpfdist", "http") + "\": error code = 111 (Connection refused);");
    }

    @Test
    void blackholeIsGivenUpWhenThePatienceIsOver() throws Exception {
        faults.blackhole(3);
        run("set gpfdist_retry_timeout = 1");

        assertThat(failure("select * from x"))
                .startsWith("08006: error when connecting to gpfdist "
                        + server.url("x").replace("gpfdist", "http") + ", quit after ");
    }

    @Test
    void slowSegmentsGetEverything() throws Exception {
        faults.slowSegments(1000);
        faults.delayReads(Duration.ofMillis(10));

        run("insert into target select * from x");
        run("insert into w select * from target");

        assertThat(server.postedRows("w")).containsExactly("1|a", "2|b");
    }

    @Test
    void statementFailsAfterAllDataMoved() throws Exception {
        faults.failAfterData("segment lost");

        assertThat(failure("insert into w values (1, 'a')")).isEqualTo("XX000: segment lost");
        assertThat(failure("insert into target select * from x")).isEqualTo("XX000: segment lost");

        assertThat(posts(0)).hasSize(3);
        assertThat(rows("select count(*) from target")).containsExactly("0");
    }

    @Test
    void lostCommitAnswerLeavesTheRows() throws Exception {
        connection.setAutoCommit(false);
        run("insert into target select * from x");
        faults.loseNextCommitAnswer();

        assertThatThrownBy(connection::commit)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08006"));

        assertThat(connection.isClosed()).isTrue();
        assertThat(rowsInTarget()).isEqualTo(2);
    }

    private static int rowsInTarget() throws SQLException {
        try (Connection other = cluster.connect();
                Statement statement = other.createStatement()) {
            return statement.executeUpdate("delete from target");
        }
    }

    @ParameterizedTest
    @EnumSource(Faults.Moment.class)
    void killedSessionLeavesNothing(Faults.Moment moment) throws Exception {
        connection.setAutoCommit(false);
        faults.killNextSession(moment);

        assertThatThrownBy(() -> {
                    run("insert into target select * from x");
                    connection.commit();
                })
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isIn("57P01", "08006"));

        assertThat(rowsInTarget()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Faults.Moment.class)
    void killedSessionFailsAnUnload(Faults.Moment moment) throws Exception {
        faults.killNextSession(moment);

        assertThatThrownBy(() -> run("insert into w select i, 'a' from generate_series(1, 100) i"))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isIn("57P01", "08006"));
    }
}
