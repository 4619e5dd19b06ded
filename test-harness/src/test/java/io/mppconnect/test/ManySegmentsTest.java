package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@EmbeddedMpp(segments = 256)
@LeakFree
class ManySegmentsTest {

    private EmbeddedMppCluster cluster;
    private TestServer server;
    private Connection connection;

    @BeforeEach
    void open() throws Exception {
        server = new TestServer();
        connection = cluster.connect();
    }

    @AfterEach
    void shut() throws Exception {
        connection.close();
        server.close();
    }

    @Test
    void allWriteAndAsManyReadAsOneLocationAllows() throws Exception {
        server.take("w");
        server.serve("x", Frames.data("1|a\n2|b\n"), Frames.end());
        try (Statement statement = connection.createStatement()) {
            statement.execute("create external temp table x(a int, b text) location('" + server.url("x")
                    + "') format 'text' (delimiter '|')");
            statement.execute("create writable external temp table w(a int, b text) location('" + server.url("w")
                    + "') format 'text'");
            statement.execute("create temp table target(a int, b text)");

            assertThat(statement.executeUpdate("insert into target select * from x"))
                    .isEqualTo(2);
            assertThat(statement.executeUpdate("insert into w select i, 'v' from generate_series(1, 1000) i"))
                    .isEqualTo(1000);
        }

        assertThat(server.requests("x")).hasSize(64);
        assertThat(server.requests("w")).hasSize(3 * 256);
        assertThat(server.postedRows("w")).hasSize(1000);
    }
}
