package io.mppconnect;

import io.mppconnect.catalog.DatabaseVersion;
import io.mppconnect.catalog.Segment;
import io.mppconnect.catalog.SegmentMap;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableName;
import io.mppconnect.distributed.PlanBuilder;
import io.mppconnect.spi.Source;
import io.mppconnect.transfer.TransferEngine;
import io.mppconnect.transfer.serve.ServeJob;
import io.mppconnect.transfer.session.ConnectionSource;
import java.util.List;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A Greenplum-family database that rows are moved into and out of, through all of its segments at once.
 *
 * <p>Long lived and thread safe: an application has one per database. It holds the way to the coordinator, what it found
 * out about the database, and one embedded server, started by the first transfer and shared by all; each transfer takes
 * one connection for as long as it runs. Its threads are named {@code mpp-connect-...} and end with {@link #close}.
 *
 * <pre>{@code
 * try (MppCluster cluster = MppCluster.connect("jdbc:postgresql://coordinator:5432/shop", "loader", secret)) {
 *     TransferReport report = cluster.transfer()
 *             .from(DataFiles.csv(Path.of("orders-*.csv.gz")).header())
 *             .into(Table.named("public.orders"))
 *             .run();
 * }
 * }</pre>
 */
public final class MppCluster implements AutoCloseable {

    private final TransferEngine engine;

    private MppCluster(TransferEngine engine) {
        this.engine = engine;
    }

    /**
     * Connects to the coordinator, each transfer by a connection of its own.
     *
     * @param user null for what the URL or the driver says
     * @param password null for none, or for what the URL or a password file says
     * @throws MppConnectException {@link ErrorCode#CONNECTION} when the coordinator does not answer,
     *     {@link ErrorCode#UNSUPPORTED_DATABASE} when it is none of Greenplum, Greengage, Cloudberry or PostgreSQL
     */
    public static MppCluster connect(String url, @Nullable String user, @Nullable String password) {
        return connect(url, user, password, ClusterOptions.defaults());
    }

    /** As {@link #connect(String, String, String)}, with the server's addresses and ports. */
    public static MppCluster connect(
            String url, @Nullable String user, @Nullable String password, ClusterOptions options) {
        return new MppCluster(TransferEngine.connect(ConnectionSource.of(url, user, password), options));
    }

    /**
     * Connects by properties: {@code url}, {@code user}, {@code password}, {@code server.advertised-host},
     * {@code server.bind-address}, {@code server.port} (a port or a range such as {@code 8000-8100}),
     * {@code server.accept-from} ({@code segments}, {@code anywhere}, or hosts and networks to add, between commas),
     * {@code server.tls.certificate}, {@code server.tls.key}, {@code server.tls.client-authorities} (PEM files, see {@link
     * Tls}), {@code server.tls.client-certificates} ({@code required} or {@code none}), {@code jobs.schema}.
     *
     * @throws MppConnectException with every unknown or wrong property
     */
    public static MppCluster connect(Properties properties) {
        ClusterOptions options = ClusterOptions.from(properties);
        String url = properties.getProperty("url");
        if (url == null) {
            throw new MppConnectException(
                    ErrorCode.INVALID_OPTION,
                    "Invalid cluster properties: url is missing; name the coordinator's JDBC URL");
        }
        return connect(url, properties.getProperty("user", ""), properties.getProperty("password", ""), options);
    }

    /**
     * Takes connections of the application's own data source, and gives them back as they were; the data source stays
     * the application's.
     */
    public static MppCluster connect(DataSource dataSource) {
        return connect(dataSource, ClusterOptions.defaults());
    }

    /** As {@link #connect(DataSource)}, with the server's addresses and ports. */
    public static MppCluster connect(DataSource dataSource, ClusterOptions options) {
        return new MppCluster(TransferEngine.connect(ConnectionSource.of(dataSource), options));
    }

    /** What is at the other end. */
    public DatabaseVersion version() {
        return engine.catalog().version();
    }

    /** All instances: the coordinator, primaries and mirrors, as the database saw them when it was last asked. */
    public List<Segment> segments() {
        return engine.catalog().segments();
    }

    /** Which segment owns which key. */
    public SegmentMap segmentMap() {
        return engine.catalog().segmentMap();
    }

    /**
     * What the catalog says of a table, now.
     *
     * @throws MppConnectException {@link ErrorCode#NO_SUCH_TABLE}
     */
    public TableInfo table(String name) {
        return engine.table(TableName.parse(name));
    }

    /** The jobs that the database knows. */
    public Jobs jobs() {
        return new Jobs(engine.jobs());
    }

    /** The job of that name, whether it has run yet or not. */
    public Job job(String name) {
        return new Job(engine.jobs(), name);
    }

    /**
     * Has every segment call this application's server, and tells what stands in the way of transfers: for each segment
     * whether it reached the server, was refused, timed out or failed over TLS; and missing privileges with the SQL that
     * grants them. Takes a second when all is well, up to 20 s when not: the
     * verdict of a segment says what was not found out by then. Changes nothing in the database.
     *
     * @throws MppConnectException {@link ErrorCode#CONNECTION} when the coordinator itself does not answer; whatever else
     *     is wrong is in the diagnosis
     */
    public Diagnosis diagnose() {
        return engine.diagnose();
    }

    /** Begins to describe a transfer. */
    public TransferBuilder transfer() {
        return transfer(TransferOptions.defaults());
    }

    /** Begins to describe a transfer with options of its own. */
    public TransferBuilder transfer(TransferOptions options) {
        return new TransferBuilder(engine, options);
    }

    /** Begins to describe a load whose rows are in several JVMs. */
    public PlanBuilder plan() {
        return plan(TransferOptions.defaults());
    }

    /**
     * As {@link #plan()}.
     *
     * @param options its {@code memory} is that of each JVM; tasks read in threads of their own, whatever {@code
     *     parallelism} says; {@code route}, {@code rejecting} and {@code timeout} cannot be had
     */
    public PlanBuilder plan(TransferOptions options) {
        return new PlanBuilder(engine, options);
    }

    /**
     * Begins to describe a table over a source, for any SQL client to read.
     *
     * <pre>{@code
     * ServedSource sales = cluster.expose(DataFiles.csv("sales-*.csv").header()).as("ext.sales");
     * }</pre>
     */
    public Exposure expose(Source source) {
        return expose(source, ExposureOptions.defaults());
    }

    /** As {@link #expose(Source)}, with options of its own. */
    public Exposure expose(Source source, ExposureOptions options) {
        return new Exposure(engine, new ServeJob(source, options));
    }

    /** Cancels what still runs and stops the server; nothing of it is left. Idempotent. */
    @Override
    public void close() {
        engine.close();
    }
}
