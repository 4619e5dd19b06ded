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
    private final Optional<TableLayout> layout;
    private final SchemaEvolution evolution;

    private Table(
            TableName name,
            List<String> columns,
            Map<String, String> mapped,
            Map<String, String> computed,
            Optional<String> condition,
            Optional<TableLayout> layout,
            SchemaEvolution evolution) {
        this.name = name;
        this.columns = columns;
        this.mapped = mapped;
        this.computed = computed;
        this.condition = condition;
        this.layout = layout;
        this.evolution = evolution;
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
                SchemaEvolution.FAIL);
    }

    /**
     * Only these columns, in this order. Loading, it writes no other column by name alone; unloading, it reads no
     * other. Default: all columns.
     *
     * @param names as the catalog has them
     */
    public Table columns(String... names) {
        return new Table(name, List.of(names), mapped, computed, condition, layout, evolution);
    }

    /** Loading: writes the source's {@code field} into {@code column}. */
    public Table map(String column, String field) {
        return new Table(name, columns, with(mapped, column, field), computed, condition, layout, evolution);
    }

    /**
     * Loading: writes the value of an SQL expression over the source's fields into {@code column}. Fields are named as
     * columns are, quoted where SQL needs it; a field has the type its source gives it, else that of the column it is
     * written into as it is, else text.
     *
     * @param expression SQL, taken as it is: never build it from input you do not trust
     */
    public Table compute(String column, String expression) {
        return new Table(name, columns, mapped, with(computed, column, expression), condition, layout, evolution);
    }

    /**
     * Unloading: only rows for which the condition holds.
     *
     * @param sql taken as it is: never build it from input you do not trust; {@link Query#sql} binds values
     */
    public Table where(String sql) {
        return new Table(name, columns, mapped, computed, Optional.of(sql), layout, evolution);
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
        return new Table(name, columns, mapped, computed, condition, Optional.of(value), evolution);
    }

    /** Loading: what to do about fields of the source that the table has no column for. Default: fail. */
    public Table evolving(SchemaEvolution value) {
        return new Table(name, columns, mapped, computed, condition, layout, value);
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

    public Optional<String> condition() {
        return condition;
    }

    /** How to create the table when there is none; empty when that is an error. */
    public Optional<TableLayout> layout() {
        return layout;
    }

    public SchemaEvolution evolution() {
        return evolution;
    }

    /** The statement that reads the table's rows. */
    Query query() {
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
