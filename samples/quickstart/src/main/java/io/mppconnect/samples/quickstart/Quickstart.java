package io.mppconnect.samples.quickstart;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * The command line: without arguments it starts an embedded cluster, loads TPC-H tables into it through its segments,
 * unloads their join and proves that every row came back.
 */
@Command(
        name = "quickstart",
        description = {
            "Loads TPC-H tables into an MPP database through all of its segments at once, unloads their join to files,"
                    + " and proves that every row came back.",
            "Without --url it brings a cluster of its own, in this process."
        },
        customSynopsis = {
            "quickstart [--scale=FACTOR] [--segments=NUMBER] [--keep]",
            "       quickstart --url=JDBC_URL [--user=NAME] [--scale=FACTOR] [--keep]",
            "       quickstart --url=JDBC_URL [--user=NAME] --file=PATH --table=TABLE [...]"
        },
        sortOptions = false,
        mixinStandardHelpOptions = true,
        versionProvider = QuickstartVersion.class,
        footerHeading = "%nExamples:%n",
        footer = {
            "  quickstart",
            "  quickstart --scale 0.5 --segments 8",
            "  quickstart --url jdbc:postgresql://coordinator:5432/shop --user loader",
            "  quickstart --url jdbc:postgresql://coordinator:5432/shop \\",
            "             --file 'orders-*.csv.gz' --table public.orders --header"
        },
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {"0:every row is where it belongs", "1:something failed; the message says what", "2:wrong usage"
        })
public final class Quickstart implements Callable<Integer> {

    private static final double SMALLEST_SCALE = 0.001;
    private static final double LARGEST_SCALE = 1000;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--scale",
            paramLabel = "FACTOR",
            description = "TPC-H scale factor: 1 is 1.5 million orders and 6 million line items. Default: 0.1")
    private double scale = 0.1;

    @Option(
            names = "--keep",
            description =
                    "Leave the generated and the unloaded files, and the tables of a real cluster, where they are.")
    private boolean keep;

    @Option(names = "--verbose", description = "Tell of a failure all that is known.")
    private boolean verbose;

    @ArgGroup(validate = false, heading = "%nThe cluster:%n")
    private ClusterArguments cluster = new ClusterArguments();

    @ArgGroup(validate = false, heading = "%nA file of your own, instead of TPC-H, into a table that exists:%n")
    private FileArguments file = new FileArguments();

    private Quickstart() {}

    /** The command line, ready to execute; it returns the exit status and ends no JVM. */
    static CommandLine commandLine() {
        Quickstart quickstart = new Quickstart();
        return new CommandLine(quickstart)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Failures::usage)
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> Failures.print(failure, command, quickstart.verbose));
    }

    /** Runs the command line and ends the JVM with its exit status. */
    public static void main(String[] arguments) {
        // Undertow asks once, when its first class is loaded.
        System.setProperty("org.jboss.logging.provider", "slf4j");
        int status;
        try (InterruptOnExit interrupt = InterruptOnExit.ofThisThread()) {
            status = commandLine().execute(arguments);
        }
        System.exit(status);
    }

    /** Does what the arguments ask for, and returns the exit status. */
    @Override
    public Integer call() throws Exception {
        CommandLine command = spec.commandLine();
        List<String> problems = new ArrayList<>(cluster.problems());
        problems.addAll(file.problems(cluster));
        boolean usual = scale >= SMALLEST_SCALE && scale <= LARGEST_SCALE;
        if (!usual) {
            problems.add("--scale must be from " + SMALLEST_SCALE + " to " + LARGEST_SCALE + ", not " + scale);
        }
        if (file.given() && (command.getParseResult().hasMatchedOption("--scale") || keep)) {
            problems.add("--scale and --keep are of the TPC-H tables; leave them out with --file");
        }
        if (!problems.isEmpty()) {
            throw new ParameterException(command, String.join("; ", problems));
        }

        PrintWriter out = command.getOut();
        String result;
        try (DemoCluster connected = cluster.connect()) {
            result = file.given()
                    ? new LoadOwnFile(connected, file, out).run()
                    : new Demo(connected, scale, keep, out).run();
        }
        // Only now: cleaning up may fail too.
        out.println(command.getCommandName() + ": " + result);
        return CommandLine.ExitCode.OK;
    }
}
