package io.mppconnect.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.ParallelTransfer;
import io.mppconnect.Query;
import io.mppconnect.Route;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.RouteTaken;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.Row;
import io.mppconnect.rows.RowStream;
import io.mppconnect.rows.Rows;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PostgreSQL without segments is served through its one process. */
class PlainPostgresqlTest {

    private static EmbeddedPostgres postgres;
    private static MppCluster cluster;

    @TempDir
    Path directory;

    @BeforeAll
    static void connect() throws IOException {
        postgres = EmbeddedPostgres.start();
        cluster = MppCluster.connect(postgres.getPostgresDatabase());
    }

    @AfterAll
    static void stop() throws IOException {
        cluster.close();
        postgres.close();
    }

    private ParallelTransfer unload(Route route) {
        return cluster.transfer(TransferOptions.defaults().route(route))
                .from(Query.sql("SELECT n AS id, 'name ' || n AS name FROM generate_series(1, 3) AS n ORDER BY n"))
                .into(DataFiles.writeCsv(directory.resolve("out.csv")).oneFile().header());
    }

    @Test
    void hasNobodyToServeASourceTo() {
        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> cluster.expose(Rows.of(List.of(1)).ints("id", Integer::intValue))
                        .as("public.served"));

        assertThat(failure.code()).isEqualTo(ErrorCode.UNSUPPORTED_DATABASE);
        assertThat(failure)
                .hasMessage("Cannot expose rows as public.served: " + cluster.version()
                        + " has no segments that could read it; load it into a table");
    }

    @Test
    void unloadsThroughTheCoordinator() throws IOException {
        TransferReport report = unload(Route.COORDINATOR).run();

        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.route()).isEqualTo(new RouteTaken(Route.COORDINATOR, ""));
        assertThat(Files.readAllLines(directory.resolve("out.csv")))
                .containsExactly("id,name", "1,name 1", "2,name 2", "3,name 3");
    }

    @Test
    void autoSaysWhyItIsTheCoordinator() {
        TransferReport report = unload(Route.AUTO).run();

        assertThat(report.route().route()).isEqualTo(Route.COORDINATOR);
        assertThat(report.route().reason())
                .matches("Cannot move rows through segments: PostgreSQL [0-9.]+ has none; take"
                        + " Route\\.COORDINATOR or Route\\.AUTO; Cannot take the route RETRIEVE: .*");
    }

    @Test
    void segmentsAreRefused() {
        assertThatThrownBy(() -> unload(Route.SEGMENTS).run())
                .isInstanceOf(MppConnectException.class)
                .hasMessageMatching("Cannot move rows through segments: PostgreSQL [0-9.]+ has none; take"
                        + " Route\\.COORDINATOR or Route\\.AUTO")
                .extracting(failure -> ((MppConnectException) failure).code())
                .isEqualTo(ErrorCode.UNSUPPORTED_DATABASE);
    }

    @Test
    void retrieveIsRefused() {
        assertThatThrownBy(() -> unload(Route.RETRIEVE).run())
                .isInstanceOf(MppConnectException.class)
                .hasMessageMatching("Cannot take the route RETRIEVE: PostgreSQL [0-9.]+ has no parallel retrieve"
                        + " cursors here; .*");
    }

    @Test
    void loadsByAnyWriteMode() throws SQLException {
        execute("DROP TABLE IF EXISTS item", "CREATE TABLE item (id bigint primary key, name text)");
        TransferOptions options = TransferOptions.defaults().route(Route.AUTO);

        cluster.transfer(options)
                .from(Rows.of(List.of(1L, 2L)).longs("id", Long::longValue).texts("name", id -> "first"))
                .into(Table.named("item"))
                .run();
        TransferReport report = cluster.transfer(options)
                .from(Rows.of(List.of(2L, 3L)).longs("id", Long::longValue).texts("name", id -> "second"))
                .into(Table.named("item").upsertBy("id"))
                .run();

        assertThat(report.updated()).isEqualTo(1);
        assertThat(report.inserted()).isEqualTo(1);
        assertThat(report.route().route()).isEqualTo(Route.COORDINATOR);
        try (RowStream<Row> rows =
                cluster.transfer(options).from(Query.sql("SELECT name FROM item WHERE id >= ?", 2)).stream()) {
            assertThat(rows.stream().map(row -> row.textAt("name"))).containsExactly("second", "second");
        }
    }

    @Test
    void rowsThatOthersReferToAreUpdated() throws SQLException {
        execute(
                "DROP TABLE IF EXISTS part, whole",
                "CREATE TABLE whole (id bigint primary key, name text)",
                "CREATE TABLE part (whole bigint REFERENCES whole ON DELETE CASCADE)",
                "INSERT INTO whole VALUES (1, 'first')",
                "INSERT INTO part VALUES (1)");

        TransferReport report = cluster.transfer(TransferOptions.defaults().route(Route.AUTO))
                .from(Rows.of(List.of(1L)).longs("id", Long::longValue).texts("name", id -> "second"))
                .into(Table.named("whole").upsertBy("id"))
                .run();

        assertThat(report.updated()).isEqualTo(1);
        try (RowStream<Row> rows = cluster.transfer(TransferOptions.defaults().route(Route.AUTO))
                .from(Query.sql("SELECT name FROM part JOIN whole ON whole = id"))
                .stream()) {
            assertThat(rows.stream().map(row -> row.textAt("name"))).containsExactly("second");
        }
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
