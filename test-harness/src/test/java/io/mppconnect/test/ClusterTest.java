package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
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

/** A cluster of four segments for a test class, a server and a connection for each test. */
@LeakFree
abstract class ClusterTest {

    static EmbeddedMppCluster cluster;

    TestServer server;
    Connection connection;

    @BeforeAll
    static void startCluster() {
        cluster = EmbeddedMppCluster.start();
    }

    @AfterAll
    static void stopCluster() {
        cluster.close();
    }

    @BeforeEach
    void open() throws Exception {
        server = new TestServer();
        connection = cluster.connect();
    }

    @AfterEach
    void shut() throws Exception {
        cluster.faults().clear();
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
