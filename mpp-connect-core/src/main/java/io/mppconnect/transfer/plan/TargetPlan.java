package io.mppconnect.transfer.plan;

import io.mppconnect.WriteMode;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.TableName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is written into one table.
 *
 * @param fields the columns that take a field, each with the field
 * @param values the columns that are written, each with the SQL over the source's fields that gives its value
 */
public record TargetPlan(TargetTable target, Map<String, String> fields, Map<String, String> values) {

    /** @param converted whether a field goes into columns of several types, and has to be converted for each */
    static TargetPlan of(TargetTable target, Map<String, String> fields, Predicate<String> converted) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Column column : target.info().columns()) {
            String expression = target.table().computed().get(column.name());
            String field = fields.get(column.name());
            if (expression != null) {
                values.put(column.name(), enclosed(expression));
            } else if (field != null) {
                String name = TableName.quoted(field);
                values.put(
                        column.name(),
                        converted.test(field)
                                ? "CAST(" + name + " AS " + column.type().declared() + ")"
                                : name);
            }
        }
        return new TargetPlan(target, fields, values);
    }

    /** A user's expression as a part of another; the line end is for one that ends in a comment. */
    public static String enclosed(String expression) {
        return "(" + expression + "\n)";
    }

    /** The condition on rows of the source, as SQL. */
    public Optional<String> filter() {
        return target.table().filter().map(TargetPlan::enclosed);
    }

    /**
     * The statement that appends rows.
     *
     * @param from what stands behind FROM, and has the source's fields
     */
    public String insert(String from) {
        String names = values.keySet().stream().map(TableName::quoted).collect(Collectors.joining(", "));
        return "INSERT INTO " + sqlName() + " (" + names + ") SELECT " + String.join(", ", values.values()) + " FROM "
                + from;
    }

    /** The columns that an update of a row writes. */
    public List<String> updated() {
        WriteMode mode = target.mode();
        if (!mode.kind().updates() || !mode.update().isEmpty()) {
            return mode.update();
        }
        return values.keySet().stream()
                .filter(column -> !mode.match().contains(column))
                .toList();
    }

    /** Those of them by which the database cannot move a row itself. */
    public List<String> immovable() {
        return updated().stream()
                .filter(target.reactions().immovable()::contains)
                .toList();
    }

    public String sqlName() {
        return target.info().name().sql();
    }

    /**
     * The column's type without its length: an explicit cast would cut values to it in silence, which the assignment that
     * follows refuses to do.
     */
    public static String unmodified(Column column) {
        String sql = column.type().sql();
        if (sql.contains("\"")) {
            return sql;
        }
        String array = sql.endsWith("[]") ? "[]" : "";
        String bare = sql.replaceAll("\\(\\d+(,\\d+)?\\)", "");
        return switch (bare.replace("[]", "")) {
            case "character", "char" -> "bpchar" + array;
            case "bit" -> "\"bit\"" + array;
            default -> bare;
        };
    }
}
