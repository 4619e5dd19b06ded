package io.mppconnect.catalog;

import io.mppconnect.catalog.TableReactions.Event;
import io.mppconnect.catalog.TableReactions.Kind;
import io.mppconnect.catalog.TableReactions.Reaction;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Asks the catalog for a table's rules, row triggers and immovable columns, in one round trip. */
final class ReactionQuery {

    private static final String RULES = """
            select 'INSTEAD_RULE' as kind, r.rulename::text as name,
                   case r.ev_type::text when '2' then 16 when '3' then 4 when '4' then 8 else 0 end as events
            from pg_catalog.pg_rewrite r
            where r.ev_class = ?::oid and r.is_instead and r.ev_enabled <> 'D' and r.ev_type::text <> '1'
            """;

    private static final String CHECKS = """
            select 'CHECK', pg_catalog.pg_get_expr(k.conbin, k.conrelid), 0
            from pg_catalog.pg_constraint k
            where k.conrelid = ?::oid and k.contype = 'c'
            """;

    private ReactionQuery() {}

    static TableReactions of(Connection connection, CatalogDialect dialect, long table) throws SQLException {
        String sql =
                RULES + "union all " + triggers(dialect) + "union all " + immovable(dialect) + "union all " + CHECKS;
        List<Reaction> reactions = new ArrayList<>();
        Set<String> immovable = new HashSet<>();
        List<String> checks = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 1; i <= 4; i++) {
                statement.setString(i, Long.toString(table));
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    String kind = rows.getString("kind");
                    String name = rows.getString("name");
                    switch (kind) {
                        case "IMMOVABLE" -> immovable.add(name);
                        case "CHECK" -> checks.add(name);
                        default ->
                            reactions.add(new Reaction(Kind.valueOf(kind), name, Event.of(rows.getInt("events"))));
                    }
                }
            }
        }
        return new TableReactions(reactions, immovable, checks);
    }

    /**
     * Bit 0 of the type: for each row; bit 1: before. Those of partitions and of tables that inherit directly count: rows
     * that are written into the table, or changed in it, may be theirs.
     */
    private static String triggers(CatalogDialect dialect) {
        return """
                select case when g.tgtype & 2 <> 0 then 'BEFORE_TRIGGER' else 'AFTER_TRIGGER' end, g.tgname::text,
                       g.tgtype::integer
                from pg_catalog.pg_class c
                join pg_catalog.pg_trigger g
                  on g.tgrelid = c.oid or g.tgrelid in (%s)
                  or g.tgrelid in (select h.inhrelid from pg_catalog.pg_inherits h where h.inhparent = c.oid)
                where c.oid = ?::oid and g.tgtype & 1 <> 0 and g.tgenabled <> 'D' and not %s
                """.formatted(dialect.partitions(), dialect.internalTrigger());
    }

    private static String immovable(CatalogDialect dialect) {
        return "select 'IMMOVABLE', a.attname::text, 0 from pg_catalog.pg_attribute a\n"
                + "where a.attrelid = ?::oid and a.attnum > 0 and " + dialect.immovable() + "\n";
    }
}
