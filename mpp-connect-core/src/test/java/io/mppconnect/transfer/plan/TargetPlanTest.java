package io.mppconnect.transfer.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.catalog.Column;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import org.junit.jupiter.api.Test;

class TargetPlanTest {

    @Test
    void anExplicitCastNeverCutsValues() {
        assertThat(TargetPlan.unmodified(Column.of("c", ColumnType.of(TypeKind.VARCHAR, "character varying(3)"))))
                .isEqualTo("character varying");
        assertThat(TargetPlan.unmodified(Column.of("c", ColumnType.of(TypeKind.CHAR, "character(3)"))))
                .isEqualTo("bpchar");
        assertThat(TargetPlan.unmodified(Column.of("c", ColumnType.of(TypeKind.BIT, "bit(3)"))))
                .isEqualTo("\"bit\"");
        assertThat(TargetPlan.unmodified(Column.of("c", ColumnType.of(TypeKind.ARRAY, "numeric(4,2)[]"))))
                .isEqualTo("numeric[]");
        assertThat(TargetPlan.unmodified(
                        Column.of("c", ColumnType.of(TypeKind.TIMESTAMP, "timestamp(3) without time zone"))))
                .isEqualTo("timestamp without time zone");
    }
}
