package io.mppconnect.kafka;

import static io.mppconnect.kafka.BarFormat.bars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.conformance.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Topics that are read for ever, as jobs. */
@WithKafka
class StreamingTopicTest {

    private static final String ID = "id bigint DISTRIBUTED BY (id)";
    private static final Duration SOON = Duration.ofMillis(50);

    private static RunningTransfer start(TestDatabase database, String bootstrap, KafkaTopic source, String table) {
        return database.cluster()
                .transfer()
                .from(source.bootstrap(bootstrap).value(bars()).lookingForPartitionsEvery(Duration.ofMillis(100)))
                .into(Table.named(table))
                .exactlyOnce(table)
                .committingEvery(SOON)
                .start();
    }

    private static RunningTransfer start(TestDatabase database, TestTopics topics, KafkaTopic source, String table) {
        return start(database, topics.bootstrap(), source, table);
    }

    private static void awaitRows(TestDatabase database, String table, long rows) {
        await().until(() -> database.count(table) >= rows);
    }

    /** Streams until there are so many rows, then stops. */
    private static void runUntil(TestDatabase database, TestTopics topics, KafkaTopic source, String table, int rows) {
        try (RunningTransfer running = start(database, topics, source, table)) {
            awaitRows(database, table, rows);
            running.stop();
            running.await();
        }
    }

    /** Each number once, so many. */
    private static void assertNumbers(TestDatabase database, String table, int rows) {
        String count = Integer.toString(rows);
        assertThat(database.query("SELECT count(*), count(DISTINCT id), max(id) FROM " + table))
                .containsExactly(List.of(count, count, Integer.toString(rows - 1)));
    }

    @Test
    void theNextRunGoesOnWhereTheLastOneWas(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(3);
        KafkaTopic source = KafkaTopic.named(topic);
        topics.appendNumbers(topic, 3, 0, 300);
        try (RunningTransfer running = start(database, topics, source, table)) {
            awaitRows(database, table, 300);
            topics.appendNumbers(topic, 3, 300, 300);
            awaitRows(database, table, 400);
            running.cancel();
        }
        topics.appendNumbers(topic, 3, 600, 300);
        runUntil(database, topics, source, table, 900);

        assertNumbers(database, table, 900);
        assertThat(database.cluster().job(table).positions().asMap())
                .containsOnlyKeys(topic + "[0]", topic + "[1]", topic + "[2]")
                .allSatisfy((part, place) -> assertThat(place).startsWith("300@"));
    }

    @Test
    void whatComesBetweenTheFirstRunAndItsFirstRecordIsNotSkipped(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(2);
        topics.append(topic, "1000");
        KafkaTopic source = KafkaTopic.named(topic).startingAt(Start.latest());
        try (RunningTransfer running = start(database, topics, source, table)) {
            await().until(() ->
                    database.cluster().job(table).positions().asMap().size() == 2);
            running.cancel();
        }
        topics.appendNumbers(topic, 2, 0, 20);
        runUntil(database, topics, source, table, 20);

        assertNumbers(database, table, 20);
    }

    @Test
    void partitionsThatComeAreReadFromTheirStart(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(1);
        KafkaTopic source = KafkaTopic.named(topic).startingAt(Start.latest());
        try (RunningTransfer running = start(database, topics, source, table)) {
            await().until(() ->
                    database.cluster().job(table).positions().asMap().size() == 1);
            topics.grow(topic, 3);
            topics.appendNumbers(topic, 3, 0, 60);
            awaitRows(database, table, 60);
            running.cancel();
        }
        topics.grow(topic, 4);
        topics.appendTo(topic, 3, List.of("60"));
        runUntil(database, topics, source, table, 61);

        assertNumbers(database, table, 61);
    }

    @Test
    void topicsThatComeAreReadWhenTheyMatch(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String name = topics.newName();
        KafkaTopic source = KafkaTopic.matching(Pattern.compile(name + "-.*"));
        try (RunningTransfer running = start(database, topics, source, table)) {
            topics.append(topics.create(name + "-a", 1, Map.of()), "0");
            awaitRows(database, table, 1);
            topics.append(topics.create(name + "-b", 1, Map.of()), "1");
            awaitRows(database, table, 2);
            running.stop();
            running.await();
        }

        assertNumbers(database, table, 2);
    }

    @Test
    void aBrokerThatRestartsIsWaitedFor(TestDatabase database) {
        String table = database.table(ID);
        try (EmbeddedKafka broker = EmbeddedKafka.started()) {
            TestTopics topics = new TestTopics(broker.bootstrap());
            String topic = topics.create(2);
            topics.appendNumbers(topic, 2, 0, 100);
            try (RunningTransfer running = start(database, topics, KafkaTopic.named(topic), table)) {
                awaitRows(database, table, 100);
                broker.stop();
                broker.start();
                topics.appendNumbers(topic, 2, 100, 100);
                awaitRows(database, table, 200);
                running.stop();
                running.await();
            }
        }

        assertNumbers(database, table, 200);
    }

    @Test
    void offsetsAreReportedToAGroupAfterTheCommit(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(1);
        topics.appendNumbers(topic, 1, 0, 50);
        try (RunningTransfer running =
                start(database, topics, KafkaTopic.named(topic).reportingTo("monitored"), table)) {
            await().until(() -> topics.groupOffset("monitored", topic, 0) == 50);
            running.stop();
            running.await();
        }

        assertNumbers(database, table, 50);
    }

    @Test
    void aTopicThatWasCreatedAgainIsRefused(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(1);
        topics.appendNumbers(topic, 1, 0, 10);
        runUntil(database, topics, KafkaTopic.named(topic), table, 10);
        topics.recreate(topic, 1);
        topics.appendNumbers(topic, 1, 0, 20);

        try (RunningTransfer running = start(database, topics, KafkaTopic.named(topic), table)) {
            MppConnectException failure = catchThrowableOfType(MppConnectException.class, running::await);

            assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
            assertThat(failure)
                    .hasMessageMatching(Pattern.quote("Cannot go on reading " + topic + "[0] at offset 10: topic "
                                    + topic + " was deleted and created again since (it was ")
                            + "\\S{22} and is \\S{22}\\); to read the new one from its start, reset the job, or take another"
                            + " job name");
        }
        assertNumbers(database, table, 10);
    }

    @Test
    void aTopicThatIsCreatedAgainWhileItIsReadEndsTheTransfer(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(1);
        topics.appendNumbers(topic, 1, 0, 10);
        try (RunningTransfer running =
                start(database, topics, KafkaTopic.named(topic).resumingLostAt(Start.earliest()), table)) {
            awaitRows(database, table, 10);
            topics.recreate(topic, 1);

            MppConnectException failure = catchThrowableOfType(MppConnectException.class, running::await);

            assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
            assertThat(failure)
                    .hasMessageMatching("Cannot go on reading (topic " + topic + "|" + topic
                            + "\\[0\\] at offset 10): topic " + topic
                            + " was deleted( and created again since .*|; stop the transfer before the topic goes)");
        }
        assertNumbers(database, table, 10);
    }

    @Test
    void anIdleTransferIsCancelled(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        try (RunningTransfer running = start(database, topics, KafkaTopic.named(topics.create(3)), table)) {
            await().until(() ->
                    database.cluster().job(table).positions().asMap().size() == 3);
            running.cancel();

            assertThat(catchThrowableOfType(MppConnectException.class, running::await)
                            .code())
                    .isEqualTo(ErrorCode.CANCELLED);
        }
        assertThat(database.count(table)).isZero();
    }
}
