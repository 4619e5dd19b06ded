package io.mppconnect;

import io.mppconnect.catalog.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table of the database as one side of a transfer: where rows are loaded into, or unloaded from. Immutable; each
 * method returns a changed copy.
 *
 * <p>As a target, every field of the source goes into the column of the same name unless {@link #map} or
 * {@link #compute} say otherwise; columns that nothing is written to take their defaults.
 *
 * <pre>{@code
 * Table.named("public.orders")
 *         .map("o_orderkey", "id")
 *         .compute("o_totalprice", "price * quantity")
 * }</pre>
 */
public final class Table {

    private final TableName name;
    private final List<String> columns;
    private final Map<String, String> mapped;
    private final Map<String, String> computed;
    private final Optional<String> condition;
    private final Optional<String> filter;
    private final WriteMode mode;

    private Table(
            TableName name,
            List<String> columns,
            Map<String, String> mapped,
            Map<String, String> computed,
            Optional<String> condition,
            Optional<String> filter,
            WriteMode mode) {
        this.name = name;
        this.columns = columns;
        this.mapped = mapped;
        this.computed = computed;
        this.condition = condition;
        this.filter = filter;
        this.mode = mode;
    }

    private Table mode(WriteMode changed) {
        return new Table(name, columns, mapped, computed, condition, filter, changed);
    }

    /**
     * The table of this name, read as SQL reads names: {@code orders}, {@code public.orders},
     * {@code "Sales"."Order Lines"}. Without a schema it is looked up along the search path.
     *
     * @throws MppConnectException when the text is not a table's name
     */
    public static Table named(String name) {
        return new Table(
                TableName.parse(name),
                List.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                WriteMode.APPEND);
    }

    /**
     * Only these columns, in this order. Loading, it writes no other column by name alone; unloading, it reads no
     * other. Default: all columns.
     *
     * @param names as the catalog has them
     */
    public Table columns(String... names) {
        return new Table(name, List.of(names), mapped, computed, condition, filter, mode);
    }

    /** Loading: writes the source's {@code field} into {@code column}. */
    public Table map(String column, String field) {
        return new Table(name, columns, with(mapped, column, field), computed, condition, filter, mode);
    }

    /**
     * Loading: writes the value of an SQL expression over the source's fields into {@code column}. Fields are named as
     * columns are, quoted where SQL needs it; a field has the type its source gives it, else that of the column it is
     * written into as it is, else text.
     *
     * @param expression SQL, taken as it is: never build it from input you do not trust
     */
    public Table compute(String column, String expression) {
        return new Table(name, columns, mapped, with(computed, column, expression), condition, filter, mode);
    }

    /**
     * Unloading: only rows for which the condition holds.
     *
     * @param sql taken as it is: never build it from input you do not trust; {@link Query#sql} binds values
     */
    public Table where(String sql) {
        return new Table(name, columns, mapped, computed, Optional.of(sql), filter, mode);
    }

    /**
     * Loading: only rows of the source for which the condition holds.
     *
     * @param sql over the source's fields, as in {@link #compute}; taken as it is: never build it from input you do not
     *     trust
     */
    public Table filter(String sql) {
        return new Table(name, columns, mapped, computed, condition, Optional.of(sql), mode);
    }

    /**
     * Loading: a row whose values of these columns, all of them, are those of rows of the table updates these; any other
     * row is inserted. NULL equals NULL. All in one transaction: while the changes are made, readers go on and other
     * writers of the table wait.
     *
     * <p>When several rows of the source have the same values there, {@link #latestBy} says which one counts; without it
     * the load fails.
     *
     * @param columns as the catalog has them; they need no index
     */
    public Table upsertBy(String... columns) {
        return mode(mode.kind(WriteMode.Kind.UPSERT, List.of(columns), this));
    }

    /** Loading: as {@link #upsertBy}, but rows that match none of the table are left out. */
    public Table updateBy(String... columns) {
        return mode(mode.kind(WriteMode.Kind.UPDATE, List.of(columns), this));
    }

    /**
     * Loading: deletes the table's rows whose values of these columns, all of them, are those of a row of the source.
     * NULL equals NULL.
     *
     * @param columns as the catalog has them
     */
    public Table deleteBy(String... columns) {
        return mode(mode.kind(WriteMode.Kind.DELETE, List.of(columns), this));
    }

    /**
     * Loading: empties the table first, in the same transaction. Whoever reads the table meanwhile waits until it is
     * committed, and finds it as it was when the load fails.
     */
    public Table truncating() {
        return mode(mode.kind(WriteMode.Kind.TRUNCATE_AND_APPEND, List.of(), this));
    }

    /**
     * With {@link #upsertBy} and {@link #updateBy}: a matching row of the table is updated in these columns alone.
     * Default: in all that are written, but for those that match.
     */
    public Table updating(String... columns) {
        return mode(mode.update(List.of(columns)));
    }

    /**
     * With {@link #upsertBy}, {@link #updateBy} and {@link #deleteBy}: of the rows that match, only those for which the
     * condition holds are updated or deleted; the others stay as they are.
     *
     * @param sql over {@code target}, the table's row, and {@code source}, the values to be written into it:
     *     {@code source.version > target.version}; taken as it is: never build it from input you do not trust
     */
    public Table when(String sql) {
        return mode(mode.condition(sql));
    }

    /**
     * With {@link #upsertBy} and {@link #updateBy}: rows of the source for which the condition holds delete the rows they
     * match, and write nothing.
     *
     * @param sql over the source's fields, as in {@link #compute}; taken as it is: never build it from input you do not
     *     trust
     */
    public Table deleteWhen(String sql) {
        return mode(mode.deletion(sql));
    }

    /**
     * With {@link #upsertBy}, {@link #updateBy} and {@link #deleteBy}: of several rows of the source that match the same
     * rows, the one with the largest value of the first field counts, then of the second, and so on; a NULL counts least.
     * Among rows with equal values there, one is chosen by its other fields, always the same.
     *
     * @param fields of the source; they need no column
     */
    public Table latestBy(String... fields) {
        return mode(mode.order(List.of(fields)));
    }

    private static Map<String, String> with(Map<String, String> map, String column, String value) {
        Map<String, String> copy = new LinkedHashMap<>(map);
        if (copy.put(column, value) != null) {
            throw new MppConnectException(
                    ErrorCode.COLUMN_MISMATCH, "Cannot map column " + column + " twice; it has one value per row");
        }
        return copy;
    }

    public TableName name() {
        return name;
    }

    /** The columns asked for; empty for all. */
    public List<String> columns() {
        return columns;
    }

    /** Column to field. */
    public Map<String, String> mapped() {
        return Collections.unmodifiableMap(mapped);
    }

    /** Column to SQL expression. */
    public Map<String, String> computed() {
        return Collections.unmodifiableMap(computed);
    }

    /** Which rows are unloaded; empty for all. */
    public Optional<String> condition() {
        return condition;
    }

    /** Which rows of the source are loaded; empty for all. */
    public Optional<String> filter() {
        return filter;
    }

    public WriteMode mode() {
        return mode;
    }

    /** The statement that reads the table's rows. */
    Query query() {
        if (mode.kind() != WriteMode.Kind.APPEND || filter.isPresent()) {
            String said = filter.isPresent() ? "filter" : mode.kind().verb();
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot unload " + this + ": " + said + " is for loading; where(...) chooses the rows to unload");
        }
        List<String> quoted = new ArrayList<>();
        columns.forEach(column -> quoted.add(TableName.quoted(column)));
        String list = quoted.isEmpty() ? "*" : String.join(", ", quoted);
        return Query.sql("SELECT " + list + " FROM " + name.sql()
                + condition.map(sql -> " WHERE " + sql).orElse(""));
    }

    @Override
    public String toString() {
        return "table " + name;
    }
}
