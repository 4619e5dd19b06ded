package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

class RejectLimitTest extends ClusterTest {

    private static final String LOG =
            "select relname, filename, linenum, bytenum, errmsg, rawdata, rawbytes" + " from gp_read_error_log('x')";

    private void table(String limit, byte[]... frames) throws Exception {
        server.serve("x", frames);
        external("x", "x", "'text' (delimiter '|') " + limit);
    }

    private byte[] badRows() {
        return Frames.data("1|a\nx|b\ny|c\n2|d\n3|e|f\n4\n5|g\n");
    }

    @Test
    void badRowsAreLeftOutAndLogged() throws Exception {
        table("log errors segment reject limit 10", Frames.file("f.txt"), Frames.line(1), badRows(), Frames.end());

        assertThat(rows("select * from x order by a")).containsExactly("1|a", "2|d", "5|g");

        String source = server.url("x") + " [f.txt]";
        assertThat(rows(LOG))
                .containsExactly(
                        "x|" + source + "|2|null|invalid input syntax for integer: \"x\", column a|x|b|null",
                        "x|" + source + "|3|null|invalid input syntax for integer: \"y\", column a|y|c|null",
                        "x|" + source + "|5|null|extra data after last expected column|3|e|f|null",
                        "x|" + source + "|6|null|missing data for column \"b\"|4|null");
    }

    @Test
    void aLimitIsOfRowsThatAreNotRejected() throws Exception {
        table("segment reject limit 10", Frames.data("x|a\ny|b\nz|c\n"), Frames.data("1|a\n2|b\n3|c\n"), Frames.end());

        assertThat(rows("select a from x limit 3")).containsExactlyInAnyOrder("1", "2", "3");
    }

    @Test
    void noticeCountsThem() throws Exception {
        table("segment reject limit 10", badRows(), Frames.end());

        try (Statement statement = connection.createStatement()) {
            statement.execute("select * from x");
            SQLWarning warning = statement.getWarnings();
            assertThat((Throwable) warning)
                    .hasMessage("found 4 data formatting errors (4 or more input rows), rejected related input data");
        }
        assertThat(rows(LOG)).isEmpty();
    }

    @Test
    void limitEndsTheStatementButNotTheLog() throws Exception {
        table("log errors segment reject limit 3", badRows(), Frames.end());

        assertThat(failure("select * from x"))
                .isEqualTo("40M00: segment reject limit reached, aborting operation"
                        + " / Last error was: extra data after last expected column"
                        + " / External table x, line 5 of " + server.url("x") + ": \"3|e|f\"");

        assertThat(rows(LOG)).hasSize(3);
        assertThat(rows("select gp_truncate_error_log('x')")).containsExactly("t");
        assertThat(rows(LOG)).isEmpty();
    }

    @Test
    void percentCountsFromTheThreshold() throws Exception {
        table("segment reject limit 5 percent", badRows(), Frames.end());
        assertThat(rows("select * from x")).hasSize(3);
        run("set gp_reject_percent_threshold = 4");

        assertThat(failure("select * from x"))
                .startsWith("40M00: segment reject limit reached, aborting operation / Last error was: extra data");
    }

    @Test
    void nothingButBadRowsEndsTheStatement() throws Exception {
        table("segment reject limit 10", Frames.data("x|a\ny|b\nz|c\n"), Frames.end());
        run("set gp_initial_bad_row_limit = 2");

        assertThat(failure("select * from x"))
                .startsWith("40M00: all 2 first rows in this segment were rejected / Aborting operation regardless of"
                        + " REJECT LIMIT value, last error was: invalid input syntax for integer: \"y\", column a");
    }

    @Test
    void rowThatIsNoTextIsLoggedAsBytes() throws Exception {
        table(
                "log errors segment reject limit 10",
                Frames.frame('D', TestServer.ascii("1|ok\n2|\u00ff\u00fe\n3|ok\n")),
                Frames.end());

        assertThat(rows("select a from x order by a")).containsExactly("1", "3");

        assertThat(rows("select linenum, errmsg, rawdata, rawbytes from gp_read_error_log('x')"))
                .containsExactly("2|invalid byte sequence for encoding \"UTF8\": 0xff|null|\\x327cfffe");
    }

    @Test
    void logTellsWhichSegmentReadTheRow() throws Exception {
        table("log errors segment reject limit 10", badRows(), Frames.end());
        run("select * from x");

        assertThat(rows("select distinct pg_catalog.gp_execution_segment() between 0 and 3, linenum > 0"
                        + " from pg_catalog.gp_read_error_log('x')"))
                .containsExactly("t|t");
        assertThat(rows("select gp_execution_segment()")).containsExactly("-1");
    }

    @Test
    void logIsNoPartOfTheTransaction() throws Exception {
        table("log errors segment reject limit 3", badRows(), Frames.end());
        connection.setAutoCommit(false);
        Savepoint before = connection.setSavepoint();
        assertThat(failure("select * from x")).startsWith("40M00: ");
        connection.rollback(before);
        assertThat(rows(LOG)).hasSize(3);

        assertThat(rows("select gp_truncate_error_log('x')")).containsExactly("t");
        connection.rollback();

        assertThat(rows(LOG)).isEmpty();
        connection.setAutoCommit(true);
    }
}
