package io.mppconnect.samples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.mppconnect.test.EmbeddedMppCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class QuickstartTest {

    private static EmbeddedMppCluster cluster;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() {
        cluster = EmbeddedMppCluster.builder().segments(4).start();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    @Test
    void loadsUnloadsAndComparesOnAClusterOfItsOwn() {
        CommandRun run = CommandRun.of("--scale", "0.001", "--segments", "3");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.lastLine())
                .matches("quickstart: loaded 7505 rows in \\d+\\.\\d\\d s, unloaded 6005 rows in \\d+\\.\\d\\d s,"
                        + " checksums equal");
        assertThat(run.out())
                .contains(", 3 segments")
                .contains("1,500 orders and 6,005 line items")
                .contains("load orders    1,500 rows")
                .contains("load lineitem  6,005 rows")
                .contains("unload         6,005 rows");
    }

    @Test
    void worksOnAClusterThatRunsAndLeavesNothingThere() throws SQLException {
        CommandRun run = run("--scale", "0.001");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.lastLine()).endsWith("checksums equal");
        assertThat(query("SELECT nspname FROM pg_namespace WHERE nspname = 'mpp_connect_quickstart'"))
                .isEmpty();
    }

    @Test
    void keepsTablesAndFilesWhenAsked() throws SQLException, IOException {
        CommandRun run = run("--scale", "0.001", "--keep");

        assertThat(run.status()).isZero();
        assertThat(run.out()).contains("tables in schema mpp_connect_quickstart");
        assertThat(query("SELECT count(*) FROM mpp_connect_quickstart.lineitem"))
                .containsExactly("6005");
        Path kept = Path.of(run.out()
                .lines()
                .filter(line -> line.startsWith("keep"))
                .map(line -> line.substring(line.indexOf("files in ") + "files in ".length()))
                .findFirst()
                .orElseThrow());
        assertThat(kept.resolve("orders")).isNotEmptyDirectory();
        assertThat(kept.resolve("unloaded")).isNotEmptyDirectory();

        deleteAll(kept);
        assertThat(run("--scale", "0.001").status()).isZero();
    }

    @Test
    void loadsAFileOfTheUsersOwn() throws SQLException, IOException {
        execute("CREATE TABLE shop (id int, name text, price decimal(10,2)) DISTRIBUTED BY (id)");
        Path file =
                Files.writeString(directory.resolve("shop.csv"), "price;id;name\n1.50;1;\"tea; green\"\n-;2;coffee\n");

        CommandRun run =
                run("--file", file.toString(), "--table", "shop", "--delimiter", ";", "--header", "--null", "-");

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isZero();
        assertThat(run.lastLine()).matches("quickstart: loaded 2 rows in \\d+\\.\\d\\d s");
        assertThat(query("SELECT id || '|' || name || '|' || coalesce(price::text, 'NULL') FROM shop ORDER BY id"))
                .containsExactly("1|tea; green|1.50", "2|coffee|NULL");
        execute("DROP TABLE shop");
    }

    @Test
    void loadsATextFile() throws SQLException, IOException {
        execute("CREATE TABLE notes (id int, note text) DISTRIBUTED BY (id)");
        Path file = Files.writeString(directory.resolve("notes.txt"), "1\tfirst\\tnote\n2\t\\N\n");

        CommandRun run =
                run("--file", file.toString(), "--table", "public.notes", "--format", "text", "--delimiter", "\\t");

        assertThat(run.err()).isEmpty();
        assertThat(run.lastLine()).startsWith("quickstart: loaded 2 rows in ");
        assertThat(query("SELECT id || '|' || coalesce(note, 'NULL') FROM notes ORDER BY id"))
                .containsExactly("1|first\tnote", "2|NULL");
        execute("DROP TABLE notes");
    }

    @Test
    void aFileThatIsNotThereFails() throws SQLException {
        execute("CREATE TABLE missing (id int) DISTRIBUTED BY (id)");
        Path file = directory.resolve("missing.csv");

        CommandRun run = run("--file", file.toString(), "--table", "missing");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("quickstart: Cannot ").contains(file.toString());
        assertThat(run.out()).doesNotContain("loaded");
        execute("DROP TABLE missing");
    }

    @Test
    void aTableThatIsNotThereFails() throws IOException {
        Path file = Files.writeString(directory.resolve("rows.csv"), "1\n");

        CommandRun run = run("--file", file.toString(), "--table", "no_such_table");

        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("quickstart: Cannot ").contains("no_such_table");
    }

    @Test
    void anInterruptedRunCleansUp() throws SQLException {
        CommandRun run;
        Thread.currentThread().interrupt();
        try {
            run = run("--scale", "0.001");
        } finally {
            Thread.interrupted();
        }

        assertThat(run.err()).isEqualToNormalizingNewlines("quickstart: interrupted\n");
        assertThat(run.status()).isEqualTo(1);
        assertThat(query("SELECT nspname FROM pg_namespace WHERE nspname = 'mpp_connect_quickstart'"))
                .isEmpty();
    }

    @Test
    void theCausesOfAFailureAreShownWhenAsked() {
        String url = "jdbc:postgresql://localhost:1/nowhere";

        CommandRun brief = CommandRun.of("--url", url, "--scale", "0.001");
        CommandRun verbose = CommandRun.of("--url", url, "--scale", "0.001", "--verbose");

        assertThat(brief.status()).isEqualTo(1);
        assertThat(brief.err())
                .startsWith("quickstart: Cannot connect to the coordinator")
                .doesNotContain("Caused by");
        assertThat(verbose.status()).isEqualTo(1);
        assertThat(verbose.err())
                .startsWith("quickstart: Cannot connect to the coordinator")
                .contains("Caused by: ");
    }

    private static CommandRun run(String... arguments) {
        List<String> all = new ArrayList<>(List.of("--url", cluster.jdbcUrl(), "--user", cluster.user()));
        all.addAll(List.of(arguments));
        return CommandRun.of(all.toArray(String[]::new));
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(cluster.jdbcUrl(), cluster.user(), "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> query(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(cluster.jdbcUrl(), cluster.user(), "");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(result.getString(1));
            }
        }
        return values;
    }

    private static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }
}
