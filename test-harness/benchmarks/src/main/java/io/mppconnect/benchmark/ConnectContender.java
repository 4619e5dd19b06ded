package io.mppconnect.benchmark;

import io.debezium.connector.jdbc.JdbcSinkConnector;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.Herder;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;
import org.apache.kafka.connect.runtime.rest.entities.ConnectorInfo;
import org.apache.kafka.connect.storage.StringConverter;
import org.apache.kafka.connect.util.FutureCallback;
import org.jspecify.annotations.Nullable;

/**
 * Kafka Connect with Debezium's JDBC sink, in this process, with what makes it fastest: large polls, as many rows a
 * statement, and arrays that the database unfolds instead of a row of parameters for each. Its clock runs from the first
 * rows that are seen in the table to the last, so that its start does not count; its processor time has that too. A worker
 * that cannot start ends the JVM.
 */
final class ConnectContender implements Contender {

    private static final String TOPIC = "events-connect";
    private static final int BATCH = 10_000;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(2);
    private static final int POLL_MILLIS = 50;

    private final Workbench bench;
    private final int rows;
    private @Nullable Connect<DistributedHerder> worker;
    private int runs;

    /** @param limit how many rows to move at most; so slow a thing is measured on a part */
    ConnectContender(Workbench bench, int limit) {
        this.bench = bench;
        this.rows = Math.min(limit, bench.eventCount());
    }

    @Override
    public String name() {
        return "connect";
    }

    @Override
    public boolean does(Scenario scenario) {
        return scenario == Scenario.JSON;
    }

    @Override
    public Optional<String> note() {
        return Optional.of("measured from its first rows in the table to the last"
                + (rows < bench.eventCount() ? ", on " + rows + " rows, its times scaled to all" : ""));
    }

    @Override
    public Sample run(Scenario scenario) throws Exception {
        DistributedHerder herder = worker().herder();
        CpuClock cpu = CpuClock.ofThisProcess();
        String sink = "sink-" + ++runs;
        FutureCallback<Herder.Created<ConnectorInfo>> created = new FutureCallback<>();
        herder.putConnectorConfig(sink, settings(sink), false, created);
        created.get(1, TimeUnit.MINUTES);
        try {
            long nanos = await();
            double spent = bench.database().isEmbedded() ? Double.NaN : cpu.seconds();
            long bytes =
                    Math.round((double) bench.events().bytes() / bench.events().rows() * rows);
            return Sample.of(nanos, rows, bytes, spent);
        } finally {
            FutureCallback<Herder.Created<ConnectorInfo>> deleted = new FutureCallback<>();
            herder.deleteConnectorConfig(sink, deleted);
            deleted.get(1, TimeUnit.MINUTES);
        }
    }

    /** Returns what all rows would take at the pace of those after the first that were seen. */
    private long await() throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        long begun = System.nanoTime();
        long before = 0;
        long count = 0;
        while (count < rows) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Cannot measure connect: it has written " + count + " of " + rows + " rows; see its log");
            }
            Thread.sleep(POLL_MILLIS);
            count = Long.parseLong(bench.database().value("SELECT count(*) FROM " + Workbench.EVENTS));
            if (before == 0 && count < rows) {
                before = count;
                begun = System.nanoTime();
            }
        }
        return Math.round((double) (System.nanoTime() - begun) * rows / (rows - before));
    }

    private Connect<DistributedHerder> worker() throws Exception {
        Connect<DistributedHerder> running = worker;
        if (running == null) {
            EventTopics topics = bench.topics();
            topics.create(TOPIC);
            topics.fill(TOPIC, rows, Event::json);
            running = new ConnectDistributed().startConnect(ofWorker(topics.bootstrap()));
            worker = running;
        }
        return running;
    }

    private static Map<String, String> ofWorker(String bootstrap) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrap);
        settings.put("group.id", "connect");
        settings.put("listeners", "http://127.0.0.1:0");
        for (String storage : new String[] {"config", "offset", "status"}) {
            settings.put(storage + ".storage.topic", "connect-" + storage);
            settings.put(storage + ".storage.replication.factor", "1");
        }
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        settings.put("key.converter", StringConverter.class.getName());
        settings.put("value.converter", JsonConverter.class.getName());
        settings.put("plugin.discovery", "service_load");
        settings.put("connector.client.config.override.policy", "All");
        return settings;
    }

    private Map<String, String> settings(String sink) {
        Map<String, String> settings = new HashMap<>();
        settings.put("name", sink);
        settings.put("connector.class", JdbcSinkConnector.class.getName());
        settings.put("topics", TOPIC);
        settings.put("tasks.max", Integer.toString(Runtime.getRuntime().availableProcessors()));
        TestDatabase database = bench.database();
        settings.put("connection.url", database.url());
        settings.put("connection.username", database.user());
        settings.put("connection.password", database.password());
        settings.put("collection.name.format", Workbench.EVENTS);
        settings.put("insert.mode", "insert");
        settings.put("primary.key.mode", "none");
        settings.put("schema.evolution", "none");
        settings.put("dialect.postgres.unnest.insert.enabled", "true");
        settings.put("batch.size", Integer.toString(BATCH));
        settings.put("consumer.override.max.poll.records", Integer.toString(BATCH));
        settings.put("consumer.override.auto.offset.reset", "earliest");
        settings.put("value.converter", JsonConverter.class.getName());
        settings.put("value.converter.schemas.enable", "true");
        settings.put("value.converter.schema.content", ConnectSchema.EVENT);
        return settings;
    }

    @Override
    public void close() {
        if (worker != null) {
            worker.stop();
            worker.awaitStop();
        }
    }
}
