package io.mppconnect.kafka;

import static io.mppconnect.kafka.BarFormat.bars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.conformance.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;

/** Dead letters that their topic does not take as they are, and those that come back. */
@WithKafka
class DeadLetterTest {

    private static final long LATE = Long.MAX_VALUE / 2;

    private static void load(TestDatabase database, TestTopics topics, String topic, String dead, String table) {
        database.cluster()
                .transfer()
                .from(KafkaTopic.named(topic)
                        .bootstrap(topics.bootstrap())
                        .value(bars("id", "name"))
                        .deadLetters(dead)
                        .untilEnd())
                .into(Table.named(table))
                .exactlyOnce(table)
                .run();
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static String taking(TestTopics topics, int bytes) {
        return topics.create(topics.newName(), 1, Map.of("max.message.bytes", Integer.toString(bytes)));
    }

    private static String takingAnyTime(TestTopics topics) {
        return topics.create(
                topics.newName(), 1, Map.of("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE)));
    }

    @Test
    void aLongOneIsSentWhole(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        String topic = taking(topics, 4 * 1024 * 1024);
        String dead = taking(topics, 4 * 1024 * 1024);
        String value = "long".repeat(500_000);
        topics.append(topic, value);

        load(database, topics, topic, dead, table);

        ConsumerRecord<byte[], byte[]> letter = topics.read(dead, 1).get(0);
        assertThat(letter.value()).isEqualTo(TestTopics.bytes(value));
        assertThat(header(letter, "mpp-connect.left-out")).isNull();
    }

    @Test
    void oneThatIsTooLongIsSentWithoutItsValue(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        String dead = taking(topics, 10_000);
        topics.appendKeyed(topic, "key", "x".repeat(20_000));
        topics.append(topic, "1|one");

        load(database, topics, topic, dead, table);

        assertThat(database.count(table)).isEqualTo(1);
        ConsumerRecord<byte[], byte[]> letter = topics.read(dead, 1).get(0);
        assertThat(letter.key()).isEqualTo(TestTopics.bytes("key"));
        assertThat(letter.value()).isEmpty();
        assertThat(header(letter, "mpp-connect.left-out")).isEqualTo("value of 20000 bytes");
        assertThat(header(letter, "mpp-connect.offset")).isEqualTo("0");
        assertThat(header(letter, "mpp-connect.reason"))
                .isEqualTo("Cannot read the value at offset 0 of " + topic + "[0] as bars: it has 1 fields, not 2");
    }

    @Test
    void oneWhoseKeyIsTooLongIsSentWithoutKeyAndHeaders(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        String dead = taking(topics, 10_000);
        topics.produce(producer -> {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(topic, 0, TestTopics.bytes("k".repeat(20_000)), TestTopics.bytes("bad"));
            record.headers().add("trace", TestTopics.bytes("t"));
            producer.send(record);
        });

        load(database, topics, topic, dead, table);

        ConsumerRecord<byte[], byte[]> letter = topics.read(dead, 1).get(0);
        assertThat(letter.key()).isNull();
        assertThat(letter.value()).isEmpty();
        assertThat(header(letter, "trace")).isNull();
        assertThat(header(letter, "mpp-connect.left-out")).isEqualTo("key and headers");
        assertThat(header(letter, "mpp-connect.topic")).isEqualTo(topic);
    }

    @Test
    void oneWhoseTimestampIsRefusedIsSentWithoutIt(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        String topic = takingAnyTime(topics);
        String dead = topics.create(1);
        topics.produce(producer -> producer.send(new ProducerRecord<>(topic, 0, LATE, null, TestTopics.bytes("bad"))));

        load(database, topics, topic, dead, table);

        ConsumerRecord<byte[], byte[]> letter = topics.read(dead, 1).get(0);
        assertThat(letter.value()).isEqualTo(TestTopics.bytes("bad"));
        assertThat(header(letter, "mpp-connect.timestamp")).isEqualTo(Long.toString(LATE));
    }

    @Test
    void oneWhoseTimestampIsRefusedTakesNothingFromThoseSentWithIt(TestDatabase database, TestTopics topics) {
        assertThat(lettersOf(database, topics, LATE, 1_000L))
                .containsExactlyInAnyOrder("bad 0 at " + LATE, "bad 1 in time");
    }

    @Test
    void severalWhoseTimestampsAreRefusedAreAllSent(TestDatabase database, TestTopics topics) {
        assertThat(lettersOf(database, topics, LATE, 1_000L, LATE))
                .containsExactlyInAnyOrder("bad 0 at " + LATE, "bad 1 in time", "bad 2 at " + LATE);
    }

    /** What letters say of themselves whose records have these timestamps and come at once. */
    private static List<String> lettersOf(TestDatabase database, TestTopics topics, Long... timestamps) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        String topic = takingAnyTime(topics);
        String dead = topics.create(1);
        topics.produce(producer -> {
            for (int i = 0; i < timestamps.length; i++) {
                producer.send(new ProducerRecord<>(topic, 0, timestamps[i], null, TestTopics.bytes("bad " + i)));
            }
        });

        load(database, topics, topic, dead, table);

        return topics.read(dead, timestamps.length).stream()
                .map(letter -> {
                    String left = header(letter, "mpp-connect.timestamp");
                    String time = left == null && letter.timestamp() == 1_000 ? " in time" : " at " + left;
                    return new String(letter.value(), StandardCharsets.UTF_8) + time;
                })
                .toList();
    }

    private static RunningTransfer stream(
            TestDatabase database, TestTopics topics, String topic, String dead, String table, String job) {
        return database.cluster()
                .transfer()
                .from(KafkaTopic.named(topic)
                        .bootstrap(topics.bootstrap())
                        .value(bars("id", "name"))
                        .deadLetters(dead))
                .into(Table.named(table))
                .exactlyOnce(job)
                .committingEvery(Duration.ofMillis(50))
                .start();
    }

    private static String place(TestDatabase database, String job, String topic) {
        return database.cluster().job(job).positions().place(topic + "[0]").orElse("");
    }

    @Test
    void jobsThatReadEachOthersDeadLettersComeToAnEnd(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint, name text DISTRIBUTED BY (id)");
        String one = topics.create(1);
        String other = topics.create(1);
        topics.append(one, "bad");

        try (RunningTransfer first = stream(database, topics, one, other, table, table + ".one");
                RunningTransfer second = stream(database, topics, other, one, table, table + ".other")) {
            await().until(() -> place(database, table + ".one", one).startsWith("4@")
                    && place(database, table + ".other", other).startsWith("3@"));
            topics.append(one, "1|one");
            topics.append(other, "2|two");
            await().until(() -> database.count(table) == 2);
            first.stop();
            second.stop();
            first.await();
            second.await();
        }

        assertThat(topics.end(one)).isEqualTo(5);
        assertThat(topics.end(other)).isEqualTo(4);
    }
}
