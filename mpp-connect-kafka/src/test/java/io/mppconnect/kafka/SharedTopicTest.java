package io.mppconnect.kafka;

import static io.mppconnect.kafka.BarFormat.bars;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.mppconnect.ErrorCode;
import io.mppconnect.MppCluster;
import io.mppconnect.MppConnectException;
import io.mppconnect.ParallelTransfer;
import io.mppconnect.RunningTransfer;
import io.mppconnect.Table;
import io.mppconnect.TransferReport;
import io.mppconnect.conformance.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;

/** Topics that several members of a group read, each a part of the partitions. */
@WithKafka
class SharedTopicTest {

    private static final String ID = "id bigint DISTRIBUTED BY (id)";
    private static final int PARTITIONS = 4;

    private static ParallelTransfer member(MppCluster cluster, TestTopics topics, KafkaTopic source, String table) {
        return cluster.transfer()
                .from(source.bootstrap(topics.bootstrap()).value(bars()).property("heartbeat.interval.ms", "200"))
                .into(Table.named(table))
                .committingEvery(Duration.ofMillis(50));
    }

    private static void awaitShares(TestTopics topics, String group, Integer... shares) {
        await().ignoreExceptions().until(() -> topics.shares(group).equals(List.of(shares)));
    }

    private static void awaitRows(TestDatabase database, String table, int rows) {
        await().until(() -> Long.parseLong(database.value("SELECT count(DISTINCT id) FROM " + table)) >= rows);
    }

    private static void awaitGroup(TestTopics topics, String group, long offset) {
        await().until(() -> IntStream.range(0, PARTITIONS)
                .allMatch(partition -> topics.groupOffset(group, group, partition) == offset));
    }

    private static void assertEachOnce(TestDatabase database, String table, int rows) {
        String count = Integer.toString(rows);
        assertThat(database.query("SELECT count(*), count(DISTINCT id) FROM " + table))
                .containsExactly(List.of(count, count));
    }

    @Test
    void membersThatComeAndGoLoadEachRecordOnce(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(PARTITIONS);
        KafkaTopic source = KafkaTopic.named(topic).sharedBy(topic);
        topics.appendNumbers(topic, PARTITIONS, 0, 1_000);
        try (MppCluster other = database.connect();
                RunningTransfer first = member(database.cluster(), topics, source, table)
                        .exactlyOnce(table)
                        .start()) {
            awaitRows(database, table, 1_000);
            try (RunningTransfer second =
                    member(other, topics, source, table).exactlyOnce(table).start()) {
                topics.appendNumbers(topic, PARTITIONS, 1_000, 1_000);
                awaitShares(topics, topic, 2, 2);
                topics.appendNumbers(topic, PARTITIONS, 2_000, 1_000);
                awaitRows(database, table, 3_000);
                topics.appendNumbers(topic, PARTITIONS, 3_000, 1_000);
                second.cancel();
            }
            topics.appendNumbers(topic, PARTITIONS, 4_000, 1_000);
            awaitRows(database, table, 5_000);
            awaitGroup(topics, topic, 1_250);
            first.stop();

            assertThat(first.await().rows()).isGreaterThan(2_000);
        }
        assertEachOnce(database, table, 5_000);
        assertThat(database.cluster().job(table).info().orElseThrow().rows()).isEqualTo(5_000);
    }

    @Test
    void eachOfTwoMembersLoadsSome(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(PARTITIONS);
        KafkaTopic source = KafkaTopic.named(topic).sharedBy(topic).startingAt(Start.latest());
        try (MppCluster other = database.connect();
                RunningTransfer first = member(database.cluster(), topics, source, table)
                        .exactlyOnce(table)
                        .start();
                RunningTransfer second =
                        member(other, topics, source, table).exactlyOnce(table).start()) {
            awaitShares(topics, topic, 2, 2);
            await().until(() ->
                    database.cluster().job(table).positions().asMap().size() == PARTITIONS);
            topics.appendNumbers(topic, PARTITIONS, 0, 1_000);
            awaitRows(database, table, 1_000);
            first.stop();
            second.stop();

            TransferReport one = first.await();
            TransferReport two = second.await();
            assertThat(one.rows()).isPositive();
            assertThat(two.rows()).isPositive();
            assertThat(one.rows() + two.rows()).isEqualTo(1_000);
        }
        assertEachOnce(database, table, 1_000);
    }

    @Test
    void withoutAJobNothingIsLost(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(PARTITIONS);
        KafkaTopic source = KafkaTopic.named(topic).sharedBy(topic);
        topics.appendNumbers(topic, PARTITIONS, 0, 1_000);
        try (MppCluster other = database.connect();
                RunningTransfer first =
                        member(database.cluster(), topics, source, table).start()) {
            awaitRows(database, table, 1_000);
            try (RunningTransfer second = member(other, topics, source, table).start()) {
                awaitShares(topics, topic, 2, 2);
                topics.appendNumbers(topic, PARTITIONS, 1_000, 1_000);
                awaitRows(database, table, 2_000);
                second.stop();
                second.await();
            }
            topics.appendNumbers(topic, PARTITIONS, 2_000, 1_000);
            awaitRows(database, table, 3_000);
            awaitGroup(topics, topic, 750);
            first.stop();
            first.await();
        }
        try (RunningTransfer next =
                member(database.cluster(), topics, source, table).start()) {
            topics.appendNumbers(topic, PARTITIONS, 3_000, 1_000);
            awaitRows(database, table, 4_000);
            next.stop();

            assertThat(next.await().rows()).isEqualTo(1_000);
        }
    }

    @Test
    void whoLosesItsPartitionsWhileItCommitsLoadsNothingTwice(TestDatabase database, TestTopics topics)
            throws SQLException {
        String table = database.table(ID);
        String topic = topics.create(PARTITIONS);
        KafkaTopic source = KafkaTopic.named(topic).sharedBy(topic).property("max.poll.interval.ms", "10000");
        topics.appendNumbers(topic, PARTITIONS, 0, 100);
        try (MppCluster other = database.connect();
                Connection blocking = database.sql();
                Statement statement = blocking.createStatement();
                RunningTransfer first = member(database.cluster(), topics, source, table)
                        .exactlyOnce(table)
                        .start()) {
            awaitRows(database, table, 100);
            blocking.setAutoCommit(false);
            statement.execute("LOCK TABLE " + table + " IN SHARE MODE");
            topics.appendNumbers(topic, PARTITIONS, 100, 1_000);
            await().until(() -> waiting(database, table) >= 1);
            try (RunningTransfer second =
                    member(other, topics, source, table).exactlyOnce(table).start()) {
                awaitShares(topics, topic, 2, 2);
                await().until(() -> waiting(database, table) >= 2);
                blocking.rollback();
                awaitRows(database, table, 1_100);
                topics.appendNumbers(topic, PARTITIONS, 1_100, 1_000);
                awaitRows(database, table, 2_100);
                first.stop();
                second.stop();
                first.await();
                second.await();
            }
        }
        assertEachOnce(database, table, 2_100);
        assertThat(database.cluster().job(table).info().orElseThrow().rows()).isEqualTo(2_100);
    }

    /** How many sessions wait for a table. */
    private static int waiting(TestDatabase database, String table) {
        return Integer.parseInt(database.value("SELECT count(DISTINCT pid) FROM pg_catalog.pg_locks WHERE NOT granted"
                + " AND relation = '" + table + "'::regclass AND database ="
                + " (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())"));
    }

    @Test
    void aRunnerAloneTakesTheJobOver(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(PARTITIONS);
        topics.appendNumbers(topic, PARTITIONS, 0, 100);
        try (RunningTransfer first = member(
                        database.cluster(), topics, KafkaTopic.named(topic).sharedBy(topic), table)
                .exactlyOnce(table)
                .start()) {
            awaitRows(database, table, 100);
            try (RunningTransfer alone = member(database.cluster(), topics, KafkaTopic.named(topic), table)
                    .exactlyOnce(table)
                    .start()) {
                await().until(() ->
                        database.cluster().job(table).info().orElseThrow().epoch() == 2);
                topics.appendNumbers(topic, PARTITIONS, 100, 100);
                awaitRows(database, table, 200);
            }
            assertThatThrownBy(first::await)
                    .isInstanceOf(MppConnectException.class)
                    .extracting(failure -> ((MppConnectException) failure).code())
                    .isEqualTo(ErrorCode.FENCED);
        }
        assertEachOnce(database, table, 200);
    }

    @Test
    void partitionsThatComeAreShared(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(1);
        KafkaTopic source = KafkaTopic.named(topic).sharedBy(topic).lookingForPartitionsEvery(Duration.ofMillis(100));
        topics.appendNumbers(topic, 1, 0, 10);
        try (RunningTransfer running = member(database.cluster(), topics, source, table)
                .exactlyOnce(table)
                .start()) {
            awaitRows(database, table, 10);
            topics.grow(topic, 2);
            topics.appendTo(topic, 1, List.of("10", "11"));

            awaitRows(database, table, 12);
            running.stop();
            running.await();
        }
        assertEachOnce(database, table, 12);
    }

    @Test
    void aStopIsHeardWhileTheGroupIsNotAgreed(TestDatabase database, TestTopics topics) {
        String table = database.table(ID);
        String topic = topics.create(1);
        KafkaTopic source = KafkaTopic.named(topic).sharedBy(topic);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                topics.bootstrap(),
                "group.id",
                topic,
                "partition.assignment.strategy",
                CooperativeStickyAssignor.class.getName());
        try (KafkaConsumer<byte[], byte[]> silent =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            silent.subscribe(List.of(topic));
            await().until(() -> {
                silent.poll(Duration.ofMillis(50));
                return !silent.assignment().isEmpty();
            });
            try (RunningTransfer running =
                    member(database.cluster(), topics, source, table).start()) {
                await().until(() -> topics.state(topic) == GroupState.PREPARING_REBALANCE);
                running.stop();

                assertThat(running.await().rows()).isZero();
            }
        }
    }

    @Test
    void aTopicThatIsNotThereIsNotShared(TestDatabase database, TestTopics topics) {
        String topic = topics.newName();
        try (RunningTransfer running = member(
                        database.cluster(), topics, KafkaTopic.named(topic).sharedBy(topic), database.table(ID))
                .start()) {
            assertThatThrownBy(running::await)
                    .isInstanceOf(MppConnectException.class)
                    .hasMessage("Cannot read topic " + topic + ": brokers at " + topics.bootstrap() + " have no "
                            + topic + ", or this user may not see it; create it, or correct the name");
        }
    }

    @Test
    void whatCannotBeSharedIsRefused() {
        KafkaTopic topic = KafkaTopic.named("orders")
                .bootstrap("broker:9092")
                .value(bars("id"))
                .sharedBy("g");
        assertThatThrownBy(() -> topic.untilEnd().join(null))
                .hasMessage("Cannot share topic orders by group g: that is without untilEnd() and until(...)");
        assertThatThrownBy(() -> topic.partitions(1).join(null))
                .hasMessage("Cannot share topic orders by group g: that is without partitions(...)");
        assertThatThrownBy(() -> topic.reportingTo("r").join(null))
                .hasMessage(
                        "Cannot share topic orders by group g: that is without reportingTo(...), for the group itself"
                                + " is told");
    }

    @Test
    void aNameThatIsEmptyIsRefused() {
        KafkaTopic topic = KafkaTopic.named("orders");
        assertThatThrownBy(() -> topic.sharedBy(""))
                .hasMessage("Invalid group to share by: it has no name; give it one, or leave it out");
        assertThatThrownBy(() -> topic.reportingTo(" "))
                .hasMessage("Invalid group to report to: it has no name; give it one, or leave it out");
        assertThatThrownBy(() -> topic.deadLetters(""))
                .hasMessage("Invalid topic of dead letters: it has no name; give it one, or leave it out");
    }
}
