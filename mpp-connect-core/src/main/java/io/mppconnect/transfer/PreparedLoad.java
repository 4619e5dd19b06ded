package io.mppconnect.transfer;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport.RouteTaken;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.spi.Field;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.Positions;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.Split;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.AlterationCheck;
import io.mppconnect.transfer.plan.ExpressionCheck;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.LoadPlan;
import io.mppconnect.transfer.plan.MissingPrivileges;
import io.mppconnect.transfer.plan.TargetTable;
import io.mppconnect.transfer.reach.Segments;
import io.mppconnect.transfer.reject.BadRows;
import io.mppconnect.transfer.route.LoadBatch;
import io.mppconnect.transfer.route.Routes;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.write.TableOnDemand;
import io.mppconnect.transfer.write.TableWrite;
import io.mppconnect.transfer.write.Written;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * All of a load that outlasts its statements: the source's scan, the path that segments read from, the external table
 * that points to it, and the way its rows are written into the targets.
 */
final class PreparedLoad implements AutoCloseable {

    private static final long MANY_BYTES = DataSize.ofMegabytes(16).bytes();

    /** Opens the source of a load. */
    @FunctionalInterface
    interface Opening {
        SourceScan open(LoadContext context) throws Exception;
    }

    private final TransferJob.Load job;
    private final SourceScan scan;
    private final List<Split> splits;
    private final LoadPlan plan;
    private final Routes.Load way;
    private final ExternalTable external;
    private final TableWrite write;
    private final AlterationCheck alterations;
    private final BadRows badRows;

    private PreparedLoad(
            TransferJob.Load job,
            SourceScan scan,
            LoadPlan plan,
            Routes.Load way,
            ExternalTable external,
            TableWrite write,
            AlterationCheck alterations,
            BadRows badRows) {
        this.job = job;
        this.scan = scan;
        this.splits = scan.splits();
        this.plan = plan;
        this.way = way;
        this.external = external;
        this.write = write;
        this.alterations = alterations;
        this.badRows = badRows;
    }

    /**
     * Looks at both sides and plans; everything found wrong before a row moves is thrown here.
     *
     * @param source opens the job's source
     * @param announced the fields that the source has said to have from these positions on, if it has
     */
    static PreparedLoad of(
            TransferJob.Load job,
            Opening source,
            Segments segments,
            Session session,
            Positions positions,
            List<Field> announced,
            BadRows badRows)
            throws Exception {
        MissingPrivileges missing = MissingPrivileges.of(segments.catalog(), "transfer " + job);
        Routes.Load way = new Routes(segments).prepare(session, job, missing);
        try {
            return planned(job, source, segments, session, positions, announced, badRows, way, missing);
        } catch (Throwable failure) {
            way.route().close();
            throw failure;
        }
    }

    /** Waits for what a source has to say before a commit. */
    static void await(CompletionStage<Void> answer) throws Exception {
        try {
            answer.toCompletableFuture().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    private static PreparedLoad planned(
            TransferJob.Load job,
            Opening source,
            Segments segments,
            Session session,
            Positions positions,
            List<Field> announced,
            BadRows badRows,
            Routes.Load way,
            MissingPrivileges missing)
            throws Exception {
        TransferOptions options = job.options();
        badRows.need(session, segments.catalog(), missing);
        List<TableOnDemand> tables = job.tables().stream()
                .map(table -> new TableOnDemand(session, segments.catalog(), table, missing))
                .toList();
        List<TargetTable> known = new ArrayList<>();
        for (TableOnDemand table : tables) {
            table.find().ifPresent(info -> known.add(new TargetTable(table.table(), info, Optional.empty())));
        }
        SourceScan scan = source.open(new LoadContext(
                LoadPlan.writable(known),
                options.parallelism(),
                (int) options.maxRow().bytes(),
                positions,
                announced));
        try {
            List<TargetTable> targets = new ArrayList<>();
            for (TableOnDemand table : tables) {
                targets.add(TargetTable.of(
                        job, table.table(), table.ready(scan.fields()), segments.catalog(), session.connection()));
            }
            LoadPlan plan = LoadPlan.of(scan.fields(), targets, missing);
            TableWrite write = TableWrite.of(plan, job, segments.catalog(), temporary(job, scan, segments.catalog()));
            badRows.check(write);
            badRows.prepare(session);
            ExternalTable external = badRows.reading(
                    way.route().relation(plan.columns(), scan.format().validated()));
            AlterationCheck alterations = new AlterationCheck(job, plan, segments.catalog());
            return new PreparedLoad(job, scan, plan, way, external, write, alterations, badRows);
        } catch (Throwable failure) {
            try (scan) {
                throw failure;
            }
        }
    }

    /** Where all rows come at once, as many of them as splits say. */
    private static UnaryOperator<String> temporary(TransferJob.Load job, SourceScan scan, Catalog catalog) {
        long bytes = scan.splits().stream()
                .mapToLong(split -> split.bytes().orElse(0))
                .sum();
        boolean many = bytes >= MANY_BYTES && !job.delivery().isStream(job.source());
        return many ? catalog::temporaryForMany : catalog::temporary;
    }

    /** Creates the external table, and what else the statements need; the user's SQL is tried on it. */
    void create(Session session) throws SQLException {
        session.execute(way.route().create(external));
        ExpressionCheck.run(session, plan, external);
        write.prepare(session);
    }

    /** As {@link #create}, for many transactions: all of it goes when the session is given back. */
    void createLasting(Session session) throws SQLException {
        if (!write.repeatable()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Cannot load " + job + " by many commits: each would empty the table; leave out truncating()");
        }
        session.atEnd(way.route().dropIfThere(external));
        write.created().forEach(table -> session.atEnd("DROP TABLE IF EXISTS " + table));
        create(session);
        session.commit();
    }

    void drop(Session session) throws SQLException {
        session.execute(way.route().drop(external));
        for (String table : write.created()) {
            session.execute("DROP TABLE " + table);
        }
    }

    /** Opens the next scan of the external table, for one batch of rows. */
    LoadBatch nextBatch() {
        return way.route().next(external);
    }

    /**
     * Runs the statements until all rows of a batch are written. Sent = taken = inserted, staged or rejected, or nothing
     * counts.
     *
     * @param sent how many rows were sent; asked when the statements have returned
     */
    Written write(Session session, LoadBatch batch, LongSupplier sent) throws Exception {
        Written written;
        try {
            batch.bring(session);
            written = badRows.write(session, external, write, batch::taken);
        } catch (SQLException failure) {
            requireUnaltered(session, failure);
            throw failure;
        }
        long all = sent.getAsLong();
        alterations.check(session.connection());
        check(all, batch.taken(), written);
        badRows.finish(session, all);
        return written;
    }

    /**
     * A statement of a stream that fails because a table was altered is worth another attempt. In a load of one commit what
     * it did to the table itself would have to be told from what others did.
     */
    private void requireUnaltered(Session session, SQLException failure) throws Exception {
        if (!job.delivery().isStream(job.source()) || !AlterationCheck.mayExplain(failure)) {
            return;
        }
        try {
            badRows.undo(session);
            session.connection().rollback();
            alterations.check(session.connection());
        } catch (SQLException e) {
            failure.addSuppressed(e);
        } catch (MppConnectException e) {
            if (e.code() == ErrorCode.TABLE_ALTERED) {
                e.addSuppressed(failure);
                throw e;
            }
            failure.addSuppressed(e);
        }
    }

    private void check(long sent, long taken, Written written) {
        long refused = badRows.refused();
        if (sent != taken || !written.accountsFor(taken - refused)) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot commit " + job + ": " + sent + " rows were sent, segments took " + taken
                            + ", and the database inserted " + written.rows()
                            + (refused == 0 ? "" : " and rejected " + refused)
                            + "; a rule or trigger of the table may drop rows,"
                            + " or the format does not fit the data");
        }
    }

    RouteTaken taken() {
        return way.taken();
    }

    List<Split> splits() {
        return splits;
    }

    SourceScan scan() {
        return scan;
    }

    /** The names of the fields, in the order of the rows. */
    List<String> fields() {
        return scan.fields().stream().map(Field::name).toList();
    }

    @Override
    public void close() throws Exception {
        try (SourceScan closing = scan) {
            way.route().close();
        }
    }
}
