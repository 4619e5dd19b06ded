package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CancelTest extends ClusterTest {

    private final ExecutorService executor = Executors.newSingleThreadExecutor();

    @AfterEach
    void shutDown() {
        executor.shutdownNow();
    }

    /** Segments read the first rows and then nothing more, until the test is over. */
    private void endlessTable() throws Exception {
        server.script("x", (request, out) -> {
            out.write(TestServer.ok("X-GP-PROTO: 1"));
            out.write(Frames.data("1|a\n"));
            out.flush();
            Thread.sleep(TimeUnit.MINUTES.toMillis(1));
        });
        external("x", "x", "'text' (delimiter '|')");
        run("create temp table target(a int, b text)");
    }

    private Future<SQLException> start(Statement statement, String sql) {
        Callable<SQLException> work = () -> {
            try {
                statement.execute(sql);
                throw new AssertionError("no failure");
            } catch (SQLException e) {
                return e;
            }
        };
        return executor.submit(work);
    }

    private void assertNoSegmentRuns() {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("mpp-embedded-segment-") && name.endsWith("-" + cluster.port()));
    }

    private void assertCanceled(SQLException problem) {
        assertThat((Throwable) problem).hasMessage("ERROR: canceling statement due to user request");
        assertThat(problem.getSQLState()).isEqualTo("57014");
    }

    @Test
    void cancelEndsALoad() throws Exception {
        endlessTable();
        connection.setAutoCommit(false);
        run("insert into target values (0, 'kept')");
        try (Statement statement = connection.createStatement()) {
            Future<SQLException> failure = start(statement, "insert into target select * from x");
            await().until(() -> server.requests("x").size() == 4);

            statement.cancel();

            assertCanceled(failure.get());
        }
        assertNoSegmentRuns();
        assertThat(failure("select 1")).startsWith("25P02");
        connection.rollback();
        assertThat(rows("select count(*) from target")).containsExactly("0");
    }

    @Test
    @EmbeddedOnly
    void cancelEndsAnUnload() throws Exception {
        server.script("w", (request, out) -> {
            if (request.body().isEmpty()) {
                out.write(TestServer.accepted());
            } else {
                Thread.sleep(TimeUnit.MINUTES.toMillis(1));
            }
        });
        run("create writable external temp table w(a int, b text) location('" + server.url("w") + "') format 'text'");
        try (Statement statement = connection.createStatement()) {
            Future<SQLException> failure =
                    start(statement, "insert into w select i, repeat('x', 1000) from generate_series(1, 20000) i");
            await().until(() ->
                    server.requests("w").stream().anyMatch(r -> !r.body().isEmpty()));

            statement.cancel();

            assertCanceled(failure.get());
        }
        assertNoSegmentRuns();
        assertThat(rows("select 1")).containsExactly("1");
    }

    @Test
    void cancelEndsTheStatementItself() throws Exception {
        server.serve("x", Frames.data("1|a\n"), Frames.end());
        external("x", "x", "'text' (delimiter '|')");
        try (Statement statement = connection.createStatement()) {
            Future<SQLException> failure = start(statement, "select pg_sleep(50) from x");
            await().until(() -> server.requests("x").size() == 4);

            statement.cancel();

            assertCanceled(failure.get());
        }
        assertThat(rows("select 1")).containsExactly("1");
    }

    @Test
    void cancelEndsAPlainStatement() throws Exception {
        try (Statement statement = connection.createStatement()) {
            Future<SQLException> failure = start(statement, "select pg_sleep(50)");
            await().until(() -> {
                statement.cancel();
                return failure.isDone();
            });

            assertCanceled(failure.get());
        }
    }

    @Test
    void queryTimeoutEndsALoad() throws Exception {
        endlessTable();
        try (Statement statement = connection.createStatement()) {
            statement.setQueryTimeout(1);

            assertCanceled(
                    start(statement, "insert into target select * from x").get());
        }
        assertNoSegmentRuns();
        assertThat(rows("select count(*) from target")).containsExactly("0");
    }

    @Test
    void terminatedSessionEndsALoad() throws Exception {
        endlessTable();
        String process = rows("select pg_backend_pid()").get(0);
        try (Statement statement = connection.createStatement()) {
            Future<SQLException> failure = start(statement, "insert into target select * from x");
            await().until(() -> server.requests("x").size() == 4);

            terminate(process);

            assertThat(failure.get().getSQLState()).isIn("57P01", "08006");
        }
        assertNoSegmentRuns();
        assertThat(connection.isValid(1)).isFalse();
    }

    private static void terminate(String process) throws SQLException {
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("select pg_terminate_backend(" + process + ")");
        }
    }

    @Test
    void interruptDoesNotEndAStatement() throws Exception {
        server.serve("x", Frames.data("1|a\n"), Frames.end());
        external("x", "x", "'text' (delimiter '|')");

        Thread.currentThread().interrupt();
        assertThat(rows("select a from x")).containsExactly("1");

        assertThat(Thread.interrupted()).isTrue();
    }
}
