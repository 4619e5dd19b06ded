package io.mppconnect.samples.kafka;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Where events come from: a topic of JSON documents of about 250 bytes. */
final class EventTopic {

    static final String NAME = "events";

    private static final int PARTITIONS = 4;
    private static final String[] KINDS = {"order", "return", "visit"};
    private static final String[] COUNTRIES = {"DE", "FR", "NP", "TR"};

    private final String bootstrap;
    private final int events;

    /** Creates it, empty. */
    EventTopic(String bootstrap, int events) throws ExecutionException, InterruptedException {
        this.bootstrap = bootstrap;
        this.events = events;
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            admin.createTopics(List.of(new NewTopic(NAME, PARTITIONS, (short) 1)))
                    .all()
                    .get();
        }
    }

    String bootstrap() {
        return bootstrap;
    }

    /** How many events it will hold. */
    int events() {
        return events;
    }

    /** Appends the events with these numbers; what cannot be sent is missed when all are counted. */
    @SuppressWarnings("FutureReturnValueIgnored")
    void append(int from, int to) {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap, "linger.ms", 20, "batch.size", 128 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int id = from; id < to; id++) {
                producer.send(new ProducerRecord<>(
                        NAME, id % PARTITIONS, null, event(id).getBytes(StandardCharsets.UTF_8)));
            }
        }
    }

    private static String event(int id) {
        return "{\"id\":" + id + ",\"kind\":\"" + KINDS[id % KINDS.length] + "\",\"customer\":" + id % 9973
                + ",\"product\":\"product-" + id % 499 + "\",\"quantity\":" + id % 7 + ",\"price\":" + id % 1000 + ".95"
                + ",\"currency\":\"EUR\",\"country\":\"" + COUNTRIES[id % COUNTRIES.length] + "\",\"paid\":"
                + (id % 2 == 0)
                + ",\"score\":0." + id % 100 + ",\"note\":\"nothing to say of \\\"" + id + "\\\"\""
                + ",\"happened_at\":\"2026-01-0" + (1 + id % 9) + "T10:00:00Z\"}";
    }
}
