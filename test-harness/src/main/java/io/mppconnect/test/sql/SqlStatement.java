package io.mppconnect.test.sql;

import java.util.List;

/** One statement, as far as it concerns the emulation. */
public sealed interface SqlStatement {

    /** A statement for PostgreSQL as it is. */
    record Plain(String sql) implements SqlStatement {}

    /** A CREATE EXTERNAL TABLE. */
    record CreateExternalTable(ExternalTable table) implements SqlStatement {}

    /**
     * A DROP EXTERNAL TABLE.
     *
     * @param names as written
     * @param behaviour {@code cascade}, {@code restrict} or empty
     */
    record DropExternalTable(List<String> names, boolean ifExists, String behaviour) implements SqlStatement {

        public DropExternalTable {
            names = List.copyOf(names);
        }
    }

    /**
     * A DECLARE of a parallel retrieve cursor.
     *
     * @param name as written
     */
    record DeclareRetrieveCursor(String name, String query) implements SqlStatement {}

    /** A statement in PostgreSQL's words, where its own are others. */
    record Reworded(String sql) implements SqlStatement {}

    /**
     * A DROP TABLE or TRUNCATE, which external tables refuse.
     *
     * @param names as written
     */
    record TableCommand(String sql, List<String> names, boolean truncates) implements SqlStatement {

        public TableCommand {
            names = List.copyOf(names);
        }
    }

    /** A CREATE TABLE with something that PostgreSQL lacks. */
    record CreateTable(TableDefinition definition) implements SqlStatement {}

    /** A CREATE ROLE or ALTER ROLE about external tables. */
    record ChangeRole(RoleChange change) implements SqlStatement {}

    /**
     * A SET of a setting that PostgreSQL lacks.
     *
     * @param scope {@code session} or {@code local}
     * @param value as text; empty for DEFAULT
     */
    record SetSetting(String scope, String name, String value) implements SqlStatement {}

    /** A SHOW of a setting that PostgreSQL lacks or answers otherwise. */
    record ShowSetting(String name) implements SqlStatement {}

    /**
     * A query that empties the error log of a table, which happens at once and for good.
     *
     * @param table as written in the function's argument
     */
    record TruncateErrorLog(String sql, String table) implements SqlStatement {}

    /**
     * A query or data changing statement that names tables which may be external.
     *
     * @param references in the order of the text
     * @param executes whether rows move, unlike for a mere EXPLAIN
     * @param rowsNeeded with how many rows of its one table it is done; {@link Long#MAX_VALUE} when that cannot be told
     */
    record Query(String sql, List<TableReference> references, boolean executes, long rowsNeeded)
            implements SqlStatement {

        public Query {
            references = List.copyOf(references);
        }
    }
}
