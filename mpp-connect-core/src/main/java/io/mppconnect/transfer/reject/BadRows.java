package io.mppconnect.transfer.reject;

import io.mppconnect.RejectedRow;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.block.BlockPool;
import io.mppconnect.transfer.block.NumberedRows;
import io.mppconnect.transfer.block.Origins;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.MissingPrivileges;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.write.TableWrite;
import io.mppconnect.transfer.write.Written;
import java.sql.SQLException;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** What a load does about rows that cannot be loaded. */
public interface BadRows extends AutoCloseable {

    /** As the transfer's options have it. */
    static BadRows of(TransferJob.Load job, Origins origins) {
        return job.options()
                .rejects()
                .<BadRows>map(rejects -> new SetAsideRows(job, rejects, origins, RejectDestination::open))
                .orElseGet(BadRows::fatal);
    }

    /** The same of a load that commits many times. */
    static BadRows of(TransferJob.Load job, Origins origins, LastingDestinations destinations) {
        return job.options()
                .rejects()
                .<BadRows>map(rejects -> new SetAsideRows(job, rejects, origins, destinations::open))
                .orElseGet(BadRows::fatal);
    }

    /** The first bad row fails the load. */
    static BadRows fatal() {
        return new FatalRows();
    }

    /** Refuses a way of writing that this cannot be had with. */
    void check(TableWrite write);

    /** Finds what the role lacks for whatever takes bad rows. */
    void need(Session session, Catalog catalog, MissingPrivileges missing) throws SQLException;

    /** Gets ready whatever takes bad rows. */
    void prepare(Session session) throws Exception;

    /** The external table that reads as this wants it. */
    ExternalTable reading(ExternalTable table);

    /** Whether bad rows are set aside; if not, {@link #add} is not to be called. */
    boolean setsAside();

    /** Sets a row aside that is not sent; any thread may call. */
    void add(RejectedRow row);

    /** What the database is to call the origin of rows from this one on. */
    String tag(String origin, long record);

    /** What becomes of rows on their way to the segments, made for one worker; null when they stay as they are. */
    @Nullable
    NumberedRows numbering(RowFormat format, BlockPool pool);

    /**
     * The next batch is about to be written, of a load that commits many times.
     *
     * @param unsent the rows of it that are not sent
     * @param count how many these are
     */
    void next(RejectSpool unsent, long count);

    /**
     * Writes what the external table reads.
     *
     * @param taken how many rows segments have taken; asked when the statement has returned
     */
    Written write(Session session, ExternalTable from, TableWrite write, LongSupplier taken) throws Exception;

    /** How many rows the database has set aside, of those sent. */
    long refused();

    /** How many rows were set aside, sent or not. */
    long rejected();

    /**
     * All is inserted, and nothing is committed yet: holds what was set aside against its limit, and hands it over.
     *
     * @param sent how many rows were sent
     */
    void finish(Session session, long sent) throws Exception;

    /** The database has committed. */
    void publish() throws Exception;

    /**
     * The transfer has failed: takes back what a roll-back would leave, and, if it was the limit, shows bad rows to those
     * who want to see them even so.
     */
    void undo(Session session) throws Exception;

    @Override
    void close() throws Exception;
}
