package io.mppconnect.catalog;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Field;
import org.postgresql.core.Query;
import org.postgresql.core.QueryExecutor;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.ResultHandlerBase;
import org.postgresql.core.Tuple;

/**
 * Asks the database for the columns of a query, without running it: one round trip for the description, one for the
 * types.
 *
 * <p>The description is taken from the driver's protocol layer, because JDBC's metadata leaves out the modifiers of
 * types.
 */
final class QueryDescriber {

    private static final String UNNAMED = "?column?";

    private final String typesSql;

    QueryDescriber(CatalogDialect dialect) {
        typesSql = "select source_schema.nspname as source_schema, source.relname as source_table,"
                + " source_column.attname as source_column, "
                + TypeChain.columns(dialect, "a.modifier")
                + """
                from (select i as number,
                             (cast(? as pg_catalog.int8[]))[i]::pg_catalog.oid as type,
                             (cast(? as pg_catalog.int4[]))[i] as modifier,
                             (cast(? as pg_catalog.int8[]))[i]::pg_catalog.oid as relation,
                             (cast(? as pg_catalog.int4[]))[i] as position
                      from pg_catalog.generate_series(1, cast(? as pg_catalog.int4)) i) a
                left join pg_catalog.pg_class source on source.oid = a.relation
                left join pg_catalog.pg_namespace source_schema on source_schema.oid = source.relnamespace
                left join pg_catalog.pg_attribute source_column
                    on source_column.attrelid = a.relation and source_column.attnum = a.position
                """
                + TypeChain.joins("a.type")
                + "order by a.number";
    }

    /**
     * A column of a query.
     *
     * @param table the table whose column it is, unchanged; null for any other expression
     * @param tableColumn its name there
     */
    record Described(
            Column column,
            @Nullable TableName table,
            @Nullable String tableColumn) {}

    List<Described> describe(Connection connection, String sql) throws SQLException {
        Field[] fields = fields(connection.unwrap(BaseConnection.class), sql);
        checkNames(fields);
        List<Described> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(typesSql)) {
            Long[] types = new Long[fields.length];
            Integer[] modifiers = new Integer[fields.length];
            Long[] tables = new Long[fields.length];
            Integer[] positions = new Integer[fields.length];
            for (int i = 0; i < fields.length; i++) {
                types[i] = Integer.toUnsignedLong(fields[i].getOID());
                modifiers[i] = fields[i].getMod();
                tables[i] = Integer.toUnsignedLong(fields[i].getTableOid());
                positions[i] = fields[i].getPositionInTable();
            }
            statement.setArray(1, connection.createArrayOf("int8", types));
            statement.setArray(2, connection.createArrayOf("int4", modifiers));
            statement.setArray(3, connection.createArrayOf("int8", tables));
            statement.setArray(4, connection.createArrayOf("int4", positions));
            statement.setInt(5, fields.length);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    Column column = Column.of(
                            fields[columns.size()].getColumnLabel(),
                            TypeChain.read(rows).columnType());
                    String table = rows.getString("source_table");
                    columns.add(new Described(
                            column,
                            table == null ? null : new TableName(Optional.of(rows.getString("source_schema")), table),
                            rows.getString("source_column")));
                }
            }
        }
        return columns;
    }

    private static Field[] fields(BaseConnection connection, String sql) throws SQLException {
        Query query = connection.createQuery(sql, true, true).query;
        try {
            if (query.getSubqueries() != null || query.isEmpty()) {
                throw new MppConnectException(
                        ErrorCode.INVALID_OPTION,
                        "Cannot read from query " + sql + ": it is not exactly one statement");
            }
            Description description = new Description();
            connection
                    .getQueryExecutor()
                    .execute(
                            query,
                            query.createParameterList(),
                            description,
                            0,
                            0,
                            QueryExecutor.QUERY_ONESHOT | QueryExecutor.QUERY_DESCRIBE_ONLY);
            if (description.fields == null || description.fields.length == 0) {
                throw new MppConnectException(
                        ErrorCode.COLUMN_MISMATCH, "Cannot read from query " + sql + ": it gives no columns");
            }
            return description.fields;
        } finally {
            query.close();
        }
    }

    /** Takes the columns; there are no rows. */
    private static final class Description extends ResultHandlerBase {

        private Field @Nullable [] fields;

        @Override
        public void handleResultRows(Query query, Field[] columns, List<Tuple> rows, @Nullable ResultCursor cursor) {
            fields = columns;
        }

        /** Whatever there is to say of the statement is said again when it runs. */
        @Override
        public void handleWarning(SQLWarning warning) {}
    }

    private static void checkNames(Field[] fields) {
        List<String> problems = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (int i = 0; i < fields.length; i++) {
            String name = fields[i].getColumnLabel();
            if (name.equals(UNNAMED)) {
                problems.add("column " + (i + 1) + " has no name");
            } else if (!names.add(name)) {
                problems.add("column " + (i + 1) + " is called " + name + " as another one is");
            }
        }
        if (!problems.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.COLUMN_MISMATCH,
                    "Cannot read from query: " + String.join("; ", problems) + "; name each column by AS");
        }
    }
}
