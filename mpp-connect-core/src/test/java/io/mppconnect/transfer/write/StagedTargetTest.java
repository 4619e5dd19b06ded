package io.mppconnect.transfer.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.catalog.Column;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import org.junit.jupiter.api.Test;

class StagedTargetTest {

    @Test
    void anExplicitCastNeverCutsValues() {
        assertThat(StagedTarget.unmodified(Column.of("c", ColumnType.of(TypeKind.VARCHAR, "character varying(3)"))))
                .isEqualTo("character varying");
        assertThat(StagedTarget.unmodified(Column.of("c", ColumnType.of(TypeKind.CHAR, "character(3)"))))
                .isEqualTo("bpchar");
        assertThat(StagedTarget.unmodified(Column.of("c", ColumnType.of(TypeKind.BIT, "bit(3)"))))
                .isEqualTo("\"bit\"");
        assertThat(StagedTarget.unmodified(Column.of("c", ColumnType.of(TypeKind.ARRAY, "numeric(4,2)[]"))))
                .isEqualTo("numeric[]");
        assertThat(StagedTarget.unmodified(
                        Column.of("c", ColumnType.of(TypeKind.TIMESTAMP, "timestamp(3) without time zone"))))
                .isEqualTo("timestamp without time zone");
    }
}
