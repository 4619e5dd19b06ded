package io.mppconnect.kafka;

import static io.mppconnect.format.Formats.asCsv;
import static io.mppconnect.format.Formats.asJson;
import static io.mppconnect.format.Formats.asText;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.Query;
import io.mppconnect.TransferReport;
import io.mppconnect.conformance.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

/** Queries into topics. */
@WithKafka
class UnloadTopicTest {

    private static TransferReport unload(TestDatabase database, TestTopics topics, Query query, KafkaTarget target) {
        return database.cluster()
                .transfer()
                .from(query)
                .into(target.bootstrap(topics.bootstrap()))
                .run();
    }

    private static MppConnectException failure(
            TestDatabase database, TestTopics topics, Query query, KafkaTarget target) {
        return catchThrowableOfType(MppConnectException.class, () -> unload(database, topics, query, target));
    }

    private static String text(byte[] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }

    private static List<String> records(TestTopics topics, String topic) {
        return topics.committed(topic).stream()
                .map(record -> text(record.key()) + " " + text(record.value()))
                .toList();
    }

    @Test
    void eachRowIsARecordWithItsKey(TestDatabase database, TestTopics topics) {
        String table = database.table("id int, name text, price numeric(40,2) DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " VALUES (1, 'Ş \"x\"', 12345678901234567890123456789012345678.90),"
                + " (2, NULL, NULL)");
        String topic = topics.create(3);

        TransferReport report = unload(
                database,
                topics,
                Query.sql("SELECT * FROM " + table),
                KafkaTarget.topic(topic).key(asText("id")).value(asJson()));

        assertThat(report.rows()).isEqualTo(2);
        assertThat(records(topics, topic))
                .containsExactlyInAnyOrder(
                        "1 {\"id\":1,\"name\":\"Ş \\\"x\\\"\",\"price\":12345678901234567890123456789012345678.90}",
                        "2 {\"id\":2,\"name\":null,\"price\":null}");
    }

    @Test
    void withoutAKeyFormatThereAreNoKeys(TestDatabase database, TestTopics topics) {
        String topic = topics.create(1);

        unload(
                database,
                topics,
                Query.sql("SELECT 1 AS a, 'x,y' AS b"),
                KafkaTarget.topic(topic).value(asCsv()));

        assertThat(records(topics, topic)).containsExactly("null 1,\"x,y\"");
    }

    @Test
    void nullsAndFlagsMakeTombstones(TestDatabase database, TestTopics topics) {
        String topic = topics.create(1);
        Query query = Query.sql("SELECT * FROM (VALUES (1, 'one', false), (2, 'two', true), (3, NULL, NULL))"
                + " AS v (id, name, gone)");

        unload(
                database,
                topics,
                query,
                KafkaTarget.topic(topic)
                        .key(asText("id"))
                        .value(asJson().columns("name"))
                        .tombstoneWhen("gone"));
        unload(
                database,
                topics,
                query,
                KafkaTarget.topic(topic).key(asText("name")).value(asText("name")));

        assertThat(records(topics, topic))
                .containsExactlyInAnyOrder(
                        "1 {\"name\":\"one\"}", "2 null", "3 {\"name\":null}", "one one", "two two", "null null");
    }

    @Test
    void keysChooseThePartition(TestDatabase database, TestTopics topics) {
        String table = database.table("id int, k int DISTRIBUTED BY (id)");
        database.execute("INSERT INTO " + table + " SELECT i, i % 20 FROM generate_series(1, 4000) i");
        String topic = topics.create(5);

        unload(
                database,
                topics,
                Query.sql("SELECT * FROM " + table),
                KafkaTarget.topic(topic).key(asText("k")).value(asText("id")));

        List<ConsumerRecord<byte[], byte[]>> records = topics.committed(topic);
        assertThat(records.stream().map(record -> text(record.value())).collect(toSet()))
                .hasSize(4_000);
        assertThat(records).hasSize(4_000);
        Map<String, Set<Integer>> partitions = records.stream()
                .collect(groupingBy(record -> text(record.key()), mapping(ConsumerRecord::partition, toSet())));
        assertThat(partitions)
                .hasSize(20)
                .allSatisfy((key, chosen) -> assertThat(chosen)
                        .containsExactly(BuiltInPartitioner.partitionForKey(TestTopics.bytes(key), 5)));
    }

    @Test
    void noRowsAreNoRecords(TestDatabase database, TestTopics topics) {
        String topic = topics.create(1);

        TransferReport report = unload(
                database,
                topics,
                Query.sql("SELECT 1 AS a WHERE false"),
                KafkaTarget.topic(topic).value(asJson()));

        assertThat(report.rows()).isZero();
        assertThat(records(topics, topic)).isEmpty();
    }

    @Test
    void aTopicThatIsNotThereIsToldBeforeRowsMove(TestDatabase database, TestTopics topics) {
        String topic = topics.newName();

        MppConnectException failure = failure(
                database,
                topics,
                Query.sql("SELECT 1 AS a"),
                KafkaTarget.topic(topic).value(asJson()));

        assertThat(failure.code()).isEqualTo(ErrorCode.TARGET_FAILED);
        assertThat(failure)
                .hasMessage("Cannot write topic " + topic + ": brokers at " + topics.bootstrap()
                        + " have no such topic, or this user may not see it; create it, or correct the name");
    }

    @Test
    void aRecordThatIsTooLargeIsTold(TestDatabase database, TestTopics topics) {
        String topic = topics.create(1);

        MppConnectException failure = failure(
                database,
                topics,
                Query.sql("SELECT repeat('x', 2000000) AS a"),
                KafkaTarget.topic(topic).value(asText("a")));

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
        assertThat(failure)
                .hasMessageStartingWith("Cannot write topic " + topic + ": a record is too large: The message is ")
                .hasMessageEndingWith(" Raise the property max.request.size and the topic's max.message.bytes");
        assertThat(records(topics, topic)).isEmpty();
    }

    @Test
    void whatTheTopicTakesCountsToo(TestDatabase database, TestTopics topics) {
        String topic = topics.create(topics.newName(), 1, Map.of("max.message.bytes", "1000"));

        MppConnectException failure = failure(
                database,
                topics,
                Query.sql("SELECT repeat('x', 2000) AS a"),
                KafkaTarget.topic(topic).value(asText("a")));

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
        assertThat(failure).hasMessageStartingWith("Cannot write topic " + topic + ": a record is too large: ");
    }

    @Test
    void aTimeThatBrokersDoNotAllowIsRefused(TestDatabase database, TestTopics topics) {
        String topic = topics.create(1);

        MppConnectException failure = failure(
                database,
                topics,
                Query.sql("SELECT 1 AS a"),
                KafkaTarget.topic(topic).value(asJson()).property("transaction.timeout.ms", 3_600_000));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(failure)
                .hasMessage("Cannot write topic " + topic + ": its brokers allow no transactions of 3600000 ms; set the"
                        + " property transaction.timeout.ms to at most their transaction.max.timeout.ms");
    }

    @Test
    void propertiesThatCannotBeAreTold(TestDatabase database, TestTopics topics) {
        String topic = topics.create(1);

        MppConnectException failure = failure(
                database,
                topics,
                Query.sql("SELECT 1 AS a"),
                KafkaTarget.topic(topic).value(asJson()).property("acks", "1"));

        assertThat(failure.code()).isEqualTo(ErrorCode.INVALID_OPTION);
        assertThat(failure)
                .hasMessageStartingWith(
                        "Cannot write topic " + topic + ": its properties make no producer: Must set acks");
    }
}
