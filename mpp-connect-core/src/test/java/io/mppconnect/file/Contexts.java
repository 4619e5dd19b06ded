package io.mppconnect.file;

import io.mppconnect.catalog.Column;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.UnloadContext;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.Arrays;
import java.util.List;

/** Loads and unloads of some text columns. */
final class Contexts {

    private static final int MAX_ROW = 1 << 20;

    private Contexts() {}

    static LoadContext load(String... columns) {
        return load(MAX_ROW, columns);
    }

    static LoadContext load(int maxRowBytes, String... columns) {
        return new LoadContext(columns(columns), 2, maxRowBytes);
    }

    static UnloadContext unload(String... columns) {
        return new UnloadContext(columns(columns), 3, MAX_ROW);
    }

    private static List<Column> columns(String... names) {
        return Arrays.stream(names)
                .map(name -> Column.of(name, ColumnType.of(TypeKind.TEXT, "text")))
                .toList();
    }
}
