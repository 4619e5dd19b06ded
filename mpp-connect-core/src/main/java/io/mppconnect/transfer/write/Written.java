package io.mppconnect.transfer.write;

import io.mppconnect.TransferReport.TablePart;
import java.util.ArrayList;
import java.util.List;

/**
 * What the statements of one batch did.
 *
 * @param rows how many rows arrived in the target or in the staging table
 * @param filtered whether a filter may have kept some rows from arriving
 */
public record Written(long rows, boolean filtered, List<TablePart> tables) {

    public Written {
        tables = List.copyOf(tables);
    }

    /** What both did, in the same tables. */
    public Written and(Written other) {
        if (tables.isEmpty()) {
            return other;
        }
        List<TablePart> sum = new ArrayList<>();
        for (int i = 0; i < tables.size(); i++) {
            sum.add(sum(tables.get(i), other.tables.get(i)));
        }
        return new Written(rows + other.rows, filtered || other.filtered, sum);
    }

    public static TablePart sum(TablePart one, TablePart other) {
        return new TablePart(
                one.table(),
                one.inserted() + other.inserted(),
                one.updated() + other.updated(),
                one.deleted() + other.deleted());
    }

    /** Whether this is what comes of so many rows that segments took. */
    public boolean accountsFor(long taken) {
        return filtered ? rows <= taken : rows == taken;
    }
}
