package io.mppconnect.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimilarNamesTest {

    private static final List<TableName> TABLES = List.of(
            name("public.order"),
            name("public.orders_2024"),
            name("sales.orders"),
            name("sales.customers"),
            name("sales.t1"),
            new TableName(Optional.of("public"), "ORDERS"));

    private static TableName name(String text) {
        return TableName.parse(text);
    }

    @Test
    void findsTheNameInAnotherCaseOrSchemaAndSlipsInItsOwn() {
        assertThat(SimilarNames.of(name("public.orders"), TABLES))
                .extracting(TableName::toString)
                .containsExactly("sales.orders", "public.ORDERS", "public.order");
    }

    @Test
    void aSlipInAnotherSchemaIsAnotherName() {
        assertThat(SimilarNames.of(name("public.custmers"), TABLES)).isEmpty();
        assertThat(SimilarNames.of(name("custmers"), TABLES)).containsExactly(name("sales.customers"));
    }

    @Test
    void shortNamesAreNotGuessed() {
        assertThat(SimilarNames.of(name("sales.t2"), TABLES)).isEmpty();
    }
}
