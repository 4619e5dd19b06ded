package io.mppconnect.kafka;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker in this JVM, which is its own controller: for tests, and for applications' tests. Its data are in a directory for
 * temporary files until it is closed, so that it can be stopped and started again at the same address. About 40 MB of heap
 * and 90 threads. Not thread safe.
 */
public final class EmbeddedKafka implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

    private static final int NODE = 1;

    /** A user who may do nothing, unless an access control list says so. */
    static final String GUEST = "guest";

    /** Who connects to {@link #bootstrap} is nobody in particular, and may do everything. */
    private static final String EVERYBODY = "User:ANONYMOUS";

    private final Path directory;
    private final int port;
    private final int guardedPort;
    private final Map<String, String> settings = new TreeMap<>();
    private KafkaRaftServer server;

    private EmbeddedKafka(Path directory, int port, int guardedPort, int controllerPort) {
        this.directory = directory;
        this.port = port;
        this.guardedPort = guardedPort;
        listen(controllerPort);
        guard();
        stayAlone();
        staySmall();
    }

    /** Formats a directory and starts a broker. */
    public static EmbeddedKafka started() {
        try {
            EmbeddedKafka kafka =
                    new EmbeddedKafka(Files.createTempDirectory("embedded-kafka-"), freePort(), freePort(), freePort());
            kafka.format();
            kafka.start();
            return kafka;
        } catch (Exception e) {
            throw new IllegalStateException("The embedded broker does not start", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void listen(int controllerPort) {
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE));
        String clients = "PLAINTEXT://127.0.0.1:" + port + ",GUARDED://127.0.0.1:" + guardedPort;
        settings.put("listeners", clients + ",CONTROLLER://127.0.0.1:" + controllerPort);
        settings.put("advertised.listeners", clients);
        settings.put("controller.listener.names", "CONTROLLER");
        settings.put(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,GUARDED:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put("controller.quorum.voters", NODE + "@127.0.0.1:" + controllerPort);
        settings.put("log.dirs", directory.toString());
    }

    /** Has a second address, where clients say who they are, and may do what access control lists allow them. */
    private void guard() {
        settings.put("authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer");
        settings.put("super.users", EVERYBODY);
        settings.put("sasl.enabled.mechanisms", "PLAIN");
        settings.put(
                "listener.name.guarded.plain.sasl.jaas.config", login(GUEST, " user_" + GUEST + "=\"" + GUEST + "\""));
    }

    private static String login(String user, String more) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + user + "\" password=\""
                + user + "\"" + more + ";";
    }

    private void stayAlone() {
        settings.put("default.replication.factor", "1");
        settings.put("offsets.topic.replication.factor", "1");
        settings.put("transaction.state.log.replication.factor", "1");
        settings.put("transaction.state.log.min.isr", "1");
        settings.put("share.coordinator.state.topic.replication.factor", "1");
        settings.put("share.coordinator.state.topic.min.isr", "1");
        settings.put("group.initial.rebalance.delay.ms", "0");
        settings.put("auto.create.topics.enable", "false");
        settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "200");
    }

    /**
     * Of the 128 MB of heap that the cleaner of logs would have, two are enough here. Records do not expire by themselves,
     * however old their timestamps are.
     */
    private void staySmall() {
        settings.put("log.cleaner.dedupe.buffer.size", "2097152");
        settings.put("log.cleaner.threads", "1");
        settings.put("log.cleaner.backoff.ms", "100");
        settings.put("log.retention.ms", "-1");
        settings.put("log.initial.task.delay.ms", "0");
        settings.put("file.delete.delay.ms", "0");
        settings.put("offsets.topic.num.partitions", "1");
        settings.put("transaction.state.log.num.partitions", "1");
        settings.put("num.io.threads", "2");
        settings.put("num.network.threads", "2");
        settings.put("num.recovery.threads.per.data.dir", "1");
    }

    private void format() throws Exception {
        Formatter formatter = new Formatter();
        formatter.setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));
        formatter.setClusterId(Uuid.randomUuid().toString());
        formatter.setNodeId(NODE);
        formatter.setIgnoreFormatted(true);
        formatter.setControllerListenerName("CONTROLLER");
        formatter.setReleaseVersion(MetadataVersion.latestProduction());
        formatter.addDirectory(directory.toString());
        formatter.setMetadataLogDirectory(directory.toString());
        formatter.run();
    }

    /** What clients are told to connect to. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** What clients are told to connect to that are to say who they are. */
    String guardedBootstrap() {
        return "127.0.0.1:" + guardedPort;
    }

    /** The properties of clients of the guarded address. */
    static Map<String, Object> guest() {
        return Map.of(
                "security.protocol", "SASL_PLAINTEXT", "sasl.mechanism", "PLAIN", "sasl.jaas.config", login(GUEST, ""));
    }

    /** Starts it again where it was. */
    public void start() {
        if (server != null) {
            throw new IllegalStateException("The embedded broker runs already");
        }
        Properties properties = new Properties();
        properties.putAll(settings);
        // Kafka's broker spells names of its own in the letters of the default locale, and in Turkish knows none of
        // them.
        Locale locale = Locale.getDefault();
        Locale.setDefault(Locale.ROOT);
        try {
            KafkaRaftServer starting = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
            starting.startup();
            server = starting;
        } finally {
            Locale.setDefault(locale);
        }
    }

    /** Stops it; its data stay. Nothing happens when it is stopped. */
    public void stop() {
        KafkaRaftServer running = server;
        server = null;
        if (running != null) {
            running.shutdown();
            running.awaitShutdown();
        }
    }

    @Override
    public void close() {
        stop();
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path visited, IOException failure) throws IOException {
                    Files.deleteIfExists(visited);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            LOG.warn("The data of the embedded broker stay behind in {}: {}", directory, e.getMessage());
        }
    }
}
