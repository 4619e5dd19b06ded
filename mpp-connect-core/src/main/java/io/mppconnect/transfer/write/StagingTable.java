package io.mppconnect.transfer.write;

import io.mppconnect.catalog.TableName;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A temporary table that holds the rows of one batch, so that one pull serves several statements. Each transfer has its
 * own.
 *
 * <p>It is created once per connection and emptied by each commit: {@code ON COMMIT DELETE ROWS} cuts its file without a
 * trace in the catalogs, which TRUNCATE and CREATE would bloat with every batch.
 *
 * @param clauses what follows the columns
 * @param filter SQL over the source's fields: which rows are kept
 */
record StagingTable(String name, List<Staged> columns, String clauses, Optional<String> filter) {

    /**
     * A column.
     *
     * @param value SQL over the source's fields
     */
    record Staged(String name, String type, String value) {}

    StagingTable {
        columns = List.copyOf(columns);
    }

    String sqlName() {
        return TableName.quoted(name);
    }

    String create() {
        String list = columns.stream()
                .map(column -> TableName.quoted(column.name()) + " " + column.type())
                .collect(Collectors.joining(", "));
        return "CREATE TEMP TABLE " + sqlName() + " (" + list + ")" + clauses;
    }

    String fill(String from) {
        String names =
                columns.stream().map(column -> TableName.quoted(column.name())).collect(Collectors.joining(", "));
        String values = columns.stream().map(Staged::value).collect(Collectors.joining(", "));
        return "INSERT INTO " + sqlName() + " (" + names + ") SELECT " + values + " FROM " + from
                + filter.map(sql -> " WHERE " + sql).orElse("");
    }
}
