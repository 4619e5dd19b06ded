package io.mppconnect.test.jdbc;

import io.mppconnect.test.segment.FloatText;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Finds the columns whose values are floats or made of them, when the session wants more digits than usual. */
final class FloatColumns {

    /** Paths, polygons and circles do not say in the catalog that they are made of floats; other shapes do. */
    private static final String QUERY = """
            with recursive part(number, type) as (
                select number, type from unnest(?::oid[]) with ordinality as columns(type, number)
                union
                select part.number, within.type
                  from part join pg_catalog.pg_type t on t.oid = part.type
                       left join pg_catalog.pg_range r on r.rngtypid = t.oid
                       cross join lateral (values (t.typbasetype), (t.typelem), (r.rngsubtype)) as within(type)
                 where within.type <> 0)
            select number, bool_or(type = 'float4'::regtype), pg_catalog.current_setting('extra_float_digits')::int
              from part
             where pg_catalog.current_setting('extra_float_digits')::int > 0
               and type in ('float4'::regtype, 'float8'::regtype, 'path'::regtype, 'polygon'::regtype, 'circle'::regtype)
             group by number
            """;

    private FloatColumns() {}

    /** How to say each column of a table; nothing for those that PostgreSQL says right. */
    static List<Optional<FloatText>> ofTable(Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "select array(select atttypid::int8 from pg_catalog.pg_attribute where attrelid = ?::regclass"
                        + " and attnum > 0 and not attisdropped order by attnum)")) {
            query.setString(1, table);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return ofTypes(connection, List.of((Long[]) row.getArray(1).getArray()));
            }
        }
    }

    /** How to say columns of these types. */
    static List<Optional<FloatText>> ofTypes(Connection connection, List<Long> types) throws SQLException {
        List<Optional<FloatText>> columns = new ArrayList<>(Collections.nCopies(types.size(), Optional.empty()));
        try (PreparedStatement query = connection.prepareStatement(QUERY)) {
            query.setArray(1, connection.createArrayOf("int8", types.toArray()));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    int extraDigits = rows.getInt(3);
                    FloatText floats =
                            rows.getBoolean(2) ? FloatText.ofFloat4(extraDigits) : FloatText.ofFloat8(extraDigits);
                    columns.set(rows.getInt(1) - 1, Optional.of(floats));
                }
            }
        }
        return columns;
    }
}
