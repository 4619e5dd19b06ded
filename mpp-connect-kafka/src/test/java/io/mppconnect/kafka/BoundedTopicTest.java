package io.mppconnect.kafka;

import static io.mppconnect.kafka.BarFormat.bars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.conformance.TestDatabase;
import io.mppconnect.spi.LoadContext;
import io.mppconnect.spi.SourceScan;
import io.mppconnect.spi.SplitReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Topics that are read to an end. */
@WithKafka
class BoundedTopicTest {

    private static final String ID = "id bigint DISTRIBUTED BY (id)";

    private static TransferReport load(TestDatabase database, TestTopics topics, KafkaTopic source, String table) {
        return database.cluster()
                .transfer()
                .from(source.bootstrap(topics.bootstrap()).value(bars()))
                .into(Table.named(table))
                .run();
    }

    private static List<String> ids(TestDatabase database, String table) {
        return database.query("SELECT id FROM " + table + " ORDER BY id").stream()
                .map(row -> row.get(0))
                .toList();
    }

    @Test
    void allThatIsThereIsReadInOneCommit(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(3);
        topics.appendNumbers(topic, 3, 0, 3_000);

        TransferReport report = load(database, topics, KafkaTopic.named(topic).untilEnd(), table);

        assertThat(report.rows()).isEqualTo(3_000);
        assertThat(database.query("SELECT count(*), count(DISTINCT id), max(id) FROM " + table))
                .containsExactly(List.of("3000", "3000", "2999"));
    }

    @Test
    void anEmptyTopicEndsAtOnce(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);

        assertThat(load(database, topics, KafkaTopic.named(topics.create(2)).untilEnd(), table)
                        .rows())
                .isZero();
    }

    @Test
    void abortedRecordsAreNeverSeenAndTheEndOfATransactionHoldsNothingUp(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(1);
        topics.inTransaction(topic, "1", "2");
        topics.inAbortedTransaction(topic, "3", "4");
        topics.append(topic, "5");
        topics.inAbortedTransaction(topic, "6");

        load(database, topics, KafkaTopic.named(topic).untilEnd(), table);

        assertThat(ids(database, table)).containsExactly("1", "2", "5");
    }

    @Test
    void recordsThatCompactionHasRemovedAreNotWaitedFor(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(
                topics.newName(),
                1,
                Map.of(
                        "cleanup.policy", "compact",
                        "segment.bytes", "1048576",
                        "segment.ms", "1",
                        "min.cleanable.dirty.ratio", "0.01",
                        "max.compaction.lag.ms", "1"));
        IntStream.range(0, 20).forEach(number -> topics.appendKeyed(topic, "k" + number % 2, Integer.toString(number)));
        topics.appendKeyed(topic, "last", "100");
        await().until(() -> topics.read(topic, 1).stream().noneMatch(record -> record.offset() == 0));

        load(database, topics, KafkaTopic.named(topic).untilEnd(), table);

        List<String> there = topics.read(topic, 1).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
        assertThat(ids(database, table))
                .contains("19", "100")
                .hasSizeLessThan(21)
                .containsAll(there);
    }

    @Test
    void whatComesAtOrAfterAnInstantIsLeft(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(1);
        topics.produce(producer -> IntStream.range(0, 5)
                .forEach(number -> producer.send(new ProducerRecord<>(
                        topic, 0, 1_000L * number, null, TestTopics.bytes(Integer.toString(number))))));

        load(
                database,
                topics,
                KafkaTopic.named(topic)
                        .startingAt(Start.at(Instant.ofEpochSecond(1)))
                        .until(Instant.ofEpochSecond(3)),
                table);

        assertThat(ids(database, table)).containsExactly("1", "2");
    }

    @Test
    void aPatternReadsAllTopicsThatMatch(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String name = topics.newName();
        topics.append(topics.create(name + "-a", 1, Map.of()), "1");
        topics.append(topics.create(name + "-b", 1, Map.of()), "2");
        topics.append(topics.create(name + "-b.other", 1, Map.of()), "3");

        load(database, topics, KafkaTopic.matching(Pattern.compile(name + "-.")).untilEnd(), table);

        assertThat(ids(database, table)).containsExactly("1", "2");
    }

    @Test
    void chosenPartitionsOnlyAreRead(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(4);
        topics.appendNumbers(topic, 4, 0, 8);

        load(database, topics, KafkaTopic.named(topic).partitions(1, 3).untilEnd(), table);

        assertThat(ids(database, table)).containsExactly("1", "3", "5", "7");
    }

    @Test
    void manyPartitionsAreReadByFewConsumers(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(200);
        topics.appendNumbers(topic, 200, 0, 4_000);

        TransferReport report = load(database, topics, KafkaTopic.named(topic).untilEnd(), table);

        assertThat(report.rows()).isEqualTo(4_000);
        assertThat(database.value("SELECT count(DISTINCT id) FROM " + table)).isEqualTo("4000");
    }

    @Test
    void theFirstReaderSaysWhereAllPartitionsBegin(TestTopics topics) throws Exception {
        String topic = topics.create(2);
        topics.append(topic, "1");
        KafkaTopic source = KafkaTopic.named(topic)
                .bootstrap(topics.bootstrap())
                .value(bars())
                .startingAt(Start.latest());
        try (SourceScan scan = source.open(new LoadContext(List.of(), 2, 1024));
                SplitReader one = scan.splits().get(1).open();
                SplitReader other = scan.splits().get(0).open()) {
            assertThat(one.positions().asMap())
                    .containsOnlyKeys(topic + "[0]", topic + "[1]")
                    .hasEntrySatisfying(
                            topic + "[0]", place -> assertThat(place).startsWith("1@"))
                    .hasEntrySatisfying(
                            topic + "[1]", place -> assertThat(place).startsWith("0@"));
            assertThat(other.positions().asMap()).containsOnlyKeys(topic + "[0]");
            assertThat(one.positions().isEmpty()).isTrue();
        }
    }
}
