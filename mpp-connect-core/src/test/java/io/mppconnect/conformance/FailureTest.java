package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ClusterOptions;
import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.Query;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.file.DataFiles;
import io.mppconnect.rows.Rows;
import io.mppconnect.spi.Source;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user reads when a transfer fails, word for word; and that nothing of it stays. */
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
    void nothingIsLeft() {
        assertThat(database.count(table)).isZero();
        assertThat(database.leftExternalTables()).isZero();
    }

    private Path file(String name, String content) throws IOException {
        return Files.write(directory.resolve(name), content.getBytes(StandardCharsets.UTF_8));
    }

    private MppConnectException failure(Source source) {
        return failure(source, TransferOptions.defaults());
    }

    private MppConnectException failure(Source source, TransferOptions options) {
        return failure(database.cluster(), source, options);
    }

    private MppConnectException failure(MppCluster cluster, Source source, TransferOptions options) {
        return catchThrowableOfType(
                MppConnectException.class,
                () -> cluster.transfer(options)
                        .from(source)
                        .into(Table.named(table))
                        .run());
    }

    private static void assertFailed(MppConnectException failure, ErrorCode code, String message) {
        assertThat(failure).isNotNull();
        assertThat(failure).hasMessage(message);
        assertThat(failure.code()).isEqualTo(code);
    }

    @Test
    void noSuchTable() {
        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> database.cluster()
                        .transfer()
                        .from(Rows.of(List.of(1L)).longs("id", Long::longValue))
                        .into(Table.named("mpp_connect_test.nosuch"))
                        .run());

        assertThat(failure.code()).isEqualTo(ErrorCode.NO_SUCH_TABLE);
        assertThat(failure)
                .hasMessageStartingWith("Cannot find table mpp_connect_test.nosuch: it does not exist, or role "
                        + database.user() + " may not use its schema");
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
        MppConnectException failure =
                failure(DataFiles.csv(file("a.csv", "id,name\n1,x\nsecret,y\n")).header());

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
        assertThat(failure)
                .hasMessageMatching("Cannot transfer files \\S+a.csv into table " + table
                        + ": invalid input syntax for (type )?integer \\(line 3 of a\\.csv, segment [0-3]\\)");
        assertThat(failure.sqlState()).contains("22P02");
    }

    @Test
    void wrongEncodingIsRefusedByTheDatabase() throws IOException {
        Path file = Files.write(directory.resolve("a.csv"), new byte[] {'1', ',', (byte) 0xE9, '\n'});

        MppConnectException failure = failure(DataFiles.csv(file));

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
        assertThat(failure)
                .hasMessageContaining("invalid byte sequence for encoding")
                .hasMessageContaining("a.csv");
    }

    @Test
    void nulByteInAFileIsRefusedByTheDatabase() throws IOException {
        MppConnectException failure = failure(DataFiles.text(file("a.txt", "1\ta\0b\n")));

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
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

        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(failure)
                .hasMessageStartingWith("Cannot read rows (rows, at or after record ")
                .hasMessageEndingWith("java.io.UncheckedIOException: java.io.IOException: the disk is on fire");
        assertThat(failure).hasRootCauseMessage("the disk is on fire");
    }

    @Test
    void portTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                MppCluster cluster = database.connect(ClusterOptions.defaults().port(taken.getLocalPort()))) {
            MppConnectException failure =
                    failure(cluster, Rows.of(List.of(1L)).longs("id", Long::longValue), TransferOptions.defaults());

            assertThat(failure.code()).isEqualTo(ErrorCode.SERVER_ADDRESS);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "Cannot listen on 127.0.0.1:" + taken.getLocalPort() + ": Address already in use");
        }
    }

    @Test
    void segmentsThatCannotReachTheServer() {
        try (MppCluster cluster = database.connect(
                ClusterOptions.defaults().advertisedHost("127.0.0.2").bindAddress("127.0.0.1"))) {
            MppConnectException failure =
                    failure(cluster, Rows.of(List.of(1L)).longs("id", Long::longValue), TransferOptions.defaults());

            assertThat(failure.code()).isEqualTo(ErrorCode.SEGMENTS_UNREACHABLE);
            assertThat(failure.getMessage())
                    .matches("Cannot be reached by segments 0, 1, 2, 3 at gpfdist://127\\.0\\.0\\.2:\\d+:"
                            + " Connection refused; name an address that their hosts can reach with"
                            + " ClusterOptions\\.advertisedHost, and let them through to its port");
        }
    }

    @Test
    void roleThatMayNotCreateExternalTables() {
        database.execute(
                "DROP ROLE IF EXISTS mpp_connect_plain",
                "CREATE ROLE mpp_connect_plain LOGIN",
                "GRANT USAGE ON SCHEMA mpp_connect_test TO mpp_connect_plain",
                "GRANT ALL ON " + table + " TO mpp_connect_plain");
        try (MppCluster cluster = MppCluster.connect(database.url(), "mpp_connect_plain", "")) {
            assertFailed(
                    failure(cluster, Rows.of(List.of(1L)).longs("id", Long::longValue), TransferOptions.defaults()),
                    ErrorCode.PRIVILEGE_MISSING,
                    "Cannot transfer rows into table " + table
                            + ": role mpp_connect_plain may not create readable gpfdist"
                            + " external tables; a superuser can allow it: ALTER ROLE \"mpp_connect_plain\""
                            + " CREATEEXTTABLE(type='readable', protocol='gpfdist')");
        } finally {
            database.execute("DROP OWNED BY mpp_connect_plain", "DROP ROLE mpp_connect_plain");
        }
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

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
        assertThat(failure)
                .hasMessageMatching(
                        "Cannot transfer rows into table " + table + ": division by zero( \\(.*segment [0-3]\\))?");
    }

    @Test
    void coordinatorThatGoesAway() throws InterruptedException {
        GatedRows rows = new GatedRows(1000, 2000);
        try (RunningTransfer running = database.cluster()
                .transfer()
                .from(rows.source())
                .into(Table.named(table))
                .start()) {
            rows.awaitGate();
            database.query("SELECT pg_terminate_backend(pid) FROM pg_catalog.pg_stat_activity"
                    + " WHERE application_name = 'mpp-connect'");

            MppConnectException failure = catchThrowableOfType(MppConnectException.class, running::await);

            assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION);
            assertThat(failure)
                    .hasMessageStartingWith(
                            "Cannot transfer rows into table " + table + ": the coordinator went away (");
        }
    }

    @Test
    void coordinatorThatDoesNotAnswer() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> MppCluster.connect("jdbc:postgresql://127.0.0.1:" + port + "/nosuch", "nobody", "hunter2"));

        assertThat(failure.code()).isEqualTo(ErrorCode.CONNECTION);
        assertThat(failure)
                .hasMessageStartingWith("Cannot connect to the coordinator: ")
                .hasMessageEndingWith("check the URL, the user and its password");
        assertThat(failure.getMessage()).doesNotContain("hunter2");
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

        assertThat(failure.code()).isEqualTo(ErrorCode.STATEMENT_FAILED);
        assertThat(failure).hasMessageContaining("column \"nosuch\" does not exist");
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

        assertThat(failure).hasMessageContaining(taken.toString());
        assertThat(taken).hasContent("precious\n");
    }
}
