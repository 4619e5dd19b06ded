package io.mppconnect.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchmarksTest {

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--directory", directory.resolve("data").toString()));
        all.addAll(List.of("--out", directory.toString()));
        CommandLine command = Benchmarks.commandLine();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(all.toArray(String[]::new));
    }

    @Test
    void comparesAndNamesAbsentPeers() throws Exception {
        Path nowhere = directory.resolve("nowhere");

        int status = run(
                "--only",
                "start,serve,load,unload,rows,upsert",
                "--scale",
                "0.001",
                "--runs",
                "1",
                "--warmups",
                "0",
                "--gpfdist",
                nowhere.toString());

        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(Files.readString(directory.resolve("results.md")))
                .contains("- gpfdist is absent: cannot start " + nowhere);
        assertThat(Files.readAllLines(directory.resolve("results.csv")).stream()
                        .map(line -> line.replaceFirst(",", " ").replaceFirst(",.*", "")))
                .containsExactly(
                        "scenario contender",
                        "start mpp-connect",
                        "start copy",
                        "serve mpp-connect",
                        "load mpp-connect",
                        "load copy",
                        "unload mpp-connect",
                        "unload copy",
                        "unload jdbc",
                        "rows mpp-connect",
                        "rows jdbc",
                        "rows file",
                        "upsert mpp-connect",
                        "upsert sql");
    }

    @Test
    void comparesLoadsOfTopics() throws Exception {
        int status = run(
                "--only",
                "json,avro",
                "--peers",
                "connect",
                "--scale",
                "0.001",
                "--events",
                "500",
                "--connect-rows",
                "100",
                "--runs",
                "1",
                "--warmups",
                "0");

        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(Files.readString(directory.resolve("results.md")))
                .contains("- connect: measured from its first rows in the table to the last, on 100 rows");
        assertThat(Files.readAllLines(directory.resolve("results.csv")).stream()
                        .map(line -> line.replaceFirst(",", " ").replaceFirst(",.*", "")))
                .containsExactly("scenario contender", "json mpp-connect", "json connect", "avro mpp-connect");
    }

    @Test
    void stretchesALoad() throws Exception {
        int status = run("--scaling", "size", "--largest", "10", "--runs", "1", "--warmups", "0");

        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(Files.readAllLines(directory.resolve("scaling-size.csv")).stream()
                        .map(line -> line.replaceFirst(",", " ").replaceFirst(",.*", "")))
                .containsExactly("scaling step", "size 1", "size 10");
    }

    @Test
    void measuresFromProduceToVisible() throws Exception {
        int status = run("--scale", "0.001", "--latency", "200", "--seconds", "1", "--warmups", "0");

        assertThat(err.toString()).isEmpty();
        assertThat(status).isZero();
        assertThat(Files.readString(directory.resolve("latency.csv"))).contains("\n200,10,200,");
    }

    @Test
    void refusesAnUnknownPeer() {
        assertThat(run("--peers", "rsync")).isEqualTo(2);
        assertThat(err.toString())
                .contains(
                        "expected one of [GPFDIST, COPY, JDBC, SQL, FILE, CONNECT] (case-insensitive) but was 'rsync'");
    }
}
