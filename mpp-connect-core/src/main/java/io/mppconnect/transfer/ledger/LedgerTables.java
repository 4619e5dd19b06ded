package io.mppconnect.transfer.ledger;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.TableInfo.Privilege;
import io.mppconnect.catalog.TableName;
import io.mppconnect.transfer.plan.MissingPrivileges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The two tables of jobs, in SQL. A commit updates a row of theirs, and no indexed column of it: pages are left mostly
 * empty so that the new version finds room beside the old one, whose room the database may use again without a vacuum.
 */
public final class LedgerTables {

    private static final int TABLES = 2;
    private static final int LOCK_TIMEOUT = 90300;

    private final String schema;
    private final Catalog catalog;

    public LedgerTables(String schema, Catalog catalog) {
        this.schema = schema;
        this.catalog = catalog;
    }

    /** Whether the database knows {@code lock_timeout}. */
    boolean locksTimeOut() {
        return catalog.version().postgres() >= LOCK_TIMEOUT;
    }

    /** One row per job: who runs it, and its last commit. */
    String ledger() {
        return name("ledger").sql();
    }

    /** One row per job and part of its source: where reading goes on. */
    String positions() {
        return name("positions").sql();
    }

    private TableName name(String table) {
        return new TableName(Optional.of(schema), table);
    }

    /**
     * Refuses to go on without privileges on the tables, which are there.
     *
     * @param action what is to be done with them
     * @throws MppConnectException {@link ErrorCode#PRIVILEGE_MISSING} with all that the role lacks
     */
    void need(Connection connection, String action, Set<Privilege> ofLedger, Set<Privilege> ofPositions) {
        MissingPrivileges missing = MissingPrivileges.of(catalog, action);
        missing.table(catalog.table(connection, name("ledger")), ofLedger);
        missing.table(catalog.table(connection, name("positions")), ofPositions);
        missing.refuse();
    }

    boolean exist(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT pg_catalog.count(*) FROM pg_catalog.pg_class c"
                        + " JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
                        + " WHERE n.nspname = ? AND c.relname IN ('ledger', 'positions') AND c.relkind = 'r'")) {
            query.setString(1, schema);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1) == TABLES;
            }
        }
    }

    /** Makes them if they are not there, in a transaction of its own; several may try at once. */
    void require(Connection connection) throws SQLException {
        SQLException last = null;
        for (int attempt = 0; attempt < 3 && !exist(connection); attempt++) {
            try {
                create(connection);
            } catch (SQLException e) {
                // Somebody else may have made them just now.
                last = e;
                connection.rollback();
            }
        }
        connection.commit();
        if (!exist(connection)) {
            throw new MppConnectException(
                    ErrorCode.PRIVILEGE_MISSING,
                    "Cannot make the tables of jobs in schema " + schema + ": "
                            + (last == null ? "they vanish" : last.getMessage())
                            + "; let the role create schemas, or have somebody run: " + String.join("; ", ddl()),
                    last);
        }
    }

    private void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            if (!schemaExists(connection)) {
                statement.execute(ddl().get(0));
            }
            for (String sql : ddl().subList(1, ddl().size())) {
                statement.execute(sql);
            }
        }
        connection.commit();
    }

    private boolean schemaExists(Connection connection) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?")) {
            query.setString(1, schema);
            try (ResultSet row = query.executeQuery()) {
                return row.next();
            }
        }
    }

    List<String> ddl() {
        String storage = catalog.version().hasSegments()
                ? " WITH (appendonly=false, fillfactor=20) DISTRIBUTED BY (job)"
                : " WITH (fillfactor=20)";
        return List.of(
                "CREATE SCHEMA " + TableName.quoted(schema),
                "CREATE TABLE " + ledger() + " (job text PRIMARY KEY, source text NOT NULL, epoch bigint NOT NULL,"
                        + " runner text NOT NULL, address text NOT NULL, batch bigint NOT NULL,"
                        + " row_count bigint NOT NULL, finished boolean NOT NULL, claimed_at timestamptz NOT NULL,"
                        + " committed_at timestamptz)" + storage,
                "CREATE TABLE " + positions() + " (job text NOT NULL, part text NOT NULL, place text NOT NULL,"
                        + " PRIMARY KEY (job, part))" + storage);
    }
}
