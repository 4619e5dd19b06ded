package io.mppconnect.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.awaitility.Awaitility;

/** Topics of a broker, and what tests do to them; each call has clients of its own and closes them. */
final class TestTopics {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final int LONGEST = 8 * 1024 * 1024;

    private final String bootstrap;

    TestTopics(String bootstrap) {
        this.bootstrap = bootstrap;
    }

    String bootstrap() {
        return bootstrap;
    }

    /** What an admin client does. */
    interface Administration<T> {
        T perform(Admin admin) throws ExecutionException, InterruptedException;
    }

    <T> T administer(Administration<T> action) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            return action.perform(admin);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The name of a topic that is not there. */
    String newName() {
        return "topic-" + COUNT.incrementAndGet();
    }

    /** A new topic. */
    String create(int partitions) {
        return create(newName(), partitions, Map.of());
    }

    String create(String name, int partitions, Map<String, String> settings) {
        return administer(admin -> {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(settings)))
                    .all()
                    .get();
            return name;
        });
    }

    void delete(String topic) {
        administer(admin -> {
            admin.deleteTopics(List.of(topic)).all().get();
            Awaitility.await().until(() -> !admin.listTopics().names().get().contains(topic));
            return topic;
        });
    }

    /** Deletes a topic and creates another one of its name. */
    void recreate(String topic, int partitions) {
        delete(topic);
        Awaitility.await().ignoreExceptions().until(() -> topic.equals(create(topic, partitions, Map.of())));
    }

    void grow(String topic, int partitions) {
        administer(admin -> {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
            return partitions;
        });
    }

    /** Has the broker forget all records of a partition before an offset. */
    void forget(String topic, int partition, long offset) {
        administer(admin -> admin.deleteRecords(
                        Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
                .all()
                .get());
    }

    /** Allows the broker's guest this. */
    void allow(ResourceType type, String name, AclOperation... operations) {
        List<AclBinding> bindings = Arrays.stream(operations)
                .map(operation -> new AclBinding(
                        new ResourcePattern(type, name, PatternType.LITERAL),
                        new AccessControlEntry("User:" + EmbeddedKafka.GUEST, "*", operation, AclPermissionType.ALLOW)))
                .toList();
        administer(admin -> {
            admin.createAcls(bindings).all().get();
            // The broker hears of them a little later than the controller that answers.
            for (AclBinding binding : bindings) {
                Awaitility.await()
                        .until(
                                () -> admin.describeAcls(binding.toFilter())
                                        .values()
                                        .get(),
                                allowed -> !allowed.isEmpty());
            }
            return bindings;
        });
    }

    /** What a group says of a partition; -1 for nothing. */
    long groupOffset(String group, String topic, int partition) {
        return administer(admin -> {
            var offset = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(topic, partition));
            return offset == null ? -1 : offset.offset();
        });
    }

    /** What a group is doing. */
    GroupState state(String group) {
        return administer(admin -> admin.describeConsumerGroups(List.of(group))
                .describedGroups()
                .get(group)
                .get()
                .groupState());
    }

    /** How many partitions each member of a group has, fewest first; empty while the group is changing. */
    List<Integer> shares(String group) {
        return administer(admin -> {
            var described = admin.describeConsumerGroups(List.of(group))
                    .describedGroups()
                    .get(group)
                    .get();
            return described.groupState() == GroupState.STABLE
                    ? described.members().stream()
                            .map(member -> member.assignment().topicPartitions().size())
                            .sorted()
                            .toList()
                    : List.of();
        });
    }

    private KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        // Of a topic that is just being created the first batch may be refused, and must not be overtaken.
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LONGEST);
        settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** Takes records. */
    interface Records {
        void send(ProducerRecord<byte[], byte[]> record);
    }

    /** Appends records, and returns when all are there. */
    void produce(Consumer<Records> records) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of(ProducerConfig.LINGER_MS_CONFIG, 20))) {
            sendAll(producer, records);
        }
    }

    private static void sendAll(KafkaProducer<byte[], byte[]> producer, Consumer<Records> records) {
        List<Future<?>> sent = new ArrayList<>();
        records.accept(record -> sent.add(producer.send(record)));
        producer.flush();
        for (Future<?> one : sent) {
            try {
                one.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Appends values to partition 0. */
    void append(String topic, String... values) {
        appendTo(topic, 0, List.of(values));
    }

    void appendTo(String topic, int partition, List<String> values) {
        produce(producer ->
                values.forEach(value -> producer.send(new ProducerRecord<>(topic, partition, null, bytes(value)))));
    }

    /** Appends the numbers from {@code first} on, so many, shared among the partitions alike. */
    void appendNumbers(String topic, int partitions, int first, int count) {
        produce(producer -> IntStream.range(first, first + count)
                .forEach(number -> producer.send(
                        new ProducerRecord<>(topic, number % partitions, null, bytes(Integer.toString(number))))));
    }

    /** Appends a record with a key to partition 0. */
    void appendKeyed(String topic, String key, String value) {
        produce(producer -> producer.send(new ProducerRecord<>(topic, 0, bytes(key), bytes(value))));
    }

    /** Appends values to partition 0 in one transaction that is committed. */
    void inTransaction(String topic, String... values) {
        transaction(topic, true, values);
    }

    /** Appends values to partition 0 in one transaction that is aborted. */
    void inAbortedTransaction(String topic, String... values) {
        transaction(topic, false, values);
    }

    private void transaction(String topic, boolean committed, String... values) {
        try (OpenTransaction open = inOpenTransaction(topic, values)) {
            if (committed) {
                open.commit();
            } else {
                open.abort();
            }
        }
    }

    /** Appends values to partition 0 in a transaction that is open until it is said how it ends. */
    OpenTransaction inOpenTransaction(String topic, String... values) {
        OpenTransaction open = new OpenTransaction(
                producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "tests-" + topic)),
                new TopicPartition(topic, 0));
        open.begin(values);
        return open;
    }

    /** A transaction of a producer, which ends with it. */
    final class OpenTransaction implements AutoCloseable {

        private final KafkaProducer<byte[], byte[]> producer;
        private final TopicPartition partition;

        private OpenTransaction(KafkaProducer<byte[], byte[]> producer, TopicPartition partition) {
            this.producer = producer;
            this.partition = partition;
        }

        private void begin(String... values) {
            producer.initTransactions();
            producer.beginTransaction();
            sendAll(producer, records -> {
                for (String value : values) {
                    records.send(new ProducerRecord<>(partition.topic(), 0, null, bytes(value)));
                }
            });
        }

        void commit() {
            producer.commitTransaction();
            awaitNoTransaction(partition);
        }

        void abort() {
            producer.abortTransaction();
            awaitNoTransaction(partition);
        }

        @Override
        public void close() {
            producer.close();
        }
    }

    /** Where records of a topic's partition 0 end, those of open transactions too. */
    long end(String topic) {
        return end(new TopicPartition(topic, 0), IsolationLevel.READ_UNCOMMITTED);
    }

    private long end(TopicPartition partition, IsolationLevel level) {
        return administer(
                admin -> admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(level))
                        .partitionResult(partition)
                        .get()
                        .offset());
    }

    /** All records of a topic with one partition, at least so many. */
    List<ConsumerRecord<byte[], byte[]>> read(String topic, int atLeast) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            Awaitility.await().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
                return all.size() >= atLeast;
            });
        }
        return all;
    }

    /** All records of a topic that its transactions have committed, when none is open any more. */
    List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed", "max.poll.records", 50_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            Map<TopicPartition, Long> ends = new HashMap<>();
            for (TopicPartition partition : partitions) {
                awaitNoTransaction(partition);
                ends.put(partition, end(partition, IsolationLevel.READ_COMMITTED));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Awaitility.await().until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
                return partitions.stream().allMatch(partition -> consumer.position(partition) >= ends.get(partition));
            });
        }
        return all;
    }

    /** The broker ends a transaction when it has told the client so, or later. */
    private void awaitNoTransaction(TopicPartition partition) {
        Awaitility.await()
                .until(() -> end(partition, IsolationLevel.READ_COMMITTED)
                        == end(partition, IsolationLevel.READ_UNCOMMITTED));
    }

    /** How many records have come to a topic, those of transactions that are open or aborted too. */
    long appended(String topic, int partitions) {
        return IntStream.range(0, partitions)
                .mapToLong(number -> end(new TopicPartition(topic, number), IsolationLevel.READ_UNCOMMITTED))
                .sum();
    }

    /** How many records of a topic are before the first open transaction. */
    long visible(String topic, int partitions) {
        return IntStream.range(0, partitions)
                .mapToLong(number -> end(new TopicPartition(topic, number), IsolationLevel.READ_COMMITTED))
                .sum();
    }
}
