package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mppconnect.ClusterOptions;
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
import io.mppconnect.file.FileTarget;
import io.mppconnect.rows.RowStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same rows, whichever way they take. */
@Conformance
class UnloadRouteTest {

    private static final int ROWS = 5_000;

    @TempDir
    Path directory;

    record Item(long id) {}

    private TestDatabase database;
    private String table;

    @BeforeEach
    void makeTable(TestDatabase database) {
        this.database = database;
        // Greenplum 6 has the functions in an extension, the embedded cluster and later releases have them anyway.
        if (database.value("SELECT count(*) FROM pg_available_extensions WHERE name = 'gp_parallel_retrieve_cursor'")
                .equals("1")) {
            database.execute("CREATE EXTENSION IF NOT EXISTS gp_parallel_retrieve_cursor");
        }
        this.table = database.table("id bigint, name text, at timestamptz, day date, took interval, price numeric,"
                + " ratio float8, ok boolean, raw bytea, times timestamptz[] DISTRIBUTED BY (id)");
        // The embedded cluster's COPY says floats with fewer digits than its segments, unless they have few.
        String ratio = database.embedded() ? "n / 8.0" : "1.0 / (n + 1)";
        database.execute("INSERT INTO " + table + " SELECT n, CASE n % 5 WHEN 0 THEN NULL WHEN 1 THEN ''"
                + " WHEN 2 THEN E'tab\\t, \"quote\" and \\\\ and\\nline' WHEN 3 THEN E'\\\\N' ELSE 'grün ' || n END,"
                + " timestamptz '2024-02-29 12:00:00.123456+05:45' + n * interval '1 hour', date '2024-01-01' + n,"
                + " n * interval '1 minute', n / 7.0, " + ratio + ", n % 2 = 0, decode('00ff', 'hex'),"
                + " ARRAY[timestamptz '2024-01-01 00:00:00+00'] FROM generate_series(1, " + ROWS + ") AS n");
    }

    private ParallelTransfer unload(Route route, FileTarget target) {
        return database.cluster()
                .transfer(TransferOptions.defaults().route(route))
                .from(Table.named(table))
                .into(target);
    }

    private List<String> lines(Route route, FileTarget target, Path file) throws IOException {
        TransferReport report = unload(route, target).run();
        assertThat(report.rows()).isEqualTo(ROWS);
        assertThat(report.route().route()).isEqualTo(route);
        assertThat(report.bytes()).isEqualTo(Files.size(file));
        return Files.readString(file).lines().sorted().toList();
    }

    @ParameterizedTest
    @EnumSource(
            value = Route.class,
            names = {"COORDINATOR", "RETRIEVE"})
    void textIsTheSameByteForByte(Route route) throws IOException {
        Path expected = directory.resolve("segments.txt");
        Path actual = directory.resolve("other.txt");

        assertThat(lines(route, DataFiles.writeText(actual).oneFile(), actual))
                .isEqualTo(lines(Route.SEGMENTS, DataFiles.writeText(expected).oneFile(), expected));
    }

    @ParameterizedTest
    @EnumSource(
            value = Route.class,
            names = {"COORDINATOR", "RETRIEVE"})
    void csvHoldsTheSameValues(Route route) throws IOException {
        Path file = directory.resolve("rows.csv");
        unload(route, DataFiles.writeCsv(file).oneFile()).run();
        String copy = database.table("LIKE " + table + " DISTRIBUTED BY (id)");

        database.cluster()
                .transfer()
                .from(DataFiles.csv(file))
                .into(Table.named(copy))
                .run();

        assertThat(database.value("SELECT count(*) FROM (SELECT * FROM " + table + " EXCEPT SELECT * FROM " + copy
                        + ") AS missing"))
                .isEqualTo("0");
    }

    @ParameterizedTest
    @EnumSource(
            value = Route.class,
            names = {"SEGMENTS", "COORDINATOR", "RETRIEVE"})
    void aQueryBindsItsValues(Route route) {
        try (RowStream<Item> items = database
                .cluster()
                .transfer(TransferOptions.defaults().route(route))
                .from(Query.sql("SELECT id FROM " + table + " WHERE id BETWEEN ? AND ?", 10, 12))
                .stream(Item.class)) {
            assertThat(items.stream().map(Item::id)).containsExactlyInAnyOrder(10L, 11L, 12L);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 64, 500, 100_000})
    void retrievesEveryRowInPortions(int rows) {
        try (RowStream<Item> items = database
                .cluster()
                .transfer(TransferOptions.defaults().route(Route.RETRIEVE))
                .from(Query.sql("SELECT id::int AS id FROM generate_series(1, " + rows + ") AS id"))
                .stream(Item.class)) {
            assertThat(items.stream().map(Item::id))
                    .containsExactlyInAnyOrderElementsOf(
                            LongStream.rangeClosed(1, rows).boxed().toList());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Route.class,
            names = {"SEGMENTS", "COORDINATOR", "RETRIEVE"})
    void anErrorOfTheQueryFailsTheTransferAndLeavesNothing(Route route) {
        Path target = directory.resolve("failed");

        assertThatThrownBy(() -> database.cluster()
                        .transfer(TransferOptions.defaults().route(route))
                        .from(Query.sql("SELECT id, 1 / (id - 4000) AS broken FROM " + table))
                        .into(DataFiles.writeCsv(target))
                        .run())
                .isInstanceOf(MppConnectException.class)
                .hasMessageContaining("division by zero");
        assertThat(target).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(
            value = Route.class,
            names = {"SEGMENTS", "COORDINATOR", "RETRIEVE"})
    void anErrorBeforeTheFirstRowIsWhatIsTold(Route route) {
        assertThatThrownBy(() -> database.cluster()
                        .transfer(TransferOptions.defaults().route(route))
                        .from(Query.sql("SELECT id, 1 / (id - id) AS broken FROM " + table))
                        .into(DataFiles.writeCsv(directory.resolve("failed")))
                        .run())
                .isInstanceOf(MppConnectException.class)
                .hasMessageContaining("division by zero");
    }

    @Test
    void segmentsShareTheRowsOfARetrieve() {
        TransferReport report = unload(Route.RETRIEVE, DataFiles.writeText(directory.resolve("out")))
                .run();

        assertThat(report.segments()).hasSize(4);
        assertThat(report.segments().stream()
                        .mapToLong(TransferReport.SegmentPart::rows)
                        .sum())
                .isEqualTo(ROWS);
    }

    @Test
    void autoTakesTheSegmentsWhereTheyReachTheApplication() {
        TransferReport report = unload(Route.AUTO, DataFiles.writeText(directory.resolve("out")))
                .run();

        assertThat(report.route()).isEqualTo(new RouteTaken(Route.SEGMENTS, "segments reach the application"));
    }

    @Test
    void autoFetchesFromTheSegmentsWhenTheyCannotReachTheApplication() {
        try (MppCluster cluster = database.connect(
                ClusterOptions.defaults().advertisedHost("127.0.0.2").bindAddress("127.0.0.1"))) {
            TransferReport report = cluster.transfer(TransferOptions.defaults().route(Route.AUTO))
                    .from(Table.named(table))
                    .into(DataFiles.writeText(directory.resolve("out")))
                    .run();

            assertThat(report.rows()).isEqualTo(ROWS);
            assertThat(report.route().route()).isEqualTo(Route.RETRIEVE);
            assertThat(report.route().reason())
                    .startsWith("Cannot be reached by segments 0, 1, 2, 3 at gpfdist://127.0.0.2:");
        }
    }

    @Test
    void autoFetchesFromTheSegmentsForARoleWithoutThePrivilege() {
        database.execute(
                "DROP ROLE IF EXISTS mpp_connect_plain",
                "CREATE ROLE mpp_connect_plain LOGIN",
                "GRANT USAGE ON SCHEMA mpp_connect_test TO mpp_connect_plain",
                "GRANT SELECT ON " + table + " TO mpp_connect_plain");
        try (MppCluster cluster = MppCluster.connect(database.url(), "mpp_connect_plain", "")) {
            TransferReport report = cluster.transfer(TransferOptions.defaults().route(Route.AUTO))
                    .from(Query.sql("SELECT id FROM " + table))
                    .into(DataFiles.writeText(directory.resolve("out")))
                    .run();

            assertThat(report.rows()).isEqualTo(ROWS);
            assertThat(report.route().route()).isEqualTo(Route.RETRIEVE);
            assertThat(report.route().reason())
                    .contains("role mpp_connect_plain may not create writable gpfdist external tables");
        } finally {
            database.execute("DROP OWNED BY mpp_connect_plain", "DROP ROLE mpp_connect_plain");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Route.class,
            names = {"COORDINATOR", "RETRIEVE"})
    void aStreamClosedEarlyCancels(Route route) {
        try (RowStream<Item> items = database
                .cluster()
                .transfer(TransferOptions.defaults().route(route))
                .from(Query.sql("SELECT n::bigint AS id FROM generate_series(1, 300000) AS n"))
                .stream(Item.class)) {
            assertThat(items.next().id()).isPositive();
        }
    }
}
