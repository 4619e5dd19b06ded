package io.mppconnect.conformance;

import static io.mppconnect.conformance.Failures.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Query;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.Rows;
import io.mppconnect.spi.Source;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads when rows cannot be read, moved or written, word for word; and that nothing of it stays. */
@Conformance
class FailureTest {

    @TempDir
    Path directory;

    private TestDatabase database;
    private String table;

    @BeforeEach
    void makeTable(TestDatabase database) {
        this.database = database;
        this.table = database.table("id integer, name text DISTRIBUTED BY (id)");
    }

    @AfterEach
    void noRowIsThere() {
        assertThat(database.count(table)).isZero();
    }

    private Path file(String name, String content) throws IOException {
        return Files.write(directory.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    private MppConnectException failure(Source source) {
        return failure(source, TransferOptions.defaults());
    }

    private MppConnectException failure(Source source, TransferOptions options) {
        return Failures.of(database.cluster(), source, table, options);
    }

    @Test
    void noSuchTable() {
        database.execute("CREATE TABLE mpp_connect_test.customers (id integer) DISTRIBUTED BY (id)");
        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> database.cluster()
                        .transfer()
                        .from(Rows.of(List.of(1L)).longs("id", Long::longValue))
                        .into(Table.named("mpp_connect_test.custmers"))
                        .run());
        database.execute("DROP TABLE mpp_connect_test.customers");

        assertFailed(
                failure,
                ErrorCode.NO_SUCH_TABLE,
                "Cannot find table mpp_connect_test.custmers: it does not exist, or role " + database.user()
                        + " may not use its schema; did you mean mpp_connect_test.customers?");
    }

    @Test
    void noColumnForAField() throws IOException {
        assertFailed(
                failure(DataFiles.csv(file("a.csv", "id,nmae\n1,x\n")).header()),
                ErrorCode.COLUMN_MISMATCH,
                "Cannot load into " + table
                        + ": there is no column for field nmae (map it, or choose columns(...) to leave" + " it out)");
    }

    @Test
    void badValueNamesItsFileAndLine() throws IOException {
        Path file = file("a.csv", "id,name\n1,x\nsecret,y\n");

        MppConnectException failure = failure(DataFiles.csv(file).header());

        assertFailed(
                failure,
                ErrorCode.BAD_DATA,
                "Cannot transfer files " + file + " into table " + table
                        + ": invalid input syntax for integer (line 3 of a.csv, column id, segment N)");
        assertThat(failure.sqlState()).contains("22P02");
    }

    @Test
    void wrongEncodingIsRefusedByTheDatabase() throws IOException {
        Path file = Files.write(directory.resolve("a.csv"), new byte[] {'1', ',', (byte) 0xE9, '\n'});

        assertFailed(
                failure(DataFiles.csv(file)),
                ErrorCode.BAD_DATA,
                "Cannot transfer files " + file + " into table " + table
                        + ": invalid byte sequence for encoding \"UTF8\" (line 1 of a.csv, segment N)");
    }

    @Test
    void nulByteInAFileIsRefusedByTheDatabase() throws IOException {
        Path file = file("a.txt", "1\ta\0b\n");

        assertFailed(
                failure(DataFiles.text(file)),
                ErrorCode.BAD_DATA,
                "Cannot transfer files " + file + " into table " + table
                        + ": invalid byte sequence for encoding \"UTF8\" (line 1 of a.txt, segment N)");
    }

    @Test
    void nulCharacterInMemoryNamesItsRowAndField() {
        assertFailed(
                failure(Rows.of(List.of("a", "b\0c")).texts("name", value -> value)),
                ErrorCode.BAD_DATA,
                "Cannot write row 2, field name: it contains a NUL character, which the database cannot hold in text");
    }

    @Test
    void valueThatTheColumnCannotHold() {
        assertFailed(
                failure(Rows.of(List.of(1L, 3_000_000_000L)).longs("id", Long::longValue)),
                ErrorCode.BAD_DATA,
                "Cannot write row 2, column id: the value does not fit int4 (-2147483648 to 2147483647)");
    }

    @Test
    void missingFile() {
        assertFailed(
                failure(DataFiles.csv(directory.resolve("nosuch.csv"))),
                ErrorCode.SOURCE_FAILED,
                "Cannot read " + directory.resolve("nosuch.csv") + ": no such file");
    }

    @Test
    void unreadableFile() throws IOException {
        Path file = Files.setPosixFilePermissions(file("a.csv", "1,x\n"), Set.of());
        assumeFalse(Files.isReadable(file), "root reads everything");

        assertFailed(failure(DataFiles.csv(file)), ErrorCode.SOURCE_FAILED, "Cannot read a.csv: permission denied");
    }

    @Test
    void truncatedGzip() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < 200_000; i++) {
                gzip.write((i + ",name " + i * 31L + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        int half = bytes.size() / 2;
        Path file = Files.write(directory.resolve("a.csv.gz"), Arrays.copyOf(bytes.toByteArray(), half));

        assertFailed(
                failure(DataFiles.csv(file)),
                ErrorCode.SOURCE_FAILED,
                "Cannot read a.csv.gz: the gzip data ends early at byte " + half + "; the file is cut short");
    }

    @Test
    void mapperThatCannotParseAValue() {
        assertFailed(
                failure(Rows.of(List.of("1", "hunter2")).ints("id", Integer::parseInt)),
                ErrorCode.SOURCE_FAILED,
                "Cannot read rows (rows, at or after record 2): java.lang.NumberFormatException");
    }

    @Test
    void unclosedQuote() throws IOException {
        MppConnectException failure = failure(DataFiles.csv(file("a.csv", "1,x\n2,\"y\n3,z\n")));

        assertFailed(failure, ErrorCode.BAD_DATA, "Cannot read a.csv: a quote opened in line 2 is never closed");
    }

    @Test
    void rowLongerThanTheLimit() throws IOException {
        MppConnectException failure = failure(
                DataFiles.csv(file("a.csv", "1,x\n2," + "y".repeat(300_000) + "\n")),
                TransferOptions.defaults().maxRow(DataSize.ofKilobytes(256)));

        assertFailed(
                failure,
                ErrorCode.BAD_DATA,
                "Cannot send a row of a.csv, at or after record 2: it is longer than 256 kB; raise"
                        + " TransferOptions.maxRow");
    }

    @Test
    void sourceThatThrowsInMidStream() {
        Stream<Integer> rows = Stream.iterate(1, n -> n + 1).peek(n -> {
            if (n == 50_000) {
                throw new UncheckedIOException(new IOException("the disk is on fire"));
            }
        });

        MppConnectException failure = failure(Rows.of(rows).ints("id", Integer::intValue));

        assertFailed(
                failure,
                ErrorCode.SOURCE_FAILED,
                "Cannot read rows (rows, at or after record 50000): java.io.UncheckedIOException: java.io.IOException:"
                        + " the disk is on fire");
        assertThat(failure).hasRootCauseMessage("the disk is on fire");
    }

    @Test
    void statementThatFailsWhileRowsMove() {
        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> database.cluster()
                        .transfer()
                        .from(Rows.of(List.of(1, 0)).ints("divisor", Integer::intValue))
                        .into(Table.named(table).compute("id", "1 / divisor::int"))
                        .run());

        assertFailed(
                failure,
                ErrorCode.BAD_DATA,
                "Cannot transfer rows into table " + table + ": division by zero"
                        + (database.embedded() ? "" : " (segment N)"));
    }

    @Test
    void queryThatDoesNotParse() {
        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> database.cluster()
                        .transfer()
                        .from(Query.sql("SELECT nosuch FROM " + table))
                        .into(DataFiles.writeCsv(directory.resolve("out")))
                        .run());

        assertFailed(
                failure,
                ErrorCode.STATEMENT_FAILED,
                "Cannot read the columns of query SELECT nosuch FROM " + table
                        + " from the catalog: column \"nosuch\" does not exist");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void noSuchTableToUnload() {
        database.execute("CREATE TABLE mpp_connect_test.payments (id integer) DISTRIBUTED BY (id)");
        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> database.cluster()
                        .transfer()
                        .from(Table.named("mpp_connect_test.paymnets"))
                        .into(DataFiles.writeText(directory.resolve("out")))
                        .run());
        database.execute("DROP TABLE mpp_connect_test.payments");

        assertFailed(
                failure,
                ErrorCode.NO_SUCH_TABLE,
                "Cannot find table mpp_connect_test.paymnets: it does not exist, or role " + database.user()
                        + " may not use its schema; did you mean mpp_connect_test.payments?");
        assertThat(directory.resolve("out")).doesNotExist();
    }

    @Test
    void targetThatExists() throws IOException {
        Path taken = file("part.csv", "precious\n");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> database.cluster()
                        .transfer(TransferOptions.defaults().timeout(Duration.ofMinutes(1)))
                        .from(Table.named(table))
                        .into(DataFiles.writeCsv(taken).oneFile())
                        .run());

        assertFailed(
                failure,
                ErrorCode.TARGET_FAILED,
                "Cannot write " + taken + ": it exists already; choose another name or give overwrite()");
        assertThat(taken).hasContent("precious\n");
    }
}
