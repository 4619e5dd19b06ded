package io.mppconnect.benchmark;

import io.mppconnect.format.Formats;
import io.mppconnect.kafka.EmbeddedKafka;
import io.mppconnect.kafka.KafkaTopic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker in this process, and topics of events; each is filled when it is asked for first. Used by one thread. */
final class EventTopics implements AutoCloseable {

    /** What Confluent's serializers write before a record: a zero, and the number of its schema. */
    private static final byte[] SCHEMA_ID = {0, 0, 0, 0, 1};

    private final EmbeddedKafka broker = EmbeddedKafka.started();
    private final int events;
    private final int partitions;
    private boolean jsonFilled;
    private boolean avroFilled;

    EventTopics(int events, int partitions) {
        this.events = events;
        this.partitions = partitions;
    }

    String bootstrap() {
        return broker.bootstrap();
    }

    /** All events in JSON, to their end. */
    KafkaTopic json() throws Exception {
        if (!jsonFilled) {
            create("events-json");
            fill("events-json", events, Event::json);
            jsonFilled = true;
        }
        return KafkaTopic.named("events-json")
                .bootstrap(bootstrap())
                .value(Formats.json())
                .untilEnd();
    }

    /** All events in Avro, as Confluent's serializers write it, to their end. */
    KafkaTopic avro() throws Exception {
        if (!avroFilled) {
            create("events-avro");
            GenericDatumWriter<GenericRecord> writer = new GenericDatumWriter<>(Event.AVRO);
            fill("events-avro", events, event -> avro(event, writer));
            avroFilled = true;
        }
        return KafkaTopic.named("events-avro")
                .bootstrap(bootstrap())
                .value(Formats.avro(id -> List.of(Event.AVRO.toString())))
                .untilEnd();
    }

    private static byte[] avro(Event event, GenericDatumWriter<GenericRecord> writer) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(SCHEMA_ID);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        writer.write(event.avro(), encoder);
        encoder.flush();
        return bytes.toByteArray();
    }

    /** Makes a topic that is not there. */
    void create(String topic) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
            // The broker hears of it a little later than the controller that answers. Until then it refuses the first
            // records of a producer, and takes the next ones, behind which the first never fit again.
            admin.listOffsets(IntStream.range(0, partitions)
                            .mapToObj(partition -> new TopicPartition(topic, partition))
                            .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest())))
                    .all()
                    .get();
        }
    }

    /** How events become values. */
    interface Encoding {
        byte[] bytes(Event event) throws IOException;
    }

    /** Appends the first so many events. */
    @SuppressWarnings("FutureReturnValueIgnored") // The callback hears the same.
    void fill(String topic, int count, Encoding encoding) throws IOException {
        AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrap(), "linger.ms", 20, "batch.size", 128 * 1024),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < count; i++) {
                producer.send(
                        new ProducerRecord<>(topic, i % partitions, null, encoding.bytes(Event.of(i))),
                        (sent, problem) -> failure.compareAndSet(null, problem));
            }
        }
        Exception problem = failure.get();
        if (problem != null) {
            throw new IOException("Cannot fill topic " + topic + ": " + problem.getMessage(), problem);
        }
    }

    int partitions() {
        return partitions;
    }

    @Override
    public void close() {
        broker.close();
    }
}
