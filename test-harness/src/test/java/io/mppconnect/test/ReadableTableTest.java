package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadableTableTest extends ClusterTest {

    @BeforeEach
    void createTarget() throws Exception {
        run("create temp table target(a int, b text)");
    }

    private void table(byte[]... frames) throws Exception {
        server.serve("x", frames);
        external("x", "x", "'text' (delimiter '|')");
    }

    @Test
    void insertsWhatSegmentsRead() throws Exception {
        table(Frames.file("f"), Frames.line(1), Frames.data("1|a\n2|\\N\n"), Frames.data("3|x\\ty\n"), Frames.end());

        assertThat(update("insert into target select a * 10, b from x")).isEqualTo(3);

        assertThat(rows("select * from target order by a")).containsExactly("10|a", "20|null", "30|x\ty");
    }

    @Test
    void everySegmentAsksOncePerScan() throws Exception {
        table(Frames.data("1|a\n"), Frames.end());

        run("insert into target select * from x");

        assertThat(server.requests("x")).hasSize(4).allSatisfy(request -> {
            assertThat(request.header("X-GP-SEGMENT-COUNT")).isEqualTo("4");
            assertThat(request.scan()).isEqualTo(server.requests("x").get(0).scan());
        });
        Set<String> segments = new HashSet<>();
        server.requests("x").forEach(request -> segments.add(request.header("X-GP-SEGMENT-ID")));
        assertThat(segments).containsExactlyInAnyOrder("0", "1", "2", "3");
    }

    @Test
    @EmbeddedOnly
    void requestsReadAsThoseOfSegments() throws Exception {
        table(Frames.end());

        run("select * from x");

        TestServer.Request request = server.requests("x").stream()
                .filter(r -> r.header("X-GP-SEGMENT-ID").equals("2"))
                .findFirst()
                .orElseThrow();
        String port = server.url("").replaceAll("\\D*//127.0.0.1:(\\d+)/", "$1");
        assertThat(request.line()).isEqualTo("GET /x HTTP/1.1");
        assertThat(request.headerLines().toString())
                .matches("\\[Host: 127.0.0.1:" + port + ", Accept: \\*/\\*,"
                        + " X-GP-XID: \\d+-\\d{10}, X-GP-CID: [0-9a-f]+, X-GP-SN: 0, X-GP-SEGMENT-ID: 2,"
                        + " X-GP-SEGMENT-COUNT: 4, X-GP-LINE-DELIM-LENGTH: -1, X-GP-PROTO: 1,"
                        + " X-GP-MASTER_HOST: 127.0.0.1, X-GP-MASTER_PORT: " + cluster.port()
                        + ", X-GP-CSVOPT: m0x 92q  0n0h0, X-GP_SEG_PG_CONF: /data/seg2/postgresql.conf,"
                        + " X-GP_SEG_DATADIR: /data/seg2, X-GP-DATABASE: postgres, X-GP-USER: gpadmin,"
                        + " X-GP-SEG-PORT: " + (cluster.port() + 3) + ", X-GP-SESSION-ID: \\d+\\]");
    }

    @Test
    void eachReferenceIsAScanOfItsOwn() throws Exception {
        table(Frames.data("1|a\n2|b\n"), Frames.end());

        assertThat(rows("select count(*) from x join x as y using (a)")).containsExactly("2");

        Set<String> scans = new HashSet<>();
        server.requests("x").forEach(request -> scans.add(request.header("X-GP-SN")));
        assertThat(scans).hasSize(2);
        assertThat(server.requests("x")).hasSize(8);
    }

    @Test
    void selectsWithQualifiedColumnsSubqueriesAndCommonTables() throws Exception {
        table(Frames.data("1|a\n2|b\n"), Frames.end());

        assertThat(rows("with y as (select x.a from x where x.b = 'b') select a from y, (select 3 n) z where n > a"))
                .containsExactly("2");
        assertThat(rows("select x.b from only x where x.a in (select a from x)"))
                .hasSize(2);
        assertThat(server.requests("x")).hasSize(12);
    }

    @Test
    void preparedStatementKeepsItsParameters() throws Exception {
        table(Frames.data("1|a\n2|b\n"), Frames.end());

        try (PreparedStatement statement =
                connection.prepareStatement("insert into target select a, ? from x where a > ?")) {
            statement.setString(1, "p");
            statement.setInt(2, 1);
            assertThat(statement.executeLargeUpdate()).isEqualTo(1);
            statement.setInt(2, 0);
            assertThat(statement.executeUpdate()).isEqualTo(2);
        }

        assertThat(rows("select * from target order by a")).containsExactly("1|p", "2|p", "2|p");
    }

    @Test
    void preparedQueryReturnsRows() throws Exception {
        table(Frames.data("1|a\n2|b\n"), Frames.end());

        try (PreparedStatement statement = connection.prepareStatement("select b from x where a = ?")) {
            statement.setInt(1, 2);
            try (ResultSet rows = statement.executeQuery()) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getString(1)).isEqualTo("b");
            }
        }
    }

    @Test
    void cursorOutlivesTheCall() throws Exception {
        table(Frames.data("1|a\n2|b\n3|c\n"), Frames.end());
        connection.setAutoCommit(false);

        try (PreparedStatement statement = connection.prepareStatement("select a from x order by a")) {
            statement.setFetchSize(1);
            try (ResultSet rows = statement.executeQuery()) {
                int sum = 0;
                while (rows.next()) {
                    sum += rows.getInt(1);
                }
                assertThat(sum).isEqualTo(6);
            }
        }
        connection.commit();
    }

    @Test
    void tableMayBeCreatedFromIt() throws Exception {
        table(Frames.data("1|a\n2|b\n"), Frames.end());

        run("create temp table made as select * from x distributed by (b)");

        assertThat(rows("select count(*) from made")).containsExactly("2");
        assertThat(rows("select distkey from gp_distribution_policy where localoid = 'made'::regclass"))
                .containsExactly("2");
    }

    @Test
    void explainMovesNothing() throws Exception {
        table(Frames.data("1|a\n"), Frames.end());

        assertThat(rows("explain insert into target select * from x")).isNotEmpty();

        assertThat(server.requests("x")).isEmpty();
    }

    @Test
    void nothingIsLeftAfterAStatement() throws Exception {
        table(Frames.data("1|a\n"), Frames.end());

        run("insert into target select * from x");

        assertThat(rows("select relname from pg_class where relname like 'mpp_scan%'"))
                .isEmpty();
    }

    @Test
    void manyRowsInManyBlocks() throws Exception {
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            block.append(i)
                    .append("|some text that makes a row longer ")
                    .append(i)
                    .append('\n');
        }
        byte[] data = Frames.data(block.toString());
        table(data, data, data, data, data, Frames.end());

        assertThat(update("insert into target select * from x")).isEqualTo(100_000);

        assertThat(rows("select count(distinct a), sum(a) from target")).containsExactly("20000|999950000");
    }

    @Test
    void locationsAreSharedRoundRobin() throws Exception {
        for (String path : List.of("u1", "u2", "u3")) {
            server.serve(path, Frames.data(path.substring(1) + "|a\n"), Frames.end());
        }
        run("create external temp table x(a int, b text) location('" + server.url("u1") + "', '" + server.url("u2")
                + "', '" + server.url("u3") + "') format 'text' (delimiter '|')");

        assertThat(rows("select a from x order by a")).containsExactly("1", "2", "3");

        assertThat(server.requests("u1")).hasSize(2);
        assertThat(server.requests("u2")).hasSize(1);
        assertThat(server.requests("u3")).hasSize(1);
    }

    @Test
    void answersMayBeChunkedOrMeasured() throws Exception {
        byte[] rows = Frames.data("1|a\n");
        byte[] end = Frames.end();
        server.script("x", (request, out) -> {
            if (request.header("X-GP-SEGMENT-ID").equals("0")) {
                out.write(TestServer.ascii(
                        "HTTP/1.1 200 ok\r\nX-GP-PROTO: 1\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n"));
                out.write(rows, 0, 3);
                out.write(TestServer.ascii("\r\n" + Integer.toHexString(rows.length - 3) + "\r\n"));
                out.write(rows, 3, rows.length - 3);
                out.write(TestServer.ascii("\r\n5\r\n"));
                out.write(end);
                out.write(TestServer.ascii("\r\n0\r\n\r\n"));
            } else {
                out.write(TestServer.ascii("HTTP/1.1 200 ok\r\nX-GP-PROTO: 1\r\nContent-Length: 14\r\n\r\n"));
                out.write(rows);
                out.write(end);
            }
        });
        external("x", "x", "'text' (delimiter '|')");

        assertThat(rows("select count(*) from x")).containsExactly("4");
    }

    @Test
    void protocolHeaderMatchesInItsCaseOnly() throws Exception {
        server.script("x", (request, out) -> {
            out.write(TestServer.ok("x-gp-proto: 1"));
            out.write(TestServer.ascii("5|raw\n"));
        });
        external("x", "x", "'text' (delimiter '|')");

        assertThat(rows("select distinct a, b from x")).containsExactly("5|raw");
    }
}
