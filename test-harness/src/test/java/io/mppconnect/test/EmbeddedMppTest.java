package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.PGConnection;
import org.postgresql.PGStatement;

@EmbeddedMpp(segments = 2)
class EmbeddedMppTest {

    private static EmbeddedMppCluster shared;
    private EmbeddedMppCluster own;

    @Test
    void fieldsAndParametersAreTheClassesCluster(EmbeddedMppCluster given) {
        assertThat(given.segments()).isEqualTo(2);
        assertThat(shared).isSameAs(given);
        assertThat(own).isSameAs(given);
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class Inner {

        private EmbeddedMppCluster inner;

        @Test
        void sharesTheCluster(EmbeddedMppCluster given) {
            assertThat(given).isSameAs(shared);
            assertThat(inner).isSameAs(shared);
            assertThat(own).isSameAs(shared);
        }
    }

    @Test
    void driverManagerFindsTheDriver() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", shared.user());
        properties.setProperty("password", shared.password());
        try (Connection connection = DriverManager.getConnection(shared.jdbcUrl(), properties)) {
            assertThat(connection.isValid(1)).isTrue();
            assertThat(connection.toString()).startsWith("embedded ");
        }
    }

    @Test
    void dataSourceOpensConnections() throws SQLException {
        DataSource source = shared.dataSource();
        try (Connection connection = source.getConnection();
                Connection other = source.getConnection(shared.user(), "")) {
            assertThat(connection).isNotEqualTo(other).isEqualTo(connection);
            assertThat(connection.getMetaData().getUserName()).isEqualTo("gpadmin");
        }
    }

    @Test
    void connectionsUnwrapToPostgres() throws SQLException {
        try (Connection connection = shared.connect();
                Statement statement = connection.createStatement();
                PreparedStatement prepared = connection.prepareStatement("select 1")) {
            assertThat(connection.unwrap(PGConnection.class).getBackendPID()).isPositive();
            assertThat(connection.isWrapperFor(PGConnection.class)).isTrue();
            assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
            assertThat(statement.unwrap(PGStatement.class)).isNotNull();
            assertThat(prepared.isWrapperFor(PGStatement.class)).isTrue();
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(prepared.getConnection()).isSameAs(connection);
        }
    }

    @Test
    void ordinaryStatementsWorkAsEver() throws SQLException {
        try (Connection connection = shared.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create temp table t(id serial, name text)");
            assertThat(statement.executeLargeUpdate("insert into t(name) values ('a'), ('b')"))
                    .isEqualTo(2);
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into t(name) values (?)", Statement.RETURN_GENERATED_KEYS)) {
                insert.setString(1, "c");
                insert.executeUpdate();
                try (ResultSet keys = insert.getGeneratedKeys()) {
                    assertThat(keys.next()).isTrue();
                    assertThat(keys.getInt("id")).isEqualTo(3);
                }
                insert.setString(1, "d");
                insert.addBatch();
                insert.setString(1, "e");
                insert.addBatch();
                assertThat(insert.executeBatch()).containsExactly(1, 1);
            }
            statement.addBatch("update t set name = 'x' where id = 1");
            statement.addBatch("delete from t where id > 1");
            assertThat(statement.executeBatch()).containsExactly(1, 4);
            try (var call = connection.prepareCall("{? = call upper(?)}")) {
                call.registerOutParameter(1, java.sql.Types.VARCHAR);
                call.setString(2, "up");
                call.execute();
                assertThat(call.getString(1)).isEqualTo("UP");
            }
        }
    }

    @Test
    void batchMayHoldWhatPostgresLacks() throws SQLException {
        try (Connection connection = shared.connect();
                Statement statement = connection.createStatement()) {
            statement.addBatch("create temp table t(a int) distributed by (a)");
            statement.addBatch("insert into t values (1), (2)");
            assertThat(statement.executeBatch()).containsExactly(0, 2);
        }
    }

    @Test
    void severalStatementsInOneText() throws SQLException {
        try (Connection connection = shared.connect();
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(
                            "create temp table t(a int) distributed randomly; insert into t values (1), (2);"))
                    .isEqualTo(2);
        }
    }

    @Test
    void severalClustersRunSideBySide() throws SQLException {
        try (EmbeddedMppCluster other =
                        EmbeddedMppCluster.builder().segments(300).start();
                Connection connection = other.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from gp_segment_configuration")) {
            assertThat(other.port()).isNotEqualTo(shared.port());
            rows.next();
            assertThat(rows.getInt(1)).isEqualTo(301);
        }
    }

    @Test
    void closedClusterIsNoLongerFound() {
        EmbeddedMppCluster closed = EmbeddedMppCluster.start();
        closed.close();

        assertThatThrownBy(closed::connect)
                .isInstanceOf(SQLException.class)
                .hasMessage("Cannot connect to jdbc:mppembedded://127.0.0.1:" + closed.port()
                        + "/postgres: no embedded cluster runs there in this JVM; start one");
    }

    @Test
    void segmentsAreCounted() {
        assertThatThrownBy(() -> EmbeddedMppCluster.builder().segments(0)).hasMessage("Invalid number of segments: 0");
    }
}
