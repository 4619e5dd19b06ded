package io.mppconnect;

import io.mppconnect.catalog.TableName;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

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

    private final Values values;

    private Table(Values values) {
        this.values = values;
    }

    /** What was said of the table: changed in a fresh copy alone, before anybody else sees it. */
    private static final class Values {

        private final TableName name;
        private List<String> columns = List.of();
        private Map<String, String> mapped = Map.of();
        private Map<String, String> computed = Map.of();
        private Optional<String> condition = Optional.empty();
        private Optional<String> filter = Optional.empty();
        private WriteMode mode = WriteMode.APPEND;
        private Optional<TableLayout> layout = Optional.empty();
        private SchemaEvolution evolution = SchemaEvolution.FAIL;

        private Values(TableName name) {
            this.name = name;
        }

        private Values copy() {
            Values copy = new Values(name);
            copy.columns = columns;
            copy.mapped = mapped;
            copy.computed = computed;
            copy.condition = condition;
            copy.filter = filter;
            copy.mode = mode;
            copy.layout = layout;
            copy.evolution = evolution;
            return copy;
        }
    }

    private Table with(Consumer<Values> change) {
        Values copy = values.copy();
        change.accept(copy);
        return new Table(copy);
    }

    private Table mode(WriteMode changed) {
        return with(copy -> copy.mode = changed);
    }

    /**
     * The table of this name, read as SQL reads names: {@code orders}, {@code public.orders},
     * {@code "Sales"."Order Lines"}. Without a schema it is looked up along the search path.
     *
     * @throws MppConnectException when the text is not a table's name
     */
    public static Table named(String name) {
        return new Table(new Values(TableName.parse(name)));
    }

    /**
     * Only these columns, in this order. Loading, it writes no other column by name alone; unloading, it reads no
     * other. Default: all columns.
     *
     * @param names as the catalog has them
     */
    public Table columns(String... names) {
        return with(copy -> copy.columns = List.of(names));
    }

    /** Loading: writes the source's {@code field} into {@code column}. */
    public Table map(String column, String field) {
        return with(copy -> copy.mapped = with(copy.mapped, column, field));
    }

    /**
     * Loading: writes the value of an SQL expression over the source's fields into {@code column}. Fields are named as
     * columns are, quoted where SQL needs it; a field has the type its source gives it, else that of the column it is
     * written into as it is, else text.
     *
     * @param expression SQL, taken as it is: never build it from input you do not trust
     */
    public Table compute(String column, String expression) {
        return with(copy -> copy.computed = with(copy.computed, column, expression));
    }

    /**
     * Unloading: only rows for which the condition holds.
     *
     * @param sql taken as it is: never build it from input you do not trust; {@link Query#sql} binds values
     */
    public Table where(String sql) {
        return with(copy -> copy.condition = Optional.of(sql));
    }

    /**
     * Loading: only rows of the source for which the condition holds.
     *
     * @param sql over the source's fields, as in {@link #compute}; taken as it is: never build it from input you do not
     *     trust
     */
    public Table filter(String sql) {
        return with(copy -> copy.filter = Optional.of(sql));
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
        return mode(values.mode.kind(WriteMode.Kind.UPSERT, List.of(columns), this));
    }

    /** Loading: as {@link #upsertBy}, but rows that match none of the table are left out. */
    public Table updateBy(String... columns) {
        return mode(values.mode.kind(WriteMode.Kind.UPDATE, List.of(columns), this));
    }

    /**
     * Loading: deletes the table's rows whose values of these columns, all of them, are those of a row of the source.
     * NULL equals NULL.
     *
     * @param columns as the catalog has them
     */
    public Table deleteBy(String... columns) {
        return mode(values.mode.kind(WriteMode.Kind.DELETE, List.of(columns), this));
    }

    /**
     * Loading: empties the table first, in the same transaction. Whoever reads the table meanwhile waits until it is
     * committed, and finds it as it was when the load fails.
     */
    public Table truncating() {
        return mode(values.mode.kind(WriteMode.Kind.TRUNCATE_AND_APPEND, List.of(), this));
    }

    /**
     * With {@link #upsertBy} and {@link #updateBy}: a matching row of the table is updated in these columns alone.
     * Default: in all that are written, but for those that match.
     */
    public Table updating(String... columns) {
        return mode(values.mode.update(List.of(columns)));
    }

    /**
     * With {@link #upsertBy}, {@link #updateBy} and {@link #deleteBy}: of the rows that match, only those for which the
     * condition holds are updated or deleted; the others stay as they are.
     *
     * @param sql over {@code target}, the table's row, and {@code source}, the values to be written into it:
     *     {@code source.version > target.version}; taken as it is: never build it from input you do not trust
     */
    public Table when(String sql) {
        return mode(values.mode.condition(sql));
    }

    /**
     * With {@link #upsertBy} and {@link #updateBy}: rows of the source for which the condition holds delete the rows they
     * match, and write nothing.
     *
     * @param sql over the source's fields, as in {@link #compute}; taken as it is: never build it from input you do not
     *     trust
     */
    public Table deleteWhen(String sql) {
        return mode(values.mode.deletion(sql));
    }

    /**
     * With {@link #upsertBy}, {@link #updateBy} and {@link #deleteBy}: of several rows of the source that match the same
     * rows, the one with the largest value of the first field counts, then of the second, and so on; a NULL counts least.
     * Among rows with equal values there, one is chosen by its other fields, always the same.
     *
     * @param fields of the source; they need no column
     */
    public Table latestBy(String... fields) {
        return mode(values.mode.order(List.of(fields)));
    }

    /** Loading: creates the table when there is none, its rows distributed randomly. */
    public Table createIfMissing() {
        return createIfMissing(TableLayout.random());
    }

    /**
     * Loading: creates the table when there is none, in the load's own transaction. It gets a column for each field of
     * the source that the load writes, of the type that the source gives the field, or text; {@link #map} gives columns
     * other names. A second load that creates it at the same time waits for the first, and then uses it as it is.
     */
    public Table createIfMissing(TableLayout value) {
        return with(copy -> copy.layout = Optional.of(value));
    }

    /** Loading: what to do about fields of the source that the table has no column for. Default: fail. */
    public Table evolving(SchemaEvolution value) {
        return with(copy -> copy.evolution = value);
    }

    private static Map<String, String> with(Map<String, String> map, String column, String value) {
        Map<String, String> copy = new LinkedHashMap<>(map);
        if (copy.put(column, value) != null) {
            throw new MppConnectException(
                    ErrorCode.COLUMN_MISMATCH, "Cannot map column " + column + " twice; it has one value per row");
        }
        return copy;
    }

    /** The name as it was given; without a schema it is looked up along the search path. */
    public TableName name() {
        return values.name;
    }

    /** The columns asked for; empty for all. */
    public List<String> columns() {
        return values.columns;
    }

    /** Column to field. */
    public Map<String, String> mapped() {
        return Collections.unmodifiableMap(values.mapped);
    }

    /** Column to SQL expression. */
    public Map<String, String> computed() {
        return Collections.unmodifiableMap(values.computed);
    }

    /** Which rows are unloaded; empty for all. */
    public Optional<String> condition() {
        return values.condition;
    }

    /** Which rows of the source are loaded; empty for all. */
    public Optional<String> filter() {
        return values.filter;
    }

    /** How to create the table when there is none; empty when that is an error. */
    public Optional<TableLayout> layout() {
        return values.layout;
    }

    /** What becomes of fields that have no column. By default they are refused. */
    public SchemaEvolution evolution() {
        return values.evolution;
    }

    /** How rows are written. By default they are appended. */
    public WriteMode mode() {
        return values.mode;
    }

    /** The statement that reads the table's rows. */
    Query query() {
        if (values.mode.kind() != WriteMode.Kind.APPEND || values.filter.isPresent()) {
            String said =
                    values.filter.isPresent() ? "filter" : values.mode.kind().verb();
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot unload " + this + ": " + said + " is for loading; where(...) chooses the rows to unload");
        }
        List<String> quoted = new ArrayList<>();
        values.columns.forEach(column -> quoted.add(TableName.quoted(column)));
        String list = quoted.isEmpty() ? "*" : String.join(", ", quoted);
        return Query.sql("SELECT " + list + " FROM " + values.name.sql()
                + values.condition.map(sql -> " WHERE " + sql).orElse(""));
    }

    @Override
    public String toString() {
        return "table " + values.name;
    }
}
