package io.mppconnect.catalog;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the catalog says of a relation.
 *
 * @param oid the relation's object id
 * @param name with its schema
 * @param columns in the table's order, dropped ones left out
 * @param privileges what the connected role may do with it
 */
public record TableInfo(
        long oid,
        TableName name,
        Kind kind,
        Storage storage,
        boolean partitioned,
        List<Column> columns,
        Distribution distribution,
        Set<Privilege> privileges) {

    public TableInfo {
        columns = List.copyOf(columns);
        privileges = Set.copyOf(privileges);
    }

    /** What kind of relation it is. */
    public enum Kind {
        TABLE,
        VIEW,
        MATERIALIZED_VIEW,
        FOREIGN_TABLE,
        /** A readable external table. */
        EXTERNAL_READABLE,
        /** A writable external table. */
        EXTERNAL_WRITABLE;

        /** Whether INSERT can write into it. */
        public boolean insertable() {
            return this == TABLE || this == FOREIGN_TABLE || this == EXTERNAL_WRITABLE || this == VIEW;
        }
    }

    /** How rows are stored. */
    public enum Storage {
        HEAP,
        APPEND_OPTIMISED_ROW,
        APPEND_OPTIMISED_COLUMN,
        /** Not by this database: a view, a foreign or an external table. */
        NONE
    }

    /** What a role may do with a relation. */
    public enum Privilege {
        SELECT,
        INSERT,
        UPDATE,
        DELETE,
        TRUNCATE,
        /** Name it at all: {@code USAGE} on its schema, without which none of the others helps. */
        USE_SCHEMA
    }

    /** The column of exactly this name. */
    public Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }

    /** The column that a name which none of them has was most likely meant to be; empty when none resembles it. */
    public Optional<String> similarColumn(String name) {
        return SimilarNames.of(name, columns.stream().map(Column::name).toList());
    }
}
