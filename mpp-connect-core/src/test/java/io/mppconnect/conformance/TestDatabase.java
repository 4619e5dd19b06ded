package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mppconnect.ClusterOptions;
import io.mppconnect.MppCluster;
import io.mppconnect.Query;
import io.mppconnect.TransferOptions;
import io.mppconnect.rows.Rows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** The database that the conformance suite runs on, the embedded one or a real one, and plain SQL to look into it. */
public final class TestDatabase implements AutoCloseable {

    private static final String SCHEMA = "mpp_connect_test";

    private final String url;
    private final String user;
    private final boolean embedded;
    /** Jobs are named after tables, and a database remembers those of other runs. */
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    private final AtomicInteger tables = new AtomicInteger();
    private final MppCluster cluster;

    TestDatabase(String url, String user, boolean embedded) {
        this.url = url;
        this.user = user;
        this.embedded = embedded;
        execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE", "CREATE SCHEMA " + SCHEMA);
        this.cluster = connect();
        startAllThatStays();
    }

    /** The server and the timer of the cluster start with the first transfer that needs them. */
    private void startAllThatStays() {
        cluster.transfer(TransferOptions.defaults().timeout(Duration.ofMinutes(1)))
                .from(Query.sql("SELECT 1 AS n"))
                .into(Rows.into(row -> {}))
                .run();
    }

    String url() {
        return url;
    }

    String user() {
        return user;
    }

    boolean embedded() {
        return embedded;
    }

    /** The cluster that tests share. */
    public MppCluster cluster() {
        return cluster;
    }

    /** A cluster of the test's own, to be closed. */
    public MppCluster connect() {
        return connect(ClusterOptions.defaults());
    }

    MppCluster connect(ClusterOptions options) {
        return MppCluster.connect(url, user, "", options);
    }

    /** A plain connection that shows every digit of floats. */
    public Connection sql() throws SQLException {
        Connection connection = DriverManager.getConnection(url, user, "");
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET extra_float_digits = 3");
        }
        return connection;
    }

    public void execute(String... statements) {
        try (Connection connection = sql();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements), e);
        }
    }

    /** The rows of a query, every value as text. */
    public List<List<String>> query(String sql, Object... parameters) {
        try (Connection connection = sql();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<List<String>> rows = new ArrayList<>();
            try (ResultSet result = statement.executeQuery()) {
                while (result.next()) {
                    List<String> row = new ArrayList<>();
                    for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                        row.add(result.getString(i));
                    }
                    rows.add(row);
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** The one value of a query. */
    public String value(String sql, Object... parameters) {
        return query(sql, parameters).get(0).get(0);
    }

    public long count(String table) {
        return Long.parseLong(value("SELECT count(*) FROM " + table));
    }

    /** The name of a table that is not there. */
    String newTable() {
        return SCHEMA + ".t" + run + "_" + tables.incrementAndGet();
    }

    /** Makes a table with these columns, and what may follow them; its name is new. */
    public String table(String columns) {
        String name = newTable();
        int close = columns.lastIndexOf("DISTRIBUTED");
        execute(
                close < 0
                        ? "CREATE TABLE " + name + " (" + columns + ")"
                        : "CREATE TABLE " + name + " ("
                                + columns.substring(0, close).strip() + ") " + columns.substring(close));
        return name;
    }

    /** Waits until transfers have left nothing in a real database; of the embedded one the leak check knows more. */
    void awaitNothingLeft() {
        if (!embedded) {
            await().untilAsserted(() -> {
                assertThat(leftExternalTables()).isZero();
                assertThat(leftSessions()).isZero();
            });
        }
    }

    /** External tables that transfers have left. */
    long leftExternalTables() {
        return Long.parseLong(
                value("SELECT count(*) FROM pg_catalog.pg_exttable e JOIN pg_catalog.pg_class c ON c.oid = e.reloid"
                        + " WHERE c.relname LIKE 'mpp\\_connect\\_%'"));
    }

    /** Error logs of external tables that transfers have left on the segments. */
    List<List<String>> leftErrorLogs() {
        return query(
                embedded
                        ? "SELECT relname FROM pg_catalog.mpp_error_log GROUP BY relname"
                        : "SELECT left_log FROM (SELECT pg_ls_dir(entry) AS left_log FROM (SELECT pg_ls_dir('.') AS entry"
                                + " FROM gp_dist_random('gp_id')) AS entries WHERE entry = 'errlog') AS logs"
                                + " WHERE left_log LIKE (SELECT oid::text FROM pg_database WHERE datname = current_database())"
                                + " || '\\_%'");
    }

    /** Sessions of transfers that are still there. */
    long leftSessions() {
        return Long.parseLong(
                value("SELECT count(*) FROM pg_catalog.pg_stat_activity WHERE application_name = 'mpp-connect'"
                        + " AND datname = current_database()"));
    }

    @Override
    public void close() {
        cluster.close();
        execute("DROP SCHEMA IF EXISTS " + SCHEMA + " CASCADE");
    }
}
