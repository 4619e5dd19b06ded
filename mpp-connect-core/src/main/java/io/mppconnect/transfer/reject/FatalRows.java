package io.mppconnect.transfer.reject;

import io.mppconnect.RejectedRow;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.block.BlockPool;
import io.mppconnect.transfer.block.NumberedRows;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.MissingPrivileges;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.write.TableWrite;
import io.mppconnect.transfer.write.Written;
import java.sql.SQLException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The first bad row fails the load. */
public final class FatalRows implements BadRows {

    @Override
    public void check(TableWrite write) {
        // Every way will do.
    }

    @Override
    public void need(Session session, Catalog catalog, MissingPrivileges missing) {
        // Nothing takes them.
    }

    @Override
    public void prepare(Session session) {
        // The database fails by itself.
    }

    @Override
    public ExternalTable reading(ExternalTable table) {
        return table;
    }

    @Override
    public boolean setsAside() {
        return false;
    }

    @Override
    public void add(RejectedRow row) {
        throw new IllegalStateException("No row is set aside: " + row);
    }

    @Override
    public String tag(String origin, long record) {
        return origin;
    }

    @Override
    public @Nullable NumberedRows numbering(RowFormat format, BlockPool pool) {
        return null;
    }

    @Override
    public void next(RejectSpool unsent, long count) {
        // There are none.
    }

    @Override
    public Written write(Session session, ExternalTable from, TableWrite write, LongSupplier taken)
            throws SQLException {
        return write.write(session, from.sqlName());
    }

    @Override
    public long refused() {
        return 0;
    }

    @Override
    public long rejected() {
        return 0;
    }

    @Override
    public void finish(Session session, long sent) {
        // Nothing was set aside.
    }

    @Override
    public void publish() {
        // Nothing was set aside.
    }

    @Override
    public void undo(Session session) {
        // A roll-back leaves nothing.
    }

    @Override
    public void close() {
        // Nothing was opened.
    }
}
