package io.mppconnect.transfer.write;

import io.mppconnect.catalog.TableName;
import io.mppconnect.transfer.plan.ExternalTable.ExternalColumn;
import io.mppconnect.transfer.plan.TargetPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A target, and where the staging table has what it needs.
 *
 * @param staging the staging table's name in SQL
 * @param fields the source's fields, each a column of the staging table
 * @param keys the matched columns, each with the staged column that holds its value
 * @param chosen the staged column that tells whether a row is for this target; empty when all are
 * @param deleting the staged column that tells whether a row deletes; empty when none does
 * @param rank a name that no field and no column has
 */
record StagedTarget(
        TargetPlan plan,
        String staging,
        List<ExternalColumn> fields,
        Map<String, String> keys,
        Optional<String> chosen,
        Optional<String> deleting,
        String rank) {

    /** Types that are known to have an order. */
    private static final Pattern ORDERED = Pattern.compile("(?:int[248]|smallint|integer|bigint|oid|numeric|real"
            + "|float[48]|double precision|text|varchar|character varying|character|bpchar|boolean|bool|date|time"
            + "|timestamp|timestamptz|interval|uuid|bytea)(?:[ (][^\"]*)?");

    /** The staged columns of the key, in SQL. */
    List<String> keyColumns() {
        return plan.target().mode().match().stream()
                .map(column -> TableName.quoted(String.valueOf(keys.get(column))))
                .toList();
    }

    String where(String... more) {
        List<String> conditions = new ArrayList<>();
        chosen.map(TableName::quoted).ifPresent(conditions::add);
        conditions.addAll(List.of(more));
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    /**
     * A query for the values to be written, by the names of their columns; fields that no column is named as come along
     * under their own names.
     *
     * @param latest whether, of the rows of each key, only the latest one is given
     */
    String rows(boolean latest) {
        List<String> list = new ArrayList<>();
        plan.values().forEach((column, value) -> list.add(value(column, value) + " AS " + TableName.quoted(column)));
        for (ExternalColumn field : fields) {
            if (!plan.values().containsKey(field.name())) {
                list.add(TableName.quoted(field.name()));
            }
        }
        deleting.map(TableName::quoted).ifPresent(list::add);
        String from = latest
                ? "(SELECT *, row_number() OVER (PARTITION BY " + String.join(", ", keyColumns()) + " ORDER BY "
                        + order() + ") AS " + rank + " FROM " + staging + where() + ") AS ranked WHERE " + rank + " = 1"
                : staging + where();
        return "SELECT " + String.join(", ", list) + " FROM " + from;
    }

    private String value(String column, String value) {
        String key = keys.get(column);
        if (key != null) {
            return TableName.quoted(key);
        }
        // A constant has no type yet, and gets none as a column of a subquery.
        return plan.fields().containsKey(column)
                ? value
                : "CAST(" + value + " AS " + TargetPlan.unmodified(plan.target().column(column)) + ")";
    }

    /** The fields asked for, then all others, so that the choice is the same every time. */
    private String order() {
        List<String> asked = plan.target().mode().order();
        List<String> order = asked.stream()
                .map(field -> TableName.quoted(field) + " DESC NULLS LAST")
                .collect(Collectors.toCollection(ArrayList::new));
        for (ExternalColumn field : fields) {
            if (!asked.contains(field.name())) {
                order.add(ordered(field) + " DESC NULLS LAST");
            }
        }
        return String.join(", ", order);
    }

    private static String ordered(ExternalColumn field) {
        String name = TableName.quoted(field.name());
        return ORDERED.matcher(field.type()).matches() ? name : "CAST(" + name + " AS text)";
    }
}
