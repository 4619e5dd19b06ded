package io.mppconnect.transfer;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Route;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport.TablePart;
import io.mppconnect.catalog.Catalog;
import io.mppconnect.catalog.LostConnection;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableName;
import io.mppconnect.spi.Field;
import io.mppconnect.text.RowFormat;
import io.mppconnect.transfer.failure.FailureReport;
import io.mppconnect.transfer.job.AttemptRows;
import io.mppconnect.transfer.job.TransferJob;
import io.mppconnect.transfer.plan.AlterationCheck;
import io.mppconnect.transfer.plan.ExpressionCheck;
import io.mppconnect.transfer.plan.ExternalTable;
import io.mppconnect.transfer.plan.ExternalTable.ExternalColumn;
import io.mppconnect.transfer.plan.LoadPlan;
import io.mppconnect.transfer.plan.MissingPrivileges;
import io.mppconnect.transfer.plan.TargetPlan;
import io.mppconnect.transfer.plan.TargetTable;
import io.mppconnect.transfer.reach.EndpointFailure;
import io.mppconnect.transfer.session.ConnectionSource;
import io.mppconnect.transfer.session.Session;
import io.mppconnect.transfer.session.SessionSettings;
import io.mppconnect.transfer.session.StatementCanceller;
import io.mppconnect.transfer.write.TableOnDemand;
import io.mppconnect.transfer.write.TableWrite;
import io.mppconnect.transfer.write.Written;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SQL of a load whose rows come from several JVMs: one transaction, in which rows are gathered in a temporary table,
 * each with the number of the task attempt that wrote it, until those of the attempts that count are written into the
 * target. Used by one thread at a time, but for {@link #cancel}.
 */
public final class StagedAttempts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StagedAttempts.class);

    /** The column with the attempt's number; no field of a source is called so. */
    private static final String ATTEMPT = "mpp_connect attempt";

    /** Segments end the processes of an idle session, after 18 s by default, and new ones know some settings only. */
    private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();

    private static final String CANCELLED = "57014";

    /** The largest value of the database's own setting, in seconds. */
    private static final long LONGEST_RETRY = 7200;

    private final TransferJob.Load job;
    private final Session session;
    private final FailureReport report;
    private final LoadPlan plan;
    private final TableWrite write;
    private final AlterationCheck alterations;
    private final ExternalTable staging;
    private final EndpointTables endpoints;
    private long lastUse = System.nanoTime();

    private StagedAttempts(
            TransferJob.Load job,
            Session session,
            FailureReport report,
            Catalog catalog,
            LoadPlan plan,
            TableWrite write) {
        this.job = job;
        this.session = session;
        this.report = report;
        this.plan = plan;
        this.write = write;
        this.alterations = new AlterationCheck(job, plan, catalog);
        List<ExternalColumn> columns = new ArrayList<>(plan.columns());
        columns.add(new ExternalColumn(ATTEMPT, "integer"));
        this.staging = ExternalTable.of(columns, List.of(), RowFormat.text());
        this.endpoints =
                new EndpointTables(session, columns, catalog.primaries().size());
    }

    /**
     * Begins the transaction, plans the load and creates what it takes; everything found wrong is thrown here.
     *
     * @param places what people call a row that the database complains of
     */
    static StagedAttempts open(
            ConnectionSource connections,
            Catalog catalog,
            Table table,
            List<Field> fields,
            TransferOptions options,
            LongFunction<String> places) {
        TransferJob.Load job = new TransferJob.Load(new AttemptRows(), List.of(table), options);
        check(job, fields);
        FailureReport report = new FailureReport(job, places);
        Session session;
        try {
            session = Session.beginLasting(connections);
        } catch (SQLException e) {
            throw report.of(e);
        }
        try {
            return prepared(job, fields, session, catalog, report);
        } catch (Throwable failure) {
            MppConnectException explained = report.of(failure);
            try {
                session.close();
            } catch (SQLException e) {
                explained.addSuppressed(e);
            }
            throw explained;
        }
    }

    private static void check(TransferJob.Load job, List<Field> fields) {
        TransferOptions options = job.options();
        List<String> problems = new ArrayList<>();
        if (options.route() != Route.SEGMENTS) {
            problems.add("only Route.SEGMENTS leads from several JVMs into the database");
        }
        if (options.rejects().isPresent()) {
            problems.add("no rows can be set aside, leave out rejecting(...)");
        }
        if (options.timeout().isPresent()) {
            problems.add("its tasks take as long as they take, leave out timeout(...)");
        }
        if (fields.isEmpty()) {
            problems.add("its rows have no fields");
        }
        if (!problems.isEmpty()) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION, "Cannot load " + job + ": " + String.join("; ", problems));
        }
    }

    private static StagedAttempts prepared(
            TransferJob.Load job, List<Field> fields, Session session, Catalog catalog, FailureReport report)
            throws SQLException {
        if (!catalog.version().hasSegments()) {
            throw new MppConnectException(
                    ErrorCode.UNSUPPORTED_DATABASE,
                    "Cannot load " + job + " from several JVMs: " + catalog.version()
                            + " has no segments to fetch rows");
        }
        session.endWithClient();
        catalog.refreshSegments(session.connection());
        session.pin(settings(job.options(), catalog));
        MissingPrivileges missing = MissingPrivileges.of(catalog, "transfer " + job);
        missing.readable(catalog.externalTablePrivileges(session.connection()));
        missing.temporary(catalog.mayCreateTemporary(session.connection()));
        for (String sql : job.options().before()) {
            session.execute(sql);
        }
        Table table = job.tables().get(0);
        TableOnDemand demand = new TableOnDemand(session, catalog, table, missing);
        demand.find();
        TableInfo info = demand.ready(fields);
        TargetTable target = TargetTable.of(job, table, info, catalog, session.connection());
        LoadPlan plan = LoadPlan.of(fields, List.of(target), missing);
        TableWrite write = TableWrite.of(plan, job, catalog, catalog::temporary);
        StagedAttempts staged = new StagedAttempts(job, session, report, catalog, plan, write);
        staged.create(catalog, target);
        return staged;
    }

    /** Segments give up a server that they cannot reach as soon as a transfer's first call would. */
    private static Map<String, String> settings(TransferOptions options, Catalog catalog) {
        Map<String, String> settings = new HashMap<>(SessionSettings.of(options, catalog));
        long seconds = Math.max(1, options.reachTimeout().toSeconds());
        settings.putIfAbsent("gpfdist_retry_timeout", Long.toString(Math.min(LONGEST_RETRY, seconds)));
        return settings;
    }

    private void create(Catalog catalog, TargetTable target) throws SQLException {
        session.execute(staging.createTemporary(catalog.temporary(distribution(catalog, target))));
        ExpressionCheck.run(session, plan, staging);
        write.prepare(session);
    }

    /** As the target's rows, so that they need not move once more, where its key consists of fields as they are. */
    private String distribution(Catalog catalog, TargetTable target) {
        Map<String, String> types =
                plan.columns().stream().collect(Collectors.toMap(ExternalColumn::name, ExternalColumn::type));
        TargetPlan written = plan.targets().get(0);
        Map<String, String> names = new HashMap<>();
        written.fields().forEach((column, field) -> {
            if (TableName.quoted(field).equals(written.values().get(column))
                    && target.column(column).type().sql().equals(types.get(field))) {
                names.put(column, field);
            }
        });
        return catalog.distributedAs(target.info().distribution(), names).orElse("DISTRIBUTED RANDOMLY");
    }

    /** Names the URLs that rows are gathered from. */
    public void read(List<String> urls) throws SQLException {
        pinAfterIdleTime();
        endpoints.read(urls);
    }

    private void pinAfterIdleTime() throws SQLException {
        if (System.nanoTime() - lastUse > IDLE_NANOS) {
            session.pinAgain();
        }
    }

    /**
     * Gathers the rows that servers have, and returns how many there were. When it throws, there are none of them, and
     * what was gathered before is there still.
     */
    public long gather() throws SQLException {
        long[] rows = new long[1];
        session.attempt(
                () -> rows[0] = session.update("INSERT INTO " + staging.sqlName() + " " + endpoints.rows(), List.of()));
        lastUse = System.nanoTime();
        return rows[0];
    }

    /** Begins to cancel the statement that runs, from any thread; ends with {@link #resume}. */
    public AutoCloseable cancel() {
        StatementCanceller canceller = new StatementCanceller(job.options().name(), () -> session);
        canceller.start();
        return canceller;
    }

    /** After {@link #cancel} has been closed: statements may run again. */
    public void resume() {
        session.resume();
    }

    /** Whether a failed statement may well succeed when it is tried again. */
    public static boolean mayPass(SQLException failure) {
        return EndpointFailure.is(failure) || CANCELLED.equals(failure.getSQLState());
    }

    /** How many rows there are of each attempt. */
    public Map<Integer, Long> counts() throws SQLException {
        Map<Integer, Long> counts = new TreeMap<>();
        String attempt = TableName.quoted(ATTEMPT);
        session.visit(
                "SELECT " + attempt + ", pg_catalog.count(*) FROM " + staging.sqlName() + " GROUP BY " + attempt,
                List.of(),
                row -> counts.put(row.getInt(1), row.getLong(2)));
        return counts;
    }

    /**
     * Writes the gathered rows into the target; nothing of them is visible yet.
     *
     * @param without the attempts whose rows do not count
     * @param rows how many rows count
     */
    public List<TablePart> write(List<Integer> without, long rows) throws SQLException {
        pinAfterIdleTime();
        endpoints.drop();
        Written written = write.write(session, counting(without));
        alterations.check(session.connection());
        if (!written.accountsFor(rows)) {
            throw new MppConnectException(
                    ErrorCode.COUNT_MISMATCH,
                    "Cannot commit " + job + ": " + rows + " rows were gathered, and the database inserted "
                            + written.rows() + "; a rule or trigger of the table may drop rows");
        }
        for (String sql : job.options().after()) {
            session.execute(sql);
        }
        session.execute("DROP TABLE " + staging.sqlName());
        for (String table : write.created()) {
            session.execute("DROP TABLE " + table);
        }
        return written.tables();
    }

    private String counting(List<Integer> without) {
        String fields = plan.columns().stream()
                .map(column -> TableName.quoted(column.name()))
                .collect(Collectors.joining(", "));
        String condition = without.isEmpty()
                ? ""
                : without.stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", ", " WHERE " + TableName.quoted(ATTEMPT) + " NOT IN (", ")"));
        return "(SELECT " + fields + " FROM " + staging.sqlName() + condition + ") AS counting";
    }

    /** Makes all of it visible. */
    public void commit() throws SQLException {
        try {
            session.commit();
        } catch (SQLException e) {
            if (!LostConnection.in(e)) {
                throw e;
            }
            throw new MppConnectException(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "Cannot tell whether " + job + " was committed: the connection was lost during the commit ("
                            + e.getMessage() + "); look at the table before you run it again",
                    e);
        }
    }

    /** The names of the fields, in the order of the rows. */
    public List<String> fields() {
        return plan.columns().stream().map(ExternalColumn::name).toList();
    }

    /** What an error means for the load. */
    public MppConnectException explain(Throwable failure) {
        if (failure instanceof SQLException sql && EndpointFailure.is(sql)) {
            return new MppConnectException(
                    ErrorCode.SEGMENTS_UNREACHABLE,
                    "Cannot transfer " + job + ": "
                            + EndpointFailure.describe(sql, job.options().reachTimeout()),
                    sql);
        }
        return report.of(failure);
    }

    /** The statements that ran, each once. */
    public List<String> log() {
        return session.log();
    }

    /** Rolls back what is not committed. */
    @Override
    public void close() {
        try {
            session.close();
        } catch (SQLException e) {
            LOG.debug(
                    "{}: the connection could not be given back", job.options().name(), e);
        }
    }

    @Override
    public String toString() {
        return job.toString();
    }
}
