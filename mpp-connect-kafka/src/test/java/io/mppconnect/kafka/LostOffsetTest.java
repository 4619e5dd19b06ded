package io.mppconnect.kafka;

import static io.mppconnect.kafka.BarFormat.bars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.ParallelTransfer;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.conformance.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

/** Jobs whose next record the broker does not have any more. */
@WithKafka
class LostOffsetTest {

    private static ParallelTransfer job(TestDatabase database, TestTopics topics, KafkaTopic source, String table) {
        return database.cluster()
                .transfer()
                .from(source.bootstrap(topics.bootstrap()).value(bars()).untilEnd())
                .into(Table.named(table))
                .exactlyOnce(table);
    }

    /** Records 0 to 9 are there, 2 of them loaded, and then the first 5 expire; each is a second after the one before. */
    private static String expired(TestDatabase database, TestTopics topics, String table) {
        String topic = topics.create(1);
        append(topics, topic, 0, 2);
        job(database, topics, KafkaTopic.named(topic), table).run();
        append(topics, topic, 2, 10);
        topics.forget(topic, 0, 5);
        return topic;
    }

    private static void append(TestTopics topics, String topic, int from, int to) {
        topics.produce(producer -> IntStream.range(from, to)
                .forEach(number -> producer.send(new ProducerRecord<>(
                        topic, 0, 1_000L * number, null, TestTopics.bytes(Integer.toString(number))))));
    }

    private static List<String> ids(TestDatabase database, String table) {
        return database.query("SELECT id FROM " + table + " ORDER BY id").stream()
                .map(row -> row.get(0))
                .toList();
    }

    @Test
    void failByDefault(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String topic = expired(database, topics, table);

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> job(database, topics, KafkaTopic.named(topic), table).run());

        assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        assertThat(failure)
                .hasMessage(
                        "Cannot go on reading " + topic + "[0] at offset 2: the broker has offsets 5 to 10, for records"
                                + " expired or were truncated; say with resumingLostAt(...) where to go on without them");
        assertThat(ids(database, table)).containsExactly("0", "1");
    }

    @Test
    void goOnAtTheEarliest(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String topic = expired(database, topics, table);

        job(database, topics, KafkaTopic.named(topic).resumingLostAt(Start.earliest()), table)
                .run();

        assertThat(ids(database, table)).containsExactly("0", "1", "5", "6", "7", "8", "9");
    }

    @Test
    void goOnAtTheLatest(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String topic = expired(database, topics, table);
        KafkaTopic source = KafkaTopic.named(topic).resumingLostAt(Start.latest());
        job(database, topics, source, table).run();
        append(topics, topic, 10, 11);

        job(database, topics, source, table).run();

        assertThat(ids(database, table)).containsExactly("0", "1", "10");
    }

    @Test
    void goOnAtAnInstant(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String topic = expired(database, topics, table);

        job(database, topics, KafkaTopic.named(topic).resumingLostAt(Start.at(Instant.ofEpochSecond(8))), table)
                .run();

        assertThat(ids(database, table)).containsExactly("0", "1", "8", "9");
    }

    /**
     * A stream reads up to the open transaction that holds records 10 to 14, of which the first three are deleted under it;
     * record 20 comes last.
     */
    private static RunningTransfer deletedWhileItIsRead(
            TestDatabase database, TestTopics topics, KafkaTopic source, String topic, String table) {
        append(topics, topic, 0, 10);
        RunningTransfer running = database.cluster()
                .transfer()
                .from(source.bootstrap(topics.bootstrap()).value(bars()))
                .into(Table.named(table))
                .exactlyOnce(table)
                .committingEvery(Duration.ofMillis(50))
                .start();
        await().until(() -> database.count(table) == 10);
        try (TestTopics.OpenTransaction open = topics.inOpenTransaction(topic, "10", "11", "12", "13", "14")) {
            topics.forget(topic, 0, 13);
            open.commit();
        }
        append(topics, topic, 20, 21);
        return running;
    }

    @Test
    void failByDefaultWhenTheyAreLostWhileItIsRead(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        try (RunningTransfer running = deletedWhileItIsRead(database, topics, KafkaTopic.named(topic), topic, table)) {

            MppConnectException failure = catchThrowableOfType(MppConnectException.class, running::await);

            assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
            assertThat(failure)
                    .hasMessageMatching(Pattern.quote(
                                    "Cannot go on reading " + topic + "[0] at offset 10: the broker has offsets 13 to ")
                            + "1[567]"
                            + Pattern.quote(
                                    ", for records expired or were truncated; say with resumingLostAt(...) where"
                                            + " to go on without them"));
        }
        assertThat(ids(database, table)).hasSize(10);
    }

    @Test
    void goOnAtTheEarliestWhenTheyAreLostWhileItIsRead(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        try (RunningTransfer running = deletedWhileItIsRead(
                database, topics, KafkaTopic.named(topic).resumingLostAt(Start.earliest()), topic, table)) {
            await().until(() -> database.count(table) == 13);
            running.stop();
            running.await();
        }

        assertThat(ids(database, table))
                .containsExactly("0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "13", "14", "20");
    }

    @Test
    void anOffsetBehindAnOpenTransactionIsNotLost(TestDatabase database, TestTopics topics) {
        String table = database.table("id bigint DISTRIBUTED BY (id)");
        String topic = topics.create(1);
        append(topics, topic, 0, 2);
        try (TestTopics.OpenTransaction open = topics.inOpenTransaction(topic, "2", "3")) {
            job(database, topics, KafkaTopic.named(topic).property("isolation.level", "read_uncommitted"), table)
                    .run();

            job(database, topics, KafkaTopic.named(topic), table).run();
            assertThat(ids(database, table)).containsExactly("0", "1", "2", "3");
            open.commit();
        }
        append(topics, topic, 4, 5);
        job(database, topics, KafkaTopic.named(topic), table).run();

        assertThat(ids(database, table)).containsExactly("0", "1", "2", "3", "4");
    }
}
