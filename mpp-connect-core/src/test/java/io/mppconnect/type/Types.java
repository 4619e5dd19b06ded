package io.mppconnect.type;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Column types for tests. */
final class Types {

    private Types() {}

    static ColumnType of(TypeKind kind) {
        return ColumnType.of(kind, kind.name().toLowerCase(Locale.ROOT));
    }

    static ColumnType numeric(int precision, int scale) {
        String sql = "numeric(" + precision + "," + scale + ")";
        return new ColumnType(
                TypeKind.NUMERIC, sql, Optional.empty(), -1, precision, scale, Optional.empty(), List.of());
    }

    static ColumnType varchar(int length) {
        return new ColumnType(
                TypeKind.VARCHAR,
                "varchar(" + length + ")",
                Optional.empty(),
                length,
                -1,
                -1,
                Optional.empty(),
                List.of());
    }

    static ColumnType enumOf(String... labels) {
        return new ColumnType(
                TypeKind.ENUM, "\"Mood\"", Optional.empty(), -1, -1, -1, Optional.empty(), List.of(labels));
    }
}
