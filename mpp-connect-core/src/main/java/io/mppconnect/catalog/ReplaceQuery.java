package io.mppconnect.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Asks the catalog for a table's columns, and for the keys that {@link ReplaceKeys} means, in one round trip. */
final class ReplaceQuery {

    private static final String COLUMNS = """
            select 0::bigint as key, a.attname::text as name
            from pg_catalog.pg_attribute a
            where a.attrelid = ?::oid and a.attnum > 0 and not a.attisdropped
            """;

    private ReplaceQuery() {}

    static ReplaceKeys of(Connection connection, CatalogDialect dialect, long table) throws SQLException {
        Set<String> columns = new HashSet<>();
        Map<Long, Set<String>> keys = new HashMap<>();
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS + "union all " + keys(dialect))) {
            statement.setString(1, Long.toString(table));
            statement.setString(2, Long.toString(table));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long key = rows.getLong("key");
                    Set<String> named = key == 0 ? columns : keys.computeIfAbsent(key, index -> new HashSet<>());
                    named.add(rows.getString("name"));
                }
            }
        }
        return new ReplaceKeys(columns, Set.copyOf(keys.values()));
    }

    /**
     * The unique indexes that hold at once and for all rows, with what {@code =} means by default. A table that others
     * inherit from, as partitions do, has rows that its indexes do not know. Triggers of foreign keys count where they
     * are enforced: Greenplum has them disabled.
     */
    private static String keys(CatalogDialect dialect) {
        return """
                select i.indexrelid::bigint, a.attname::text
                from pg_catalog.pg_index i
                join pg_catalog.pg_class c on c.oid = i.indrelid
                join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
                where i.indrelid = ?::oid and i.indisunique and i.indisvalid
                  and i.indpred is null and i.indexprs is null
                  and not exists (select 1 from pg_catalog.pg_opclass k
                                  where k.oid = any (i.indclass) and not k.opcdefault)
                  and pg_catalog.has_table_privilege(c.oid, 'DELETE')
                  and not exists (select 1 from pg_catalog.pg_inherits h where h.inhparent = c.oid)
                  and not exists (select 1 from pg_catalog.pg_trigger g where g.tgrelid = c.oid and g.tgenabled <> 'D')
                  and not exists (select 1 from pg_catalog.pg_rewrite r where r.ev_class = c.oid)
                  and not exists (select 1 from pg_catalog.pg_attribute o
                                  where o.attrelid = c.oid and o.attnum < 0 and o.attname = 'oid')
                  and\s""" + dialect.immediateAsCollated() + " and not " + dialect.rowSecurity();
    }
}
