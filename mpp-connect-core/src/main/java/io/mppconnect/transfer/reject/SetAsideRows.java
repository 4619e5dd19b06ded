package io.mppconnect.transfer.reject;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.RejectedRow;
import io.mppconnect.Rejects;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.block.BlockPool;
import io.mppconnect.transfer.block.LineRanges;
import io.mppconnect.transfer.block.NumberedRows;
import io.mppconnect.transfer.block.OriginTags;
import io.mppconnect.transfer.block.Origins;
import io.mppconnect.transfer.failure.FailureReport;
import io.mppconnect.transfer.failure.ForeignFailure;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.MissingPrivileges;
import io.mppconnect.transfer.plan.Planned;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.write.TableWrite;
import io.mppconnect.transfer.write.Written;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Bad rows are set aside up to a limit: those that segments refuse come back from the database's error log, the others
 * straight from the workers. They are kept until the statement has ended, and handed over before the commit.
 *
 * <p>The log is no part of the transaction. So the statement runs behind a savepoint: after a failure the external table
 * is still there to name the log by, until it is read and gone.
 */
final class SetAsideRows implements BadRows {

    private static final String LIMIT_REACHED = "40M00";

    private final TransferJob.Load job;
    private final Rejects rejects;
    private final RejectLimits limits;
    private final Origins origins;
    private final OriginTags tags;
    private final LineRanges ranges = new LineRanges();
    private final Opening opening;
    private RejectSpool spool = new RejectSpool();
    private final AtomicLong unsent = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final List<RejectDestination> destinations = new ArrayList<>();
    private @Nullable RejectLog log;
    private @Nullable Savepoint savepoint;

    /** Opens a destination. */
    @FunctionalInterface
    interface Opening {
        RejectDestination open(Rejects.Destination destination, TransferJob job, Session session) throws Exception;
    }

    SetAsideRows(TransferJob.Load job, Rejects rejects, Origins origins, Opening opening) {
        this.opening = opening;
        this.job = job;
        this.rejects = rejects;
        this.limits = new RejectLimits(rejects, job);
        this.origins = origins;
        this.tags = new OriginTags(origins);
    }

    @Override
    public void check(TableWrite write) {
        if (rejects.violations() && write.appended().isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot find violations in " + job
                            + ": only rows that are appended to one table can be tried in parts; leave out"
                            + " findingViolations()");
        }
    }

    @Override
    public void need(Session session, Catalog catalog, MissingPrivileges missing) throws SQLException {
        for (Rejects.Destination destination : rejects.destinations()) {
            if (destination instanceof Rejects.Destination.InTable in) {
                RejectTable.need(in.table().name(), session, catalog, missing);
            }
        }
    }

    @Override
    public void prepare(Session session) throws Exception {
        for (Rejects.Destination destination : rejects.destinations()) {
            destinations.add(opening.open(destination, job, session));
        }
    }

    @Override
    public ExternalTable reading(ExternalTable table) {
        ExternalTable logging = table.loggingErrors(limits.segmentLimit());
        if (!rejects.violations()) {
            return logging;
        }
        NumberedRows.check(table.format());
        return logging.numbered();
    }

    @Override
    public boolean setsAside() {
        return true;
    }

    @Override
    public void add(RejectedRow row) {
        keep(row);
        limits.checkCount(unsent.incrementAndGet(), spool.first());
    }

    @Override
    public void next(RejectSpool unsentRows, long count) {
        spool = unsentRows;
        unsent.set(count);
        refused.set(0);
    }

    private void keep(RejectedRow row) {
        try {
            spool.add(row);
        } catch (IOException e) {
            throw new UncheckedIOException("Rejected rows cannot be kept", e);
        }
    }

    @Override
    public String tag(String origin, long record) {
        return tags.tag(origin, record);
    }

    @Override
    public @Nullable NumberedRows numbering(RowFormat format, BlockPool pool) {
        return rejects.violations() ? new NumberedRows(format, pool, ranges) : null;
    }

    @Override
    public Written write(Session session, ExternalTable from, TableWrite write, LongSupplier taken) throws Exception {
        if (!rejects.violations()) {
            return reading(
                    session,
                    from,
                    () -> write.write(session, from.sqlName()),
                    written -> !written.filtered() && written.rows() == taken.getAsLong());
        }
        StagedRows staged = new StagedRows(session, from);
        reading(session, from, staged::fill, filled -> false);
        Written written = new ViolationSearch(session, staged, origins, write, row -> {
                    refused.incrementAndGet();
                    keep(row);
                    limits.checkCount(rejected(), spool.first());
                })
                .run(ranges.all());
        staged.drop();
        return written;
    }

    /** A statement that reads the external table. */
    @FunctionalInterface
    private interface Reading<T> {
        T run() throws SQLException;
    }

    /** @param complete whether all rows are where they should be, and the log is empty */
    private <T> T reading(Session session, ExternalTable from, Reading<T> statement, Predicate<T> complete)
            throws Exception {
        RejectLog segments = new RejectLog(from, tags, rejects.violations());
        log = segments;
        savepoint = session.connection().setSavepoint();
        T result;
        try {
            result = statement.run();
        } catch (SQLException e) {
            throw LIMIT_REACHED.equals(e.getSQLState()) ? reached(session, e) : e;
        }
        if (!complete.test(result)) {
            segments.read(session, row -> {
                refused.incrementAndGet();
                keep(row);
            });
            segments.truncate(session.connection());
        }
        session.connection().releaseSavepoint(Planned.of(savepoint));
        log = null;
        return result;
    }

    /** A segment has stopped: what it and the others have set aside until then tells why. */
    private MppConnectException reached(Session session, SQLException cause) throws Exception {
        Map<Integer, Long> segments = new TreeMap<>();
        session.connection().rollback(Planned.of(savepoint));
        Planned.of(log).read(session, row -> {
            row.segment().ifPresent(segment -> segments.merge(segment, 1L, Long::sum));
            keep(row);
        });
        return limits.reached(spool.rows(), segments, spool.first(), FailureReport.said(cause), cause);
    }

    @Override
    public long refused() {
        return refused.get();
    }

    @Override
    public long rejected() {
        return refused.get() + unsent.get();
    }

    @Override
    public void finish(Session session, long sent) throws Exception {
        limits.check(rejected(), sent + unsent.get(), spool.first());
        spool.drain(row -> {
            for (RejectDestination destination : destinations) {
                taking(() -> destination.take(row));
            }
        });
        for (RejectDestination destination : destinations) {
            taking(destination::finish);
        }
    }

    /** Something that a destination does. */
    @FunctionalInterface
    private interface Taking {
        void run() throws Exception;
    }

    private void taking(Taking step) throws SQLException, InterruptedException {
        try {
            step.run();
        } catch (SQLException | InterruptedException | MppConnectException e) {
            throw e;
        } catch (Exception e) {
            throw new MppConnectException(
                    ErrorCode.TARGET_FAILED,
                    "Cannot transfer " + job + ": whatever takes its rejected rows failed: " + ForeignFailure.text(e),
                    e);
        }
    }

    @Override
    public void publish() throws Exception {
        for (RejectDestination destination : destinations) {
            destination.publish();
        }
    }

    @Override
    public void undo(Session session) throws Exception {
        if (limits.wereReached()) {
            explain();
        }
        RejectLog left = log;
        if (left != null && !session.connection().isClosed()) {
            log = null;
            session.connection().rollback(Planned.of(savepoint));
            left.truncate(session.connection());
        }
    }

    /** Whoever looks at bad rows one by one shall see why the load has failed. */
    private void explain() throws Exception {
        spool.drain(row -> {
            for (RejectDestination destination : destinations) {
                if (destination.wantsFailed()) {
                    taking(() -> destination.take(row));
                }
            }
        });
    }

    @Override
    public void close() throws Exception {
        Exception failure = null;
        for (RejectDestination destination : destinations) {
            try {
                destination.close();
            } catch (Exception e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        spool.close();
        if (failure != null) {
            throw failure;
        }
    }
}
