package io.mppconnect.transfer.plan;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.SchemaEvolution;
import io.mppconnect.Table;
import io.mppconnect.WriteMode;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.Distribution.Policy;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableInfo.Kind;
import io.mppconnect.catalog.TableInfo.Privilege;
import io.mppconnect.catalog.TableName;
import io.mppconnect.spi.Field;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Collects which field each column of one table is written from, and all that is wrong with it. */
final class TargetCheck {

    /** What the database calls its own columns; no table that rows pass through can have others of these names. */
    private static final Set<String> SYSTEM_COLUMNS = Set.of("ctid", "xmin", "cmin", "xmax", "cmax", "tableoid");

    private static final String SEGMENT_COLUMN = "gp_segment_id";

    private final List<Field> fields;
    private final TargetTable target;
    private final Table table;
    private final TableInfo info;
    private final List<String> problems = new ArrayList<>();
    private Map<String, String> fieldOf = Map.of();

    TargetCheck(List<Field> fields, TargetTable target) {
        this.fields = fields;
        this.target = target;
        this.table = target.table();
        this.info = target.info();
    }

    TargetTable target() {
        return target;
    }

    List<String> problems() {
        return problems;
    }

    /** Column to field. */
    Map<String, String> fieldOf() {
        return fieldOf;
    }

    /** Makes sure that the relation can be written into at all. */
    void relation() {
        Kind kind = info.kind();
        boolean plain = table.mode().kind() == WriteMode.Kind.APPEND;
        if (plain ? !kind.insertable() : kind != Kind.TABLE) {
            throw new MppConnectException(
                    ErrorCode.NO_SUCH_TABLE,
                    "Cannot load into " + info.name() + ": it is a "
                            + kind.toString().toLowerCase(Locale.ROOT).replace('_', ' ') + "; name a table");
        }
    }

    /** Finds what the role may not do of what is asked for, once {@link #columns} has told what that is. */
    void privileges(MissingPrivileges missing) {
        Set<Privilege> needed = WriteNeeds.privileges(target, written());
        // Where whole rows may be moved, privileges on columns do not help.
        if (table.mode().kind().matches()) {
            missing.table(info, needed);
        } else {
            missing.table(info, needed, Privilege.INSERT, written());
        }
    }

    /** Finds out which columns are written from what. */
    void columns() {
        table.condition().ifPresent(condition -> problems.add("where(...) is for unloading"));
        Set<String> fieldNames = distinctFields();
        requestedColumns();
        fieldOf = fieldsByColumn(fieldNames);
        Set<String> written = written();
        for (String name : new LinkedHashSet<>(table.columns())) {
            if (info.column(name).isPresent() && !written.contains(name)) {
                problems.add("the source has no field " + name);
            }
        }
        if (written.isEmpty()) {
            problems.add("no field of the source has a column");
        }
        if (table.mode().kind().inserts()) {
            requiredColumns(written);
        }
        new ModeCheck(target, fields, written, problems).run();
    }

    private Set<String> distinctFields() {
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            if (!names.add(field.name())) {
                problems.add("the source has two fields named " + field.name());
            }
            if (TableName.isTooLong(field.name())) {
                problems.add(
                        "the name of field " + field.name() + " is longer than the 63 bytes that the database keeps");
            }
            if (SYSTEM_COLUMNS.contains(field.name())
                    || (SEGMENT_COLUMN.equals(field.name())
                            && info.distribution().policy() != Policy.NONE)) {
                problems.add("field " + field.name() + " has the name of a column that every table has already;"
                        + " give it another one");
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

    /** The problem of a name that no column has. */
    static String noColumn(TableInfo table, String name) {
        String meant = table.similarColumn(name)
                .map(similar -> " (did you mean " + similar + "?)")
                .orElse("");
        return "there is no column " + name + meant;
    }

    private boolean existing(String column) {
        Optional<Column> found = info.column(column);
        if (found.isEmpty()) {
            problems.add(noColumn(info, column));
        } else if (!found.get().generation().writable()) {
            problems.add("column " + column + " is generated by the database and cannot be written");
            return false;
        }
        return found.isPresent();
    }

    /** Which field each column is written from, by mapping or by name. */
    private Map<String, String> fieldsByColumn(Set<String> fieldNames) {
        Map<String, String> found = new LinkedHashMap<>();
        table.mapped().forEach((column, field) -> {
            if (table.computed().containsKey(column)) {
                problems.add("column " + column + " is mapped and computed");
            }
            if (!fieldNames.contains(field)) {
                problems.add("the source has no field " + field + " for column " + column);
            } else if (existing(column)) {
                found.put(column, field);
            }
        });
        table.computed().keySet().forEach(this::existing);
        for (Column column : target.writable()) {
            if (fieldNames.contains(column.name())
                    && !table.mapped().containsKey(column.name())
                    && !table.computed().containsKey(column.name())) {
                found.put(column.name(), column.name());
            }
        }
        return found;
    }

    private Set<String> written() {
        Set<String> written = new LinkedHashSet<>(fieldOf.keySet());
        table.computed().keySet().stream()
                .filter(name -> info.column(name).isPresent())
                .forEach(written::add);
        return written;
    }

    /** Whether fields without a column are left out in silence. */
    boolean ignoresOthers() {
        return table.evolution() == SchemaEvolution.NONE;
    }

    /** A field that nobody reads is a spelling mistake, unless columns were chosen or expressions may use it. */
    void leftOverFields() {
        if (ignoresOthers()) {
            return;
        }
        for (Field field : fields) {
            if (!mayRead(field.name())) {
                problems.add(leftOver(field.name()));
            }
        }
    }

    private String leftOver(String field) {
        boolean generated = info.column(field)
                .filter(column -> !column.generation().writable())
                .isPresent();
        if (generated) {
            return "column " + field + " is generated by the database and cannot be written";
        }
        String meant = info.similarColumn(field)
                .filter(similar -> !TableName.isTooLong(field))
                .map(similar -> "did you mean " + similar + "? ")
                .orElse("");
        return "there is no column for field " + field + " (" + meant
                + "map it, or choose columns(...) to leave it out)";
    }

    /** Whether a column or an expression of the table may take the field. */
    boolean mayRead(String field) {
        WriteMode mode = table.mode();
        return !table.columns().isEmpty()
                || !table.computed().isEmpty()
                || mode.kind() == WriteMode.Kind.DELETE
                || fieldOf.containsValue(field)
                || mode.order().contains(field)
                || Stream.of(table.filter(), mode.condition(), mode.deletion())
                        .flatMap(Optional::stream)
                        .anyMatch(sql -> mentions(sql, field));
    }

    private static boolean mentions(String sql, String field) {
        return sql.contains(field) || sql.toLowerCase(Locale.ROOT).contains(field);
    }

    private void requiredColumns(Set<String> written) {
        for (Column column : info.columns()) {
            if (!column.nullable()
                    && column.defaultExpression().isEmpty()
                    && column.generation() == Column.Generation.NONE
                    && !written.contains(column.name())) {
                problems.add("nothing is written to column " + column.name() + ", which is NOT NULL without a default");
            }
        }
    }
}
