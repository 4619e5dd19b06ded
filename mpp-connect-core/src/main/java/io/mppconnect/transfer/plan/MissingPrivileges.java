package io.mppconnect.transfer.plan;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.Column;
import io.mppconnect.catalog.ExternalTablePrivileges;
import io.mppconnect.catalog.SchemaPrivileges;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableInfo.Privilege;
import io.mppconnect.catalog.TableName;
import java.util.Collection;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a role may not do and a transfer has to: collected from all who look, so that whoever grants it hears of all of it
 * at once. Used by one thread.
 */
public final class MissingPrivileges {

    private final String role;
    private final String database;
    private final String action;
    /** What may not be done, and the SQL that allows it. */
    private final Map<String, String> missing = new LinkedHashMap<>();

    private boolean forSuperusers;

    /** @param action what is to be done, such as {@code transfer a to b} */
    public MissingPrivileges(String role, String database, String action) {
        this.role = role;
        this.database = database;
        this.action = action;
    }

    /** For the role that the catalog was read by. */
    public static MissingPrivileges of(Catalog catalog, String action) {
        return new MissingPrivileges(catalog.role(), catalog.database(), action);
    }

    /** Tables of a transfer's own. */
    public void temporary(boolean granted) {
        if (!granted) {
            add(
                    "create temporary tables in database " + database,
                    "GRANT TEMPORARY ON DATABASE " + TableName.quoted(database));
        }
    }

    /** Tables that segments read. */
    public void readable(ExternalTablePrivileges granted) {
        external(granted.readable(), "readable");
    }

    /** Tables that segments write. */
    public void writable(ExternalTablePrivileges granted) {
        external(granted.writable(), "writable");
    }

    private void external(boolean granted, String type) {
        if (!granted) {
            forSuperusers = true;
            missing.put(
                    "create " + type + " gpfdist external tables",
                    "ALTER ROLE " + TableName.quoted(role) + " CREATEEXTTABLE(type='" + type
                            + "', protocol='gpfdist')");
        }
    }

    /** The schema of tables that a load creates because they are not there, and then writes into. */
    public void creation(SchemaPrivileges granted) {
        if (!granted.use()) {
            use(granted.schema());
        }
        if (!granted.create()) {
            add(
                    "create tables in schema " + granted.schema(),
                    "GRANT CREATE ON SCHEMA " + TableName.quoted(granted.schema()));
        }
    }

    /** The schema of a table that is there. */
    public void schema(TableInfo table) {
        if (!table.privileges().contains(Privilege.USE_SCHEMA)) {
            use(table.name().schema().orElseThrow());
        }
    }

    private void use(String schema) {
        add("use schema " + schema, "GRANT USAGE ON SCHEMA " + TableName.quoted(schema));
    }

    /** What is needed of a table that is there, and its schema. */
    public void table(TableInfo table, Set<Privilege> needed) {
        schema(table);
        table(table.name(), lacking(table, needed));
    }

    /**
     * The same, one of it for some columns only: privileges on columns stand in for one on the table.
     *
     * @param byColumn INSERT or SELECT
     */
    public void table(TableInfo table, Set<Privilege> needed, Privilege byColumn, Collection<String> columns) {
        schema(table);
        Set<Privilege> lacking = lacking(table, needed);
        if (lacking.contains(byColumn)) {
            List<String> forbidden = table.columns().stream()
                    .filter(column -> !may(byColumn, column))
                    .map(Column::name)
                    .filter(columns::contains)
                    .toList();
            if (forbidden.isEmpty() || table.columns().stream().anyMatch(column -> may(byColumn, column))) {
                lacking.remove(byColumn);
                columns(table.name(), byColumn, forbidden);
            }
        }
        table(table.name(), lacking);
    }

    private static Set<Privilege> lacking(TableInfo table, Set<Privilege> needed) {
        Set<Privilege> lacking = EnumSet.noneOf(Privilege.class);
        lacking.addAll(needed);
        lacking.removeAll(table.privileges());
        return lacking;
    }

    private static boolean may(Privilege privilege, Column column) {
        return privilege == Privilege.SELECT ? column.selectable() : column.insertable();
    }

    private void table(TableName table, Set<Privilege> privileges) {
        if (!privileges.isEmpty()) {
            String names = privileges.stream().map(Privilege::name).collect(Collectors.joining(", "));
            add(names + " on " + table, "GRANT " + names + " ON " + table.sql());
        }
    }

    private void columns(TableName table, Privilege privilege, List<String> columns) {
        if (columns.isEmpty()) {
            return;
        }
        String quoted = columns.stream().map(TableName::quoted).collect(Collectors.joining(", "));
        add(
                (privilege == Privilege.INSERT ? "INSERT into " : privilege + " ")
                        + (columns.size() == 1 ? "column " : "columns ") + String.join(", ", columns) + " of " + table,
                "GRANT " + privilege + " (" + quoted + ") ON " + table.sql());
    }

    private void add(String what, String grant) {
        missing.put(what, grant + " TO " + TableName.quoted(role));
    }

    public boolean isEmpty() {
        return missing.isEmpty();
    }

    /** What may not be done, in words. */
    public String what() {
        return "role " + role + " may not " + String.join(", nor ", missing.keySet());
    }

    /** The statements that allow it. */
    public List<String> sql() {
        return List.copyOf(missing.values());
    }

    /**
     * Refuses to go on when anything is missing.
     *
     * @throws MppConnectException {@link ErrorCode#PRIVILEGE_MISSING}
     */
    public void refuse() {
        if (!missing.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.PRIVILEGE_MISSING,
                    "Cannot " + action + ": " + what() + "; " + (forSuperusers ? "a superuser" : "the owner")
                            + " can allow it: " + String.join("; ", missing.values()));
        }
    }
}
