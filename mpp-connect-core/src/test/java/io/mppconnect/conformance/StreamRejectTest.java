package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.CommitReport;
import io.mppconnect.Commits;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.ParallelTransfer;
import io.mppconnect.RejectedRow;
import io.mppconnect.Rejects;
import io.mppconnect.Table;
import io.mppconnect.TransferListener;
import io.mppconnect.TransferOptions;
import io.mppconnect.TransferReport;
import io.mppconnect.spi.SegmentWriter;
import io.mppconnect.spi.Target;
import io.mppconnect.spi.TargetWrite;
import io.mppconnect.spi.UnloadContext;
import io.mppconnect.text.RowFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads that commit many times and set bad rows aside; each commit here is of ten rows. */
@Conformance
class StreamRejectTest {

    private static final Commits BY_TEN = Commits.every(Duration.ofHours(1)).rows(10);

    @AfterEach
    void nothingIsLeft(TestDatabase database) {
        assertThat(database.leftErrorLogs()).isEmpty();
        assertThat(database.leftExternalTables()).isZero();
    }

    private static NumberStream numbers(long rows) {
        return NumberStream.bounded(1, 10).append(rows);
    }

    private static ParallelTransfer stream(TestDatabase database, NumberStream numbers, String table, Rejects rejects) {
        return stream(database, numbers, table, rejects, TransferOptions.defaults());
    }

    private static ParallelTransfer stream(
            TestDatabase database, NumberStream numbers, String table, Rejects rejects, TransferOptions options) {
        return database.cluster()
                .transfer(options)
                .from(numbers)
                .into(Table.named(table))
                .rejecting(rejects)
                .committing(BY_TEN);
    }

    @Test
    void badRowsOfEachCommitAreHandedOver(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        List<RejectedRow> rejected = new ArrayList<>();
        List<CommitReport> commits = new CopyOnWriteArrayList<>();
        TransferOptions options = TransferOptions.defaults().listener(new TransferListener() {
            @Override
            public void committed(String name, CommitReport commit) {
                commits.add(commit);
            }
        });

        TransferReport report = stream(
                        database,
                        numbers(100).refused(id -> id % 20 == 3).unsent(id -> id % 50 == 7),
                        table,
                        Rejects.rows(2).to(rejected::add),
                        options)
                .run();

        assertThat(report.rows()).isEqualTo(93);
        assertThat(report.rejected()).isEqualTo(7);
        assertThat(database.count(table)).isEqualTo(93);
        assertThat(rejected)
                .extracting(row ->
                        row.origin() + " " + row.record() + " " + row.text().orElseThrow())
                .containsExactlyInAnyOrder(
                        "part-0 4 number 3",
                        "part-0 8 number 7",
                        "part-0 24 number 23",
                        "part-0 44 number 43",
                        "part-0 58 number 57",
                        "part-0 64 number 63",
                        "part-0 84 number 83");
        assertThat(commits).extracting(CommitReport::rows).containsExactly(8L, 10L, 9L, 10L, 9L, 9L, 9L, 10L, 9L, 10L);
        assertThat(commits).extracting(CommitReport::rejected).containsExactly(2L, 0L, 1L, 0L, 1L, 1L, 1L, 0L, 1L, 0L);
    }

    @Test
    void aCommitWhoseRowsAreAllBadGoesOn(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        List<RejectedRow> rejected = new ArrayList<>();

        TransferReport report = stream(
                        database,
                        numbers(30).unsent(id -> id < 10).refused(id -> id >= 10 && id < 20),
                        table,
                        Rejects.unlimited().to(rejected::add))
                .run();

        assertThat(report.rows()).isEqualTo(10);
        assertThat(rejected).hasSize(20);
        assertThat(database.count(table)).isEqualTo(10);
    }

    @Test
    void theLimitIsThatOfEachCommitAndEndsTheLoadThere(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        NumberStream numbers = numbers(50).refused(id -> id % 10 == 0 || id == 35);

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> stream(database, numbers, table, Rejects.rows(1)).run());

        assertThat(failure.code()).isEqualTo(ErrorCode.REJECT_LIMIT);
        assertThat(failure)
                .hasMessageStartingWith("Cannot transfer numbers into table " + table
                        + ": 2 rows are bad, and rows(1) is the" + " limit; one is line 3");
        assertThat(database.query("SELECT count(*), max(id) FROM " + table)).containsExactly(List.of("27", "29"));
        assertThat(numbers.commits()).last().hasToString("{part-0=30}");
    }

    @Test
    void aPercentageIsOfManyCommitsTogether(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        NumberStream numbers = numbers(700).unsent(id -> id == 0 || id > 450);

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> stream(database, numbers, table, Rejects.percent(1)).run());

        assertThat(failure)
                .hasMessageContaining(
                        "149 of 300 rows are bad, and percent(1) is the limit; one is line 591 of part-0");
        assertThat(database.query("SELECT count(*), max(id) FROM " + table)).containsExactly(List.of("450", "450"));
    }

    @Test
    void rejectedRowsInATableAreThereOnceAsTheRowsAre(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String rejects = database.newTable();
        String job = "rejects-" + table;
        NumberStream numbers =
                numbers(50).refused(id -> id % 10 == 0 || id == 35).unsent(id -> id % 10 == 9);

        assertThatThrownBy(
                        () -> stream(database, numbers, table, Rejects.rows(2).toTable(rejects))
                                .exactlyOnce(job)
                                .run())
                .hasMessageContaining("3 rows are bad, and rows(2) is the limit");
        assertThat(database.count(table)).isEqualTo(24);
        assertThat(database.count(rejects)).isEqualTo(6);

        TransferReport report = stream(database, numbers, table, Rejects.rows(3).toTable(rejects))
                .exactlyOnce(job)
                .run();

        assertThat(report.rows()).isEqualTo(15);
        assertThat(report.rejected()).isEqualTo(5);
        assertThat(database.query("SELECT count(*), count(DISTINCT id) FROM " + table))
                .containsExactly(List.of("39", "39"));
        assertThat(database.query("SELECT count(*), count(DISTINCT record) FROM " + rejects))
                .containsExactly(List.of("11", "11"));
        database.cluster().job(job).reset();
    }

    @Test
    void aFileOfRejectedRowsIsThereHoweverTheLoadEnds(TestDatabase database, @TempDir Path directory) throws Exception {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        Path file = directory.resolve("rejected.csv");
        NumberStream numbers = numbers(30).refused(id -> id == 5 || id == 17 || id == 25 || id == 26);

        assertThatThrownBy(
                        () -> stream(database, numbers, table, Rejects.rows(1).toFile(file))
                                .run())
                .hasMessageContaining("2 rows are bad, and rows(1) is the limit");

        assertThat(Files.readAllLines(file)).hasSize(3).last().asString().contains("number 17");
        assertThat(directory).isDirectoryNotContaining(other -> !other.equals(file));
    }

    @Test
    void whatTheConsumerThrowsEndsTheLoadBeforeTheCommit(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> stream(
                                database,
                                numbers(30).refused(id -> id == 15),
                                table,
                                Rejects.unlimited().to(row -> {
                                    throw new UnsupportedOperationException("no room");
                                }))
                        .run());

        assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_FAILED);
        assertThat(database.count(table)).isEqualTo(10);
    }

    @Test
    void violationsAreNotLookedFor(TestDatabase database) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");

        assertThatThrownBy(() -> stream(
                                database, numbers(10), table, Rejects.rows(1).findingViolations())
                        .start())
                .hasMessage("Cannot find violations in numbers: it is loaded by many commits; leave out"
                        + " findingViolations(), or load it by one");
    }

    @Test
    void aTargetThatFailsInTheEndKeepsTheOthersFromNothing(TestDatabase database, @TempDir Path directory)
            throws Exception {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        Path file = directory.resolve("rejected.csv");
        NumberStream numbers = numbers(30).unsent(id -> id == 7);

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> stream(
                                database,
                                numbers,
                                table,
                                Rejects.rows(1)
                                        .to(new FullTarget("one"))
                                        .toFile(file)
                                        .to(new FullTarget("other")))
                        .run());

        assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_FAILED);
        assertThat(failure)
                .hasMessageMatching("Cannot publish numbers into table " + table
                        + ", though the database has committed: (one|other) is full; the rows are loaded, only the"
                        + " rejected ones did not get where they should");
        assertThat(failure.getCause().getSuppressed()).hasSize(1);
        assertThat(file).content().contains("number 7");
    }

    /** Notices in the end that it has no room. */
    private record FullTarget(String name) implements Target {

        @Override
        public TargetWrite open(UnloadContext context) {
            return new TargetWrite() {
                @Override
                public RowFormat format() {
                    return RowFormat.text();
                }

                @Override
                public SegmentWriter open(int segment) {
                    return new SegmentWriter() {
                        @Override
                        public void write(byte[] bytes, int from, int to) {}

                        @Override
                        public void finish() {}

                        @Override
                        public void close() {}
                    };
                }

                @Override
                public void finish() throws IOException {
                    throw new IOException(name + " is full");
                }

                @Override
                public void commit() {}

                @Override
                public void close() {}
            };
        }
    }
}
