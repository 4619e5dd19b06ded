package io.mppconnect.benchmark;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command line: whole transfers beside those of others; with {@code jmh} as the first word, the pieces. */
@Command(
        name = "benchmarks",
        description = {
            "Moves TPC-H lineitem with mpp-connect and with other means, in turn, and compares.",
            "It works in a schema of its own, mpp_connect_benchmark, and drops it at the end."
        },
        customSynopsis = {
            "benchmarks [--url=JDBC_URL] [--peers=gpfdist,copy,jdbc,sql,file,connect] [--scale=FACTOR] [...]",
            "       benchmarks --scaling=segments|workers|width|columns|transfers|size [...]",
            "       benchmarks --latency=EVENTS_PER_SECOND [...]",
            "       benchmarks jmh [JMH_ARGUMENTS...]"
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:all peers that are there were measured",
            "1:something failed; the message says what",
            "2:wrong usage"
        })
public final class Benchmarks implements Callable<Integer> {

    private static final String JMH = "jmh";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--peers",
            split = ",",
            paramLabel = "PEER",
            description = "Who to compare with: ${COMPLETION-CANDIDATES}. Default: all")
    private Set<Peer> peers = EnumSet.allOf(Peer.class);

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "SCENARIO",
            description = "What to measure: ${COMPLETION-CANDIDATES}. Default: all")
    private Set<Scenario> scenarios = EnumSet.allOf(Scenario.class);

    @Option(
            names = "--scale",
            paramLabel = "FACTOR",
            description = "TPC-H scale factor: 1 is 6 million line items, 0.7 GB. Default: ${DEFAULT-VALUE}")
    private double scale = 0.1;

    @Option(names = "--runs", description = "Rounds that count. Default: ${DEFAULT-VALUE}")
    private int runs = 5;

    @Option(names = "--warmups", description = "Rounds before that do not. Default: ${DEFAULT-VALUE}")
    private int warmups = 1;

    @Option(names = "--clients", description = "Raw clients of serve. Default: ${DEFAULT-VALUE}")
    private int clients = 4;

    @Option(
            names = "--jdbc-rows",
            description = "How many rows JDBC moves at most; its time is scaled to all. Default: ${DEFAULT-VALUE}")
    private int jdbcRows = 20_000;

    @Option(names = "--events", description = "Events that topics hold. Default: ${DEFAULT-VALUE}")
    private int events = 500_000;

    @Option(names = "--partitions", description = "Partitions that topics have. Default: ${DEFAULT-VALUE}")
    private int partitions = 4;

    @Option(
            names = "--connect-rows",
            description = "How many events Kafka Connect moves at most; its time is scaled to all. Default:"
                    + " ${DEFAULT-VALUE}")
    private int connectRows = 100_000;

    @Option(
            names = "--target",
            paramLabel = "CLAUSES",
            description = "What follows the columns of the tables that loads and upserts write into. Default: "
                    + Workbench.BY_KEY + ", and a primary key where rows are upserted")
    private @Nullable String target;

    @Option(names = "--gpfdist", paramLabel = "PATH", description = "The C gpfdist. Default: the one on the PATH")
    private @Nullable Path gpfdist;

    @Option(
            names = "--directory",
            paramLabel = "PATH",
            description = "Where the generated file is kept and unloads are written. Default: beside other"
                    + " temporary files")
    private Path directory = Path.of(System.getProperty("java.io.tmpdir"), "mpp-connect-benchmarks");

    @Option(names = "--out", paramLabel = "PATH", description = "Where the figures go. Default: ${DEFAULT-VALUE}")
    private Path out = Path.of("benchmark-results");

    @Option(
            names = "--scaling",
            paramLabel = "WHAT",
            description = "Stretch a load into an embedded cluster instead: ${COMPLETION-CANDIDATES}")
    private @Nullable Scaling scaling;

    @Option(names = "--largest", paramLabel = "STEP", description = "The last step of --scaling. Default: 1000 of size")
    private long largest;

    @Option(
            names = "--latency",
            paramLabel = "PER_SECOND",
            description = "Stream so many events a second from a topic instead, exactly once, and measure each from"
                    + " produce to visible")
    private int latency;

    @Option(
            names = "--seconds",
            description = "How long --latency measures, and as long before it for each warm-up. Default:"
                    + " ${DEFAULT-VALUE}")
    private int seconds = 30;

    @Option(
            names = "--commit-millis",
            description = "How often the stream of --latency commits. Default: ${DEFAULT-VALUE}")
    private int commitMillis = 10;

    @ArgGroup(validate = false, heading = "%nThe database:%n")
    private DatabaseArguments database = new DatabaseArguments();

    private Benchmarks() {}

    /** Whom we are compared with. */
    enum Peer {
        GPFDIST,
        COPY,
        JDBC,
        SQL,
        FILE,
        CONNECT
    }

    /** The command line, ready to execute; it returns the exit status and ends no JVM. */
    static CommandLine commandLine() {
        return new CommandLine(new Benchmarks()).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** Runs the command line and ends the JVM with its exit status. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length > 0 && arguments[0].equals(JMH)) {
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        // Undertow asks once, when its first class is loaded.
        System.setProperty("org.jboss.logging.provider", "slf4j");
        System.setProperty("java.awt.headless", "true");
        System.exit(commandLine().execute(arguments));
    }

    /** Measures what the arguments ask for. */
    @Override
    public Integer call() throws Exception {
        PrintWriter log = spec.commandLine().getOut();
        Reports reports = new Reports(out, log);
        if (scaling != null) {
            scale(scaling, reports, log);
        } else if (latency > 0) {
            stream(reports);
        } else {
            compare(reports, log);
        }
        return CommandLine.ExitCode.OK;
    }

    private void scale(Scaling along, Reports reports, PrintWriter log) throws Exception {
        long last = largest > 0 ? largest : along == Scaling.SIZE ? 1_000 : Long.MAX_VALUE;
        List<ScalingPoint> points = new ScalingRun(warmups, runs, log).run(along, last);
        String place = along == Scaling.SIZE ? "rows generated and served to raw clients" : "embedded cluster";
        reports.write(along, points, Machine.describe(), place + ", " + rounds());
    }

    private void stream(Reports reports) throws Exception {
        try (TestDatabase opened = database.open();
                Workbench bench = workbench(opened)) {
            LatencyRun run =
                    new LatencyRun(bench, latency, warmups * seconds, seconds, Duration.ofMillis(commitMillis));
            reports.write(run.run(), Machine.describe(), opened.describe());
        }
    }

    private Workbench workbench(TestDatabase opened) throws IOException, SQLException {
        return Workbench.create(opened, directory, scale, target, events, partitions);
    }

    private void compare(Reports reports, PrintWriter log) throws Exception {
        try (TestDatabase opened = database.open();
                Workbench bench = workbench(opened);
                RawClients raw = new RawClients(clients)) {
            List<String> notes = new ArrayList<>();
            List<Contender> contenders = new ArrayList<>();
            try {
                admit(bench, raw, contenders, notes, log);
                List<Series> series = new ArrayList<>();
                if (scenarios.contains(Scenario.UNLOAD) || scenarios.contains(Scenario.UPSERT)) {
                    bench.fill();
                }
                for (Scenario scenario : EnumSet.copyOf(scenarios)) {
                    series.addAll(new Duel(bench, contenders, warmups, runs, log).run(scenario));
                }
                reports.write(new Results(Machine.describe(), opened.describe(), method(bench), series, notes));
            } finally {
                contenders.forEach(Contender::close);
            }
        }
    }

    /** Lets in who is there; who is not is named in the notes. */
    private void admit(Workbench bench, RawClients raw, List<Contender> admitted, List<String> notes, PrintWriter log)
            throws InterruptedException {
        List<Contender> asked = new ArrayList<>(List.of(new MppConnectContender(bench, raw)));
        for (Peer peer : EnumSet.copyOf(peers)) {
            asked.add(
                    switch (peer) {
                        case GPFDIST -> GpfdistContender.start(bench, raw, gpfdist);
                        case COPY -> new CopyContender(bench);
                        case JDBC -> new JdbcContender(bench, jdbcRows);
                        case SQL -> new SqlContender(bench);
                        case FILE -> new FileContender(bench);
                        case CONNECT -> new ConnectContender(bench, connectRows);
                    });
        }
        for (Contender contender : asked) {
            if (contender.absence().isEmpty()) {
                admitted.add(contender);
                contender.note().ifPresent(note -> notes.add(contender.name() + ": " + note));
            } else {
                notes.add(
                        contender.name() + " is absent: " + contender.absence().get());
                log.println(notes.get(notes.size() - 1));
            }
        }
    }

    private String method(Workbench bench) {
        return String.format(
                java.util.Locale.ROOT,
                "TPC-H lineitem at scale %s (%,d rows, %.0f MB of TEXT), loaded into a table %s, %s%s in turn",
                scale,
                bench.items().rows(),
                bench.items().bytes() / 1e6,
                target == null ? Workbench.BY_KEY : target,
                scenarios.contains(Scenario.JSON) || scenarios.contains(Scenario.AVRO)
                        ? String.format(java.util.Locale.ROOT, "%,d events, ", events)
                        : "",
                rounds());
    }

    private String rounds() {
        return (runs == 1 ? "one run" : "medians of " + runs + " runs") + " after " + warmups + " to warm up";
    }
}
