package io.mppconnect.format.field;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.value.Scratch;
import io.mppconnect.format.value.TextStep;
import io.mppconnect.spi.RowReader;
import io.mppconnect.type.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A column that goes into a record.
 *
 * @param position among the row's columns, from 0
 */
public record ChosenColumn(String name, int position, ColumnType type) {

    /**
     * The columns of these names, or all when none is named.
     *
     * @throws MppConnectException when one is not there, or named twice
     */
    public static List<ChosenColumn> of(String format, List<String> names, List<Column> columns) {
        List<ChosenColumn> chosen = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String name : names.isEmpty() ? columns.stream().map(Column::name).toList() : names) {
            if (!seen.add(name)) {
                throw mismatch("Cannot write " + format + ": two columns are named " + name);
            }
            chosen.add(of(format, name, columns));
        }
        return chosen;
    }

    public static ChosenColumn of(String format, String name, List<Column> columns) {
        for (int position = 0; position < columns.size(); position++) {
            if (columns.get(position).name().equals(name)) {
                return new ChosenColumn(name, position, columns.get(position).type());
            }
        }
        throw mismatch("Cannot write " + format + ": there is no column " + name + "; the columns are "
                + String.join(", ", columns.stream().map(Column::name).toList()));
    }

    /** Adds what a row has in this column; false when it is NULL, for which nothing is added. */
    public boolean add(RowReader row, TextStep step, Scratch record) throws BadRecordException {
        if (row.isNull(position)) {
            return false;
        }
        int from = row.valueFrom(position);
        try {
            step.add(row.valueBytes(), from, row.valueTo(position), record);
        } catch (BadRecordException e) {
            throw e.within(name);
        }
        return true;
    }

    public static MppConnectException mismatch(String message) {
        return new MppConnectException(ErrorCode.COLUMN_MISMATCH, message);
    }
}
