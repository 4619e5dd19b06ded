package io.mppconnect.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DistributionClauseTest {

    private static final DatabaseVersion FIVE =
            DatabaseVersion.parse("PostgreSQL 8.3.23 (Greenplum Database 5.29.0 build commit:abc) on x86_64");
    private static final DatabaseVersion SIX =
            DatabaseVersion.parse("PostgreSQL 9.4.26 (Greenplum Database 6.24.3 build commit:abc) on x86_64");

    private static final List<Distribution.Key> MODERN =
            List.of(new Distribution.Key("a", "int4_ops"), new Distribution.Key("b", "text_ops"));
    private static final List<Distribution.Key> LEGACY = List.of(new Distribution.Key("a", "cdbhash_int4_ops"));

    @Test
    void namesTheKeyAsTheQueryDoes() {
        assertThat(DistributionClause.by(MODERN, Map.of("a", "x", "b", "Odd name", "c", "y"), SIX))
                .contains("DISTRIBUTED BY (\"x\", \"Odd name\")");
    }

    @Test
    void namesTheLegacyHashWhereItIsNotTheDefault() {
        assertThat(DistributionClause.by(LEGACY, Map.of("a", "a"), SIX))
                .contains("DISTRIBUTED BY (\"a\" cdbhash_int4_ops)");
        assertThat(DistributionClause.by(LEGACY, Map.of("a", "a"), FIVE)).contains("DISTRIBUTED BY (\"a\")");
    }

    @Test
    void saysNothingWithoutTheWholeKey() {
        assertThat(DistributionClause.by(MODERN, Map.of("a", "x"), SIX)).isEmpty();
        assertThat(DistributionClause.by(List.of(), Map.of("a", "x"), SIX)).isEmpty();
    }
}
