package io.mppconnect.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Asks the catalog for what {@link ReplaceKeys} tell, in one round trip. */
final class ReplaceQuery {

    private static final long COLUMN = 0;
    private static final long UNSEEN = -1;
    private static final long RETURNED = -2;

    private static final String COLUMNS = """
            select 0::bigint as key, a.attname::text as name
            from pg_catalog.pg_attribute a
            where a.attrelid = ?::oid and a.attnum > 0 and not a.attisdropped
            """;

    private ReplaceQuery() {}

    static ReplaceKeys of(Connection connection, CatalogDialect dialect, long table) throws SQLException {
        Set<String> columns = new HashSet<>();
        Set<Long> found = new HashSet<>();
        Map<Long, Set<String>> keys = new HashMap<>();
        String sql = String.join("union all ", COLUMNS, unseen(dialect), returned(dialect), keys(dialect));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= 4; i++) {
                statement.setString(i, Long.toString(table));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    long key = rows.getLong("key");
                    if (key < 0) {
                        found.add(key);
                    } else {
                        Set<String> named =
                                key == COLUMN ? columns : keys.computeIfAbsent(key, index -> new HashSet<>());
                        named.add(rows.getString("name"));
                    }
                }
            }
        }
        return new ReplaceKeys(columns, found.contains(UNSEEN), found.contains(RETURNED), Set.copyOf(keys.values()));
    }

    /**
     * A row when nobody can tell. A row of a table that others inherit from goes to the table itself when it is inserted
     * anew, unless they are its partitions. Triggers of foreign keys count where they are enforced: Greenplum has them
     * disabled.
     */
    private static String unseen(CatalogDialect dialect) {
        return """
                select -1::bigint, ''::text
                from pg_catalog.pg_class c
                where c.oid = ?::oid
                  and pg_catalog.has_table_privilege(c.oid, 'DELETE')
                  and (%s or not exists (select 1 from pg_catalog.pg_inherits h where h.inhparent = c.oid))
                  and not exists (select 1 from pg_catalog.pg_trigger g
                                  where g.tgenabled <> 'D' and (g.tgrelid = c.oid or g.tgrelid in (%s)))
                  and not exists (select 1 from pg_catalog.pg_rewrite r
                                  where r.ev_class = c.oid or r.ev_class in (%<s))
                  and not exists (select 1 from pg_catalog.pg_attribute o
                                  where o.attrelid = c.oid and o.attnum < 0 and o.attname = 'oid')
                  and not %s
                """.formatted(dialect.partitioned(), dialect.partitions(), dialect.rowSecurity());
    }

    private static String returned(CatalogDialect dialect) {
        return """
                select -2::bigint, ''::text
                from pg_catalog.pg_class c
                %s
                where c.oid = ?::oid and %s
                """.formatted(dialect.joins(), dialect.returning());
    }

    /**
     * The unique indexes that hold at once and for all rows, with what {@code =} means by default. Those of a table that
     * others inherit from do not know its other rows; Greenplum's partitions share an index no better.
     */
    private static String keys(CatalogDialect dialect) {
        return """
                select i.indexrelid::bigint, a.attname::text
                from pg_catalog.pg_index i
                join pg_catalog.pg_attribute a on a.attrelid = i.indrelid and a.attnum = any (i.indkey)
                where i.indrelid = ?::oid and i.indisunique and i.indisvalid
                  and i.indpred is null and i.indexprs is null
                  and not exists (select 1 from pg_catalog.pg_opclass k
                                  where k.oid = any (i.indclass) and not k.opcdefault)
                  and not exists (select 1 from pg_catalog.pg_inherits h where h.inhparent = i.indrelid)
                  and\s""" + dialect.immediateAsCollated();
    }
}
