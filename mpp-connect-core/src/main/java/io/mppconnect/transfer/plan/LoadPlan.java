package io.mppconnect.transfer.plan;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Column;
import io.mppconnect.spi.Field;
import io.mppconnect.transfer.plan.ExternalTable.ExternalColumn;
import io.mppconnect.type.ColumnType;
import io.mppconnect.type.TypeKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the fields of a source become the columns of tables, checked against the catalog before a row moves.
 *
 * @param columns the external table's columns: the source's fields in their order
 */
public record LoadPlan(List<ExternalColumn> columns, List<TargetPlan> targets) {

    public LoadPlan {
        columns = List.copyOf(columns);
        targets = List.copyOf(targets);
    }

    /**
     * The columns of all tables that a load may write: those asked for, or all that can be written. One that tables have
     * under the same name with different types is text to the source.
     */
    public static List<Column> writable(List<TargetTable> targets) {
        Map<String, Column> columns = new LinkedHashMap<>();
        for (TargetTable target : targets) {
            for (Column column : target.writable()) {
                columns.merge(
                        column.name(),
                        column,
                        (one, other) -> one.type().sql().equals(other.type().sql())
                                ? one
                                : Column.of(column.name(), ColumnType.of(TypeKind.TEXT, "text")));
            }
        }
        return List.copyOf(columns.values());
    }

    /**
     * Plans the load.
     *
     * @param missing the privileges found missing so far
     * @throws MppConnectException with every missing privilege, else with every other problem found
     */
    public static LoadPlan of(List<Field> fields, List<TargetTable> targets, MissingPrivileges missing) {
        List<TargetCheck> checks =
                targets.stream().map(target -> new TargetCheck(fields, target)).toList();
        checks.forEach(TargetCheck::relation);
        List<String> problems = new ArrayList<>();
        for (TargetCheck check : checks) {
            check.columns();
            if (targets.size() == 1) {
                check.leftOverFields();
            }
            if (!check.problems().isEmpty()) {
                problems.add("Cannot load into " + check.target().info().name() + ": "
                        + String.join("; ", check.problems()));
            }
        }
        checks.forEach(check -> check.privileges(missing));
        missing.refuse();
        if (targets.size() > 1) {
            unread(fields, checks).ifPresent(problems::add);
        }
        if (!problems.isEmpty()) {
            throw new MppConnectException(ErrorCode.COLUMN_MISMATCH, String.join(". ", problems));
        }
        return planned(fields, checks);
    }

    /** Of several tables, each may leave out fields that another one takes. */
    private static Optional<String> unread(List<Field> fields, List<TargetCheck> checks) {
        List<String> unread = fields.stream()
                .map(Field::name)
                .filter(field -> checks.stream().noneMatch(check -> check.mayRead(field) || check.ignoresOthers()))
                .toList();
        return unread.isEmpty()
                ? Optional.empty()
                : Optional.of("None of the tables takes field " + String.join(", ", unread));
    }

    private static LoadPlan planned(List<Field> fields, List<TargetCheck> checks) {
        Map<String, Set<ColumnType>> types = new LinkedHashMap<>();
        checks.forEach(check -> check.fieldOf()
                .forEach((column, field) -> types.computeIfAbsent(field, name -> new LinkedHashSet<>())
                        .add(check.target().column(column).type())));
        List<ExternalColumn> columns = fields.stream()
                .map(field -> new ExternalColumn(field.name(), type(field, types.getOrDefault(field.name(), Set.of()))))
                .toList();
        List<TargetPlan> targets = checks.stream()
                .map(check -> TargetPlan.of(
                        check.target(),
                        check.fieldOf(),
                        field -> sqlNames(types.get(field)).size() > 1))
                .toList();
        return new LoadPlan(columns, targets);
    }

    /**
     * A field has the type its source gives it, else that of the column it is written into, else text; text also when it
     * goes into columns of several types, for no other keeps what each of them reads.
     */
    private static String type(Field field, Set<ColumnType> columns) {
        List<String> types = sqlNames(columns);
        return field.type().map(ColumnType::sql).orElse(types.size() == 1 ? types.get(0) : "text");
    }

    private static List<String> sqlNames(@Nullable Set<ColumnType> types) {
        return types == null
                ? List.of()
                : types.stream().map(ColumnType::sql).distinct().toList();
    }
}
