package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.SchemaEvolution;
import io.mppconnect.Table;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableInfo.Privilege;
import io.mppconnect.catalog.TableName;
import io.mppconnect.spi.Field;
import io.mppconnect.transfer.ExternalTable.ExternalColumn;
import io.mppconnect.type.ColumnType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/**
 * How the fields of a source become the columns of a table, checked against the catalog before a row moves.
 *
 * @param columns the external table's columns: the source's fields in their order
 * @param values the target's columns, each with the SQL that gives its value
 */
record LoadPlan(List<ExternalColumn> columns, Map<String, String> values) {

    /** The columns of the table that a load may write: those asked for, or all that can be written. */
    static List<Column> writable(Table table, TableInfo info) {
        if (table.columns().isEmpty()) {
            return info.columns().stream()
                    .filter(column -> column.generation().writable())
                    .toList();
        }
        return table.columns().stream()
                .flatMap(name -> info.column(name).stream())
                .toList();
    }

    /**
     * Plans the load.
     *
     * @throws MppConnectException with every problem found
     */
    static LoadPlan of(List<Field> fields, Table table, TableInfo info) {
        Check check = new Check(fields, table, info);
        return check.plan();
    }

    /** @param from what stands behind FROM, with the columns of the external table */
    String insert(TableInfo target, String from) {
        StringJoiner names = new StringJoiner(", ");
        StringJoiner expressions = new StringJoiner(", ");
        values.forEach((column, value) -> {
            names.add(TableName.quoted(column));
            expressions.add(value);
        });
        return "INSERT INTO " + target.name().sql() + " (" + names + ") SELECT " + expressions + " FROM " + from;
    }

    /** Collects the plan and all that is wrong with it. */
    private static final class Check {

        private final List<Field> fields;
        private final Table table;
        private final TableInfo info;
        private final List<String> problems = new ArrayList<>();

        Check(List<Field> fields, Table table, TableInfo info) {
            this.fields = fields;
            this.table = table;
            this.info = info;
        }

        LoadPlan plan() {
            relation();
            Set<String> fieldNames = distinctFields();
            requestedColumns();
            Map<String, String> fieldOf = fieldsByColumn(fieldNames);
            Map<String, String> values = values(fieldOf);
            leftOverFields(fieldOf);
            requiredColumns(values);
            if (!problems.isEmpty()) {
                throw new MppConnectException(
                        ErrorCode.COLUMN_MISMATCH,
                        "Cannot load into " + info.name() + ": " + String.join("; ", problems));
            }
            return new LoadPlan(externalColumns(fieldOf), values);
        }

        private void relation() {
            if (!info.kind().insertable()) {
                throw new MppConnectException(
                        ErrorCode.NO_SUCH_TABLE,
                        "Cannot load into " + info.name() + ": it is a "
                                + info.kind()
                                        .toString()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' ')
                                + "; name a table");
            }
            if (!info.privileges().contains(Privilege.INSERT)) {
                throw new MppConnectException(
                        ErrorCode.PRIVILEGE_MISSING,
                        "Cannot load into " + info.name() + ": the role may not INSERT; its owner can GRANT INSERT ON "
                                + info.name().sql());
            }
            table.condition().ifPresent(condition -> problems.add("where(...) is for unloading"));
        }

        private Set<String> distinctFields() {
            Set<String> names = new HashSet<>();
            for (Field field : fields) {
                if (!names.add(field.name())) {
                    problems.add("the source has two fields named " + field.name());
                }
            }
            return names;
        }

        private void requestedColumns() {
            Set<String> seen = new HashSet<>();
            for (String name : table.columns()) {
                if (!seen.add(name)) {
                    problems.add("column " + name + " is named twice");
                } else {
                    existing(name);
                }
            }
        }

        private boolean existing(String column) {
            Optional<Column> found = info.column(column);
            if (found.isEmpty()) {
                problems.add("there is no column " + column);
            } else if (!found.get().generation().writable()) {
                problems.add("column " + column + " is generated by the database and cannot be written");
                return false;
            }
            return found.isPresent();
        }

        /** Which field each column is written from, by mapping or by name. */
        private Map<String, String> fieldsByColumn(Set<String> fieldNames) {
            Map<String, String> fieldOf = new LinkedHashMap<>();
            table.mapped().forEach((column, field) -> {
                if (table.computed().containsKey(column)) {
                    problems.add("column " + column + " is mapped and computed");
                }
                if (!fieldNames.contains(field)) {
                    problems.add("the source has no field " + field + " for column " + column);
                } else if (existing(column)) {
                    fieldOf.put(column, field);
                }
            });
            table.computed().keySet().forEach(this::existing);
            for (Column column : writable(table, info)) {
                if (fieldNames.contains(column.name())
                        && !table.mapped().containsKey(column.name())
                        && !table.computed().containsKey(column.name())) {
                    fieldOf.put(column.name(), column.name());
                }
            }
            return fieldOf;
        }

        private Map<String, String> values(Map<String, String> fieldOf) {
            Map<String, String> values = new LinkedHashMap<>();
            for (Column column : info.columns()) {
                String field = fieldOf.get(column.name());
                String expression = table.computed().get(column.name());
                if (expression != null) {
                    // A line end, for the expression may end in a comment.
                    values.put(column.name(), "(" + expression + "\n)");
                } else if (field != null) {
                    values.put(column.name(), value(field, column, fieldOf));
                }
            }
            for (String name : new LinkedHashSet<>(table.columns())) {
                if (info.column(name).isPresent() && !values.containsKey(name)) {
                    problems.add("the source has no field " + name);
                }
            }
            if (values.isEmpty()) {
                problems.add("no field of the source has a column");
            }
            return values;
        }

        /** A field that nobody reads is a spelling mistake, unless columns were chosen or expressions may use it. */
        private void leftOverFields(Map<String, String> fieldOf) {
            if (!table.columns().isEmpty()
                    || !table.computed().isEmpty()
                    || table.evolution() == SchemaEvolution.NONE) {
                return;
            }
            for (Field field : fields) {
                if (!fieldOf.containsValue(field.name())) {
                    boolean generated = info.column(field.name())
                            .filter(column -> !column.generation().writable())
                            .isPresent();
                    problems.add(
                            generated
                                    ? "column " + field.name() + " is generated by the database and cannot be written"
                                    : "there is no column for field " + field.name()
                                            + " (map it, or choose columns(...) to leave it out)");
                }
            }
        }

        private void requiredColumns(Map<String, String> values) {
            for (Column column : info.columns()) {
                if (!column.nullable()
                        && column.defaultExpression().isEmpty()
                        && column.generation() == Column.Generation.NONE
                        && !values.containsKey(column.name())) {
                    problems.add(
                            "nothing is written to column " + column.name() + ", which is NOT NULL without a default");
                }
            }
        }

        private String value(String field, Column column, Map<String, String> fieldOf) {
            String quoted = TableName.quoted(field);
            return columnTypes(field, fieldOf).size() > 1
                    ? "CAST(" + quoted + " AS " + column.type().declared() + ")"
                    : quoted;
        }

        /** The types of all columns that the field is written into. */
        private Set<String> columnTypes(String field, Map<String, String> fieldOf) {
            Set<String> types = new HashSet<>();
            fieldOf.forEach((column, written) -> {
                if (written.equals(field)) {
                    info.column(column)
                            .ifPresent(found -> types.add(found.type().sql()));
                }
            });
            return types;
        }

        /**
         * A field has the type its source gives it, else that of the column it is written into, else text; text also when
         * it goes into columns of several types, for no other keeps what each of them reads.
         */
        private List<ExternalColumn> externalColumns(Map<String, String> fieldOf) {
            return fields.stream()
                    .map(field -> {
                        Set<String> types = columnTypes(field.name(), fieldOf);
                        String type = types.size() == 1 ? types.iterator().next() : "text";
                        return new ExternalColumn(
                                field.name(), field.type().map(ColumnType::sql).orElse(type));
                    })
                    .toList();
        }
    }
}
