package io.mppconnect.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.mppconnect.MppCluster;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.rows.Rows;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A JVM that is killed in mid-transfer. The embedded cluster's segments live in one JVM with it: real ones only. */
@Conformance
@Timeout(120)
class KilledJvmTest {

    private static final String MOVING = "rows are moving";

    /** The JVM to be killed: loads rows without end. */
    static final class Loader {
        public static void main(String[] arguments) {
            MppCluster cluster = MppCluster.connect(arguments[0], arguments[1], "");
            RunningTransfer running = cluster.transfer()
                    .from(Rows.of(Stream.iterate(1L, number -> number + 1)).longs("id", Long::longValue))
                    .into(Table.named(arguments[2]))
                    .start();
            await().atMost(Duration.ofMinutes(1)).until(() -> running.progress().rows() > 100_000);
            System.out.println(MOVING);
            running.await();
        }
    }

    private static Process start(String url, String user, String table) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        classPath(),
                        Loader.class.getName(),
                        url,
                        user,
                        table)
                .redirectErrorStream(true)
                .start();
    }

    /** Some launchers of tests have a class loader of their own. */
    private static String classPath() {
        if (KilledJvmTest.class.getClassLoader() instanceof URLClassLoader loader) {
            return Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator));
        }
        return System.getProperty("java.class.path");
    }

    private static void awaitLine(Process process, String line) throws IOException {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            StringBuilder said = new StringBuilder();
            for (String next = output.readLine(); next != null; next = output.readLine()) {
                if (next.equals(line)) {
                    return;
                }
                said.append(next).append('\n');
            }
            throw new AssertionError("The process ended before it said " + line + ":\n" + said);
        }
    }

    @Test
    void leavesNothingInTheDatabase(TestDatabase database) throws IOException {
        assumeFalse(database.embedded(), "needs segments of their own");
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        Process process = start(database.url(), database.user(), table);
        try {
            awaitLine(process, MOVING);
        } finally {
            process.destroyForcibly();
        }

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
            assertThat(database.leftSessions()).isZero();
            assertThat(database.leftExternalTables()).isZero();
        });
        assertThat(database.count(table)).isZero();
    }
}
