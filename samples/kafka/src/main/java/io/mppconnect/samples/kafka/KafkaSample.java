package io.mppconnect.samples.kafka;

import io.mppconnect.MppCluster;
import io.mppconnect.kafka.EmbeddedKafka;
import io.mppconnect.test.EmbeddedMppCluster;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: brings a broker and a cluster of its own, and streams events from a topic into a table. */
@Command(
        name = "kafka-sample",
        description = {
            "Streams JSON events from a topic into a table, exactly once: the stream is cut off half-way and started again,"
                    + " and every event is counted.",
            "It brings a broker and a cluster of its own, in this process."
        },
        mixinStandardHelpOptions = true)
public final class KafkaSample implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--events", paramLabel = "NUMBER", description = "How many events there are. Default: 1000000")
    private int events = 1_000_000;

    @Option(names = "--segments", paramLabel = "NUMBER", description = "How many segments the cluster has. Default: 4")
    private int segments = 4;

    private KafkaSample() {}

    /** The command line, ready to execute; it returns the exit status and ends no JVM. */
    static CommandLine commandLine() {
        return new CommandLine(new KafkaSample());
    }

    /** Runs the command line and ends the JVM with its exit status: 0 when no event is lost or doubled. */
    public static void main(String[] arguments) {
        // Undertow asks once, when its first class is loaded.
        System.setProperty("org.jboss.logging.provider", "slf4j");
        System.exit(commandLine().execute(arguments));
    }

    /** Does what the arguments ask for, and returns the exit status. */
    @Override
    public Integer call() throws Exception {
        if (events < 2 || segments < 1) {
            throw new ParameterException(spec.commandLine(), "--events must be at least 2, and --segments at least 1");
        }
        PrintWriter out = spec.commandLine().getOut();
        try (EmbeddedMppCluster database =
                        EmbeddedMppCluster.builder().segments(segments).start();
                EmbeddedKafka broker = EmbeddedKafka.started();
                MppCluster cluster = MppCluster.connect(database.jdbcUrl(), database.user(), database.password())) {
            out.println("a cluster of " + segments + " segments and a broker are up; makes " + events
                    + " events and streams them");
            out.flush();
            EventTable table = new EventTable(database);
            EventTopic topic = new EventTopic(broker.bootstrap(), events);
            new EventStream(cluster, topic, out).run();
            EventTable.Count count = table.count();
            out.println("kafka-sample: " + events + " events, " + count.rows() + " rows, " + (events - count.distinct())
                    + " lost, " + (count.rows() - count.distinct()) + " doubled");
            out.flush();
            return count.rows() == events && count.distinct() == events ? 0 : 1;
        }
    }
}
