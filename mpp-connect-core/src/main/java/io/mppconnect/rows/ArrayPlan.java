package io.mppconnect.rows;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are arrays of values, in the order of some names. */
final class ArrayPlan {

    private ArrayPlan() {}

    /** @param names the fields; empty for the target's columns in their order */
    static RowPlan<@Nullable Object[]> of(List<String> names, List<Column> columns) {
        List<String> fields =
                names.isEmpty() ? columns.stream().map(Column::name).toList() : names;
        List<FieldMapping<@Nullable Object[]>> mappings = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            int position = i;
            mappings.add(FieldMapping.of(List.of(fields.get(i)), Object.class, values -> values[position]));
        }
        return new CheckedPlan<>(MappedPlan.of(mappings, columns), (values, number) -> check(values, fields, number));
    }

    private static void check(@Nullable Object[] values, List<String> fields, long number) {
        if (values.length != fields.size()) {
            throw new MppConnectException(
                    ErrorCode.BAD_DATA,
                    "Cannot write row " + number + ": it has " + values.length + " values for the " + fields.size()
                            + " columns " + String.join(", ", fields));
        }
    }
}
