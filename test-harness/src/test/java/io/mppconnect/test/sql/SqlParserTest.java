package io.mppconnect.test.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.test.sql.SqlStatement.Plain;
import io.mppconnect.test.sql.SqlStatement.Query;
import io.mppconnect.test.sql.SqlStatement.Reworded;
import io.mppconnect.test.sql.SqlStatement.SetSetting;
import io.mppconnect.test.sql.TableReference.Use;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlParserTest {

    private final SqlParser parser =
            new SqlParser(Set.of("gp_setting")::contains, Set.of("ext", "Odd \"name\"")::contains);

    private List<TableReference> references(String sql) throws SqlProblem {
        SqlStatement statement = parser.parse(sql).get(0);
        return statement instanceof Query query ? query.references() : List.of();
    }

    private List<String> names(String sql) throws SqlProblem {
        return references(sql).stream().map(TableReference::name).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select 'from ext'",
                "select 1 -- from ext",
                "select 1 /* from /* nested */ ext */ + 1",
                "select $$ from ext $$",
                "select $tag$ from ext $$ $tag$",
                "select e'it\\'s from ext'",
                "select 'it''s from ext'",
                "select ext from other",
                "select extract(epoch from ext) from other",
                "select a is distinct from ext from other",
                "select other.ext from other where ext in (1)",
                "select * from ext(1)",
                "with ext as (select 1) select * from ext",
                "with recursive ext(a) as (select 1 union select a from ext) select * from ext",
                "insert into other(ext) values (1)",
                "update other set ext = 1",
                "select * from a join b using (ext)",
                "create view v as select * from ext",
                "prepare p as select * from ext",
            })
    void otherUsesOfANameAreNoReferences(String sql) throws SqlProblem {
        assertThat(parser.parse(sql)).containsExactly(new Plain(sql));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from ext",
                "select * from other, ext where a = 1",
                "select * from other o left join ext on true",
                "select * from other, lateral (select * from only ext) x",
                "select * from (other join ext using (a))",
                "select (select max(a) from ext)",
                "select extract(year from (select d from ext))",
                "with x as (select * from ext) select * from x",
                "insert into other select * from EXT",
                "insert into ext values (1)",
                "delete from ext",
                "delete from other using ext where true",
                "update ext set a = 1",
                "create table x as select * from ext",
                "create temp table x as (select * from ext)",
                "declare c cursor for select * from ext",
                "(select * from ext) union select 1",
                "select * from t for update of t; select * from ext",
            })
    void referencesAreFound(String sql) throws SqlProblem {
        List<SqlStatement> statements = parser.parse(sql);
        assertThat(statements.get(statements.size() - 1))
                .isInstanceOfSatisfying(
                        Query.class,
                        query -> assertThat(query.references())
                                .singleElement()
                                .satisfies(reference ->
                                        assertThat(reference.table()).isEqualTo("ext")));
    }

    @Test
    void qualifiedAndQuotedNamesAreKeptAsWritten() throws SqlProblem {
        assertThat(names("select * from public.ext a, \"Odd \"\"name\"\"\" b, \"Sch\" . \"ext\""))
                .containsExactly("public.ext", "\"Odd \"\"name\"\"\"", "\"Sch\" . \"ext\"");
    }

    @Test
    void useIsTold() throws SqlProblem {
        assertThat(references("insert into ext select * from ext"))
                .extracting(TableReference::use)
                .containsExactly(Use.INSERT, Use.READ);
        assertThat(references("update ext set a = 1 from ext as x"))
                .extracting(TableReference::use)
                .containsExactly(Use.CHANGE, Use.READ);
    }

    @Test
    void aliasIsTold() throws SqlProblem {
        assertThat(references("select * from ext, ext e, ext as e, ext * e, ext where true"))
                .extracting(TableReference::aliased)
                .containsExactly(false, true, true, true, false);
        assertThat(references("select * from ext left join ext \"x\" on true"))
                .extracting(TableReference::aliased)
                .containsExactly(false, true);
    }

    @Test
    void explainMovesNothingUnlessItAnalyzes() throws SqlProblem {
        assertThat(executes("explain select * from ext")).isFalse();
        assertThat(executes("explain (VERBOSE) select * from ext")).isFalse();
        assertThat(executes("explain analyze select * from ext")).isTrue();
        assertThat(executes("explain (VERBOSE, ANALYZE) select * from ext")).isTrue();
    }

    private boolean executes(String sql) throws SqlProblem {
        return ((Query) parser.parse(sql).get(0)).executes();
    }

    @Test
    void textWithoutAnythingSpecialIsOneStatement() throws SqlProblem {
        String sql = "select 1; create table t(a int); insert into t values (';')";
        assertThat(parser.parse(sql)).containsExactly(new Plain(sql));
        assertThat(parser.parse(" -- nothing")).containsExactly(new Plain(" -- nothing"));
    }

    @Test
    void settingsAreTold() throws SqlProblem {
        assertThat(parser.parse("set local gp_setting to -1"))
                .containsExactly(new SetSetting("local", "gp_setting", "-1"));
        assertThat(parser.parse("SET GP_SETTING = 'a b'"))
                .containsExactly(new SetSetting("session", "gp_setting", "a b"));
        assertThat(parser.parse("reset gp_setting")).containsExactly(new SetSetting("session", "gp_setting", ""));
        assertThat(parser.parse("alter role r set gp_setting = 1"))
                .containsExactly(new Reworded("alter role r set mpp.gp_setting = 1"));
        assertThat(parser.parse("set search_path = a, b")).containsExactly(new Plain("set search_path = a, b"));
    }

    @Test
    void syntaxErrorsNameTheirPlace() {
        assertThatThrownBy(() -> parser.parse("create external table x(a int) format 'text'"))
                .isInstanceOfSatisfying(
                        SqlProblem.class,
                        problem -> assertThat(problem.sqlState()).isEqualTo("42601"))
                .hasMessage("syntax error at or near \"format\"");
        assertThatThrownBy(() -> parser.parse("create external table x(a int) location('gpfdist://h:1/a')"))
                .hasMessage("syntax error at end of input");
    }

    @Test
    void tableDefinitionsAreTakenApart() throws SqlProblem {
        SqlStatement statement = parser.parse("create table s.t(a int, with_x text) with (appendonly=true, oids=false)"
                        + " tablespace ts distributed by (a int4_ops, \"B\") ;")
                .get(0);
        TableDefinition definition = ((SqlStatement.CreateTable) statement).definition();
        assertThat(definition.sql().strip())
                .isEqualTo("create table s.t(a int, with_x text) with (oids=false) tablespace ts");
        assertThat(definition.name()).isEqualTo("s.t");
        assertThat(definition.storage()).containsOnlyKeys("appendonly").containsEntry("appendonly", "true");
        assertThat(definition.distribution())
                .isEqualTo(new Distribution(false, List.of("a", "B"), List.of("int4_ops", "")));
    }

    private long rowsNeeded(String sql) throws SqlProblem {
        return ((Query) parser.parse(sql).get(0)).rowsNeeded();
    }

    @Test
    void aLimitTellsHowManyRowsOfOneTableAreNeeded() throws SqlProblem {
        assertThat(rowsNeeded("select a, b from ext e limit 5")).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from ext",
                "select * from ext where a > 1 limit 5",
                "select distinct a from ext limit 5",
                "select count(*) from ext limit 5",
                "select * from ext order by a limit 5",
                "select * from ext, ext e limit 5",
                "select * from ext limit 5 offset 2",
                "select * from ext limit 1e3",
                "select * from ext limit 99999999999999999999",
                "insert into other select * from ext limit 5",
            })
    void otherLimitsSayNothingOfATablesRows(String sql) throws SqlProblem {
        assertThat(rowsNeeded(sql)).isEqualTo(Long.MAX_VALUE);
    }
}
