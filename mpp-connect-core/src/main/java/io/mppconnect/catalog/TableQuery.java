package io.mppconnect.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks the catalog for a relation: everything about it, or its stamp alone. One round trip each.
 *
 * <p>The stamp is a text that differs once anything that {@link #table} reads has changed. It is made of the numbers of
 * the transactions that wrote the catalog's rows last: over rows that are never deleted, a sum of them only grows.
 */
final class TableQuery {

    /**
     * A relation as it was when the stamp was taken.
     *
     * @param ownTypes whether columns have types that users have created
     */
    record Stamped(String stamp, TableInfo table, boolean ownTypes) {}

    private static final String NAMED = """
            c.relname = cast(? as pg_catalog.name)
              and (n.nspname = cast(? as pg_catalog.name)
                   or cast(? as pg_catalog.text) = 'pg_temp' and n.oid = pg_catalog.pg_my_temp_schema())
            """;
    private static final String VISIBLE = """
            c.relname = cast(? as pg_catalog.name)
              and pg_catalog.pg_table_is_visible(c.oid)
            """;
    private static final String RELATION = "  and c.relkind in ('r', 'v', 'm', 'f', 'p')\n";
    /** The first number of what users create, types among them; those below do not change. */
    private static final int FIRST_OF_USERS = 16384;

    private static final String MAY_USE_SCHEMA = "pg_catalog.has_schema_privilege(n.oid, 'USAGE')";

    private final CatalogDialect dialect;

    TableQuery(CatalogDialect dialect) {
        this.dialect = dialect;
    }

    Optional<Stamped> table(Connection connection, TableName name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(tableSql(name))) {
            bind(statement, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? TableRows.read(rows) : Optional.empty();
            }
        }
    }

    /** The stamp that a relation has now, which was known like this; empty when there is none. */
    Optional<String> stamp(Connection connection, TableName name, Stamped known) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(stampSql(name, known.ownTypes()))) {
            bind(statement, name);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(rows.getString("stamp")) : Optional.empty();
            }
        }
    }

    /** Names of relations that the role may see, for the one who mistyped one. */
    List<TableName> all(Connection connection) throws SQLException {
        String sql = """
                select n.nspname as schema_name, c.relname as table_name
                from pg_catalog.pg_class c
                join pg_catalog.pg_namespace n on n.oid = c.relnamespace
                where n.nspname not in ('pg_catalog', 'information_schema', 'gp_toolkit')
                  and n.nspname not like 'pg@_%' escape '@'
                """ + RELATION + "  and " + MAY_USE_SCHEMA + " order by 1, 2 limit 20000";
        List<TableName> names = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                names.add(new TableName(Optional.of(rows.getString("schema_name")), rows.getString("table_name")));
            }
        }
        return names;
    }

    private String tableSql(TableName name) {
        return "select c.oid, n.nspname as schema_name, c.relname as table_name, c.relkind as kind\n"
                + ", " + onFirst(stamp()) + " as stamp\n"
                + ", " + dialect.storage() + " as storage\n"
                + ", " + dialect.externalWritable() + " as external_writable\n"
                + ", " + dialect.partitioned() + " as partitioned\n"
                + ", " + dialect.policy() + " as policy\n"
                + ", " + dialect.policySegments() + " as policy_segments\n"
                + ", " + dialect.policyKey() + " as policy_key\n"
                + ", " + dialect.policyOperatorClasses() + " as policy_operator_classes\n"
                + ", " + tablePrivilege("SELECT") + " as may_select\n"
                + ", " + tablePrivilege("INSERT") + " as may_insert\n"
                + ", " + tablePrivilege("UPDATE") + " as may_update\n"
                + ", " + tablePrivilege("DELETE") + " as may_delete\n"
                + ", " + dialect.truncatable() + " as may_truncate\n"
                + ", " + MAY_USE_SCHEMA + " as may_use_schema\n"
                + ", a.attnum as number, a.attname as name, a.attnotnull as not_null\n"
                + ", " + dialect.identity() + " as identity, " + dialect.generated() + " as generated\n"
                + ", " + dialect.columnPrivilege("INSERT") + " as may_insert_column\n"
                + ", " + dialect.columnPrivilege("SELECT") + " as may_select_column\n"
                + ", pg_catalog.pg_get_expr(d.adbin, d.adrelid) as default_expression\n"
                + ", case when a.atttypid >= " + FIRST_OF_USERS + " then " + TypeChain.written()
                + " end as type_written\n"
                + ", " + TypeChain.columns(dialect, "a.atttypmod")
                + "from pg_catalog.pg_class c\n"
                + "join pg_catalog.pg_namespace n on n.oid = c.relnamespace\n"
                + dialect.joins()
                + "left join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped\n"
                + "left join pg_catalog.pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum\n"
                + TypeChain.joins("a.atttypid")
                + where(name)
                + "order by a.attnum";
    }

    private String stampSql(TableName name, boolean ownTypes) {
        String types = "select pg_catalog.sum(case when a.atttypid >= " + FIRST_OF_USERS + " then (select "
                + TypeChain.written() + " from (select 1) as one\n" + TypeChain.joins("a.atttypid")
                + ") end)\nfrom pg_catalog.pg_attribute a where a.attrelid = c.oid and a.attnum > 0";
        return "select " + stamp() + (ownTypes ? " || ' ' || " + text(types) : "") + " as stamp\n"
                + "from pg_catalog.pg_class c\n"
                + "join pg_catalog.pg_namespace n on n.oid = c.relnamespace\n"
                + dialect.joins()
                + where(name);
    }

    private static String where(TableName name) {
        return "where " + (name.schema().isPresent() ? NAMED : VISIBLE) + RELATION;
    }

    private static void bind(PreparedStatement statement, TableName name) throws SQLException {
        statement.setString(1, name.table());
        if (name.schema().isPresent()) {
            statement.setString(2, name.schema().get());
            statement.setString(3, name.schema().get());
        }
    }

    /**
     * All but the types, which are asked for apart: only those that users have created change, few tables have any, and
     * they stay the same as long as the sum over the columns does. How types are spelled depends on the search path. A
     * policy can be replaced without a trace in pg_class.
     */
    private String stamp() {
        String columns = """
                select pg_catalog.sum(sa.xmin::text::bigint)
                from pg_catalog.pg_attribute sa
                where sa.attrelid = c.oid and sa.attnum > 0""";
        return String.join(
                " || ' ' || ",
                "current_user::text",
                "pg_catalog.current_setting('search_path')",
                "c.oid::text",
                "c.xmin::text",
                "n.xmin::text",
                text(columns),
                text(dialect.policy()),
                text(dialect.policySegments()),
                text(dialect.policyKey()),
                privileges());
    }

    /**
     * Membership in a role that has them leaves no trace in the relation's rows. Columns are counted, and only where they
     * make a difference.
     */
    private String privileges() {
        String columns = "case when not (" + tablePrivilege("SELECT") + " and " + tablePrivilege("INSERT")
                + ") then (select " + columnsWith("SELECT") + " || '/' || " + columnsWith("INSERT")
                + " from pg_catalog.pg_attribute a"
                + " where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) end";
        return Stream.of(
                        tablePrivilege("SELECT"),
                        tablePrivilege("INSERT"),
                        tablePrivilege("UPDATE"),
                        tablePrivilege("DELETE"),
                        dialect.truncatable(),
                        MAY_USE_SCHEMA,
                        columns)
                .map(TableQuery::text)
                .collect(Collectors.joining(" || ' ' || "));
    }

    /** The number is in the condition so that it is the columns that are counted, whatever the privilege is asked of. */
    private String columnsWith(String privilege) {
        return "pg_catalog.count(case when a.attnum > 0 and " + dialect.columnPrivilege(privilege)
                + " then 1 end)::text";
    }

    private static String tablePrivilege(String privilege) {
        return "pg_catalog.has_table_privilege(c.oid, '" + privilege + "')";
    }

    /** NULL in all rows but the first: what goes over all columns would do so once for each. */
    private static String onFirst(String expression) {
        return "case when row_number() over (order by a.attnum) = 1 then " + expression + " end";
    }

    private static String text(String expression) {
        return "coalesce((" + expression + ")::text, '')";
    }
}
