package io.mppconnect.transfer.write;

import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.TableName;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.TargetTable;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A temporary table for rows that an update moves to another partition, which Greenplum 6 refuses to do: they are put
 * aside as they are to be, deleted, and inserted anew.
 *
 * @param clauses what follows the columns
 */
record MovedRows(String name, List<Column> definitions, String clauses) {

    MovedRows {
        definitions = List.copyOf(definitions);
    }

    static MovedRows of(TargetTable target, Catalog catalog) {
        List<Column> writable = target.info().columns().stream()
                .filter(column -> column.generation().writable())
                .toList();
        String asTarget = catalog.distributedAs(target.info().distribution());
        return new MovedRows(ExternalTable.uniqueName(), writable, catalog.temporary(asTarget));
    }

    String sqlName() {
        return TableName.quoted(name);
    }

    List<String> columns() {
        return definitions.stream().map(Column::name).toList();
    }

    String create() {
        String list = definitions.stream()
                .map(column ->
                        TableName.quoted(column.name()) + " " + column.type().declared())
                .collect(Collectors.joining(", "));
        return "CREATE TEMP TABLE " + sqlName() + " (" + list + ")" + clauses;
    }

    String putBack(String table) {
        String names = columns().stream().map(TableName::quoted).collect(Collectors.joining(", "));
        return "INSERT INTO " + table + " (" + names + ") SELECT " + names + " FROM " + sqlName();
    }
}
