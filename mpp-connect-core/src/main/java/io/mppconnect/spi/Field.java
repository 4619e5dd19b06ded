package io.mppconnect.spi;

import io.mppconnect.type.ColumnType;
import java.util.Optional;

/**
 * One field of a source's rows.
 *
 * @param name how mappings and the external table call it
 * @param type the SQL type the database shall read it as; empty to take the type of the column it is loaded into
 */
public record Field(String name, Optional<ColumnType> type) {

    /** A field whose type the column that it is written into decides. */
    public static Field of(String name) {
        return new Field(name, Optional.empty());
    }

    /** A field of a type of its own. */
    public static Field of(String name, ColumnType type) {
        return new Field(name, Optional.of(type));
    }
}
