package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import io.mppconnect.ClusterOptions;
import io.mppconnect.Diagnosis;
import io.mppconnect.Diagnosis.Outcome;
import io.mppconnect.Diagnosis.SegmentVerdict;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.Query;
import io.mppconnect.ServedSource;
import io.mppconnect.Table;
import io.mppconnect.TestCertificates;
import io.mppconnect.Tls;
import io.mppconnect.distributed.SegmentEndpoint;
import io.mppconnect.distributed.TaskAttempt;
import io.mppconnect.distributed.TransferPlan;
import io.mppconnect.rows.Row;
import io.mppconnect.rows.RowStream;
import io.mppconnect.rows.Rows;
import io.mppconnect.test.EmbeddedMppCluster;
import io.mppconnect.test.LeakFree;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Segments that dial with TLS, and what a diagnosis says of those that cannot. */
@LeakFree
class TlsTest {

    @TempDir
    static Path directory;

    private static TestCertificates certificates;
    private static TestCertificates others;
    private static EmbeddedMppCluster database;

    @BeforeAll
    static void start() throws Exception {
        certificates = TestCertificates.in(Files.createDirectory(directory.resolve("own")));
        others = TestCertificates.in(Files.createDirectory(directory.resolve("others")));
        database = EmbeddedMppCluster.builder()
                .segments(2)
                .segmentCertificates(certificates.segments())
                .start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private static MppCluster connect(ClusterOptions options) {
        return MppCluster.connect(database.jdbcUrl(), database.user(), "", options);
    }

    private static MppCluster connect(Tls tls) {
        return connect(ClusterOptions.defaults().tls(tls));
    }

    private static Tls tls() throws Exception {
        return certificates.tls();
    }

    /** The segments' certificate is signed by nobody whom the server knows. */
    private static Tls strict() throws Exception {
        Tls tls = tls();
        return Tls.pem(tls.certificate(), tls.key(), others.authority());
    }

    @Test
    void rowsGoInAndOut() throws Exception {
        try (MppCluster cluster = connect(tls());
                Connection connection = database.connect()) {
            connection.createStatement().execute("CREATE TABLE numbers (id bigint) DISTRIBUTED BY (id)");
            List<Long> ids = LongStream.range(0, 20_000).boxed().toList();

            cluster.transfer()
                    .from(Rows.of(ids).longs("id", Long::longValue))
                    .into(Table.named("numbers"))
                    .run();

            try (RowStream<Row> rows = cluster.transfer().from(Query.sql("SELECT id FROM numbers")).stream()) {
                assertThat(rows).toIterable().hasSize(20_000);
            }
        }
    }

    @Test
    void aServedSourceIsReadOverTls() throws Exception {
        try (MppCluster cluster = connect(tls());
                ServedSource served = cluster.expose(Rows.of(List.of(1L, 2L)).longs("id", Long::longValue))
                        .as("served");
                Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT sum(id) FROM " + served.table())) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getLong(1)).isEqualTo(3);
        }
    }

    @Test
    void aServerThatSegmentsDoNotTrustIsNamed() throws Exception {
        try (MppCluster cluster = connect(others.tls())) {
            MppConnectException failure = catchThrowableOfType(
                    MppConnectException.class,
                    () -> cluster.transfer()
                            .from(Rows.of(List.of(1L)).longs("id", Long::longValue))
                            .into(Table.named("nosuch"))
                            .run());

            assertThat(failure.code()).isEqualTo(ErrorCode.SEGMENTS_UNREACHABLE);
            assertThat(failure.getMessage())
                    .startsWith("Cannot be reached by segments 0, 1 at gpfdists://127.0.0.1:")
                    .endsWith("; the server's certificate must name the host that segments dial and be signed by an"
                            + " authority of their gpfdists/root.crt, and their gpfdists/client.crt by one of"
                            + " Tls.clientAuthorities");
        }
    }

    @Test
    void aDiagnosisFindsAllWell() throws Exception {
        try (MppCluster cluster = connect(tls())) {
            Diagnosis diagnosis = cluster.diagnose();

            assertThat(diagnosis.healthy()).isTrue();
            assertThat(diagnosis.toString().replaceAll(":\\d+", ":N")).isEqualTo("""
                            segments dialled gpfdists://127.0.0.1:N
                              segment 0 on localhost: REACHED, from 127.0.0.1
                              segment 1 on localhost: REACHED, from 127.0.0.1""");
        }
    }

    @Test
    void aDiagnosisNamesWhoFailsOverTls() throws Exception {
        try (MppCluster cluster = connect(strict())) {
            Diagnosis diagnosis = cluster.diagnose();

            assertThat(diagnosis.healthy()).isFalse();
            assertThat(diagnosis.segments()).extracting(SegmentVerdict::outcome).containsOnly(Outcome.TLS_FAILED);
            assertThat(diagnosis.findings())
                    .singleElement(STRING)
                    .startsWith("segments 0, 1: SSL: ")
                    .endsWith("; the server's certificate must name the host that segments dial and be signed by an"
                            + " authority of their gpfdists/root.crt, and their gpfdists/client.crt by one of"
                            + " Tls.clientAuthorities");
        }
    }

    @Test
    void aDiagnosisTellsTheSegmentThatIsRefused() {
        database.faults().refuseConnections(1);
        try (MppCluster cluster = connect(ClusterOptions.defaults())) {
            Diagnosis diagnosis = cluster.diagnose();

            assertThat(diagnosis.segments())
                    .containsExactly(
                            new SegmentVerdict(0, "localhost", Outcome.REACHED, "from 127.0.0.1"),
                            new SegmentVerdict(1, "localhost", Outcome.REFUSED, "Connection refused"));
            assertThat(diagnosis.findings())
                    .containsExactly("segment 1: Connection refused; name an address that their hosts can reach with"
                            + " ClusterOptions.advertisedHost, and let them through to its port");
        } finally {
            database.faults().clear();
        }
    }

    @Test
    void aDiagnosisGivesTheSqlForMissingPrivileges() throws Exception {
        try (Connection connection = database.connect()) {
            connection.createStatement().execute("CREATE ROLE plain LOGIN");
        }
        try (MppCluster cluster = MppCluster.connect(database.jdbcUrl(), "plain", "")) {
            assertThat(cluster.diagnose()).hasToString("""
                            segments were not asked
                              segments 0, 1 on localhost: NOT_ASKED
                            - role plain may not create readable gpfdist external tables, and so not load
                            - role plain may not create writable gpfdist external tables, and so not unload
                              ALTER ROLE "plain" CREATEEXTTABLE(type='readable', protocol='gpfdist');
                              ALTER ROLE "plain" CREATEEXTTABLE(type='writable', protocol='gpfdist');""");
        }
    }

    @Test
    void severalJvmsSpeakTlsToEachOtherToo() throws Exception {
        ClusterOptions options = ClusterOptions.defaults().tls(tls());
        try (MppCluster cluster = connect(options);
                Connection connection = database.connect()) {
            connection.createStatement().execute("CREATE TABLE tasks (id bigint) DISTRIBUTED BY (id)");
            try (SegmentEndpoint endpoint = SegmentEndpoint.create(options);
                    SegmentEndpoint plain = SegmentEndpoint.create();
                    TransferPlan plan =
                            cluster.plan().into(Table.named("tasks")).open("id");
                    TaskAttempt attempt = endpoint.begin(plan.ticket(), 0, 0)) {
                attempt.rows().writeLong(1);
                attempt.rows().endRow();

                assertThat(plan.commit(List.of(attempt.commit())).inserted()).isEqualTo(1);
                assertThatThrownBy(() -> plain.begin(plan.ticket(), 1, 0))
                        .isInstanceOf(MppConnectException.class)
                        .hasMessage("Cannot take part in " + plan.ticket().plan()
                                + ": the JVM that has the plan speaks TLS; name this JVM's files with"
                                + " ClusterOptions.tls");
            }
        }
    }
}
