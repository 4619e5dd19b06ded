package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Savepoint;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The words and SQLSTATEs are those of a real cluster. */
class ReadFailureTest extends ClusterTest {

    private String failureOf(byte[]... frames) throws Exception {
        server.serve("x", frames);
        external("x", "x", "'text' (delimiter '|')");
        return failure("select * from x").replace(server.url("x"), "URL");
    }

    private String failureOfReply(String head) throws Exception {
        server.script("x", (request, out) -> out.write(TestServer.ascii(head)));
        external("x", "x", "'text' (delimiter '|')");
        return failure("select * from x").replace(server.url("x"), "URL");
    }

    @Test
    void badValueNamesLineAndColumn() throws Exception {
        assertThat(failureOf(Frames.file("f"), Frames.line(10), Frames.data("1|a\n2|b\nx|c\n"), Frames.end()))
                .isEqualTo("22P02: invalid input syntax for integer: \"x\""
                        + " / External table x, line 12 of URL, column a");
    }

    @Test
    void missingFieldShowsTheRow() throws Exception {
        assertThat(failureOf(Frames.line(10), Frames.data("1|a\n2\n"), Frames.end()))
                .isEqualTo("22P04: missing data for column \"b\" / External table x, line 11 of URL: \"2\"");
    }

    @Test
    void longRowIsShownInPart() throws Exception {
        assertThat(failureOf(Frames.data("1|a|" + "y".repeat(300) + "\n"), Frames.end()))
                .isEqualTo("22P04: extra data after last expected column / External table x, line 1 of URL: \"1|a|"
                        + "y".repeat(96) + "...\"");
    }

    @Test
    void lineWithoutNumberIsNotNumbered() throws Exception {
        assertThat(failureOf(Frames.line(0), Frames.data("1|a\nx|b\n"), Frames.end()))
                .isEqualTo("22P02: invalid input syntax for integer: \"x\""
                        + " / External table x, line N/A of URL, column a");
    }

    @Test
    void badEncodingNamesTheLine() throws Exception {
        byte[] rows = TestServer.ascii("1|ok\n2|\u00ff\u00fe\n");
        assertThat(failureOf(Frames.file("f"), Frames.line(5), Frames.frame('D', rows), Frames.end()))
                .isEqualTo("22021: invalid byte sequence for encoding \"UTF8\": 0xff"
                        + " / External table x, line 6 of file URL");
    }

    @Test
    void badRowInALaterBlockIsFound() throws Exception {
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            rows.append(i).append("|text of row ").append(i).append('\n');
        }
        assertThat(failureOf(
                        Frames.file("f"),
                        Frames.line(1),
                        Frames.data(rows.toString()),
                        Frames.file("g"),
                        Frames.line(100),
                        Frames.data("1|a\ny|b\n"),
                        Frames.end()))
                .isEqualTo("22P02: invalid input syntax for integer: \"y\""
                        + " / External table x, line 101 of URL, column a");
    }

    @Test
    void errorFrameIsTheError() throws Exception {
        assertThat(failureOf(Frames.data("1|a\n"), Frames.error("the reason")))
                .isEqualTo("08006: gpfdist error - the reason / External table x, line 1 of file URL");
    }

    @Test
    void missingEndIsAnError() throws Exception {
        assertThat(failureOf(Frames.data("1|a\n")))
                .isEqualTo("08006: gpfdist error: server closed connection / External table x, line 1 of file URL");
    }

    @Test
    void endWithinABlockIsAnError() throws Exception {
        byte[] whole = Frames.data("1|a\n2|b\n");
        assertThat(failureOf(Arrays.copyOf(whole, whole.length - 2)))
                .isEqualTo("08006: gpfdist server closed connection / The root cause is likely to be an overload of the"
                        + " ETL host or a temporary network glitch between the database and the ETL host causing the"
                        + " connection between the gpfdist and database to disconnect."
                        + " / External table x, line 1 of file URL");
    }

    @Test
    void unknownFrameIsAnError() throws Exception {
        assertThat(failureOf(Frames.frame('Z', new byte[0])))
                .isEqualTo("XX000: gpfdist error: unknown meta type 90 / External table x, line 1 of file URL");
    }

    @Test
    void longFileNameIsAnError() throws Exception {
        assertThat(failureOf(Frames.file("n".repeat(300))))
                .isEqualTo("XX000: gpfdist error: filename too long (300) / External table x, line 1 of file URL");
    }

    @Test
    void statusIsShownWithItsReason() throws Exception {
        assertThat(failureOfReply("HTTP/1.1 500 some reason\r\nConnection: close\r\n\r\n"))
                .isEqualTo("08006: http response code 500 from gpfdist (URL): HTTP/1.1 500 some reason");
    }

    @Test
    void timeoutStatusFailsAtOnce() throws Exception {
        assertThat(failureOfReply("HTTP/1.1 408 later\r\nConnection: close\r\n\r\n"))
                .isEqualTo("08006: could not open \"URL\" for reading"
                        + " / Unexpected response from gpfdist server: 408 - Response Code=408");
    }

    @Test
    void silentServerIsAFailedConnection() throws Exception {
        assertThat(failureOfReply(""))
                .isEqualTo("08006: connection with gpfdist failed for \"URL\", effective url: \""
                        + server.url("x").replace("gpfdist:", "http:") + "\": ;");
    }

    /** Which one it is depends on the system's routes and rules. */
    @Test
    void unreachableNetworkNamesTheSystemError() throws Exception {
        run("create external temp table x(a int) location('gpfdist://255.255.255.255:9/x') format 'text'");
        assertThat(failure("select * from x"))
                .matches("08006: connection with gpfdist failed for \"gpfdist://255.255.255.255:9/x\", effective url:"
                        + " \"http://255.255.255.255:9/x\": error code = \\d+ \\([A-Z][a-z ]+\\);");
    }

    @Test
    void refusedConnectionNamesTheSystemError() throws Exception {
        int port = closedPort();
        run("create external temp table x(a int) location('gpfdist://localhost:" + port + "/x') format 'text'");
        assertThat(failure("select * from x"))
                .isEqualTo("08006: connection with gpfdist failed for \"gpfdist://localhost:" + port
                        + "/x\", effective url: \"http://127.0.0.1:" + port
                        + "/x\": error code = 111 (Connection refused);");
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** A real cluster gives up so only when it is asked through the simple query protocol; why is not known. */
    @Test
    @EmbeddedOnly
    void silentServerIsAskedForItsStatusAndGivenUp() throws Exception {
        server.script("x", (request, out) -> {
            out.write(TestServer.ok("X-GP-PROTO: 1"));
            out.flush();
            Thread.sleep(TimeUnit.MINUTES.toMillis(1));
        });
        external("x", "x", "'text'");
        run("set readable_external_table_timeout = 1");

        assertThat(failure("select * from x"))
                .isEqualTo("08006: segment has not received data from gpfdist for long time, cancelling the query.");

        assertThat(server.requests("gpfdist/status"))
                .isNotEmpty()
                .allSatisfy(
                        request -> assertThat(request.headerLines()).hasSize(2).contains("Accept: */*"));
    }

    @Test
    void statementTimeoutOfTheSessionHolds() throws Exception {
        server.script("x", (request, out) -> Thread.sleep(TimeUnit.MINUTES.toMillis(1)));
        external("x", "x", "'text'");
        run("set statement_timeout = '1s'");

        assertThat(failure("select * from x")).isEqualTo("57014: canceling statement due to statement timeout");
    }

    @Test
    void messageNamesTheSegment() throws Exception {
        server.serve("x", Frames.error("e"));
        external("x", "x", "'text'");
        assertThatThrownBy(() -> run("select * from x"))
                .hasMessageMatching("(?s)ERROR: gpfdist error - e  \\(seg\\d slice1 127.0.0.1:\\d+ pid=\\d+\\)\n.*");
    }

    @Test
    void moreLocationsThanSegmentsFailAtExecution() throws Exception {
        run("create external temp table x(a int) location('gpfdist://h:1/a', 'gpfdist://h:2/a', 'gpfdist://h:3/a',"
                + " 'gpfdist://h:4/a', 'gpfdist://h:5/a') format 'text'");
        assertThat(failure("select * from x"))
                .isEqualTo("42P16: there are more external files (URLs) than primary segments that can read them"
                        + " / Found 5 URLs and 4 primary segments.");
    }

    @Test
    void failureAbortsTheTransaction() throws Exception {
        server.serve("x", Frames.error("e"));
        external("x", "x", "'text'");
        connection.setAutoCommit(false);

        assertThat(failure("select * from x")).startsWith("08006");

        assertThat(failure("select 1")).startsWith("25P02");
        connection.rollback();
        assertThat(rows("select 1")).containsExactly("1");
    }

    @Test
    void failureBeforeAnyDataAbortsTheTransaction() throws Exception {
        external("x", "x", "'text'");
        connection.setAutoCommit(false);
        rows("select 1");

        assertThat(failure("insert into x values (1, 'a')"))
                .isEqualTo("42809: cannot change a readable external table \"x\"");

        assertThat(failure("select 1")).startsWith("25P02");
    }

    @Test
    void failureLeavesASavepointToReturnTo() throws Exception {
        server.serve("x", Frames.data("y|a\n"), Frames.end());
        external("x", "x", "'text' (delimiter '|')");
        connection.setAutoCommit(false);
        run("create temp table kept(a int)");
        Savepoint savepoint = connection.setSavepoint();

        assertThat(failure("insert into kept select a from x")).startsWith("22P02");
        connection.rollback(savepoint);

        assertThat(rows("select count(*) from kept")).containsExactly("0");
        connection.commit();
    }

    @Test
    void failureWithoutATransactionLeavesNone() throws Exception {
        server.serve("x", Frames.data("y|a\n"), Frames.end());
        external("x", "x", "'text' (delimiter '|')");
        run("create temp table kept(a int)");

        assertThat(failure("insert into kept select a from x")).startsWith("22P02");

        assertThat(rows("select count(*) from kept")).containsExactly("0");
        assertThat(rows("select relname from pg_class where relname like 'mpp_scan%'"))
                .isEmpty();
    }
}
