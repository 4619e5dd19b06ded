package io.mppconnect.kafka;

import static io.mppconnect.kafka.BarFormat.bars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.mppconnect.CommitReport;
import io.mppconnect.Commits;
import io.mppconnect.DataSize;
import io.mppconnect.ErrorCode;
import io.mppconnect.MppConnectException;
import io.mppconnect.RunningTransfer;
import io.mppconnect.SchemaEvolution;
import io.mppconnect.Table;
import io.mppconnect.TransferListener;
import io.mppconnect.TransferOptions;
import io.mppconnect.conformance.TestDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** Streams whose topic, or whose records, are not what they were, and what goes wrong around them. */
@WithKafka
class ChangedTopicTest {

    private static final String ID = "id bigint DISTRIBUTED BY (id)";

    private static RunningTransfer start(TestDatabase database, TestTopics topics, KafkaTopic source, Table table) {
        return database.cluster()
                .transfer()
                .from(source.bootstrap(topics.bootstrap()))
                .into(table)
                .exactlyOnce(table.toString())
                .committingEvery(Duration.ofMillis(50))
                .start();
    }

    private static void awaitRows(TestDatabase database, String table, long rows) {
        await().until(() -> database.count(table) >= rows);
    }

    @Test
    void aTopicThatIsDeletedWhileItIsReadEndsTheTransfer(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(1);
        topics.appendNumbers(topic, 1, 0, 10);
        KafkaTopic source = KafkaTopic.named(topic).value(bars()).lookingForPartitionsEvery(Duration.ofMillis(100));
        try (RunningTransfer running = start(database, topics, source, Table.named(table))) {
            awaitRows(database, table, 10);
            topics.delete(topic);

            MppConnectException failure = catchThrowableOfType(MppConnectException.class, running::await);

            assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
            assertThat(failure)
                    .hasMessage("Cannot go on reading topic " + topic + ": topic " + topic
                            + " was deleted; stop the transfer before the topic goes");
        }
    }

    @Test
    void nothingOfATopicThatWasCreatedAgainAndFilledIsCommitted(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(1);
        topics.appendNumbers(topic, 1, 0, 10);
        KafkaTopic source = KafkaTopic.named(topic).value(bars()).lookingForPartitionsEvery(Duration.ofHours(1));
        try (RunningTransfer running = start(database, topics, source, Table.named(table))) {
            awaitRows(database, table, 10);
            topics.recreate(topic, 1);
            topics.appendNumbers(topic, 1, 100, 1_000);

            MppConnectException failure = catchThrowableOfType(MppConnectException.class, running::await);

            assertThat(failure.code()).isEqualTo(ErrorCode.SOURCE_FAILED);
        }
        assertThat(database.value("SELECT max(id) FROM " + table)).isEqualTo("9");
    }

    @Test
    void nothingIsLoadedByOneCommitOfATopicThatWasCreatedAgain(TestDatabase database, TestTopics topics)
            throws Exception {
        String table = database.table(ID);
        String topic = topics.create(1);
        topics.appendNumbers(topic, 1, 0, 10);
        KafkaTopic source = KafkaTopic.named(topic)
                .bootstrap(topics.bootstrap())
                .value(bars())
                .untilEnd();
        TransferListener recreating = new TransferListener() {
            @Override
            public void started(String name) {
                topics.recreate(topic, 1);
                topics.appendNumbers(topic, 1, 100, 20);
            }
        };

        MppConnectException failure = catchThrowableOfType(
                MppConnectException.class,
                () -> database.cluster()
                        .transfer(TransferOptions.defaults().listener(recreating))
                        .from(source)
                        .into(Table.named(table))
                        .run());

        assertThat(failure).hasMessageContaining("topic " + topic + " was deleted and created again since ");
        assertThat(database.count(table)).isZero();
    }

    @Test
    void offsetsThatAGroupCouldNotBeToldAreToldAgain(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(1);
        topics.appendNumbers(topic, 1, 0, 50);
        String group = "told-" + topic;
        KafkaConsumer<byte[], byte[]> member = new KafkaConsumer<>(
                Map.of("bootstrap.servers", topics.bootstrap(), "group.id", group, "enable.auto.commit", "false"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        try (member) {
            member.subscribe(List.of(topic));
            await().until(() -> {
                member.poll(Duration.ofMillis(50));
                return !member.assignment().isEmpty();
            });
            KafkaTopic source = KafkaTopic.named(topic).value(bars()).reportingTo(group);
            try (RunningTransfer running = start(database, topics, source, Table.named(table))) {
                awaitRows(database, table, 50);
                assertThat(topics.groupOffset(group, topic, 0)).isEqualTo(-1);
                member.unsubscribe();

                await().until(() -> topics.groupOffset(group, topic, 0) == 50);
                running.stop();
                running.await();
            }
        }
    }

    @Test
    void recordsWithMoreFieldsGetColumns(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(2);
        topics.appendTo(topic, 0, List.of("0", "1"));
        topics.appendTo(topic, 1, List.of("2", "3|three"));
        KafkaTopic source = KafkaTopic.named(topic).value(new GrowingFormat());
        try (RunningTransfer running =
                start(database, topics, source, Table.named(table).evolving(SchemaEvolution.ADD_COLUMNS))) {
            awaitRows(database, table, 4);
            topics.appendTo(topic, 0, List.of("4|four|more", "5"));
            awaitRows(database, table, 6);
            running.stop();
            running.await();
        }

        assertThat(database.query("SELECT id, more_1, more_2 FROM " + table + " WHERE more_1 IS NOT NULL ORDER BY id"))
                .containsExactly(Arrays.asList("3", "three", null), List.of("4", "four", "more"));
        assertThat(database.query("SELECT count(*), count(DISTINCT id) FROM " + table))
                .containsExactly(List.of("6", "6"));
    }

    @Test
    void aRunThatEndsAfterItsFirstCommitIsGoneOnWith(TestDatabase database, TestTopics topics) throws Exception {
        String table = database.table(ID);
        String topic = topics.create(3);
        topics.appendNumbers(topic, 3, 0, 3_000);
        KafkaTopic source = KafkaTopic.named(topic)
                .bootstrap(topics.bootstrap())
                .value(bars())
                .fetching(DataSize.ofMegabytes(1));
        CompletableFuture<RunningTransfer> started = new CompletableFuture<>();
        TransferListener once = new TransferListener() {
            @Override
            public void committed(String name, CommitReport commit) {
                if (commit.rows() > 0) {
                    started.join().cancel();
                }
            }
        };
        try (RunningTransfer running = database.cluster()
                .transfer(TransferOptions.defaults().listener(once))
                .from(source)
                .into(Table.named(table))
                .exactlyOnce(Table.named(table).toString())
                .committing(Commits.every(Duration.ofHours(1)).rows(10))
                .start()) {
            started.complete(running);
            assertThat(catchThrowableOfType(MppConnectException.class, running::await)
                            .code())
                    .isEqualTo(ErrorCode.CANCELLED);
        }
        try (RunningTransfer running = start(database, topics, source, Table.named(table))) {
            awaitRows(database, table, 3_000);
            running.stop();
            running.await();
        }

        assertThat(database.query("SELECT count(*), count(DISTINCT id) FROM " + table))
                .containsExactly(List.of("3000", "3000"));
    }
}
