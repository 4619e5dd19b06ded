package io.mppconnect;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query of the database as the source of an unload. Immutable. */
public final class Query {

    private static final int SHOWN = 80;

    private final String sql;
    private final List<@Nullable Object> parameters;

    private Query(String sql, List<@Nullable Object> parameters) {
        this.sql = sql;
        this.parameters = parameters;
    }

    /**
     * A SELECT with {@code ?} for each value.
     *
     * @param parameters bound in order, as {@code PreparedStatement.setObject} takes them
     */
    public static Query sql(String sql, @Nullable Object... parameters) {
        List<@Nullable Object> values = new ArrayList<>();
        Collections.addAll(values, parameters);
        return new Query(sql.strip(), Collections.unmodifiableList(values));
    }

    /** The query, with a question mark for each value. */
    public String sql() {
        return sql;
    }

    /** The values that are bound, in their order. */
    public List<@Nullable Object> parameters() {
        return parameters;
    }

    /** The beginning of the statement, on one line and without its values, which may be secrets. */
    @Override
    public String toString() {
        String line = sql.replaceAll("\\s+", " ");
        return "query " + (line.length() <= SHOWN ? line : line.substring(0, SHOWN) + "...");
    }
}
