package io.mppconnect.transfer.write;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.TableName;
import io.mppconnect.transfer.session.Session;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

/**
 * Creates tables that may be created by others at the same time. The database makes the second wait for the first one's
 * transaction; then the table is there, or it is the second one's to create.
 */
public final class TableCreation {

    /** That there is such a table now, or just comes to be. */
    private static final Set<String> DUPLICATE = Set.of("42P07", "23505");

    /** The same, seen when the table's type is made; or there is another type of this name. */
    private static final String DUPLICATE_TYPE = "42710";

    private final Session session;

    public TableCreation(Session session) {
        this.session = session;
    }

    /** Makes sure that there is a relation of that name. */
    public void ensure(TableName name, String definition) throws SQLException {
        if (TableName.isTooLong(name.table())) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot create table " + name + ": its name is longer than the 63 bytes that the database keeps;"
                            + " shorten it");
        }
        boolean typeFound = false;
        while (!exists(name)) {
            try {
                session.attempt(() -> session.execute(definition));
                return;
            } catch (SQLException e) {
                boolean type = DUPLICATE_TYPE.equals(e.getSQLState());
                if (type ? typeFound : !DUPLICATE.contains(e.getSQLState())) {
                    throw e;
                }
                typeFound = type;
            }
        }
    }

    /** Whether there is a relation of that name. */
    public boolean exists(TableName name) throws SQLException {
        String where = name.schema().isPresent()
                ? "n.nspname = ? AND c.relname = ?"
                : "pg_catalog.pg_table_is_visible(c.oid) AND c.relname = ?";
        List<String> values =
                name.schema().map(schema -> List.of(schema, name.table())).orElse(List.of(name.table()));
        boolean[] found = new boolean[1];
        session.visit(
                "SELECT 1 FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE "
                        + where,
                values,
                row -> found[0] = true);
        return found[0];
    }
}
