package io.mppconnect.test.sql;

/**
 * A place where a statement names a table.
 *
 * @param start the offset of the name in the SQL text
 * @param end the offset behind the name
 * @param name as written, schema and all
 * @param table the last part of the name, as the catalog has it
 * @param aliased whether an alias follows
 */
public record TableReference(int start, int end, String name, String table, Use use, boolean aliased) {

    /** What the statement does with the table. */
    public enum Use {
        READ,
        INSERT,
        CHANGE
    }
}
