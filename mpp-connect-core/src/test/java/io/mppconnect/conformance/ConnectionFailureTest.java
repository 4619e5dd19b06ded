package io.mppconnect.conformance;

import static io.mppconnect.conformance.Failures.assertFailed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ClusterOptions;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.rows.Rows;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.util.GT;

/** What a user reads when a transfer cannot reach the database, or is not reached by it; and that nothing of it stays. */
@Conformance
class ConnectionFailureTest {

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

    private MppConnectException failure(MppCluster cluster) {
        return Failures.of(
                cluster, Rows.of(List.of(1L)).longs("id", Long::longValue), table, TransferOptions.defaults());
    }

    @Test
    void portTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                MppCluster cluster = database.connect(ClusterOptions.defaults().port(taken.getLocalPort()))) {
            MppConnectException failure = failure(cluster);

            assertFailed(
                    failure,
                    ErrorCode.SERVER_ADDRESS,
                    "Cannot listen on 127.0.0.1:" + taken.getLocalPort()
                            + ": Address already in use; name a free port or a range with ClusterOptions.ports");
        }
    }

    @Test
    void segmentsThatCannotReachTheServer() {
        try (MppCluster cluster = database.connect(
                ClusterOptions.defaults().advertisedHost("127.0.0.2").bindAddress("127.0.0.1"))) {
            MppConnectException failure = failure(cluster);

            assertFailed(
                    failure,
                    ErrorCode.SEGMENTS_UNREACHABLE,
                    "Cannot be reached by segments 0, 1, 2, 3 at gpfdist://127.0.0.2:N: Connection refused; name an"
                            + " address that their hosts can reach with ClusterOptions.advertisedHost, and let them"
                            + " through to its port");
        }
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
                    + " WHERE application_name = 'mpp-connect' AND datname = current_database()");

            MppConnectException failure = catchThrowableOfType(MppConnectException.class, running::await);

            assertFailed(
                    failure,
                    ErrorCode.CONNECTION,
                    "Cannot transfer rows into table " + table + ": the coordinator went away (...); nothing was"
                            + " committed, run it again");
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

        String said = GT.tr(
                "Connection to {0} refused. Check that the hostname and port are correct and that the postmaster is"
                        + " accepting TCP/IP connections.",
                "127.0.0.1:" + port);
        assertFailed(
                failure,
                ErrorCode.CONNECTION,
                "Cannot connect to the coordinator: " + said.replaceAll("\\.$", "")
                        + "; check the URL, the user and its password");
    }

    @Test
    void coordinatorOfAnUnknownName() {
        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> MppCluster.connect("jdbc:postgresql://no-such-host.invalid:5432/nosuch", null, null));

        assertFailed(
                failure,
                ErrorCode.CONNECTION,
                "Cannot connect to the coordinator: "
                        + GT.tr("The connection attempt failed.").replaceAll("\\.$", "")
                        + ": unknown host no-such-host.invalid; check the URL, the user and its password");
    }
}
