package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.mppconnect.ErrorCode;
import io.mppconnect.ExposureOptions;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.ScanReport;
import io.mppconnect.ServedSource;
import io.mppconnect.catalog.TableInfo;
import io.mppconnect.catalog.TableName;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.Rows;
import io.mppconnect.spi.Source;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sources that are read as tables. */
@Conformance
class ServedSourceTest {

    private static Source numbers(long count) {
        return Rows.of(() -> LongStream.range(0, count).iterator()).longs("id", Long::longValue);
    }

    /** So many rows that no statement ever reads them all. */
    private static Source endless() {
        return numbers(Long.MAX_VALUE);
    }

    private static Source failingAt(long failing, LongFunction<RuntimeException> failure) {
        return Rows.of(() -> (Iterator<Long>) LongStream.range(0, Long.MAX_VALUE)
                        .map(id -> {
                            if (id == failing) {
                                throw failure.apply(id);
                            }
                            return id;
                        })
                        .iterator())
                .longs("id", Long::longValue);
    }

    @Test
    void anySessionReadsItAsOftenAsItLikes(TestDatabase database) {
        try (ServedSource served = database.cluster().expose(numbers(10_000)).as(database.newTable())) {
            String query = "SELECT count(*), count(DISTINCT id), max(id) FROM " + served.table();

            assertThat(database.query(query)).containsExactly(List.of("10000", "10000", "9999"));
            assertThat(database.query(query)).containsExactly(List.of("10000", "10000", "9999"));
            await().untilAsserted(
                            () -> assertThat(served.progress().scansEnded()).isEqualTo(2));
            assertThat(served.progress().rows()).isEqualTo(20_000);
            assertThat(served.progress().scansOpen()).isZero();
        }
    }

    @Test
    void aJoinWithItselfReadsItTwice(TestDatabase database) {
        try (ServedSource served = database.cluster().expose(numbers(5_000)).as(database.newTable())) {
            assertThat(database.value("SELECT count(*) FROM " + served.table() + " one JOIN " + served.table()
                            + " other ON one.id = other.id"))
                    .isEqualTo("5000");
            await().untilAsserted(
                            () -> assertThat(served.progress().scansEnded()).isEqualTo(2));
        }
    }

    @Test
    void aSubqueryPerRowHasAllRowsEachTime(TestDatabase database) {
        String table = database.table("k bigint DISTRIBUTED BY (k)");
        database.execute("INSERT INTO " + table + " SELECT generate_series(1, 5)");
        try (ServedSource served = database.cluster().expose(numbers(1_000)).as(database.newTable())) {
            assertThat(database.query("SELECT k, (SELECT count(*) FROM " + served.table() + " WHERE id < k * 10) FROM "
                            + table + " ORDER BY k"))
                    .extracting(row -> row.get(1))
                    .containsExactly("10", "20", "30", "40", "50");
        }
    }

    @Test
    void aPreparedStatementReadsItAnewEachTime(TestDatabase database) throws SQLException {
        try (ServedSource served = database.cluster().expose(numbers(100)).as(database.newTable());
                Connection connection = database.sql();
                PreparedStatement statement =
                        connection.prepareStatement("SELECT count(*) FROM " + served.table() + " WHERE id < ?")) {
            for (int i = 1; i <= 8; i++) {
                statement.setLong(1, i);
                try (ResultSet rows = statement.executeQuery()) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(i);
                }
            }
        }
    }

    @Test
    void aCancelledStatementEndsItsScan(TestDatabase database) throws Exception {
        List<ScanReport> scans = new CopyOnWriteArrayList<>();
        ExposureOptions options =
                ExposureOptions.defaults().patience(Duration.ofSeconds(1)).onScan(scans::add);
        ExecutorService client = Executors.newSingleThreadExecutor();
        try (ServedSource served = database.cluster().expose(endless(), options).as(database.newTable());
                Connection connection = database.sql();
                Statement statement = connection.createStatement()) {
            Future<?> reading = client.submit(() -> catchThrowableOfType(
                    SQLException.class, () -> statement.execute("SELECT count(*) FROM " + served.table())));
            await().until(() -> served.progress().rows() > 0);
            statement.cancel();
            reading.get();

            await().untilAsserted(() -> assertThat(scans).hasSize(1));
            assertThat(scans.get(0).failure()).isEmpty();
            assertThat(served.progress().scansOpen()).isZero();
        } finally {
            client.shutdownNow();
        }
    }

    @Test
    void whileNobodyReadsThereIsNoThread(TestDatabase database) {
        ExposureOptions options = ExposureOptions.defaults().name("idle-" + database.newTable());
        try (ServedSource served =
                database.cluster().expose(numbers(10), options).as(database.newTable())) {
            assertThat(database.count(served.table().sql())).isEqualTo(10);
            await().until(() -> Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().contains(options.name())));
        }
    }

    @Test
    void itJoinsWithTables(TestDatabase database) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (3, 'three'), (7, 'seven'), (100, 'hundred')");
        try (ServedSource served = database.cluster().expose(numbers(10)).as(database.newTable())) {
            assertThat(database.query(
                            "SELECT name FROM " + served.table() + " JOIN " + table + " USING (id) ORDER BY id"))
                    .containsExactly(List.of("three"), List.of("seven"));
        }
    }

    @Test
    void aLimitEndsTheScan(TestDatabase database) {
        List<ScanReport> scans = new CopyOnWriteArrayList<>();
        ExposureOptions options =
                ExposureOptions.defaults().patience(Duration.ofSeconds(1)).onScan(scans::add);
        try (ServedSource served = database.cluster().expose(endless(), options).as(database.newTable())) {
            assertThat(database.query("SELECT id FROM " + served.table() + " LIMIT 5"))
                    .hasSize(5);
            await().untilAsserted(() -> assertThat(scans).hasSize(1));
            assertThat(scans.get(0).end()).isIn(ScanReport.End.LEFT, ScanReport.End.ABANDONED);
            assertThat(scans.get(0).failure()).isEmpty();
        }
    }

    @Test
    void manyScansRunAtOnce(TestDatabase database) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(6);
        try (ServedSource served = database.cluster().expose(numbers(20_000)).as(database.newTable())) {
            List<Future<String>> counts = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                Callable<String> count = () -> database.value("SELECT sum(id) FROM " + served.table());
                counts.add(clients.submit(count));
            }
            for (Future<String> count : counts) {
                assertThat(count.get()).isEqualTo("199990000");
            }
        } finally {
            clients.shutdownNow();
        }
    }

    @Test
    void aFailingSourceFailsItsStatementAndNoOther(TestDatabase database) {
        List<ScanReport> scans = new CopyOnWriteArrayList<>();
        ExposureOptions options = ExposureOptions.defaults().onScan(scans::add);
        try (ServedSource failing = database.cluster()
                        .expose(failingAt(1_000, id -> new IllegalStateException("the well is dry")), options)
                        .as(database.newTable());
                ServedSource sound = database.cluster().expose(numbers(10)).as(database.newTable())) {
            assertThat(refusal(database, "SELECT count(*) FROM " + failing.table()))
                    .contains("gpfdist error - Cannot read rows (", "the well is dry");
            await().untilAsserted(() -> assertThat(scans).hasSize(1));
            assertThat(scans.get(0).end()).isEqualTo(ScanReport.End.FAILED);
            assertThat(scans.get(0).failure())
                    .hasValueSatisfying(cause -> assertThat(cause.code()).isEqualTo(ErrorCode.SOURCE_FAILED));
            assertThat(database.value("SELECT count(*) FROM " + sound.table())).isEqualTo("10");
        }
    }

    /** What the database says against a query. */
    private static String refusal(TestDatabase database, String query) {
        return catchThrowableOfType(SQLException.class, () -> {
                    try (Connection connection = database.sql();
                            Statement statement = connection.createStatement()) {
                        statement.execute(query);
                    }
                })
                .getMessage();
    }

    @Test
    void aStatementTooManyIsRefused(TestDatabase database) throws Exception {
        ExposureOptions options = ExposureOptions.defaults().scans(1);
        try (ServedSource served = database.cluster().expose(endless(), options).as(database.newTable())) {
            Future<String> reading;
            ExecutorService client = Executors.newSingleThreadExecutor();
            try {
                reading = client.submit(() -> refusal(database, "SELECT count(*) FROM " + served.table()));
                await().until(() -> served.progress().scansOpen() == 1);

                assertThat(refusal(database, "SELECT count(*) FROM " + served.table()))
                        .contains("gpfdist error - no more than 1 scans of this table may be open at once; try again"
                                + " later");
                served.close();
                // Or cut, when a segment has more to read before the end than it manages in time.
                assertThat(reading.get())
                        .containsAnyOf("gpfdist error - rows is served no more", "gpfdist server closed connection");
            } finally {
                client.shutdownNow();
            }
        }
    }

    @Test
    void columnsHaveTheTypesThatAreKnown(TestDatabase database, @TempDir Path directory) throws IOException {
        Path file = Files.writeString(
                directory.resolve("sales.csv"), "id,Amount,note\n1,12.50,\"a, b\"\n2,7.25,\"two\nlines\"\n");
        String like = database.table("id int, note varchar(20) DISTRIBUTED BY (id)");
        try (ServedSource served = database.cluster()
                .expose(DataFiles.csv(file).header())
                .like(like)
                .column("Amount", "numeric(12,2)")
                .as(database.newTable())) {
            TableInfo table = database.cluster().table(served.table().toString());

            assertThat(table.kind()).isEqualTo(TableInfo.Kind.EXTERNAL_READABLE);
            assertThat(table.columns())
                    .extracting(column -> column.name() + " " + column.type())
                    .containsExactly("id integer", "Amount numeric(12,2)", "note character varying(20)");
            assertThat(database.query("SELECT sum(\"Amount\"), max(id), max(note) FROM " + served.table()))
                    .containsExactly(List.of("19.75", "2", "two\nlines"));
        }
    }

    @Test
    void aNameThatNeedsQuotesIsQuoted(TestDatabase database) {
        String schema = TableName.parse(database.newTable()).schema().orElseThrow();
        try (ServedSource served = database.cluster().expose(numbers(3)).as(schema + ".\"Sales of \"\"May\"\"\"")) {
            assertThat(served.table().table()).isEqualTo("Sales of \"May\"");
            assertThat(database.count(served.table().sql())).isEqualTo(3);
        }
    }

    @Test
    void closingDropsTheTable(TestDatabase database) {
        ServedSource served = database.cluster().expose(numbers(3)).as(database.newTable());
        served.close();
        served.close();

        assertThat(refusal(database, "SELECT count(*) FROM " + served.table()))
                .contains("\"" + served.table() + "\" does not exist");
    }

    @Test
    void closingTheClusterDropsTheTable(TestDatabase database) {
        ServedSource served;
        try (MppCluster cluster = database.connect()) {
            served = cluster.expose(numbers(3)).as(database.newTable());
            assertThat(database.count(served.table().sql())).isEqualTo(3);
        }
        assertThat(database.query(
                        "SELECT 1 FROM pg_catalog.pg_class WHERE relname = ?",
                        served.table().table()))
                .isEmpty();
    }

    @Test
    void afterTheEndNobodyGetsAnything(TestDatabase database) throws Exception {
        URI location;
        try (ServedSource served = database.cluster().expose(numbers(3)).as(database.newTable())) {
            location = URI.create(database.value(
                            "SELECT x.urilocation[1] FROM pg_catalog.pg_exttable x JOIN pg_catalog.pg_class c"
                                    + " ON c.oid = x.reloid WHERE c.relname = ?",
                            served.table().table())
                    .replace("gpfdist://", "http://"));
            assertThat(stranger(location)).startsWith("HTTP/1.1 400 ");
        }
        assertThat(stranger(location)).startsWith("HTTP/1.1 404 ").endsWith("\r\n\r\n");
    }

    /** All that the server says to a GET without a segment's headers. */
    private static String stranger(URI location) throws IOException {
        try (Socket socket = new Socket(location.getHost(), location.getPort())) {
            String request = "GET " + location.getRawPath() + " HTTP/1.1\r\nHost: " + location.getAuthority()
                    + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void aRelationOfTheNameIsLeftAlone(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");

        assertThatThrownBy(() -> database.cluster().expose(numbers(3)).as(table))
                .hasMessage(
                        "Cannot expose rows as " + table + ": there is a relation of that name; choose another, drop"
                                + " it, or take replacing() if an application has left it that was killed");
        assertThatThrownBy(
                        () -> database.cluster().expose(numbers(3)).replacing().as(table))
                .hasMessage("Cannot expose rows as " + table + ": there is a relation of that name that is none of the"
                        + " kind that replacing() replaces; choose another name");
        assertThat(database.count(table)).isZero();
    }

    @Test
    void whatAKilledApplicationHasLeftIsReplaced(TestDatabase database) {
        String name = database.newTable();
        ServedSource left = database.cluster().expose(numbers(3)).as(name);
        try (ServedSource served =
                database.cluster().expose(numbers(5)).replacing().as(name)) {
            assertThat(database.count(name)).isEqualTo(5);

            left.close();

            assertThat(database.count(served.table().sql())).isEqualTo(5);
        }
    }

    @Test
    void aTableThatIsNeededIsNotDroppedByForce(TestDatabase database) {
        ServedSource served = database.cluster().expose(numbers(3)).as(database.newTable());
        String view = database.newTable();
        database.execute("CREATE VIEW " + view + " AS SELECT * FROM " + served.table());

        MppConnectException failure = catchThrowableOfType(MppConnectException.class, served::close);

        assertThat(failure.code()).isEqualTo(ErrorCode.STATEMENT_FAILED);
        assertThat(failure)
                .hasMessageStartingWith("Cannot drop external table " + served.table()
                        + ", which serves nobody any more;" + " drop it yourself or expose it again with replacing(): ")
                .hasMessageContaining("depend on it");
        database.execute("DROP VIEW " + view, "DROP EXTERNAL TABLE " + served.table());
    }

    @Test
    void aCursorMayStopInTheMiddle(TestDatabase database) throws SQLException {
        ExposureOptions options = ExposureOptions.defaults().patience(Duration.ofSeconds(1));
        try (ServedSource served =
                        database.cluster().expose(numbers(200_000), options).as(database.newTable());
                Connection connection = database.sql();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("DECLARE c CURSOR FOR SELECT id FROM " + served.table());
            try (ResultSet rows = statement.executeQuery("FETCH 10 FROM c")) {
                assertThat(rows.next()).isTrue();
            }
            statement.execute("CLOSE c");
            connection.rollback();
            await().untilAsserted(
                            () -> assertThat(served.progress().scansOpen()).isZero());
            assertThat(served.progress().scansFailed()).isZero();
        }
    }

    @Test
    void whatCannotBeReadAsATableIsRefused(TestDatabase database) {
        assertThatThrownBy(() ->
                        database.cluster().expose(NumberStream.unbounded(1, 10)).as("public.never"))
                .hasMessage(
                        "Cannot expose numbers as public.never: it has no end, and neither would a query of it; load"
                                + " it into a table");
        assertThatThrownBy(() -> database.cluster()
                        .expose(numbers(1))
                        .column("amount", "int")
                        .as("public.never"))
                .hasMessage(
                        "Cannot expose rows: it has no field amount, of which column(...) tells the type; its fields"
                                + " are id");
    }
}
