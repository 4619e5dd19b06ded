package io.mppconnect.rows;

import io.mppconnect.catalog.Column;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.List;
import java.util.Locale;

/** Columns for tests. */
final class Columns {

    private Columns() {}

    /** A column named and typed like {@code id int8}. */
    static Column of(String definition) {
        String[] parts = definition.split(" ", 2);
        if (parts[1].endsWith("[]")) {
            ColumnType element = type(parts[1].substring(0, parts[1].length() - 2));
            return Column.of(parts[0], ColumnType.arrayOf(element));
        }
        return Column.of(parts[0], type(parts[1]));
    }

    static List<Column> all(String... definitions) {
        return List.of(definitions).stream().map(Columns::of).toList();
    }

    private static ColumnType type(String name) {
        return ColumnType.of(TypeKind.valueOf(name.toUpperCase(Locale.ROOT)), name);
    }
}
