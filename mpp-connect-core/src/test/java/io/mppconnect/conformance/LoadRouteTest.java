package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ClusterOptions;
import io.mppconnect.Commits;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.Rejects;
import io.mppconnect.Route;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.TransferReport.RouteTaken;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.Rows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads where segments cannot come for the rows. */
@Conformance
class LoadRouteTest {

    private static final TransferOptions COPY = TransferOptions.defaults().route(Route.COORDINATOR);

    @TempDir
    Path directory;

    private TestDatabase database;
    private String table;

    @BeforeEach
    void makeTable(TestDatabase database) {
        this.database = database;
        this.table = database.table("id bigint, name text, price numeric DISTRIBUTED BY (id)");
    }

    @Test
    void filesAreCopiedThroughTheCoordinator() throws IOException {
        Path file = Files.writeString(
                directory.resolve("rows.csv"), "id,name,price\n1,\"a, \"\"b\"\"\nc\",1.5\n2,,\n3,\"\",0\n");

        TransferReport report = database.cluster()
                .transfer(COPY)
                .from(DataFiles.csv(file).header())
                .into(Table.named(table))
                .run();

        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.route()).isEqualTo(new RouteTaken(Route.COORDINATOR, ""));
        assertThat(database.query("SELECT name, price FROM " + table + " ORDER BY id"))
                .containsExactly(List.of("a, \"b\"\nc", "1.5"), Arrays.asList(null, null), List.of("", "0"));
    }

    @Test
    void manyRowsInMemoryAreUpserted() {
        database.execute("INSERT INTO " + table + " SELECT n, 'old', 0 FROM generate_series(1, 100) AS n");

        TransferReport report = database.cluster()
                .transfer(COPY)
                .from(Rows.of(LongStream.rangeClosed(51, 50_000).boxed().toList())
                        .longs("id", Long::longValue)
                        .texts("name", id -> "new " + id))
                .into(Table.named(table).upsertBy("id").columns("id", "name"))
                .run();

        assertThat(report.updated()).isEqualTo(50);
        assertThat(report.inserted()).isEqualTo(49_900);
        assertThat(database.value("SELECT count(*) FROM " + table + " WHERE name = 'new ' || id"))
                .isEqualTo("49950");
    }

    private MppConnectException failure(Path file, Path... more) {
        return catchThrowableOfType(
                MppConnectException.class,
                () -> database.cluster()
                        .transfer(COPY)
                        .from(DataFiles.csv(file, more).fields("id", "name", "price"))
                        .into(Table.named(table))
                        .run());
    }

    @Test
    void aBadRowIsNamedByItsFileLineAndColumn() throws IOException {
        Path good = Files.writeString(directory.resolve("good.csv"), "1,\"a\nb\",1\n".repeat(5_000));
        Path bad = Files.writeString(directory.resolve("bad.csv"), "1,\"a\nb\",1\n2,b,many\n");

        MppConnectException failure = failure(good, bad);

        assertThat(failure.getMessage())
                .startsWith("Cannot transfer files ")
                .endsWith(" into table " + table
                        + ": invalid input syntax for type numeric (line 3 of bad.csv, column price)");
        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
        assertThat(database.count(table)).isZero();
    }

    @Test
    void aViolationTellsWhatFindsItsRow() throws IOException {
        database.execute("ALTER TABLE " + table + " ALTER COLUMN name SET NOT NULL");

        MppConnectException failure = failure(Files.writeString(directory.resolve("bad.csv"), "1,a,1\n2,,2\n"));

        assertThat(failure.getMessage())
                .contains(" violates not-null constraint")
                .endsWith("; by Route.SEGMENTS, rejecting(Rejects.rows(n).findingViolations()) finds such rows");
        assertThat(database.count(table)).isZero();
    }

    @Test
    void aSourceThatFailsEndsTheCopy() {
        assertThatThrownBy(() -> database.cluster()
                        .transfer(COPY)
                        .from(Rows.of(LongStream.range(0, 100_000).boxed().toList())
                                .longs("id", id -> 1 / (99_999 - id)))
                        .into(Table.named(table).columns("id"))
                        .run())
                .isInstanceOf(MppConnectException.class)
                .extracting(failure -> ((MppConnectException) failure).code())
                .isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(database.count(table)).isZero();
    }

    @Test
    void autoCopiesWhenSegmentsCannotReachTheApplication() {
        try (MppCluster cluster = database.connect(
                ClusterOptions.defaults().advertisedHost("127.0.0.2").bindAddress("127.0.0.1"))) {
            TransferReport report = cluster.transfer(TransferOptions.defaults().route(Route.AUTO))
                    .from(Rows.of(List.of(7L)).longs("id", Long::longValue))
                    .into(Table.named(table).columns("id"))
                    .run();

            assertThat(report.route().route()).isEqualTo(Route.COORDINATOR);
            assertThat(report.route().reason())
                    .startsWith("Cannot be reached by segments 0, 1, 2, 3 at gpfdist://127.0.0.2:");
            assertThat(database.count(table)).isEqualTo(1);
        }
    }

    @Test
    void rejectsAreRefused() {
        assertThatThrownBy(() -> database.cluster()
                        .transfer(COPY)
                        .from(Rows.of(List.of(7L)).longs("id", Long::longValue))
                        .into(Table.named(table).columns("id"))
                        .rejecting(Rejects.rows(1))
                        .run())
                .hasMessage("Cannot set rows of rows into table " + table
                        + " aside by the route COORDINATOR: COPY stops at the first bad row; leave out rejecting(...)");
    }

    @Test
    void autoSaysWhyRejectsCannotBeHad() {
        try (MppCluster cluster = database.connect(
                ClusterOptions.defaults().advertisedHost("127.0.0.2").bindAddress("127.0.0.1"))) {
            MppConnectException failure = catchThrowableOfType(
                    MppConnectException.class,
                    () -> cluster.transfer(TransferOptions.defaults().route(Route.AUTO))
                            .from(Rows.of(List.of(7L)).longs("id", Long::longValue))
                            .into(Table.named(table).columns("id"))
                            .rejecting(Rejects.rows(1))
                            .run());

            assertThat(failure.getMessage().replaceAll("(gpfdist://[0-9.]+):\\d+", "$1:N"))
                    .isEqualTo(
                            "Cannot be reached by segments 0, 1, 2, 3 at gpfdist://127.0.0.2:N: Connection refused; name"
                                    + " an address that their hosts can reach with ClusterOptions.advertisedHost, and let them through"
                                    + " to its port. Cannot set rows of rows into table " + table
                                    + " aside by the route"
                                    + " COORDINATOR: COPY stops at the first bad row; leave out rejecting(...)");
            assertThat(failure.code()).isEqualTo(ErrorCode.SEGMENTS_UNREACHABLE);
        }
    }

    @Test
    void retrieveIsRefused() {
        assertThatThrownBy(() -> database.cluster()
                        .transfer(TransferOptions.defaults().route(Route.RETRIEVE))
                        .from(Rows.of(List.of(7L)).longs("id", Long::longValue))
                        .into(Table.named(table).columns("id"))
                        .run())
                .hasMessage("Cannot load rows by the route RETRIEVE: retrieve cursors are for unloads; choose another"
                        + " route");
    }

    @Test
    void aStreamCommitsManyTimes() {
        String target = database.table("id bigint DISTRIBUTED BY (id)");
        NumberStream numbers = NumberStream.bounded(2, 100);
        numbers.append(5_000);

        TransferReport report = database.cluster()
                .transfer(COPY)
                .from(numbers)
                .into(Table.named(target))
                .committing(Commits.every(Duration.ofMillis(50)).rows(1_000))
                .run();

        assertThat(report.commits()).isGreaterThan(1);
        assertThat(report.route().route()).isEqualTo(Route.COORDINATOR);
        assertThat(database.count(target)).isEqualTo(report.rows());
    }
}
