package io.mppconnect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueryTest {

    @Test
    void showsTheBeginningOfTheStatementOnOneLine() {
        assertThat(Query.sql("SELECT a,\n  b FROM t")).hasToString("query SELECT a, b FROM t");
        assertThat(Query.sql("SELECT " + "column, ".repeat(50) + "b FROM t"))
                .hasToString("query SELECT " + "column, ".repeat(9) + "c...");
    }

    @Test
    void doesNotShowBoundValues() {
        assertThat(Query.sql("SELECT a FROM t WHERE secret = ?", "hunter2"))
                .hasToString("query SELECT a FROM t WHERE secret = ?");
    }
}
