package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WritableTableTest extends ClusterTest {

    private void table(String format) throws Exception {
        run("create writable external temp table w(a int, b text) location('" + server.url("w") + "') format "
                + format);
    }

    @Test
    void everySegmentPostsItsShare() throws Exception {
        server.take("w");
        table("'text' (delimiter '|')");

        assertThat(update("insert into w select i, 'x' || i from generate_series(1, 200) i"))
                .isEqualTo(200);

        assertThat(server.postedRows("w")).hasSize(200).contains("1|x1", "200|x200");
        for (int segment = 0; segment < 4; segment++) {
            String number = String.valueOf(segment);
            List<TestServer.Request> posts = server.requests("w").stream()
                    .filter(r -> r.header("X-GP-SEGMENT-ID").equals(number))
                    .toList();
            assertThat(posts).extracting(r -> r.header("X-GP-SEQ")).containsExactly("1", "2", "2");
            assertThat(posts).extracting(r -> r.header("X-GP-DONE")).containsExactly("", "", "1");
            assertThat(posts.get(0).body()).isEmpty();
            assertThat(posts.get(1).body()).isNotEmpty();
            assertThat(posts.get(2).body()).isEmpty();
        }
    }

    @Test
    void requestsReadAsThoseOfSegments() throws Exception {
        server.take("w");
        table("'text'");

        run("insert into w values (1, 'a')");

        TestServer.Request last = server.requests("w").stream()
                .filter(r -> r.header("X-GP-DONE").equals("1"))
                .findFirst()
                .orElseThrow();
        assertThat(last.line()).isEqualTo("POST /w HTTP/1.1");
        assertThat(last.headerLines().toString())
                .matches("\\[Host: 127.0.0.1:\\d+, Accept: \\*/\\*, X-GP-XID: \\d+-\\d{10}, X-GP-CID: [0-9a-f]+,"
                        + " X-GP-SN: 0, X-GP-SEGMENT-ID: \\d, X-GP-SEGMENT-COUNT: 4, X-GP-LINE-DELIM-LENGTH: -1,"
                        + " X-GP-PROTO: 0, X-GP-SEQ: 2, Content-Type: text/xml, X-GP-DONE: 1, Content-Length: 0\\]");
    }

    @Test
    void segmentsWithoutRowsPostNothing() throws Exception {
        server.take("w");
        table("'text'");

        assertThat(update("insert into w select 1, 'a' where false")).isZero();
        assertThat(server.requests("w")).isEmpty();

        assertThat(update("insert into w values (1, 'a')")).isEqualTo(1);
        assertThat(server.requests("w")).hasSize(3);
    }

    @Test
    void blocksHoldWholeRowsUpToTheBufferSize() throws Exception {
        server.take("w");
        table("'text'");
        run("set writable_external_table_bufsize = '32kB'");

        run("insert into w select i, repeat('y', 1000) from generate_series(1, 400) i");

        List<TestServer.Request> data =
                server.requests("w").stream().filter(r -> !r.body().isEmpty()).toList();
        assertThat(data).hasSizeGreaterThan(12).allSatisfy(r -> {
            assertThat(r.body()).endsWith("\n");
            assertThat(r.body().length()).isLessThan(32 * 1024);
        });
        assertThat(data).extracting(r -> r.header("X-GP-SEQ")).contains("2", "3", "4");
        assertThat(server.postedRows("w")).hasSize(400);
    }

    @Test
    void longRowIsABlockOfItsOwn() throws Exception {
        server.take("w");
        table("'text'");

        run("insert into w values (1, repeat('y', 3000000))");

        List<TestServer.Request> data =
                server.requests("w").stream().filter(r -> !r.body().isEmpty()).toList();
        assertThat(data).hasSize(1);
        assertThat(data.get(0).body()).hasSize(3000003);
        assertThat(data.get(0).header("Expect")).isEqualTo("100-continue");
    }

    @Test
    void formatsAreThoseOfSegments() throws Exception {
        for (String path : List.of("plain", "escaped", "off", "csv", "forced")) {
            server.take(path);
        }
        String columns = "(a int, b text) location('";
        run("create writable external temp table w1" + columns + server.url("plain") + "') format 'text'");
        run("create writable external temp table w2" + columns + server.url("escaped")
                + "') format 'text' (delimiter '|' escape '@')");
        run("create writable external temp table w3" + columns + server.url("off")
                + "') format 'text' (delimiter '|' escape 'off')");
        run("create writable external temp table w4" + columns + server.url("csv") + "') format 'csv'");
        run("create writable external temp table w5" + columns + server.url("forced")
                + "') format 'csv' (force quote b null 'zz' escape '\\')");
        run("create temp table source as select * from (values (1, e'a@b\\\\c|d\\te\\nf\\rg'), (2, null),"
                + " (3, 'q\"r,'), (4, ''), (5, 'zz'), (6, chr(11))) v(a, b)");

        for (int i = 1; i <= 5; i++) {
            run("insert into w" + i + " select * from source where a <> 1 or " + i + " <> 3");
        }
        run("insert into w3 values (1, e'a@b\\\\c|d')");

        assertThat(server.postedRows("plain"))
                .containsExactly("1\ta@b\\\\c|d\\te\\nf\\rg", "2\t\\N", "3\tq\"r,", "4\t", "5\tzz", "6\t\\v");
        assertThat(server.postedRows("escaped"))
                .containsExactly("1|a@@b\\c@|d@te@nf@rg", "2|\\N", "3|q\"r,", "4|", "5|zz", "6|@v");
        assertThat(server.postedRows("off"))
                .containsExactly("1|a@b\\c|d", "2|\\N", "3|q\"r,", "4|", "5|zz", "6|\u000b");
        assertThat(server.posted("csv")).contains("1,\"a@b\\c|d\te\nf\rg\"\n", "2,\n", "3,\"q\"\"r,\"\n", "4,\"\"\n");
        assertThat(server.postedRows("forced")).contains("2,zz", "3,\"q\\\"r,\"", "4,\"\"", "5,\"zz\"");
    }

    @Test
    void preparedInsertOfValues() throws Exception {
        server.take("w");
        table("'csv'");

        try (PreparedStatement statement = connection.prepareStatement("insert into w values (?, ?)")) {
            statement.setInt(1, 7);
            statement.setString(2, "seven");
            assertThat(statement.executeUpdate()).isEqualTo(1);
        }

        assertThat(server.postedRows("w")).containsExactly("7,seven");
    }

    @Test
    void returningGivesTheRows() throws Exception {
        server.take("w");
        table("'csv'");

        assertThat(rows("insert into w values (5, 'v') returning a")).containsExactly("5");
        assertThat(server.postedRows("w")).containsExactly("5,v");
    }

    @Test
    void readableMayGoIntoWritable() throws Exception {
        server.take("w");
        server.serve("x", Frames.data("1|a\n2|b\n"), Frames.end());
        external("x", "x", "'text' (delimiter '|')");
        table("'csv'");

        run("insert into w select * from x");

        assertThat(server.postedRows("w")).containsExactly("1,a", "2,b");
    }

    @Test
    void connectionsAreKeptAlive() throws Exception {
        ConcurrentHashMap<Thread, AtomicInteger> conversations = new ConcurrentHashMap<>();
        server.script("w", (request, out) -> {
            conversations
                    .computeIfAbsent(Thread.currentThread(), t -> new AtomicInteger())
                    .incrementAndGet();
            out.write(TestServer.accepted());
        });
        table("'text'");

        run("insert into w select i, 'x' from generate_series(1, 100) i");

        assertThat(conversations).hasSize(4);
        assertThat(conversations.values()).allSatisfy(count -> assertThat(count).hasValue(3));
    }

    @Test
    void timeoutStatusIsRepeatedWithTheSameNumber() throws Exception {
        AtomicInteger timeouts = new AtomicInteger(2);
        server.script("w", (request, out) -> {
            if (!request.body().isEmpty() && timeouts.getAndDecrement() > 0) {
                out.write(TestServer.ascii("HTTP/1.1 408 later\r\nContent-Length: 0\r\n\r\n"));
            } else {
                out.write(TestServer.accepted());
            }
        });
        table("'text'");

        run("insert into w values (1, 'a')");

        List<TestServer.Request> data =
                server.requests("w").stream().filter(r -> !r.body().isEmpty()).toList();
        assertThat(data).hasSize(3).allSatisfy(r -> {
            assertThat(r.header("X-GP-SEQ")).isEqualTo("2");
            assertThat(r.body()).isEqualTo("1\ta\n");
        });
    }

    @Test
    void otherStatusFailsWithTheFirstReplyOfTheSegment() throws Exception {
        server.script(
                "w",
                (request, out) -> out.write(
                        request.body().isEmpty()
                                ? TestServer.accepted()
                                : TestServer.ascii("HTTP/1.1 400 bad\r\nContent-Length: 0\r\n\r\n")));
        table("'text'");

        assertThat(failure("insert into w values (1, 'a')"))
                .isEqualTo("08006: http response code 400 from gpfdist (" + server.url("w") + "): HTTP/1.1 200 ok");
    }

    @Test
    void unreachableServerFailsWhenThePatienceIsOver() throws Exception {
        int port = closedPort();
        run("create writable external temp table w(a int) location('gpfdist://127.0.0.1:" + port
                + "/w') format 'text'");
        run("set gpfdist_retry_timeout = 1");

        assertThat(failure("insert into w values (1)"))
                .isEqualTo(
                        "08006: error when connecting to gpfdist http://127.0.0.1:" + port + "/w, quit after 2 tries");
    }

    private static int closedPort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void isWrittenOnly() throws Exception {
        table("'text'");

        assertThat(failure("select * from w"))
                .isEqualTo("42809: cannot read from a WRITABLE external table / Create the table as READABLE instead.");
        assertThat(failure("update w set a = 1"))
                .isEqualTo("0A000: cannot update or delete from external relation \"w\"");
        assertThat(failure("delete from w")).isEqualTo("0A000: cannot update or delete from external relation \"w\"");
        assertThat(failure("truncate w")).isEqualTo("42809: \"w\" is an external relation and can't be truncated");
        assertThat(failure("drop table w"))
                .isEqualTo(
                        "42809: \"w\" is not a base table" + " / Use DROP EXTERNAL TABLE to remove an external table.");
    }

    @Test
    void moreLocationsThanSegmentsFailAtExecution() throws Exception {
        run("create writable external temp table w(a int) location('gpfdist://h:1/a', 'gpfdist://h:2/a',"
                + " 'gpfdist://h:3/a', 'gpfdist://h:4/a', 'gpfdist://h:5/a') format 'text'");

        assertThat(failure("insert into w values (1)"))
                .isEqualTo("42P16: external table has more URLs than available primary segments that can write"
                        + " into them");
    }

    @Test
    void failedStatementPostsNothing() throws Exception {
        server.take("w");
        table("'text'");

        assertThat(failure("insert into w select 1 / (i - 3), 'a' from generate_series(1, 5) i"))
                .startsWith("22012");

        assertThat(server.requests("w")).isEmpty();
    }

    @Test
    void rowThatTheEncodingLacksFailsTheStatement() throws Exception {
        server.take("w");
        run("create writable external temp table w(a int, b text) location('" + server.url("w")
                + "') format 'text' encoding 'LATIN1'");
        connection.setAutoCommit(false);

        assertThat(failure("insert into w values (1, '\u65e5')"))
                .isEqualTo("22P05: character with byte sequence 0xe6 0x97 0xa5 in encoding \"UTF8\" has no equivalent"
                        + " in encoding \"LATIN1\"");

        assertThat(failure("select 1")).startsWith("25P02");
        assertThat(server.requests("w")).noneMatch(r -> r.header("X-GP-DONE").equals("1"));
    }
}
