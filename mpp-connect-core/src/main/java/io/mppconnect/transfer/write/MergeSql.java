package io.mppconnect.transfer.write;

import io.mppconnect.WriteMode;
import io.mppconnect.catalog.TableName;
import io.mppconnect.transfer.plan.TargetPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/**
 * The statements that merge staged rows into one table.
 *
 * <p>Keys are compared with {@code =}, which can be hashed and leaves rows where they lie; {@code IS NOT DISTINCT FROM}
 * makes the database compare every row with every other. So that NULL equals NULL all the same, rows with NULLs in their
 * keys have statements of their own, one for each set of columns that are NULL.
 */
final class MergeSql {

    private final StagedTarget target;
    private final WriteMode mode;
    private final String table;
    private final List<String> immovable;

    MergeSql(StagedTarget target) {
        this.target = target;
        this.mode = target.plan().target().mode();
        this.table = target.plan().sqlName();
        this.immovable = target.plan().immovable();
    }

    /** The matched columns that may be NULL in the table; in others a NULL matches nothing. */
    List<String> nullable() {
        return mode.match().stream()
                .filter(name -> target.plan().target().column(name).nullable())
                .toList();
    }

    /** A query that is valid when keys can be compared and the condition holds water. */
    String check() {
        return "SELECT 1 FROM " + table + " AS target, (" + target.rows(false) + ") AS source WHERE "
                + matched(Set.of()) + condition();
    }

    /** Counts rows and keys: columns n_rows, n_keys, n_deleting, and whether each of {@link #nullable} is NULL. */
    String count() {
        String keys = String.join(", ", target.keyColumns());
        List<String> nulls = new ArrayList<>();
        StringJoiner tests = new StringJoiner("");
        for (String column : nullable()) {
            String name = "null_" + nulls.size();
            nulls.add(name);
            tests.add(", " + TableName.quoted(String.valueOf(target.keys().get(column))) + " IS NULL AS " + name);
        }
        String deleting = target.deleting()
                .map(name -> "max(CASE WHEN " + TableName.quoted(name) + " THEN 1 ELSE 0 END)")
                .orElse("0");
        String groups = String.join(", ", nulls);
        return "SELECT count(*) AS n_keys, coalesce(sum(n), 0) AS n_rows, coalesce(sum(d), 0) AS n_deleting"
                + (groups.isEmpty() ? "" : ", " + groups)
                + " FROM (SELECT count(*) AS n, " + deleting + " AS d" + tests + " FROM " + target.staging()
                + target.where() + " GROUP BY " + keys + ") AS keys" + (groups.isEmpty() ? "" : " GROUP BY " + groups);
    }

    /** The columns that an update writes without moving the row. */
    private List<String> updatedInPlace() {
        return target.plan().updated().stream()
                .filter(column -> !immovable.contains(column))
                .toList();
    }

    /** Whether there is anything to update in a row that matches, without moving it. */
    boolean updates() {
        return !updatedInPlace().isEmpty();
    }

    String update(boolean latest, Set<String> nulls) {
        StringJoiner sets = new StringJoiner(", ");
        updatedInPlace()
                .forEach(column -> sets.add(TableName.quoted(column) + " = source." + TableName.quoted(column)));
        return "UPDATE " + table + " AS target SET " + sets + " FROM (" + target.rows(latest) + ") AS source WHERE "
                + matched(nulls) + unlessDeleting() + condition() + staying();
    }

    /** Rows that stay where they are. */
    private String staying() {
        StringBuilder conditions = new StringBuilder();
        immovable.forEach(column -> conditions.append(" AND NOT ").append(differs(column)));
        return conditions.toString();
    }

    /** Rows that an update moves elsewhere. */
    private String moving() {
        return immovable.stream().map(MergeSql::differs).collect(Collectors.joining(" OR ", " AND (", ")"));
    }

    private static String differs(String column) {
        String name = TableName.quoted(column);
        return "(target." + name + " IS DISTINCT FROM source." + name + ")";
    }

    /** Whether updates may move rows, which the database does not do by itself. */
    boolean moves() {
        return !immovable.isEmpty();
    }

    /** Puts the rows that are to be moved, as they are to be, aside. */
    String putAside(MovedRows moved, boolean latest, Set<String> nulls) {
        List<String> updated = target.plan().updated();
        StringJoiner values = new StringJoiner(", ");
        moved.columns()
                .forEach(column ->
                        values.add((updated.contains(column) ? "source." : "target.") + TableName.quoted(column)));
        return "INSERT INTO " + moved.sqlName() + " SELECT " + values + " FROM " + table + " AS target, ("
                + target.rows(latest) + ") AS source WHERE " + matched(nulls) + unlessDeleting() + condition()
                + moving();
    }

    /** Deletes the rows that were put aside. */
    String takeAway(boolean latest, Set<String> nulls) {
        return "DELETE FROM " + table + " AS target USING (" + target.rows(latest) + ") AS source WHERE "
                + matched(nulls) + unlessDeleting() + condition() + moving();
    }

    /** How many rows {@link #update} is to change. */
    String countUpdates(boolean latest, Set<String> nulls) {
        return countMatched(latest, nulls) + unlessDeleting() + condition() + staying();
    }

    /** How many rows {@link #delete} is to change. */
    String countDeletes(boolean latest, Set<String> nulls) {
        return countMatched(latest, nulls) + ifDeleting() + condition();
    }

    private String countMatched(boolean latest, Set<String> nulls) {
        return "SELECT count(*) FROM " + table + " AS target, (" + target.rows(latest) + ") AS source WHERE "
                + matched(nulls);
    }

    String delete(boolean latest, Set<String> nulls) {
        return "DELETE FROM " + table + " AS target USING (" + target.rows(latest) + ") AS source WHERE "
                + matched(nulls) + ifDeleting() + condition();
    }

    /** Deletes all rows that are to be there anew. */
    String takeOld(boolean latest) {
        return "DELETE FROM " + table + " AS target USING (" + target.rows(latest) + ") AS source WHERE "
                + matched(Set.of()) + unlessDeleting();
    }

    /** Like {@link #takeOld}; returns n_rows, how many it deleted, and n_most, how many of one key. */
    String takeOldCounting(boolean latest) {
        StringJoiner keys = new StringJoiner(", ");
        StringJoiner names = new StringJoiner(", ");
        for (String column : mode.match()) {
            String name = "key_" + names.length();
            names.add(name);
            keys.add("source." + TableName.quoted(column) + " AS " + name);
        }
        return "WITH gone AS (" + takeOld(latest) + " RETURNING " + keys
                + ") SELECT coalesce(sum(n), 0) AS n_rows, coalesce(max(n), 0) AS n_most"
                + " FROM (SELECT count(*) AS n FROM gone GROUP BY " + names + ") AS keys";
    }

    /**
     * Counts each key as often as the table has it, and once if it has not or deletes: as many as there are keys, unless
     * {@link #takeOld} is to delete several rows of one. Nothing need be grouped for this.
     */
    String countPairs(boolean latest) {
        return "SELECT count(*) FROM (" + target.rows(latest) + ") AS source LEFT JOIN " + table + " AS target ON "
                + matched(Set.of()) + unlessDeleting();
    }

    /** Inserts all rows that do not delete. */
    String putNew(boolean latest) {
        return inserting() + " FROM (" + target.rows(latest) + ") AS source WHERE true" + unlessDeleting();
    }

    String insert(boolean latest, Set<String> nulls) {
        return inserting() + absent(latest, nulls);
    }

    private String inserting() {
        StringJoiner names = new StringJoiner(", ");
        StringJoiner values = new StringJoiner(", ");
        target.plan().values().keySet().forEach(column -> {
            names.add(TableName.quoted(column));
            values.add("source." + TableName.quoted(column));
        });
        return "INSERT INTO " + table + " (" + names + ") SELECT " + values;
    }

    /** How many rows {@link #insert} is to add. */
    String countInserts(boolean latest, Set<String> nulls) {
        return "SELECT count(*)" + absent(latest, nulls);
    }

    private String absent(boolean latest, Set<String> nulls) {
        StringBuilder alike = new StringBuilder();
        for (String column : nullable()) {
            alike.append(" AND source.")
                    .append(TableName.quoted(column))
                    .append(nulls.contains(column) ? " IS NULL" : " IS NOT NULL");
        }
        return " FROM (" + target.rows(latest) + ") AS source WHERE NOT EXISTS (SELECT 1 FROM " + table
                + " AS target WHERE " + matched(nulls) + ")" + alike + unlessDeleting();
    }

    private String matched(Set<String> nulls) {
        StringJoiner conditions = new StringJoiner(" AND ");
        for (String column : mode.match()) {
            String name = TableName.quoted(column);
            conditions.add(
                    nulls.contains(column)
                            ? "target." + name + " IS NULL AND source." + name + " IS NULL"
                            : "target." + name + " = source." + name);
        }
        return conditions.toString();
    }

    private String ifDeleting() {
        return target.deleting()
                .map(name -> " AND source." + TableName.quoted(name))
                .orElse("");
    }

    private String unlessDeleting() {
        return target.deleting()
                .map(name -> " AND NOT source." + TableName.quoted(name))
                .orElse("");
    }

    private String condition() {
        return mode.condition().map(sql -> " AND " + TargetPlan.enclosed(sql)).orElse("");
    }
}
