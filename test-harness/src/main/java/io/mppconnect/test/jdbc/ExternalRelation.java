package io.mppconnect.test.jdbc;

import io.mppconnect.test.segment.RowFormat;
import io.mppconnect.test.sql.FormatOptions;
import io.mppconnect.test.sql.SqlProblem;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * An external table as the catalog has it.
 *
 * @param relation how to name it in SQL
 * @param name without a schema
 * @param rejectLimit 0 when one bad row fails the statement
 */
record ExternalRelation(
        long id,
        String relation,
        String name,
        List<String> columns,
        List<String> locations,
        RowFormat format,
        String encoding,
        boolean writable,
        int rejectLimit,
        boolean rejectPercent,
        boolean logErrors,
        boolean mayRead,
        boolean mayInsert) {

    private static final String LOOKUP = """
            select c.oid, c.oid::regclass::text, c.relname, x.urilocation, x.fmttype, x.fmtopts,
                   coalesce(x.rejectlimit, 0), coalesce(x.rejectlimittype, 'r') = 'p', x.logerrors,
                   pg_catalog.pg_encoding_to_char(x.encoding), x.writable,
                   pg_catalog.has_table_privilege(c.oid, 'select'), pg_catalog.has_table_privilege(c.oid, 'insert'),
                   array(select attname::text from pg_catalog.pg_attribute
                          where attrelid = c.oid and attnum > 0 and not attisdropped order by attnum)
              from pg_catalog.pg_exttable x join pg_catalog.pg_class c on c.oid = x.reloid
             where c.oid = pg_catalog.to_regclass(?)
            """;

    /** The external table of that name, as written, or nothing when there is none, or another kind of table. */
    static Optional<ExternalRelation> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LOOKUP)) {
            query.setString(1, name);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    private static ExternalRelation read(ResultSet row) throws SQLException {
        RowFormat format;
        try {
            format = FormatOptions.fromCatalog(row.getString(5).equals("c"), row.getString(6))
                    .rowFormat();
        } catch (SqlProblem problem) {
            throw SqlErrors.error(problem);
        }
        return new ExternalRelation(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                strings(row.getArray(14)),
                strings(row.getArray(4)),
                format,
                row.getString(10),
                row.getBoolean(11),
                row.getInt(7),
                row.getBoolean(8),
                row.getBoolean(9),
                row.getBoolean(12),
                row.getBoolean(13));
    }

    private static List<String> strings(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
