package io.mppconnect.transfer.reject;

import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.TableName;
import io.mppconnect.catalog.TableReactions.Event;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.TargetPlan;
import io.mppconnect.transfer.plan.TargetTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The statements that find, among staged rows, those that hold NULL where the table does not, or that one of its CHECK
 * constraints refuses. Rows are of the same kind that break the same constraints: of them, the database says the same.
 */
final class ConstraintQuery {

    private static final String LINE = TableName.quoted(ExternalTable.LINE);
    private static final String KIND = TableName.quoted("mpp_connect kind");
    private static final String SHOWN = TableName.quoted("mpp_connect row");

    private static final int MOST_KINDS = 64;

    private final TargetPlan plan;
    private final StagedRows staged;
    private final List<String> broken;

    private ConstraintQuery(TargetPlan plan, StagedRows staged, List<String> broken) {
        this.plan = plan;
        this.staged = staged;
        this.broken = broken;
    }

    /** Empty when there is nothing to ask for, or when values may be others by the time they are held against it. */
    static Optional<ConstraintQuery> of(TargetPlan plan, StagedRows staged) {
        TargetTable target = plan.target();
        boolean changed = !target.table().computed().isEmpty()
                || target.reactions().mayDrop(Event.INSERT)
                || !target.reactions().insteadRules(Set.of(Event.INSERT)).isEmpty();
        List<String> broken = changed ? List.of() : conditions(plan);
        return broken.isEmpty() ? Optional.empty() : Optional.of(new ConstraintQuery(plan, staged, broken));
    }

    private static List<String> conditions(TargetPlan plan) {
        List<String> conditions = new ArrayList<>();
        for (String name : plan.values().keySet()) {
            if (!plan.target().column(name).nullable()) {
                conditions.add(TableName.quoted(name) + " IS NULL");
            }
        }
        for (String check : plan.target().reactions().checks()) {
            if (plan.target().info().columns().stream()
                    .noneMatch(column -> !known(plan, column) && mentions(check, column))) {
                conditions.add(TargetPlan.enclosed(check) + " IS FALSE");
            }
        }
        return conditions;
    }

    /** Whether it can be told what a row will hold there; what a default gives may be another value each time. */
    private static boolean known(TargetPlan plan, Column column) {
        return plan.values().containsKey(column.name())
                || (column.defaultExpression().isEmpty() && column.generation() == Column.Generation.NONE);
    }

    private static boolean mentions(String sql, Column column) {
        String name = Pattern.quote(column.name().replace("\"", "\"\""));
        return Pattern.compile("(?<![\\w$])" + name + "(?![\\w$])").matcher(sql).find();
    }

    /** The kinds that most rows are of, and the first line of each: there may be any number, and each costs two statements. */
    String kinds() {
        return "SELECT " + KIND + ", min(" + LINE + ") FROM " + tested("") + " WHERE " + KIND + " <> '"
                + "-".repeat(broken.size()) + "' GROUP BY " + KIND + " ORDER BY count(*) DESC, " + KIND + " LIMIT "
                + MOST_KINDS;
    }

    /** Line, kind and text of all rows of these kinds, in order. */
    String rows(Collection<String> kinds, int length) {
        return "SELECT " + LINE + ", " + KIND + ", substr(" + SHOWN + ", 1, " + length + ") FROM "
                + tested(", " + staged.shown() + " AS " + SHOWN) + " WHERE " + in(kinds) + " ORDER BY " + LINE;
    }

    /** Takes all rows of these kinds away. */
    String delete(Collection<String> kinds) {
        return "DELETE FROM " + staged.all() + " WHERE " + LINE + " IN (SELECT " + LINE + " FROM " + tested("")
                + " WHERE " + in(kinds) + ")";
    }

    /** A kind is made of hyphens and crosses alone. */
    private static String in(Collection<String> kinds) {
        return KIND + " IN " + kinds.stream().sorted().collect(Collectors.joining("', '", "('", "')"));
    }

    /** @param more what else is to be had of a staged row */
    private String tested(String more) {
        StringJoiner kind = new StringJoiner(" || ");
        broken.forEach(condition -> kind.add("CASE WHEN " + condition + " THEN 'x' ELSE '-' END"));
        return "(SELECT *, " + kind + " AS " + KIND + " FROM (SELECT " + LINE + more + values() + " FROM "
                + staged.all() + plan.filter().map(filter -> " WHERE " + filter).orElse("") + ") AS target) AS tested";
    }

    /** The columns as they will be, as far as that is known. */
    private String values() {
        StringBuilder values = new StringBuilder();
        for (Column column : plan.target().info().columns()) {
            if (known(plan, column)) {
                values.append(", CAST(")
                        .append(plan.values().getOrDefault(column.name(), "NULL"))
                        .append(" AS ")
                        .append(type(column))
                        .append(") AS ")
                        .append(TableName.quoted(column.name()));
            }
        }
        return values.toString();
    }

    /** A cast would cut text in silence. */
    private static String type(Column column) {
        return switch (column.type().kind()) {
            case CHAR, VARCHAR, BIT, VARBIT, ARRAY -> TargetPlan.unmodified(column);
            default -> column.type().declared();
        };
    }
}
