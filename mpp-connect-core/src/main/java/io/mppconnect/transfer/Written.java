package io.mppconnect.transfer;

import io.mppconnect.TransferReport.TablePart;
import java.util.List;

/**
 * What the statements of one batch did.
 *
 * @param rows how many rows arrived in the target or in the staging table
 * @param filtered whether a filter may have kept some rows from arriving
 */
record Written(long rows, boolean filtered, List<TablePart> tables) {

    Written {
        tables = List.copyOf(tables);
    }

    /** Whether this is what comes of so many rows that segments took. */
    boolean accountsFor(long taken) {
        return filtered ? rows <= taken : rows == taken;
    }
}
