package io.mppconnect.transfer.plan;

import io.mppconnect.Table;
import io.mppconnect.WriteMode;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableReactions;
import io.mppconnect.transfer.job.TransferJob;
import java.sql.Connection;
import java.util.List;
import java.util.Optional;

/**
 * A table to be written: what is asked for, and what the catalog says of it.
 *
 * @param considered what it does by itself; empty when it is written the same way whatever that is
 */
public record TargetTable(Table table, TableInfo info, Optional<TableReactions> considered) {

    /** With what the catalog says now of what it does by itself, if its rows are to be chosen, matched or tried in parts. */
    public static TargetTable of(
            TransferJob.Load job, Table table, TableInfo info, Catalog catalog, Connection connection) {
        boolean matters = table.mode().kind().matches() || table.filter().isPresent() || job.findsViolations();
        return new TargetTable(
                table, info, matters ? Optional.of(catalog.reactions(connection, info)) : Optional.empty());
    }

    /** What it does by itself, as far as that makes a difference. */
    public TableReactions reactions() {
        return considered.orElse(TableReactions.NONE);
    }

    public WriteMode mode() {
        return table.mode();
    }

    /** The columns that a load may write: those asked for, or all that can be written. */
    List<Column> writable() {
        if (table.columns().isEmpty()) {
            return info.columns().stream()
                    .filter(column -> column.generation().writable())
                    .toList();
        }
        return table.columns().stream()
                .flatMap(name -> info.column(name).stream())
                .toList();
    }

    /** A column that is known to exist. */
    public Column column(String name) {
        return info.column(name).orElseThrow(() -> new IllegalStateException("There is no column " + name));
    }
}
