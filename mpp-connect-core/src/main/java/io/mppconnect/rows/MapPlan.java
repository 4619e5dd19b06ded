package io.mppconnect.rows;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows that are maps from names to values; what a map lacks is NULL. */
final class MapPlan {

    private MapPlan() {}

    /** @param names the fields; empty for the target's columns, when there is no row to name them */
    static RowPlan<Map<String, ? extends @Nullable Object>> of(List<String> names, List<Column> columns) {
        List<String> fields =
                names.isEmpty() ? columns.stream().map(Column::name).toList() : names;
        List<FieldMapping<Map<String, ? extends @Nullable Object>>> mappings = fields.stream()
                .map(name -> FieldMapping.<Map<String, ? extends @Nullable Object>>of(
                        List.of(name), Object.class, values -> values.get(name)))
                .toList();
        Set<String> known = Set.copyOf(fields);
        return new CheckedPlan<>(MappedPlan.of(mappings, columns), (values, number) -> check(values, known, number));
    }

    private static void check(Map<String, ?> values, Set<String> known, long number) {
        for (String key : values.keySet()) {
            if (!known.contains(key)) {
                throw new MppConnectException(
                        ErrorCode.BAD_DATA,
                        "Cannot write row " + number + ": its key " + key
                                + " is no field; name all fields with Rows.maps(names, rows), or take the key out");
            }
        }
    }
}
