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
        typesSql = "select " + TypeChain.columns(dialect, "a.modifier")
                + """
                from (select i as number,
                             (cast(? as pg_catalog.int8[]))[i]::pg_catalog.oid as type,
                             (cast(? as pg_catalog.int4[]))[i] as modifier
                      from pg_catalog.generate_series(1, cast(? as pg_catalog.int4)) i) a
                """
                + TypeChain.joins("a.type")
                + "order by a.number";
    }

    List<Column> describe(Connection connection, String sql) throws SQLException {
        Field[] fields = fields(connection.unwrap(BaseConnection.class), sql);
        checkNames(fields);
        List<Column> columns = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(typesSql)) {
            Long[] types = new Long[fields.length];
            Integer[] modifiers = new Integer[fields.length];
            for (int i = 0; i < fields.length; i++) {
                types[i] = Integer.toUnsignedLong(fields[i].getOID());
                modifiers[i] = fields[i].getMod();
            }
            statement.setArray(1, connection.createArrayOf("int8", types));
            statement.setArray(2, connection.createArrayOf("int4", modifiers));
            statement.setInt(3, fields.length);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    columns.add(Column.of(
                            fields[columns.size()].getColumnLabel(),
                            TypeChain.read(rows).columnType()));
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
