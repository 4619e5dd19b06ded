package io.mppconnect.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EmbeddedMpp(segments = 1)
@LeakFree
class LeakCheckTest {

    private EmbeddedMppCluster cluster;
    private Inventory before;

    @BeforeEach
    void takeInventory() throws Exception {
        before = Inventory.take();
    }

    private List<String> leaks() throws Exception {
        return LeakCheck.leaks(before, Duration.ofMillis(100));
    }

    @Test
    void nothingIsNoLeak() throws Exception {
        assertThat(leaks()).isEmpty();
    }

    @Test
    void threadIsNamed() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        Thread thread = new Thread(
                () -> {
                    try {
                        end.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "left-behind");
        thread.setDaemon(true);
        thread.start();
        try {
            assertThat(leaks()).singleElement().asString().startsWith("thread left-behind (daemon), at ");
        } finally {
            end.countDown();
        }
    }

    @Test
    void whatGoesAwaySoonIsNoLeak() throws Exception {
        Thread checking = Thread.currentThread();
        // It goes as soon as the check has seen it and waits.
        Thread thread = new Thread(
                () -> {
                    while (checking.getState() != Thread.State.TIMED_WAITING) {
                        Thread.onSpinWait();
                    }
                },
                "passing-by");
        thread.start();

        assertThat(LeakCheck.leaks(before, Duration.ofSeconds(30))).isEmpty();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void socketsAreNamed() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = server.getLocalPort();
            assertThat(leaks()).containsExactly("socket listening on port " + port);
            try (Socket client = new Socket(server.getInetAddress(), port);
                    Socket accepted = server.accept()) {
                assertThat(leaks())
                        .containsExactlyInAnyOrder(
                                "socket listening on port " + port,
                                "socket from port " + client.getLocalPort() + " to port " + port,
                                "socket from port " + accepted.getLocalPort() + " to port " + client.getLocalPort());
            }
        }
    }

    @Test
    void sessionAndExternalTableAreNamed() throws Exception {
        try (Connection connection = cluster.connect();
                Statement statement = connection.createStatement()) {
            statement.execute("create external table left_table(a int) location('gpfdist://h:1/a') format 'text'");

            assertThat(leaks())
                    .anyMatch(leak -> leak.equals("external table left_table of " + cluster))
                    .anyMatch(leak -> leak.matches("session \\d+ of gpadmin, last statement: .* of " + cluster));

            statement.execute("drop external table left_table");
        }
        assertThat(leaks()).isEmpty();
    }

    @Test
    void leakFailsTheTest() throws Exception {
        Path file = Files.createTempFile("mpp-connect", ".tmp");
        try {
            assertThatThrownBy(() -> LeakCheck.check("test()", before, Duration.ofMillis(100)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessage("Test test() leaves behind:\n  file " + file);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void fileIsNamed() throws Exception {
        Path file = Files.createTempFile("mpp-connect", ".tmp");
        try {
            assertThat(leaks()).containsExactly("file " + file);
        } finally {
            Files.delete(file);
        }
    }

    @Test
    void clusterIsNamed() throws Exception {
        try (EmbeddedMppCluster other = EmbeddedMppCluster.builder().segments(1).start()) {
            assertThat(leaks()).contains(other.toString());
        }
    }
}
