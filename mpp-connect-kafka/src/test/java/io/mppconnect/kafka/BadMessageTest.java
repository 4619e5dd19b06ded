package io.mppconnect.kafka;

import static io.mppconnect.kafka.BarFormat.bars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.ParallelTransfer;
import io.mppconnect.RejectedRow;
import io.mppconnect.Rejects;
import io.mppconnect.Retries;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferOptions;
import io.mppconnect.conformance.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Records that are no rows, or none that the database takes. */
@WithKafka
class BadMessageTest {

    private static ParallelTransfer load(TestDatabase database, TestTopics topics, KafkaTopic source, String table) {
        return database.cluster()
                .transfer()
                .from(source.bootstrap(topics.bootstrap())
                        .value(bars("id", "name"))
                        .untilEnd())
                .into(Table.named(table));
    }

    private static List<String> ids(TestDatabase database, String table) {
        return database.query("SELECT id FROM " + table + " ORDER BY id").stream()
                .map(row -> row.get(0))
                .toList();
    }

    @Test
    void theFirstOneEndsATransferThatRejectsNone(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        topics.append(topic, "1|one", "two", "3|three");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> load(database, topics, KafkaTopic.named(topic), table).run());

        assertThat(failure.code()).isEqualTo(ErrorCode.BAD_DATA);
        assertThat(failure)
                .hasMessage("Cannot read the value at offset 1 of " + topic + "[0] as bars: it has 1 fields, not 2");
        assertThat(database.count(table)).isZero();
    }

    @Test
    void oneThatCannotBeWrittenNamesItsPlace(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        topics.append(topic, "1|one", "2|a\0b");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> load(database, topics, KafkaTopic.named(topic), table).run());

        assertThat(failure)
                .hasMessageStartingWith("Cannot write offset 1 of " + topic + "[0]: Cannot write row 1, field name: ");
    }

    @Test
    void oneThatTheDatabaseRefusesNamesItsPlaceBehindMissingRecords(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        topics.inTransaction(topic, "1|one");
        topics.inAbortedTransaction(topic, "2|two");
        topics.append(topic, "x|three");

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> load(database, topics, KafkaTopic.named(topic), table).run());

        assertThat(failure).hasMessageContaining("line 4 of " + topic + "[0]");
    }

    @Test
    void theyAreRejectedWithTheirPlaces(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        topics.append(topic, "zero", "1|one", "x|two");
        topics.inTransaction(topic, "3|three");
        topics.append(topic, "five", "6|six", "y|seven");
        List<RejectedRow> rejected = new ArrayList<>();

        load(database, topics, KafkaTopic.named(topic), table)
                .rejecting(Rejects.rows(10).to(rejected::add))
                .committingEvery(Duration.ofMillis(50))
                .run();

        assertThat(ids(database, table)).containsExactly("1", "3", "6");
        assertThat(rejected)
                .extracting(row ->
                        row.origin() + " " + row.record() + " " + row.text().orElseThrow())
                .containsExactlyInAnyOrder(
                        topic + "[0] offset 0 1 zero",
                        topic + "[0] 2 x\ttwo",
                        topic + "[0] 5 five",
                        topic + "[0] 7 y\tseven");
    }

    @Test
    void theyGoToTheTopicOfDeadLetters(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        String dead = topics.create(1);
        topics.append(topic, "1|one");
        topics.produce(producer -> {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(topic, 0, 1_000L, TestTopics.bytes("key"), TestTopics.bytes("two"));
            record.headers().add("trace", TestTopics.bytes("t"));
            producer.send(record);
        });
        topics.append(topic, "3|three");

        load(database, topics, KafkaTopic.named(topic).deadLetters(dead), table)
                .exactlyOnce(table)
                .run();

        assertThat(ids(database, table)).containsExactly("1", "3");
        ConsumerRecord<byte[], byte[]> letter = topics.read(dead, 1).get(0);
        assertThat(letter.key()).isEqualTo(TestTopics.bytes("key"));
        assertThat(letter.value()).isEqualTo(TestTopics.bytes("two"));
        assertThat(letter.timestamp()).isEqualTo(1_000L);
        Map<String, String> headers = new LinkedHashMap<>();
        Arrays.stream(letter.headers().toArray())
                .forEach(header -> headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8)));
        assertThat(headers)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "trace", "t",
                        "mpp-connect.topic", topic,
                        "mpp-connect.partition", "0",
                        "mpp-connect.offset", "1",
                        "mpp-connect.reason",
                                "Cannot read the value at offset 1 of " + topic
                                        + "[0] as bars: it has 1 fields, not 2"));
    }

    @Test
    void whatCannotBeWrittenLeavesNothingInTheNextRow(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text, key_text text DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        String dead = topics.create(1);
        topics.produce(producer -> {
            producer.send(new ProducerRecord<>(topic, 0, new byte[] {'a', (byte) 0xC3}, TestTopics.bytes("1|one")));
            producer.send(new ProducerRecord<>(topic, 0, new byte[] {0}, TestTopics.bytes("2|two")));
            producer.send(new ProducerRecord<>(topic, 0, null, TestTopics.bytes("3|" + "long ".repeat(20_000))));
            producer.send(new ProducerRecord<>(topic, 0, TestTopics.bytes("\u015F"), TestTopics.bytes("4|four")));
        });

        database.cluster()
                .transfer(TransferOptions.defaults().maxRow(DataSize.ofKilobytes(64)))
                .from(KafkaTopic.named(topic)
                        .bootstrap(topics.bootstrap())
                        .value(bars("id", "name"))
                        .metadata(Metadata.KEY_TEXT)
                        .untilEnd()
                        .deadLetters(dead))
                .into(Table.named(table))
                .run();

        assertThat(database.query("SELECT id, name, key_text FROM " + table))
                .containsExactly(List.of("4", "four", "\u015F"));
        assertThat(topics.read(dead, 3))
                .extracting(letter -> new String(
                        letter.headers().lastHeader("mpp-connect.reason").value(), StandardCharsets.UTF_8))
                .satisfiesExactly(
                        reason -> assertThat(reason)
                                .startsWith("Cannot read the key at offset 0 of " + topic + "[0] as text: "),
                        reason -> assertThat(reason)
                                .startsWith("Cannot read the key at offset 1 of " + topic + "[0] as text: "),
                        reason -> assertThat(reason).startsWith("Cannot write offset 2 of " + topic + "[0]: "));
    }

    @Test
    void nothingIsCommittedBehindALetterThatCannotBeSent(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        String dead = topics.create(1);
        topics.append(topic, "1|one");
        try (RunningTransfer running = database.cluster()
                .transfer()
                .from(KafkaTopic.named(topic)
                        .bootstrap(topics.bootstrap())
                        .value(bars("id", "name"))
                        .property("max.block.ms", "500")
                        .deadLetters(dead))
                .into(Table.named(table))
                .exactlyOnce(table)
                .retrying(Retries.none())
                .start()) {
            await().until(() -> database.count(table) == 1);
            topics.delete(dead);
            topics.append(topic, "two", "3|three");

            assertThat(catchThrowableOfType(MppConnectException.class, running::await))
                    .hasMessageStartingWith("Cannot send offset 1 of " + topic + "[0] to topic " + dead
                            + ", where its dead letters go: ");
        }
        assertThat(ids(database, table)).containsExactly("1");
    }

    @Test
    void theTopicOfDeadLettersIsNotAmongThoseThatMatch(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        String name = topics.newName();
        String topic = topics.create(name + "-a", 1, Map.of());
        String dead = topics.create(name + "-dead", 1, Map.of());
        topics.append(topic, "1|one", "two");
        topics.append(dead, "3|three");

        load(
                        database,
                        topics,
                        KafkaTopic.matching(Pattern.compile(name + "-.*")).deadLetters(dead),
                        table)
                .run();

        assertThat(ids(database, table)).containsExactly("1");
        assertThat(topics.read(dead, 2)).hasSize(2);
    }

    @Test
    void aTimestampThatIsNoPointInTimeIsRejected(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text, \"timestamp\" timestamptz DISTRIBUTED BY (id)");
        String topic = topics.create(
                topics.newName(), 1, Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
        topics.produce(producer ->
                producer.send(new ProducerRecord<>(topic, 0, Long.MAX_VALUE / 2, null, TestTopics.bytes("1|one"))));
        topics.append(topic, "2|two");
        List<RejectedRow> rejected = new ArrayList<>();

        load(database, topics, KafkaTopic.named(topic).metadata(Metadata.TIMESTAMP), table)
                .rejecting(Rejects.rows(10).to(rejected::add))
                .run();

        assertThat(ids(database, table)).containsExactly("2");
        assertThat(rejected)
                .extracting(RejectedRow::message)
                .containsExactly(
                        "Cannot write offset 0 of " + topic + "[0]: its timestamp is more than a point in time can be");
    }
}
