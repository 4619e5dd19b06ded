package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A cluster of four segments for a test class, a server and a connection for each test. The cluster is a real one when
 * the environment names its URL: what differs there is an error of the embedded one.
 */
@LeakFree
abstract class ClusterTest {

    private static final String REAL_URL = System.getenv("MPP_CONNECT_TEST_URL");
    private static final String REAL_USER = System.getenv().getOrDefault("MPP_CONNECT_TEST_USER", "gpadmin");

    static EmbeddedMppCluster cluster;

    TestServer server;
    Connection connection;

    @BeforeAll
    static void startCluster() {
        if (REAL_URL == null) {
            cluster = EmbeddedMppCluster.start();
        }
    }

    @AfterAll
    static void stopCluster() {
        if (REAL_URL == null) {
            cluster.close();
        }
    }

    static Connection connect(String user) throws SQLException {
        return REAL_URL == null ? cluster.connect(user) : DriverManager.getConnection(REAL_URL, user, "");
    }

    static Connection connect() throws SQLException {
        return connect(REAL_URL == null ? cluster.user() : REAL_USER);
    }

    @BeforeEach
    void open() throws Exception {
        server = new TestServer();
        connection = connect();
    }

    @AfterEach
    void shut() throws Exception {
        if (REAL_URL == null) {
            cluster.faults().clear();
        }
        connection.close();
        server.close();
    }

    void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    int update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    /** Each row as text, columns separated by a bar. */
    List<String> rows(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(String.valueOf(rows.getString(i)));
                }
                texts.add(String.join("|", columns));
            }
            return texts;
        }
    }

    /** The error of a statement as {@code SQLSTATE: message / detail / hint / context}, without the segment's suffix. */
    String failure(String sql) {
        PSQLException problem = catchThrowableOfType(PSQLException.class, () -> run(sql));
        assertThat((Throwable) problem).as("failure of %s", sql).isNotNull();
        ServerErrorMessage server = problem.getServerErrorMessage();
        if (server == null) {
            return problem.getSQLState() + ": " + problem.getMessage();
        }
        StringBuilder text = new StringBuilder(server.getSQLState() + ": "
                + String.valueOf(server.getMessage())
                        .replace(" (url_curl.c:", "(url_curl.c:")
                        .replaceAll("\\(url_curl.c:\\d+\\)", "")
                        .replaceFirst("  \\(seg[0-9]+( slice1)? 127.0.0.1:\\d+ pid=\\d+\\)$", ""));
        for (String part : new String[] {server.getDetail(), server.getHint(), server.getWhere()}) {
            if (part != null) {
                text.append(" / ").append(part);
            }
        }
        return text.toString();
    }

    void external(String name, String path, String format) throws SQLException {
        run("create external temp table " + name + "(a int, b text) location('" + server.url(path) + "') format "
                + format);
    }
}
