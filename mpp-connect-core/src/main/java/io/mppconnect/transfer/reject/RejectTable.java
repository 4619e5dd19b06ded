package io.mppconnect.transfer.reject;

import io.mppconnect.RejectedRow;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableInfo.Privilege;
import io.mppconnect.catalog.TableName;
import io.mppconnect.transfer.plan.MissingPrivileges;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.write.TableCreation;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Inserts rejected rows into a table, in the load's own transaction. */
final class RejectTable implements RejectDestination {

    private static final String DEFINITION = " (rejected_at timestamptz NOT NULL DEFAULT now(), transfer text,"
            + " origin text, record bigint, segment integer, sqlstate text, message text, raw text, raw_bytes bytea)"
            + " DISTRIBUTED RANDOMLY";
    private static final List<String> COLUMNS =
            List.of("transfer", "origin", "record", "segment", "sqlstate", "message", "raw", "raw_bytes");
    private static final String ROW = "(?, ?, ?::bigint, ?::integer, ?, ?, ?, ?::bytea)";

    /** Enough for the statement's own cost to be shared, and little enough for long rows. */
    private static final int ROWS_AT_ONCE = 100;

    private final TableName table;
    private final String transfer;
    private final Session session;
    private final List<@Nullable Object> values = new ArrayList<>();
    private int rows;

    private RejectTable(TableName table, String transfer, Session session) {
        this.table = table;
        this.transfer = transfer;
        this.session = session;
    }

    /** Finds what the role lacks to write into the table, and to create it when there is none. */
    static void need(TableName table, Session session, Catalog catalog, MissingPrivileges missing) throws SQLException {
        if (new TableCreation(session).exists(table)) {
            TableInfo info = catalog.table(session.connection(), table);
            missing.table(info, Set.of(Privilege.INSERT), Privilege.INSERT, COLUMNS);
        } else {
            catalog.schemaOf(session.connection(), table).ifPresent(missing::creation);
        }
    }

    /** Creates the table when there is none. */
    static RejectTable open(TableName table, String transfer, Session session) throws SQLException {
        new TableCreation(session).ensure(table, "CREATE TABLE " + table.sql() + DEFINITION);
        return new RejectTable(table, transfer, session);
    }

    @Override
    public boolean wantsFailed() {
        return false;
    }

    @Override
    public void take(RejectedRow row) throws SQLException {
        values.add(transfer);
        values.add(row.origin());
        values.add(row.record() > 0 ? row.record() : null);
        values.add(row.segment().isPresent() ? row.segment().getAsInt() : null);
        values.add(row.sqlState().orElse(null));
        values.add(row.message());
        values.add(row.text().orElse(null));
        values.add(row.bytes().map(RejectSpool::array).orElse(null));
        rows++;
        if (rows == ROWS_AT_ONCE) {
            insert();
        }
    }

    private void insert() throws SQLException {
        String list = String.join(", ", Collections.nCopies(rows, ROW));
        session.update("INSERT INTO " + table.sql() + " (" + String.join(", ", COLUMNS) + ") VALUES " + list, values);
        values.clear();
        rows = 0;
    }

    @Override
    public void finish() throws SQLException {
        if (rows > 0) {
            insert();
        }
    }

    @Override
    public void publish() {
        // The commit is all there is.
    }

    @Override
    public void close() {
        // The roll-back is all there is.
    }
}
