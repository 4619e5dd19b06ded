package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows as a real cluster reads them. */
class FormatTest extends ClusterTest {

    private static final String QUERY = "select a, b, b is null from x order by 1, 2";

    private List<String> read(String format, String... blocks) throws Exception {
        server.script("x", (request, out) -> {
            out.write(TestServer.ok("X-GP-PROTO: 1"));
            if (request.header("X-GP-SEGMENT-ID").equals("1")) {
                for (String block : blocks) {
                    out.write(Frames.frame('D', TestServer.ascii(block)));
                }
            }
            out.write(Frames.end());
        });
        external("x", "x", format);
        return rows(QUERY);
    }

    @Test
    void textEscapes() throws Exception {
        assertThat(read("'text' (delimiter '|')", "1|a\\nb\\|c\\\\d\\x41\\101\n2|\\N\n"))
                .containsExactly("1|a\nb|c\\dAA|f", "2|null|t");
    }

    @Test
    void rowsMayGoOnInTheNextBlock() throws Exception {
        assertThat(read("'text' (delimiter '|')", "1|a", "a\n2|", "b")).containsExactly("1|aa|f", "2|b|f");
    }

    @Test
    void firstRowSettlesHowRowsEnd() throws Exception {
        assertThat(read("'text' (delimiter '|')", "1|a\n2|b\r\n")).containsExactly("1|a|f", "2|b\r|f");
    }

    @Test
    void carriageReturnsMayEndRows() throws Exception {
        assertThat(read("'text' (delimiter '|')", "1|a\r2|b\r")).containsExactly("1|a|f", "2|b|f");
    }

    @Test
    void rowEndSplitOverBlocks() throws Exception {
        assertThat(read("'text' (delimiter '|')", "1|a\r", "\n2|b\r\n")).containsExactly("1|a|f", "2|b|f");
    }

    @Test
    void newlineOptionHolds() throws Exception {
        assertThat(read("'text' (delimiter '|' newline 'CR')", "1|a\nb\r2|c\r")).containsExactly("1|a\nb|f", "2|c|f");
    }

    @Test
    void backslashAndDotEndTheData() throws Exception {
        assertThat(read("'text' (delimiter '|')", "1|a\n\\.\n2|b\n", "3|c\n")).containsExactly("1|a|f");
    }

    @Test
    void escapeMayBeOff() throws Exception {
        assertThat(read("'text' (delimiter '|' escape 'off')", "1|a\\nb\\\n2|\\N\n"))
                .containsExactly("1|a\\nb\\|f", "2|null|t");
    }

    @Test
    void escapeMayBeAnotherCharacter() throws Exception {
        assertThat(read("'text' (delimiter '|' escape '@')", "1|a@nb@|c@@d\\x41\n2|\\N\n"))
                .containsExactly("1|a\nb|c@d\\x41|f", "2|null|t");
    }

    @Test
    void nullMayBeAnyWord() throws Exception {
        assertThat(read("'text' (delimiter '|' null 'NULL')", "1|NULL\n2|\\N\n"))
                .containsExactly("1|null|t", "2|N|f");
    }

    @Test
    void missingFieldsMayBeNull() throws Exception {
        assertThat(read("'text' (delimiter '|' fill missing fields)", "1\n2|b\n"))
                .containsExactly("1|null|t", "2|b|f");
    }

    @Test
    void csvQuotes() throws Exception {
        assertThat(read("'csv'", "1,\"a\"\"b\"\n2,\n3,\"\"\n4,\"x,\r\ny\"\n5,p\tq\\r\n"))
                .containsExactly("1|a\"b|f", "2|null|t", "3||f", "4|x,\r\ny|f", "5|p\tq\\r|f");
    }

    @Test
    void csvWithOtherQuoteAndEscape() throws Exception {
        assertThat(read("'csv' (quote '''' escape '\\')", "1,'a\\'b,'\n2,'x\ny'\n3,'c\\\\'\n"))
                .containsExactly("1|a'b,|f", "2|x\ny|f", "3|c\\|f");
    }

    @Test
    void csvForcesNotNull() throws Exception {
        assertThat(read("'csv' (force not null b)", "1,\n2,\"\"\n")).containsExactly("1||f", "2||f");
    }

    @Test
    void csvMissingFieldsMayBeNull() throws Exception {
        assertThat(read("'csv' (fill missing fields null 'x')", "1\n2,\"b\nx\"\n"))
                .containsExactly("1|null|t", "2|b\nx|f");
    }

    @Test
    void encodingIsConverted() throws Exception {
        server.serve("x", Frames.frame('D', TestServer.ascii("1|caf\u00e9\n")), Frames.end());
        run("create external temp table x(a int, b text) location('" + server.url("x")
                + "') format 'text' (delimiter '|') encoding 'LATIN1'");

        assertThat(rows("select b from x")).containsExactly("caf\u00e9");
    }

    @Test
    void csvLinesCountAsSegmentsCountThem() throws Exception {
        server.serve(
                "x",
                Frames.file("f"),
                Frames.line(5),
                Frames.data("1,\"a\nb\nc\nd\"\n2,\"c\nd\"\n3,x\nx,\"d\ne\nf\"\n"),
                Frames.end());
        external("x", "x", "'csv'");

        assertThat(failure("select * from x"))
                .isEqualTo("22P02: invalid input syntax for integer: \"x\" / External table x, line 11 of "
                        + server.url("x") + ", column a");
    }

    @Test
    void unterminatedQuoteIsAnError() throws Exception {
        server.serve("x", Frames.line(5), Frames.data("1,a\n2,\"b\n3,c\n"), Frames.end());
        external("x", "x", "'csv'");

        assertThat(failure("select * from x"))
                .isEqualTo("22P04: unterminated CSV quoted field / External table x, line 8 of " + server.url("x")
                        + ": \"2,\"b\n3,c\"");
    }

    @Test
    void optionsTravelInTheRequest() throws Exception {
        server.serve("x", Frames.end());
        external("x", "x", "'csv' (quote '''' header newline 'CRLF')");

        rows("select * from x");

        assertThat(server.requests("x")).allSatisfy(request -> {
            assertThat(request.header("X-GP-CSVOPT")).isEqualTo("m1x 39q 39n3h1");
            assertThat(request.header("X-GP-LINE-DELIM-STR")).isEqualTo("0D0A");
            assertThat(request.header("X-GP-LINE-DELIM-LENGTH")).isEqualTo("2");
        });
    }

    @Test
    void catalogKeepsTheOptions() throws Exception {
        run("create external table ext_options(a int, b text) location('gpfdist://h:1/a', 'gpfdist://h/b') format 'csv'"
                + " (delimiter as ';' quote '''' header force not null b) encoding 'LATIN1'"
                + " log errors segment reject limit 5 percent");

        assertThat(rows("select urilocation, execlocation, fmttype, fmtopts, options, command, rejectlimit,"
                        + " rejectlimittype, logerrors, encoding, writable from pg_exttable"
                        + " where reloid = 'ext_options'::regclass"))
                .containsExactly(
                        "{gpfdist://h:1/a,gpfdist://h:8080/b}|{ALL_SEGMENTS}|c|delimiter ';' null '' escape '''"
                                + " quote ''' header force not null b|{}|null|5|p|t|8|f");
        run("drop external table ext_options");
        assertThat(rows("select count(*) from pg_exttable where urilocation[1] = 'gpfdist://h:1/a'"))
                .containsExactly("0");
    }
}
